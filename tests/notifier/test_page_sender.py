"""Pages and Instagram accounts: chat, one private reply, then in public with ticket and step only."""

import json
import time
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from services.cli.standins.page import DAY, Graph, application
from services.notifier.senders.page.client import SIZE, Kind, Page, call, read
from services.notifier.sending import (
    Accepted,
    Form,
    Lost,
    NotReached,
    Outcome,
    Outgoing,
    Passing,
    Rendered,
    Slow,
    Stopped,
    WindowClosed,
)
from tests.notifier.conftest import served

SECRET_WORDS = "Got di depan rumah Ibu Contoh sudah dikeruk."
BUTTONS = (("confirm:" + "a" * 26, "SUDAH"), ("reopen:" + "a" * 26, "BELUM"))


def outgoing(to: str, form: Form = "free", buttons: tuple[tuple[str, str], ...] = BUTTONS) -> Outgoing:
    return Outgoing("notice", to, form, "KPG-AAAA-1", Rendered(SECRET_WORDS, "dinyatakan selesai", buttons))


@pytest.mark.parametrize("kind", ["facebook", "instagram"])
def test_a_chat_gets_the_words_with_quick_replies(kind: Kind) -> None:
    asked = call(kind, "2001", outgoing("7001"))
    assert asked is not None
    assert (asked.path, asked.body["recipient"]) == ("2001/messages", {"id": "7001"})
    assert asked.body["message"]["text"] == SECRET_WORDS
    assert [one["payload"] for one in asked.body["message"]["quick_replies"]] == [sent for sent, _ in BUTTONS]


@pytest.mark.parametrize(
    ("to", "recipient"), [("comment:9_1", {"comment_id": "9_1"}), ("post:9_2", {"post_id": "9_2"})]
)
def test_a_comment_is_answered_in_private_first(to: str, recipient: dict[str, str]) -> None:
    asked = call("facebook", "2001", outgoing(to))
    assert asked is not None
    assert asked.body["recipient"] == recipient
    assert asked.body["message"]["text"].endswith("SUDAH / BELUM")
    assert "quick_replies" not in asked.body["message"]


@pytest.mark.parametrize(("kind", "edge"), [("facebook", "comments"), ("instagram", "replies")])
def test_in_public_stand_ticket_and_step_only(kind: Kind, edge: str) -> None:
    asked = call(kind, "2001", outgoing("comment:9_1", "public"))
    assert asked is not None
    assert asked.path == f"9_1/{edge}"
    assert asked.body == {"message": "Laporan KPG-AAAA-1: dinyatakan selesai. Balas SUDAH / BELUM."}


def test_a_closed_chat_has_no_second_rung() -> None:
    assert call("facebook", "2001", outgoing("7001", "template")) is None


@pytest.mark.parametrize("kind", ["facebook", "instagram"])
def test_no_text_is_longer_than_the_provider_takes(kind: Kind) -> None:
    long = Outgoing("n", "comment:1", "free", "T", Rendered("a" * 9000, "x", BUTTONS))
    asked = call(kind, "2001", long)
    assert asked is not None
    limit = {"facebook": 2000, "instagram": 1000}[kind]
    assert limit - 20 <= SIZE[kind](asked.body["message"]["text"]) <= limit


@pytest.mark.parametrize(
    ("code", "subcode", "expected"),
    [
        (10, 2018278, WindowClosed),
        (10, 2534022, WindowClosed),
        (10900, 0, WindowClosed),
        (100, 2018300, WindowClosed),
        (100, 2018001, NotReached),
        (551, 1545041, WindowClosed),
        (551, 0, WindowClosed),
        (551, 9999, WindowClosed),
        (10, 2018300, Passing),
        (100, 33, NotReached),
        (100, 0, NotReached),
        (190, 463, Stopped),
        (10, 0, Stopped),
        (368, 0, Stopped),
        (613, 0, Slow),
        (4, 0, Slow),
        (1200, 0, Passing),
        (987654, 0, Passing),
    ],
)
def test_what_each_code_means(code: int, subcode: int, expected: type[Outcome]) -> None:
    answer = {"error": {"code": code, "error_subcode": subcode, "message": "…"}}
    assert isinstance(read(400, json.dumps(answer).encode()), expected)


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"{}"])
def test_an_answer_that_is_not_metas_leaves_open_whether_it_was_sent(content: bytes) -> None:
    assert isinstance(read(502, content), Lost)


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[tuple[Graph, str]]:
    made = Graph("contoh")
    async with served(application(made)) as url:
        yield made, url


def page(client: httpx.AsyncClient, url: str, token: str = "contoh") -> Page:  # noqa: S107  # the stand-in's
    return Page(client, url, "facebook", "2001", token)


async def test_private_once_then_in_public(graph: tuple[Graph, str]) -> None:
    made, url = graph
    made.comments["9_1"] = time.time()
    async with httpx.AsyncClient() as client:
        assert isinstance(await page(client, url).send(outgoing("comment:9_1")), Accepted)
        assert isinstance(await page(client, url).send(outgoing("comment:9_1")), WindowClosed)
        assert isinstance(await page(client, url).send(outgoing("comment:9_1", "public")), Accepted)
    assert [one.way for one in made.arrived] == ["private", "public"]
    assert SECRET_WORDS not in made.arrived[1].text


async def test_an_old_comment_and_a_silent_chat_are_closed(graph: tuple[Graph, str]) -> None:
    made, url = graph
    made.comments["9_1"], made.chats["7001"] = time.time() - 8 * DAY, time.time() - 2 * DAY
    async with httpx.AsyncClient() as client:
        assert isinstance(await page(client, url).send(outgoing("comment:9_1")), WindowClosed)
        assert isinstance(await page(client, url).send(outgoing("7001")), WindowClosed)
        assert isinstance(await page(client, url).send(outgoing("7001", "public")), WindowClosed)
    assert made.arrived == []


async def test_a_removed_comment_a_withdrawn_token_and_a_lost_answer(graph: tuple[Graph, str]) -> None:
    made, url = graph
    made.chats["7001"], made.hang_seconds = time.time(), 3
    async with httpx.AsyncClient(timeout=1.0) as client:
        assert isinstance(await page(client, url).send(outgoing("comment:9_9", "public")), NotReached)
        assert isinstance(await page(client, url, "other").send(outgoing("7001")), Stopped)
        made.lose_answers = 1
        assert isinstance(await page(client, url).send(outgoing("7001")), Lost)
        made.down = True
        assert isinstance(await page(client, url).send(outgoing("7001")), Lost)
    assert [one.way for one in made.arrived] == ["chat"]
