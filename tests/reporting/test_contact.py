"""A reporter's contact at the console: asked for, allowed by a second person, shown once, read of by the auditor."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.complaint import commands as c
from services.complaint.aggregate import COMPLAINT
from services.contracts import subjects
from services.contracts.commands import CommandReply, RecordCall, Refusal, StaffCommand
from services.contracts.tokens import StaffToken
from services.reporting.read_models.cases import queries
from services.reporting.revealing import Reveals
from services.router.acting.meaning import meaning
from services.router.acting.meanings import contact
from services.router.acting.meanings.frame import Frame
from services.runtime import postgres, tokens
from services.runtime.sealing import MasterKey, seal
from services.runtime.vault import Contact, Vault
from tests.reporting.conftest import House
from tests.reporting.story import Story
from tests.reporting.test_work_pages import forms

PERKIM, COORDINATOR, PROTECTOR, AUDITOR = "perkim", "asisten-2", "dpo", "inspektorat"
NUMBER, NAME = "62811000777", "Ibu Contoh"


@dataclass
class Deciding:
    """The other side of the command subject: what the router makes of these actions, decided in the log."""

    house: House
    client: Client

    async def answer(self, message: Msg) -> None:
        command = StaffCommand.model_validate_json(message.data)
        public = self.house.stack.installation.secrets.staff_token_public
        token = tokens.verify(public, command.token, command=command.id, at=self.house.clock())
        reply = await self._decided(command, token)
        await self.client.publish(message.reply, reply.model_dump_json().encode())

    async def _decided(self, command: StaffCommand, token: StaffToken) -> CommandReply:
        teller, action = self.house.teller, command.action
        assert isinstance(action, contact.Contact | RecordCall)
        assert command.complaint is not None
        key = (await teller.vault.make_keys([(command.complaint, "handling")]))[command.complaint, "handling"]
        story = Story(teller, command.complaint, "")
        cause = await story.cause()
        state, _ = await teller.decider.load(token.city, command.complaint)

        def sealed(field: str, clear: str | None) -> str | None:
            return None if clear is None else seal(key, cause, field, clear)

        frame = Frame(
            city=self.house.stack.cities[token.city], seat=token.seat, cause=cause, at=self.house.clock(), scale=1.0,
            state=state, seal=sealed, seal_concerned=sealed, protects="data_protection" in token.roles,
        )  # fmt: skip
        meant = meaning(frame, action)
        if isinstance(meant, Refusal):
            return CommandReply(id=command.id, refusal=meant)
        done = COMPLAINT.decide(state, meant, self.house.clock())
        if isinstance(done, Refusal):
            return CommandReply(id=command.id, refusal=done)
        events = await story.do(meant)
        return CommandReply(id=command.id, n=events[-1].n)


@pytest_asyncio.fixture
async def deciding(house: House) -> AsyncIterator[Deciding]:
    client = await house.stack.connect("router")
    made = Deciding(house, client)
    await client.subscribe(subjects.staff_command("bengkulu"), cb=made.answer)
    await client.flush()
    yield made
    await client.close()


async def known(house: House, story: Story, channel: str = "whatsapp", address: str = NUMBER) -> None:
    """The intake keeps the contact."""
    place = house.stack.installation
    pool = await postgres.pool(place.vault_url("tuntas_intake"), size=1)
    try:
        vault = Vault(pool, MasterKey.load(place.keeper.master_key_file))
        async with pool.acquire() as connection, connection.transaction():
            keys = await vault.make_keys([(story.complaint, "reporter:1")], connection)
            one = Contact(
                story.complaint, "reporter:1", "bengkulu", channel, "hotline-walikota", address, NAME, house.clock()
            )
            await vault.put_contacts(connection, [one], keys)
    finally:
        await pool.close()


async def _allowed(house: House, story: Story) -> None:
    cause = await story.cause()
    text = await story.sealed("reporter:1", cause, "text", "boleh telpon saya")
    message = story.events[0].data.message.model_copy(update={"text": text})  # type: ignore[union-attr]
    await story.do(c.AllowContact(cause=cause, party="reporter:1", message=message))
    await house.follow()


async def _send(house: House, seat: str, story: Story, do: str, **fields: str) -> tuple[int, str]:
    await house.follow()
    async with house.seat(seat) as client:
        answer = await client.post(
            f"/laporan/{story.ticket}/{do}", data={"csrf": client.headers["x-csrf-token"], **fields}
        )
    await house.follow()
    return answer.status_code, answer.text


async def _granted(house: House, story: Story) -> None:
    assert (await _send(house, PERKIM, story, "ask_contact", ground="call", reason="Rumahnya tidak ketemu"))[0] == 303
    assert (await _send(house, COORDINATOR, story, "rule_contact", number="1", granted="true"))[0] == 303


async def test_the_way_to_a_contact_and_what_everybody_sees_of_it(house: House, deciding: Deciding) -> None:
    story = await (await house.teller.begin()).screened()
    await known(house, story)
    await _allowed(house, story)
    assert "ask_contact" in await forms(house, PERKIM, story)
    assert "ask_contact" not in await forms(house, AUDITOR, story)
    await _send(house, PERKIM, story, "ask_contact", ground="call", reason="Rumahnya tidak ketemu")
    assert {"rule_contact"} <= await forms(house, COORDINATOR, story)
    assert {"rule_contact", "show_contact"} & await forms(house, PERKIM, story) == set()
    async with house.seat(COORDINATOR) as coordinator:
        listed = (await coordinator.get("/laporan.json?status=to_rule")).json()
    assert story.ticket in {row["ticket"] for row in listed["rows"]}
    await _send(house, COORDINATOR, story, "rule_contact", number="1", granted="true")
    status, page = await _send(house, PERKIM, story, "show_contact", number="1")
    assert status == 200
    assert f"+{NUMBER}" in page
    assert NAME in page
    again, page = await _send(house, PERKIM, story, "show_contact", number="1")
    assert again in (403, 409)
    assert NUMBER not in page
    for seat in (PERKIM, COORDINATOR, AUDITOR):
        async with house.seat(seat) as client:
            view = (await client.get(f"/laporan/{story.ticket}.json")).text
        assert NUMBER not in view
        assert "contact_shown" in view
    async with house.seat(AUDITOR) as auditor:
        log = (await auditor.get("/kontak.json")).json()
        html = (await auditor.get("/kontak")).text
    look = next(one for one in log["looks"] if one["ticket"] == story.ticket)
    assert look["ground"] == "pelapor mengizinkan dihubungi"
    assert "Perumahan" in look["who"] or "Perkim" in look["who"]
    assert look["approved_by"]
    assert story.ticket in html
    assert not [word for word in (NUMBER, NAME, "Rumahnya tidak ketemu") for told in (str(log), html) if word in told]


async def test_without_the_reporters_word_the_ground_is_not_offered_and_the_wish_refused(
    house: House, deciding: Deciding
) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat(PERKIM) as office:
        page = (await office.get(f"/laporan/{story.ticket}")).text
    assert "ada jiwa yang terancam" in page
    assert "pelapor mengizinkan dihubungi" not in page
    status, page = await _send(house, PERKIM, story, "ask_contact", ground="call", reason="x")
    assert status == 409
    assert "tidak (lagi) mengizinkan dihubungi" in page


async def test_what_would_spend_the_one_look_for_nothing_is_refused(house: House, deciding: Deciding) -> None:
    story = await (await house.teller.begin()).screened()
    await known(house, story)
    await _allowed(house, story)
    await _granted(house, story)
    async with house.seat(PERKIM) as office:
        answer = await office.post(
            "/api/commands", json={"ticket": story.ticket, "action": {"do": "show_contact", "number": 1}}
        )
    assert (answer.status_code, answer.json()["refusal"]["code"]) == (403, "not_allowed")
    assert (await _send(house, PERKIM, story, "show_contact", number="1"))[0] == 200


@pytest.mark.parametrize(
    ("channel", "address", "link"),
    [("whatsapp", NUMBER, f"tel:+{NUMBER}"), ("desk", "0811-0007-77", "tel:0811000777"),
     ("web", "ibu@contoh.example", "mailto:ibu@contoh.example"), ("telegram", "5550001234", None),
     ("whatsapp", "ID.ABC.4711", None)],
)  # fmt: skip
async def test_an_address_that_nobody_can_dial_is_not_shown_as_one(
    house: House, channel: str, address: str, link: str | None
) -> None:
    story = await (await house.teller.begin()).screened()
    await known(house, story, channel, address)
    await _allowed(house, story)
    await story.do(c.AskContact(
        cause=await story.cause(), seat=PERKIM, ground="call",
        reason=await story.sealed("handling", await story.cause(), "reason", "x"),
    ))  # fmt: skip
    await story.do(c.RuleContact(
        cause=await story.cause(), by=COORDINATOR, number=1, granted=True, until=house.clock(), policy=1,
    ))  # fmt: skip
    await house.follow()
    async with house.seat(COORDINATOR) as coordinator:
        complaint = (await coordinator.get(f"/laporan/{story.ticket}.json")).json()
    assert complaint["callable"] is True
    card = await queries.by_ticket(house.pool, story.ticket)
    assert card is not None
    reveals: Reveals = house.desk.reveals
    shown = await reveals.show(card, 1)
    assert (shown.link, shown.address is None) == (link, link is None)


async def test_a_life_at_risk_needs_the_data_protection_officer(house: House, deciding: Deciding) -> None:
    story = await (await house.teller.begin()).screened()
    await known(house, story)
    await _send(house, PERKIM, story, "ask_contact", ground="danger", reason="Kabel jatuh di depan rumahnya")
    status, page = await _send(house, COORDINATOR, story, "rule_contact", number="1", granted="true")
    assert status == 409
    assert "pejabat pelindungan data" in page
    async with house.seat(PROTECTOR) as protector:
        board = (await protector.get("/papan")).text
        page = (await protector.get(f"/laporan/{story.ticket}")).text
    assert "/laporan?status=to_rule" in board
    assert "Kabel jatuh di depan rumahnya" in page
    async with house.seat(AUDITOR) as auditor:
        assert "Kabel jatuh di depan rumahnya" not in (await auditor.get(f"/laporan/{story.ticket}")).text
    assert (await _send(house, PROTECTOR, story, "rule_contact", number="1", granted="true"))[0] == 303
    assert NUMBER in (await _send(house, PERKIM, story, "show_contact", number="1"))[1]
