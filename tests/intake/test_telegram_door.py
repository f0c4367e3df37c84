"""Telegram's door: updates through the webhook, with proof, files from the stand-in, all of it durable."""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from services.cli.standins.telegram import SECRET_HEADER, Bot, Telegram, application
from services.cli.supervisor.ports import Ports
from services.complaint import commands as c
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ComplaintReceived, Event, EvidenceAttached, MessageAdded
from services.complaint.state import State
from services.contracts import ids, subjects
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.secrets import CitySecrets, TelegramSecrets
from services.intake.channels.telegram.webhook import TelegramWebhook
from services.notifier.patience import Patience
from services.reporting.numbers import Numbers
from services.runtime import postgres
from services.runtime.deciding import Decider
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.complaint.given import assigning, proposal
from tests.intake.conftest import Behind, Process
from tests.intake.pictures import jpeg
from tests.notifier.conftest import served
from tests.notifier.parts import Where, assembled, following

CITY = "kupang"
_people = itertools.count(700_000_000 + secrets.randbelow(10**6) * 100)
_numbers = itertools.count(1)


@dataclass
class Chat:
    """One person's chat with the city's bot."""

    provider: Telegram
    token: str
    behind: Behind
    person: int

    async def sends(self, kind: str = "message", number: int | None = None, **content: Any) -> int:
        """`message_id`. The stand-in repeats the update until it is answered 200."""
        user = {"id": self.person, "is_bot": False, "first_name": "Ibu", "last_name": "Contoh"}
        number = next(_numbers) if number is None else number
        message = {"message_id": number, "from": user, "chat": {"id": self.person, "type": "private"},
                   "date": 1_767_225_600, **content}  # fmt: skip
        assert await self.provider.deliver(self.token, {"update_id": next(_numbers), kind: message}) == 200
        return number

    async def complaint_of(self, number: int, suffix: str = "") -> str | None:
        row = await self.row(f"{self.person}:{number}{suffix}")
        found = row["complaint"]
        return None if found is None else str(found)

    async def row(self, message_id: str) -> Any:
        key = ids.message_key(await self.behind.vault.id_key(CITY), CITY, "telegram", message_id)
        for _ in range(200):
            row = await self.behind.pool.fetchrow("select * from intake.inbox where message_key = $1", key)
            if row is not None:
                return row
            await asyncio.sleep(0.05)
        raise AssertionError(f"{message_id} was never decided")

    async def events(self, complaint: str, at_least: int) -> list[Recorded[Event]]:
        found: list[Any] = []
        for _ in range(200):
            found = await self.behind.log.load(subjects.complaint(CITY, complaint))
            if len(found) >= at_least:
                break
            await asyncio.sleep(0.05)
        from_log = [COMPLAINT.decode(entry.type, entry.schema, entry.body) for entry in found]
        assert len(from_log) >= at_least
        return from_log


@pytest_asyncio.fixture(scope="module")
async def door(behind: Behind, ports: Ports, intake: Process) -> AsyncIterator[tuple[Telegram, str, str]]:
    """The stand-in, the bot's token and where its webhook is; the session's own intake stands by meanwhile."""
    known = behind.stack.installation.secrets.cities[CITY].telegram
    provider = Telegram()
    await intake.stop()
    async with AsyncExitStack() as parts:
        url = await parts.enter_async_context(served(application(provider)))
        process = Process(behind.stack, ports.claim(), TUNTAS_TELEGRAM_API_URL=url)
        parts.push_async_callback(process.stop)
        await process.start()
        webhook = f"{process.url}/webhooks/{CITY}/telegram"
        provider.bots[known.bot_token] = Bot(webhook, known.webhook_secret)
        yield provider, known.bot_token, webhook
    await intake.start()


@pytest.fixture
def chat(door: tuple[Telegram, str, str], behind: Behind) -> Chat:
    return Chat(door[0], door[1], behind, next(_people))


async def test_words_open_a_complaint_that_only_its_key_can_read(chat: Chat) -> None:
    number = await chat.sends(text="lampu jalan mati di Oebobo su dua minggu")
    complaint = await chat.complaint_of(number)
    assert complaint is not None
    [received] = (await chat.events(complaint, 1))[:1]
    assert isinstance(received.data, ComplaintReceived)
    assert (received.data.message.channel, received.data.message.door) == ("telegram", "telegram")
    [stored] = (await chat.behind.log.load(subjects.complaint(CITY, complaint)))[:1]
    for secret in (str(chat.person), "Ibu", "lampu"):
        assert secret.encode() not in stored.body


async def test_the_same_update_five_times_is_one_message(chat: Chat) -> None:
    number = await chat.sends(text="air mati di Kelapa Lima")
    for _ in range(4):
        await chat.sends(number=number, text="air mati di Kelapa Lima")
    complaint = await chat.complaint_of(number)
    assert complaint is not None
    await chat.behind.drained()
    assert len(await chat.events(complaint, 1)) == 1


async def test_an_edited_message_goes_to_the_complaint_of_its_first_wording(chat: Chat) -> None:
    number = await chat.sends(text="sampah menumpuk di pasar")
    await chat.sends(text="halo")
    await chat.sends("edited_message", number, text="sampah menumpuk di Pasar Oebobo", edit_date=1_767_225_700)
    complaint = await chat.complaint_of(number)
    assert complaint is not None
    assert await chat.complaint_of(number, ":1767225700") == complaint
    events = await chat.events(complaint, 2)
    assert [type(event.data) for event in events[:2]] == [ComplaintReceived, MessageAdded]


async def test_a_picture_is_fetched_and_attached_sealed(chat: Chat) -> None:
    chat.provider.files["contoh-1"] = jpeg()
    size = {"file_id": "contoh-1", "file_unique_id": "x", "width": 64, "height": 48}
    number = await chat.sends(photo=[size], caption="jalan berlubang di Oesapa")
    complaint = await chat.complaint_of(number)
    assert complaint is not None
    events = await chat.events(complaint, 2)
    assert isinstance(events[1].data, EvidenceAttached)
    assert events[1].data.content_type == "image/jpeg"


async def test_a_pressed_button_stops_turning(chat: Chat) -> None:
    number = await chat.sends(text="got mampet di Fontein")
    complaint = await chat.complaint_of(number)
    query = f"{next(_people)}"
    user = {"id": chat.person, "is_bot": False, "first_name": "Ibu"}
    pressed = {"id": query, "from": user, "data": f"status:{complaint}",
               "message": {"message_id": number + 1, "chat": {"id": chat.person, "type": "private"}}}  # fmt: skip
    assert await chat.provider.deliver(chat.token, {"update_id": 1, "callback_query": pressed}) == 200
    assert query in chat.provider.answered
    assert (await chat.row(f"callback:{query}"))["complaint"] == complaint


async def test_only_who_knows_the_secret_is_heard(door: tuple[Telegram, str, str]) -> None:
    _, _, webhook = door
    async with httpx.AsyncClient() as http:
        answers = [
            await http.post(webhook, json={"update_id": 1}, headers=headers)
            for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: "wrong"})
        ]
        assert [(one.status_code, one.json()["error"]) for one in answers] == [
            (401, "not_signed"), (401, "wrong_signature"), (401, "wrong_signature"),
        ]  # fmt: skip
        assert (await http.get(webhook)).status_code == 403
        elsewhere = await http.post(webhook.replace(CITY, "bengkulu"), json={})
        assert (elsewhere.status_code, elsewhere.json()["error"]) == (404, "unknown_channel")


@given(st.text(max_size=60))
def test_no_other_secret_proves_anything(guessed: str) -> None:
    secret = "s3cret-contoh"
    found = TelegramWebhook(secret, None).unproven({SECRET_HEADER.lower(): guessed}, b"{}")
    assert (found is None) == (guessed == secret)
    assert TelegramWebhook("", None).unproven({SECRET_HEADER.lower(): guessed}, b"{}") is not None


async def test_the_holder_of_two_seats_says_their_codes_in_one_chat_and_hears_of_both_seats_tasks(
    chat: Chat, door: tuple[Telegram, str, str], behind: Behind
) -> None:
    """The console shows a code for each seat; our own door takes it, and the notifier writes through the same bot."""
    stack, city = behind.stack, behind.stack.cities[CITY]
    installation = stack.installation
    head, camat = "perkim", "camat-oebobo"
    async with AsyncExitStack() as parts:
        console = await postgres.pool(installation.vault_url("tuntas_reporting"))
        parts.push_async_callback(console.close)
        numbers = Numbers(console, Vault(console, behind_key(behind)), lambda: datetime.now(UTC))
        where = Where(
            installation.nats_url("notifier"), installation.vault_url("tuntas_notifier"),
            installation.keeper.master_key_file, "http://127.0.0.1:9", {}, await parts.enter_async_context(
                served(application(chat.provider))
            ),
        )  # fmt: skip
        patience = Patience(queue=1.0, lease=60, silent=600, hold=600, fact=0.5)
        secrets_ = {CITY: CitySecrets(telegram=TelegramSecrets(bot_token=chat.token))}
        made = await parts.enter_async_context(assembled(where, {CITY: city}, patience, secrets=secrets_))
        await parts.enter_async_context(following(made, [(CITY, "telegram")]))

        for seat in (head, camat):
            asked = await numbers.ask(city, seat, "telegram", "")
            assert asked is not None
            assert asked.say is not None
            await chat.sends(text=f"DAFTAR {asked.say}")
            await until(lambda seat=seat: confirmed(numbers, city, seat))  # type: ignore[misc]  # this turn's seat

        reporter = Chat(chat.provider, chat.token, behind, next(_people))
        complaint = await reporter.complaint_of(await reporter.sends(text="lampu jalan mati di Oebobo, galap"))
        assert complaint is not None
        decider: Decider[State, c.Command, Event] = Decider(
            behind.log, COMPLAINT, subjects.complaint, behind.vault, lambda: datetime.now(UTC)
        )
        straight = assigning(datetime.now(UTC), head, (camat,))
        cause = ids.message_key(await behind.vault.id_key(CITY), CITY, "test", secrets.token_hex(8))
        command = c.ProposeScreening(cause=cause, proposal=proposal(), straight=straight)
        done = await decider.execute(CITY, complaint, command, cause=cause, actor="service:test")
        assert not isinstance(done, Refusal), done

        for seat in (head, camat):
            title = city.seats[seat].title
            [told] = await until(lambda title=title: heard(chat, chat.person, title, "KPG-"))  # type: ignore[misc]
            assert "galap" not in told.text, "no word of the reporter"
        assert await until(lambda: heard(chat, reporter.person, "KPG-"))


def behind_key(behind: Behind) -> MasterKey:
    return MasterKey.load(behind.stack.installation.keeper.master_key_file)


async def until(look: Callable[[], Awaitable[Any]], patience: float = 60) -> Any:
    ends = asyncio.get_running_loop().time() + patience
    while not (found := await look()):
        assert asyncio.get_running_loop().time() < ends, "never seen"
        await asyncio.sleep(0.1)
    return found


async def confirmed(numbers: Numbers, city: City, seat: str) -> bool:
    return any(one.confirmed_at is not None for one in await numbers.of(city, seat))


async def heard(chat: Chat, person: int, *parts: str) -> list[Any]:
    """What arrived at a person's chat and holds all of these."""
    mine = [one for one in chat.provider.arrived if one.to == str(person)]
    return [one for one in mine if all(part.lower() in one.text.lower() for part in parts)]
