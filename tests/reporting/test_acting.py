"""Acting from the pages: signed for the seat of the session alone, asked until answered, refusals in plain words."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest_asyncio
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.contracts import subjects
from services.contracts.commands import CommandReply, Refusal, StaffCommand
from services.contracts.tokens import StaffToken
from services.runtime import tokens
from tests.reporting.conftest import House

JSON = {"accept": "application/json"}


@dataclass
class Peer:
    """The other side of the command subject, with the router's own credentials: checks tokens, answers as told."""

    house: House
    client: Client
    seen: list[tuple[StaffCommand, StaffToken]] = field(default_factory=list)
    silent: int = 0
    refusal: Refusal | None = None

    async def answer(self, message: Msg) -> None:
        command = StaffCommand.model_validate_json(message.data)
        public = self.house.stack.installation.secrets.staff_token_public
        token = tokens.verify(public, command.token, command=command.id, at=datetime.now(UTC))
        self.seen.append((command, token))
        if len(self.seen) <= self.silent:
            return
        reply = CommandReply(id=command.id, n=None if self.refusal else 1, refusal=self.refusal)
        await self.client.publish(message.reply, reply.model_dump_json().encode())


@pytest_asyncio.fixture
async def peer(house: House) -> AsyncIterator[Peer]:
    client = await house.stack.connect("router")
    made = Peer(house, client)
    await client.subscribe(subjects.staff_command("bengkulu"), cb=made.answer)
    await client.flush()
    yield made
    await client.close()


async def test_a_command_carries_the_seat_of_the_session_whatever_the_request_claims(house: House, peer: Peer) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat("perkim") as office:
        answer = await office.post("/api/commands", json={
            "id": "one", "ticket": story.ticket, "action": {"do": "progress", "text": "Sudah dicek"},
        })  # fmt: skip
        forged = await office.post("/api/commands", json={
            "id": "two", "ticket": story.ticket, "seat": "walikota", "roles": ["leader"],
            "action": {"do": "progress", "text": "Sudah dicek"},
        })  # fmt: skip
    assert answer.json()["n"] == 1
    assert forged.status_code == 422
    [(command, token)] = peer.seen
    assert command.complaint == story.complaint
    assert (token.city, token.seat, set(token.roles)) == ("bengkulu", "perkim", {"agency_head", "agency_officer"})
    assert token.command == "one"


async def test_a_token_is_good_for_its_own_command_only(house: House, peer: Peer) -> None:
    async with house.seat("perkim") as office:
        story = await (await house.teller.begin()).screened()
        await house.follow()
        body = {"id": "mine", "ticket": story.ticket, "action": {"do": "progress", "text": "x"}}
        await office.post("/api/commands", json=body)
    command, _ = peer.seen[0]
    public = house.stack.installation.secrets.staff_token_public
    try:
        tokens.verify(public, command.token, command="another", at=datetime.now(UTC))
    except tokens.TokenInvalid:
        return
    raise AssertionError("a token was taken for another command")


async def test_a_command_is_repeated_with_the_same_id_until_it_is_answered(house: House, peer: Peer) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    peer.silent = 1
    async with house.seat("perkim") as office:
        answer = await office.post("/api/commands", json={
            "id": "patient", "ticket": story.ticket, "action": {"do": "visit", "text": "Sudah dilihat"},
        })  # fmt: skip
    assert answer.json()["n"] == 1
    assert [command.id for command, _ in peer.seen] == ["patient", "patient"]


async def test_a_refusal_is_shown_in_plain_words_and_the_form_keeps_what_was_typed(house: House, peer: Peer) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    peer.refusal = Refusal(code="service_is_off", message="Air di wilayah ini masih mati.")
    async with house.seat("perkim") as office:
        page = await office.post(f"/laporan/{story.ticket}/resolve", data={
            "csrf": office.headers["x-csrf-token"], "closure": "explained", "text": "Sedang ada perbaikan",
        })  # fmt: skip
    assert page.status_code == 409
    assert "Air di wilayah ini masih mati." in page.text
    assert "Sedang ada perbaikan" in page.text


async def test_a_form_with_a_missing_answer_comes_back_saying_which(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat("perkim") as office:
        page = await office.post(f"/laporan/{story.ticket}/ask", data={"csrf": office.headers["x-csrf-token"]})
    assert page.status_code == 422
    assert "Pertanyaan: belum diisi" in page.text


async def test_a_seat_is_not_offered_and_not_let_do_what_is_not_its_to_do(house: House, peer: Peer) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat("camat-selebar") as camat:
        page = (await camat.get(f"/laporan/{story.ticket}")).text
        tried = await camat.post(f"/laporan/{story.ticket}/instruct", data={"csrf": camat.headers["x-csrf-token"]})
    assert "/progress" in page
    assert "/instruct" not in page
    assert "/erase_reporter" not in page
    assert tried.status_code == 403
    assert peer.seen == []


async def test_a_local_time_in_a_form_is_meant_in_the_citys_zone(house: House, peer: Peer) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat("perkim") as office:
        await office.post(f"/laporan/{story.ticket}/accept", data={
            "csrf": office.headers["x-csrf-token"], "finish_by": "2027-01-04T09:10",
        })  # fmt: skip
    action = peer.seen[0][0].action
    assert json.loads(action.model_dump_json())["finish_by"] == "2027-01-04T02:10:00Z"


async def test_a_screener_decides_on_what_was_seen(house: House, peer: Peer) -> None:
    story = await (await house.teller.begin("gelap nian")).proposed()
    await house.follow()
    async with house.seat("tim-saring") as screener:
        view = (await screener.get(f"/saring/{story.ticket}.json")).json()
        answer = await screener.post(f"/saring/{story.ticket}", data={
            **view["values"], "csrf": screener.headers["x-csrf-token"], "command": view["command"],
            "concerned_name": "Pak Contoh", "wording": "Lampu mati",
        })  # fmt: skip
    assert answer.status_code == 303
    command = peer.seen[0][0]
    assert command.expected_n == story.events[-1].n
    sent = command.action.model_dump(mode="json", exclude_none=True)
    assert sent["do"] == "screen"
    assert sent["function"] == "housing_lighting"
    assert sent["concerned"] == {"name": "Pak Contoh"}


async def test_without_an_answer_the_program_hears_that_it_may_repeat(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    async with house.seat("perkim") as office:
        answer = await office.post("/api/commands", json={
            "id": "alone", "ticket": story.ticket, "action": {"do": "progress", "text": "x"},
        })  # fmt: skip
    assert answer.status_code == 503
    assert answer.json()["refusal"]["code"] == "unavailable"
