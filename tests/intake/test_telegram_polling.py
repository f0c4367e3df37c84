"""A bot that is asked: nothing is forgotten at Telegram before it is stored with us, whatever happens in between."""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.cli.standins.telegram import Bot, Telegram, application
from services.contracts import ids, subjects
from services.intake.channels.telegram.updates import PollingError, Updates
from services.intake.doors.polling import Polling
from services.runtime import postgres
from services.runtime.publishing import NotStored, Publisher
from tests.intake.conftest import Behind, Process
from tests.notifier.conftest import served

CITY, TOKEN = "kupang", "123:CONTOH"
_numbers = itertools.count(1_000 * secrets.randbelow(10**6))


def update(person: int, text: str | None = None, **more: Any) -> dict[str, Any]:
    number = next(_numbers)
    user = {"id": person, "is_bot": False, "first_name": "Ibu Contoh"}
    message = {"message_id": number, "from": user, "chat": {"id": person, "type": "private"}, "date": 1_767_225_600}
    return {"update_id": number, "message": message | ({"text": text} if text else {}) | more}


@dataclass
class Bots:
    telegram: Telegram
    bot: Bot
    polling: Polling
    behind: Behind

    async def offset(self) -> int:
        found = await self.behind.pool.fetchval("select next_update from intake.telegram_offset where city = $1", CITY)
        return int(found or 0)

    async def complaint(self, one: dict[str, Any]) -> Any:
        given = f"{one['message']['chat']['id']}:{one['message']['message_id']}"
        key = ids.message_key(await self.behind.vault.id_key(CITY), CITY, "telegram", given)
        for _ in range(200):
            row = await self.behind.pool.fetchrow("select * from intake.inbox where message_key = $1", key)
            if row is not None:
                return row["complaint"]
            await asyncio.sleep(0.05)
        raise AssertionError(f"{given} was never decided")


@pytest_asyncio.fixture
async def bots(behind: Behind, intake: Process) -> AsyncIterator[Bots]:
    telegram, bot = Telegram(), Bot()
    telegram.bots[TOKEN] = bot
    pool = await postgres.pool(behind.stack.installation.vault_url("tuntas_intake"), size=2, service="test")
    nats = await behind.stack.connect("intake")
    async with served(application(telegram)) as url, httpx.AsyncClient() as client:
        polling = Polling(CITY, "telegram", Updates(url, TOKEN, client, wait=1), pool, Publisher(nats))
        yield Bots(telegram, bot, polling, behind)
    await nats.close()
    await pool.close()


async def test_what_is_asked_for_is_stored_before_the_next_is(bots: Bots) -> None:
    person = 700_000_000 + secrets.randbelow(10**6)
    photo = [{"file_id": "kecil", "width": 9, "height": 9}]
    album: dict[str, Any] = {"photo": photo, "media_group_id": "1", "caption": "tiang lampunya ini"}
    pin = {"latitude": -10.1, "longitude": 123.6}
    venue: dict[str, Any] = {
        "venue": {"location": pin, "title": "Pasar", "address": "Jl. Contoh"},
        "location": pin,
    }
    first = update(person, "lampu mati di Oebobo su dua minggu")
    said = [first, update(person, **album), update(person, **venue)]
    bots.bot.waiting += said
    assert await bots.polling.round() == 3
    assert await bots.offset() == said[-1]["update_id"] + 1
    assert {await bots.complaint(one) for one in said} == {await bots.complaint(said[0])}
    assert await bots.polling.round() == 0
    assert bots.bot.waiting == [], "forgotten there only when it was asked for what comes after"


async def test_a_crash_between_storing_and_noting_loses_and_doubles_nothing(
    bots: Bots, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = 700_000_000 + secrets.randbelow(10**6)
    bots.bot.waiting.append(update(person, "air mati di Kelapa Lima"))
    before = await bots.offset()

    async def breaks(_number: int) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(bots.polling, "_keep", breaks)
        with pytest.raises(OSError, match="power cut"):
            await bots.polling.round()
    assert await bots.offset() == before
    complaint = await bots.complaint(bots.bot.waiting[0])
    assert await bots.polling.round() == 1, "Telegram still had it"
    await bots.behind.drained()
    assert len(await bots.behind.log.load(subjects.complaint(CITY, complaint))) == 1


async def test_what_can_not_be_stored_stays_at_telegram(bots: Bots, monkeypatch: pytest.MonkeyPatch) -> None:
    bots.bot.waiting.append(update(700_000_001, "x"))
    before = await bots.offset()

    async def full(*_arguments: object, **_more: object) -> int:
        raise NotStored

    with monkeypatch.context() as patched:
        patched.setattr(bots.polling._publisher, "publish", full)
        with pytest.raises(NotStored):
            await bots.polling.round()
    assert await bots.offset() == before
    assert len(bots.bot.waiting) == 1


async def test_a_pressed_button_stops_turning(bots: Bots) -> None:
    person = {"id": 700_000_002, "is_bot": False, "first_name": "Ibu"}
    message = {"message_id": 1, "chat": {"id": 700_000_002, "type": "private"}}
    pressed = {"id": f"q{next(_numbers)}", "from": person, "data": "status:x", "message": message}
    bots.bot.waiting.append({"update_id": next(_numbers), "callback_query": pressed})
    await bots.polling.round()
    assert bots.telegram.answered == [pressed["id"]]


async def test_a_webhook_that_is_still_set_is_said_and_asked_again_later(bots: Bots) -> None:
    bots.bot.webhook = "https://elsewhere.example"
    with pytest.raises(PollingError) as refused:
        await bots.polling.round()
    assert (refused.value.code, refused.value.pause) == (409, 30.0)
    stop = asyncio.Event()
    task = asyncio.create_task(bots.polling.run(stop))
    async with asyncio.timeout(20):
        while not bots.polling.check().detail:
            await asyncio.sleep(0.02)
    assert bots.polling.check().ok
    assert bots.polling.check().detail == {"refused": 409}
    stop.set()
    await asyncio.wait_for(task, 5)


async def test_it_ends_while_it_waits_for_news(bots: Bots) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(bots.polling.run(stop))
    await asyncio.sleep(0.1)
    stop.set()
    await asyncio.wait_for(task, 5)
