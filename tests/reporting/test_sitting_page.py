"""Who holds which seat, at the console: read by those who answer for it, named by the administrator alone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest_asyncio
from nats.aio.msg import Msg

from services.contracts import subjects
from services.contracts.commands import CommandReply, StaffCommand
from services.contracts.tokens import StaffToken
from services.router.acting.permissions import Who
from services.router.acting.seats import SeatActs
from services.router.seats import facts
from services.router.seats.naming import Naming
from services.runtime import postgres, tokens
from services.runtime.log import Log
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.reporting.conftest import House

ADMIN, SEAT = "admin-sistem", "perkim"
NAME = "Ibu Contoh Pejabat"


@pytest_asyncio.fixture
async def acting(house: House) -> AsyncIterator[Log]:
    """The other side of the command subject, as the router carries it out; what it says comes by at the pages."""
    client = await house.stack.connect("router")
    place = house.stack.installation
    pool = await postgres.pool(place.vault_url("tuntas_router"), size=2)
    log = Log(client, subjects.CITY)
    vault = Vault(pool, MasterKey.load(place.keeper.master_key_file))
    acts = SeatActs(Naming(facts.decider(log, vault, house.clock), vault, pool), vault, house.clock)

    async def answer(message: Msg) -> None:
        command = StaffCommand.model_validate_json(message.data)
        public = place.secrets.staff_token_public
        token: StaffToken = tokens.verify(public, command.token, command=command.id, at=house.clock())
        who = Who(token.seat, frozenset(token.roles), token.area)
        reply: CommandReply = await acts.carry_out(house.stack.cities[token.city], who, command.id, command.action)  # type: ignore[arg-type]
        async for entries in log.pages(f"city.{token.city}.seat.>", after=seen[0]):
            for entry in entries:
                house.desk.vacancies.take(entry)
                seen[0] = entry.sequence
        await client.publish(message.reply, reply.model_dump_json().encode())

    seen = [0]
    await client.subscribe(subjects.staff_command("bengkulu"), cb=answer)
    await client.flush()
    yield log
    await client.close()
    await pool.close()


async def test_an_administrator_names_a_holder_and_vacates_the_seat(house: House, acting: Log) -> None:
    now = house.clock()
    last = (now + timedelta(days=20)).date().isoformat()
    async with house.seat(ADMIN) as admin:
        csrf = admin.headers["x-csrf-token"]
        form = (await admin.get(f"/jabatan/{SEAT}")).text
        named = await admin.post(
            f"/jabatan/{SEAT}/hold_seat", data={"csrf": csrf, "name": NAME, "acting": "1", "until": last}
        )
        view = (await admin.get(f"/jabatan/{SEAT}.json")).json()
        listed = (await admin.get("/jabatan")).text
        wrong = await admin.post(
            f"/jabatan/{SEAT}/hold_seat", data={"csrf": csrf, "name": NAME, "since": last, "until": "2020-01-01"}
        )
        empty = await admin.post(f"/jabatan/{SEAT}/hold_seat", data={"csrf": csrf, "name": " "})
        vacated = await admin.post(f"/jabatan/{SEAT}/vacate_seat", data={"csrf": csrf})
        after = (await admin.get(f"/jabatan/{SEAT}.json")).json()
    assert 'name="until"' in form
    assert (named.status_code, vacated.status_code) == (303, 303)
    assert (view["holder"], view["acting"], view["vacant"]) == (NAME, True, False)
    zone = house.stack.cities["bengkulu"].zone
    assert datetime.fromisoformat(view["until"]).astimezone(zone).date().isoformat() == last
    assert f"Plt. {NAME}" in listed
    assert (wrong.status_code, "Akhir masa jabatan" in wrong.text) == (409, True)
    assert (empty.status_code, "Nama pejabat: belum diisi" in empty.text) == (422, True)
    assert (after["holder"], after["vacant"]) == (None, True)


async def test_others_read_it_or_not_and_name_nobody(house: House, acting: Log) -> None:
    async with house.seat("asisten-2") as coordinator:
        page = await coordinator.get(f"/jabatan/{SEAT}")
        tried = await coordinator.post(
            f"/jabatan/{SEAT}/hold_seat", data={"csrf": coordinator.headers["x-csrf-token"], "name": NAME}
        )
        nowhere = await coordinator.get("/jabatan/nowhere")
    assert (page.status_code, '<form class="stack"' in page.text) == (200, False)
    assert (tried.status_code, nowhere.status_code) == (403, 404)
    async with house.seat(SEAT) as office:
        assert (await office.get("/jabatan")).status_code == 403
