"""Telegram's sender: what it asks of the API, what each answer means, and the real calls against the stand-in."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.cli.standins.telegram import Behaviour, Bot, application
from services.cli.standins.telegram import Telegram as Standin
from services.notifier.senders.telegram.client import DATA_LIMIT, TEXT_LIMIT, Telegram, body, read
from services.notifier.sending import (
    Accepted,
    Lost,
    NotReached,
    Outcome,
    Outgoing,
    Passing,
    Rendered,
    Slow,
    Stopped,
)
from tests.notifier.conftest import served

TOKEN = "700:contoh"
BUTTONS = (("confirm:" + "a" * 26, "SUDAH"), ("reopen:" + "a" * 26, "BELUM"))


def outgoing(text: str = "Kabar", buttons: tuple[tuple[str, str], ...] = (), to: str = "700000001") -> Outgoing:
    return Outgoing("notice", to, "free", "KPG-AAAA-1", Rendered(text, "kabar", buttons))


def test_words_go_out_as_they_are_with_their_buttons_in_a_row() -> None:
    asked = body(outgoing("Selesai *menurut* kami_ <b>", BUTTONS))
    assert asked["text"] == "Selesai *menurut* kami_ <b>"
    assert "parse_mode" not in asked
    [row] = asked["reply_markup"]["inline_keyboard"]
    assert [(key["callback_data"], key["text"]) for key in row] == list(BUTTONS)


def test_a_button_that_telegram_would_not_carry_becomes_a_word_to_type() -> None:
    asked = body(outgoing("Sudah?", (("confirm:" + "a" * DATA_LIMIT, "SUDAH"), BUTTONS[1])))
    assert "reply_markup" not in asked
    assert asked["text"] == "Sudah?\n\nSUDAH / BELUM"


def test_a_long_text_is_cut_at_telegrams_limit() -> None:
    assert len(body(outgoing("a" * 9000))["text"]) == TEXT_LIMIT


@pytest.mark.parametrize(
    ("code", "description", "after", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", None, NotReached("blocked", "403")),
        (403, "Forbidden: user is deactivated", None, NotReached("not_on_channel", "403")),
        (403, "Forbidden: bot can't initiate conversation with a user", None, NotReached("not_on_channel", "403")),
        (403, "Forbidden: something new", None, NotReached("blocked", "403")),
        (400, "Bad Request: chat not found", None, NotReached("not_on_channel", "400")),
        (400, "Bad Request: BUTTON_DATA_INVALID", None, NotReached("message_refused", "400")),
        (401, "Unauthorized", None, Stopped("401")),
        (404, "Not Found", None, Stopped("404")),
        (429, "Too Many Requests: retry after 35", 35, Slow(35.0, whole=True, code="429")),
        (429, "Too Many Requests", None, Slow(5.0, whole=True, code="429")),
        (500, "Internal Server Error", None, Passing("500")),
        (409, "Conflict", None, Passing("409")),
    ],
)
def test_what_a_refusal_means(code: int, description: str, after: int | None, expected: Outcome) -> None:
    answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if after is not None:
        answer["parameters"] = {"retry_after": after}
    assert read(code, json.dumps(answer).encode()) == expected


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'{"ok": true}', b'{"ok": true, "result": {}}'])
def test_an_answer_that_is_not_telegrams_leaves_open_whether_it_was_sent(content: bytes) -> None:
    assert isinstance(read(502, content), Lost)


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[tuple[Standin, str]]:
    provider = Standin(bots={TOKEN: Bot()})
    async with served(application(provider)) as url:
        yield provider, url


async def test_what_was_accepted_is_what_arrived(standin: tuple[Standin, str]) -> None:
    provider, url = standin
    async with httpx.AsyncClient() as client:
        outcome = await Telegram(client, url, TOKEN).send(outgoing("Kabar", BUTTONS))
    [arrived] = provider.arrived
    assert outcome == Accepted(arrived.id)
    assert (arrived.to, arrived.text, arrived.buttons) == ("700000001", "Kabar", BUTTONS)


@pytest.mark.parametrize(
    ("behaviour", "expected", "arrives"),
    [
        (Behaviour(blocked=["700000001"]), NotReached, 0),
        (Behaviour(flood_next=1, retry_after=7), Slow, 0),
        (Behaviour(fail_next=1), Passing, 0),
        (Behaviour(lose_answers=1, hang_seconds=3), Lost, 1),
        (Behaviour(down=True), Lost, 0),
    ],
)
async def test_each_misbehaviour_has_its_outcome(
    standin: tuple[Standin, str], behaviour: Behaviour, expected: type[Outcome], arrives: int
) -> None:
    provider, url = standin
    provider.behaviour = behaviour
    async with httpx.AsyncClient(timeout=1.0) as client:
        outcome = await Telegram(client, url, TOKEN).send(outgoing())
    assert isinstance(outcome, expected)
    assert len(provider.arrived) == arrives


async def test_a_withdrawn_token_stops_the_bot_and_blames_no_message(standin: tuple[Standin, str]) -> None:
    async with httpx.AsyncClient() as client:
        assert isinstance(await Telegram(client, standin[1], "700:other").send(outgoing()), Stopped)


async def test_without_a_connection_nothing_went_out() -> None:
    async with httpx.AsyncClient() as client:
        assert isinstance(await Telegram(client, "http://127.0.0.1:9", TOKEN).send(outgoing()), Slow)
