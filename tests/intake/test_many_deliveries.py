"""Each message many times, shuffled, over two replicas: counted once each. Killed in between: the same result."""

import asyncio
import json
import random
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from secrets import randbits
from typing import Any

import pytest
import pytest_asyncio

from services.cli.supervisor.ports import Ports
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ComplaintReceived
from services.contracts import subjects
from services.intake.budgets.slowing import Slowing
from services.intake.inbox.acts import Acts, decider
from services.intake.inbox.chats import Chats, Remembered
from services.intake.inbox.drain import Drain
from services.runtime.blobs import Blobs
from services.runtime.delivery import Delivery
from services.runtime.parking import Parking
from services.runtime.publishing import Publisher
from services.runtime.sealing import MasterKey
from services.runtime.service import utc_now
from tests.intake.conftest import CITY, Behind, Phone, Process, a_message_id, a_person
from tests.intake.webhooks import change, text, webhook


@pytest_asyncio.fixture
async def second(behind: Behind, ports: Ports, intake: Process) -> AsyncIterator[Process]:
    process = Process(behind.stack, ports.claim())
    await process.start()
    yield process
    await process.stop()


async def counts(behind: Behind, message_ids: list[str]) -> tuple[int, int]:
    """Complaints and events that these messages led to."""
    rows = [await behind.decided(one) for one in message_ids]
    complaints = sorted({row["complaint"] for row in rows})
    events = [event for complaint in complaints for event in await behind.events(complaint)]
    by_complaint: dict[str, list[int]] = {}
    for event in events:
        by_complaint.setdefault(event.complaint, []).append(event.n)
    assert all(ns == list(range(1, len(ns) + 1)) for ns in by_complaint.values()), "no gap in n"
    assert len({event.causation for event in events}) == len(events), "each message led to one event"
    return len(complaints), len(events)


async def test_five_times_each_shuffled_over_two_replicas(phone: Phone, second: Process, behind: Behind) -> None:
    people = [a_person() for _ in range(40)]
    bodies: dict[str, bytes] = {}
    for person in people:
        for said in ("air mati sejak pagi", "di jalan contoh nomor lima", "tolong segera pak"):
            message_id = a_message_id()
            # A week late by the provider's clock, which must not matter.
            one = text(said, **{"from": person, "id": message_id, "timestamp": "1700000000"})
            bodies[message_id] = webhook(change(one, contacts=[{"wa_id": person}]))
    deliveries = list(bodies.values()) * 5
    random.Random(7).shuffle(deliveries)
    other = Phone(phone.http, second.url, phone.app_secret)
    at_once = asyncio.Semaphore(50)

    async def deliver(number: int, raw: bytes) -> None:
        async with at_once:
            assert (await (phone, other)[number % 2].post(raw)).status_code == 200

    await asyncio.gather(*(deliver(number, raw) for number, raw in enumerate(deliveries)))
    await behind.drained()
    assert await counts(behind, list(bodies)) == (40, 120)


async def test_a_replica_killed_at_work_leaves_nothing_undone(phone: Phone, second: Process, behind: Behind) -> None:
    """The first replica works; it is killed while messages stream in by the second, which takes over."""
    ids = []
    for number in range(30):
        person = a_person()
        other = Phone(phone.http, second.url, phone.app_secret)
        ids.append(await other.says(person, "sampah menumpuk di pasar"))
        if number == 15:
            await second.stop(signal.SIGKILL)
            await second.start()
    await behind.drained(patience=60)
    assert await counts(behind, ids) == (30, 30)


class Phases:
    """The drain's phases by hand, with everything real but the moment at which it stops."""

    def __init__(self, behind: Behind) -> None:
        connection, pool, vault = behind.connection, behind.pool, behind.vault
        self.chats = Chats(
            pool, vault, randbits, MasterKey.load(behind.stack.installation.keeper.master_key_file).derived("waiting")
        )
        publisher = Publisher(connection)
        blobs = Blobs((behind.stack.installation.home / "blobs").resolve().as_uri())
        decide = decider(behind.log, vault, utc_now)
        self.drain = Drain(
            connection=connection,
            pool=pool,
            vault=vault,
            chats=self.chats,
            acts=Acts(decide, publisher, vault, blobs, self.chats),
            parking=Parking(connection, "test", vault._master.derived("parked")),
            cities=behind.stack.cities,
            slowing=Slowing(pool, vault._master.derived("waiting"), vault, publisher),
            mentioned=_no_mention,
        )

    async def remember_only(self, delivery: Delivery) -> Remembered:
        incoming = await self.drain._read(delivery)
        results, _ = await self.chats.remember([incoming])  # type: ignore[list-item]
        assert isinstance(results[0], Remembered)
        return results[0]


async def _no_mention(_: Any) -> None:
    raise AssertionError("nobody names an account here")


_sequence = iter(range(10**9, 2 * 10**9))


def delivery(message: dict[str, Any], channel: str = "tiktok") -> Delivery:
    return Delivery(
        stream="INTAKE",
        subject=subjects.intake(CITY, channel),
        sequence=next(_sequence),
        type="",
        headers={},
        body=json.dumps(message).encode(),
        stored_ns=1_780_000_000_000_000_000,
    )


def said(text: str, person: str, **more: Any) -> dict[str, Any]:
    return {"id": a_message_id(), "sender": {"person": person}, "text": text, **more}


async def test_killed_between_commit_and_append_the_same_complaint_opens(behind: Behind) -> None:
    phases = Phases(behind)
    opening = delivery(said("lampu jalan mati di simpang", a_person()))
    first = await phases.remember_only(opening)
    complaint = first.decision.complaint  # type: ignore[union-attr]
    assert await behind.log.load(subjects.complaint(CITY, complaint)) == []
    await phases.drain.batch([opening])
    await phases.drain.batch([opening])
    [event] = await behind.events(complaint)
    assert event.data.ticket == first.decision.ticket  # type: ignore[union-attr]


async def test_a_follow_up_waits_for_an_opening_in_other_hands(behind: Behind) -> None:
    phases = Phases(behind)
    person = a_person()
    opening = delivery(said("pohon tumbang di jalan contoh", person))
    complaint = (await phases.remember_only(opening)).decision.complaint  # type: ignore[union-attr]
    follow_up = said("menimpa rumah warga", person)
    await phases.drain.batch([delivery(follow_up)])
    assert (await behind.row(follow_up["id"], "tiktok"))["complaint"] == complaint  # type: ignore[index]
    await phases.drain.batch([opening])
    events = await behind.events(complaint, at_least=2, patience=20)
    assert [event.type for event in events] == ["complaint.received", "complaint.message_added"]


async def test_killed_after_append_before_ack_nothing_doubles(behind: Behind) -> None:
    phases = Phases(behind)
    person = a_person()
    batch = [delivery(said("banjir di depan pasar", person)), delivery(said("setinggi lutut", person))]
    for _ in range(3):
        await phases.drain.batch(batch)
    complaint = (await phases.remember_only(batch[0])).decision.complaint  # type: ignore[union-attr]
    assert len(await behind.events(complaint)) == 2


async def test_two_replicas_on_one_chat_at_once_agree(behind: Behind) -> None:
    person = a_person()
    batches = [[delivery(said(f"jalan rusak bagian {number}", person))] for number in range(8)]
    await asyncio.gather(*(Phases(behind).drain.batch(batch) for batch in batches))
    rows = await behind.pool.fetch(
        "select distinct complaint from intake.inbox where message_key = any($1)",
        [(await Phases(behind).drain._read(batch[0])).key for batch in batches],  # type: ignore[union-attr]
    )
    assert len(rows) == 1
    assert len(await behind.events(rows[0]["complaint"], at_least=8, patience=20)) == 8


@pytest.mark.parametrize("text", ["x\u0000y\u202e", "🙏" * 5000, "panjang " * 4000])
async def test_hostile_and_long_texts_come_through(behind: Behind, text: str) -> None:
    phases = Phases(behind)
    one = delivery(said("air mati " + text, a_person()))
    await phases.drain.batch([one])
    complaint = (await phases.remember_only(one)).decision.complaint  # type: ignore[union-attr]
    [event] = await behind.events(complaint)
    opened = await behind.opened(event, "text", event.data.message.text)  # type: ignore[union-attr]
    assert opened is not None
    assert "\u0000" not in opened
    assert (event.data.message.text_blob is not None) == (len(text) > 16_384)  # type: ignore[union-attr]


async def test_a_sub_districts_own_number_gives_its_default_and_its_first_level(behind: Behind) -> None:
    phases = Phases(behind)
    city = behind.stack.cities["bukittinggi"]
    door = next(door for door in city.doors if door.first_level is not None)
    message = said("jalan di kelurahan kami rusak", a_person()) | {"door": door.id}
    one = replace(delivery(message), subject=subjects.intake("bukittinggi", door.channel))
    await phases.drain.batch([one])
    complaint = (await phases.remember_only(one)).decision.complaint  # type: ignore[union-attr]
    [entry] = await behind.log.load(subjects.complaint("bukittinggi", complaint))
    received = COMPLAINT.decode(entry.type, entry.schema, entry.body).data
    assert isinstance(received, ComplaintReceived)
    assert (received.first_level, received.confidentiality) == (door.first_level, "anonymous")
    assert received.ticket.startswith(city.ticket_prefix)
