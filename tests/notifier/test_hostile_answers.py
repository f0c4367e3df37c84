"""Providers in trouble: whatever comes back instead of an answer, no sender raises, waits for ever or says too much.

What can have gone out is `Lost` and reconciled; only what certainly did not is sent again.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from services.contracts.city.gateways import SmsGateway
from services.notifier import asking
from services.notifier.asking import LONGEST_REST, number, rest
from services.notifier.posting import LostError, NotNowError, Post
from services.notifier.senders.page import client as page
from services.notifier.senders.page.wall import PageWall
from services.notifier.senders.sms import client as sms
from services.notifier.senders.telegram import client as telegram
from services.notifier.senders.telegram.wall import ChannelWall
from services.notifier.senders.whatsapp import client as whatsapp
from services.notifier.sending import Accepted, Lost, Outcome, Outgoing, Passing, Rendered, Sender, Slow, Stopped

OUTGOING = Outgoing("n" * 26, "628110000001", "free", "BKL-A-1", Rendered("Kabar", "kabar"))
SMS = SmsGateway(url="http://x", codes={"E13": "no_credit"})


def by_sms(status: int, content: bytes, after: float | None = None) -> Outcome:
    return sms.read(SMS, OUTGOING, status, content, after)


READ: dict[str, Callable[[int, bytes, float | None], Outcome]] = {
    "whatsapp": whatsapp.read, "page": page.read, "telegram": telegram.read, "sms": by_sms,
}  # fmt: skip

MALFORMED: list[tuple[int, object]] = [
    (200, {"messages": [{}]}),
    (200, {"messages": {"id": "x"}}),
    (200, {"messages": "wamid.X"}),
    (200, {"messages": [None]}),
    (200, {"messages": [{"id": 7.5}]}),
    (200, {"messages": [{"id": ""}]}),
    (200, {"message_id": {"id": 1}}),
    (200, {"id": ["x"]}),
    (200, {"ok": True, "result": None}),
    (200, {"ok": True, "result": {"chat": 7, "message_id": 1}}),
    (200, {"ok": "yes"}),
    (200, []),
    (200, None),
    (200, "ok"),
    (200, 7),
    (302, {}),
    (500, {"error": "Internal Server Error"}),
    (500, {"error": None}),
    (502, {"messages": []}),
]


@pytest.mark.parametrize("sender", ["whatsapp", "page", "telegram"])
@pytest.mark.parametrize(("status", "body"), MALFORMED)
def test_what_is_no_answer_of_the_provider_leaves_it_unknown(sender: str, status: int, body: object) -> None:
    assert isinstance(READ[sender](status, json.dumps(body).encode(), None), Lost)


@pytest.mark.parametrize("sender", list(READ))
@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"error":' * 5000, b"1" * 5000, b"nul", b"\x00"]
)
def test_what_is_no_json_raises_nothing(sender: str, content: bytes) -> None:
    assert isinstance(READ[sender](502, content, None), Lost)


CODES: list[object] = [None, True, "abc", "", [], {}, 1e400, -1.5, "1" * 5000, "²"]


@pytest.mark.parametrize("code", CODES)
def test_a_code_that_is_none_counts_as_unknown_and_refuses_nobody_for_good(code: object) -> None:
    meta = json.dumps({"error": {"code": code, "error_subcode": code}}).encode()
    assert isinstance(whatsapp.read(400, meta), Passing)
    assert isinstance(page.read(400, meta), Passing)
    bot = json.dumps({"ok": False, "error_code": code, "description": code, "parameters": code}).encode()
    assert isinstance(telegram.read(500, bot), Passing)
    assert isinstance(by_sms(500, json.dumps({"error": {"code": code}}).encode()), Passing | Lost)


@pytest.mark.parametrize(
    ("given", "meant"), [(131047, 131047), ("131047", 131047), ("-1", -1), (190.0, 190), (None, 5), (True, 5), ("x", 5)]
)
def test_a_code_is_a_number_or_its_digits(given: object, meant: int) -> None:
    assert number(given, 5) == meant


NOW = datetime(2026, 11, 26, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", None),
        ("-5", None),
        ("7.5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("9" * 400, LONGEST_REST),
        ("86400", LONGEST_REST),
        ("Thu, 26 Nov 2026 21:01:30 GMT", 90),
        ("Thu, 26 Nov 2026 20:00:00 GMT", None),
        ("Thu, 26 Nov 2099 21:00:00 GMT", LONGEST_REST),
        ("Thu, 99 Nov 2026 21:00:00 GMT", None),
        (35, 35),
        (0.5, 0.5),
        (1e400, None),
        (float("nan"), None),
        (True, None),
        ([], None),
    ],
)
def test_how_long_we_are_asked_to_wait(given: object, seconds: float | None) -> None:
    assert rest(given, lambda: NOW) == seconds


@pytest.mark.parametrize("sender", list(READ))
def test_too_many_requests_are_waited_for_as_long_as_we_are_told(sender: str) -> None:
    assert READ[sender](429, b"<html>", 40.0) == Slow(40.0, whole=True, code="http_429")


def test_429_is_nobodys_fault_whatever_code_stands_beside_it() -> None:
    unknown = b'{"error": {"code": 987654}}'
    assert whatsapp.read(429, unknown, 20.0) == Slow(20.0, whole=True, code="987654")
    assert page.read(429, unknown) == Slow(10, whole=True, code="987654")
    throughput = b'{"error": {"code": 130429}}'
    assert whatsapp.read(429, throughput, 20.0) == Slow(20.0, whole=True, code="130429")
    assert whatsapp.read(429, throughput, 1.0) == Slow(2, whole=True, code="130429")


# What no library makes: answers byte by byte.

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"messages":[{"id":"wamid.X"')


async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        await writer.drain()


async def garbage(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x16\x03\x01 this is no HTTP\r\n\r\n")


async def not_gzip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 7\r\n\r\nno gzip")


async def elsewhere(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 307 Temporary\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n")


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def senders(client: httpx.AsyncClient, url: str) -> list[Sender]:
    return [
        whatsapp.WhatsApp(client, url, "1", "contoh"),
        page.Page(client, url, "facebook", "1", "contoh"),
        telegram.Telegram(client, url, "1:contoh"),
        sms.Sms(client, SMS.model_copy(update={"url": url, "token": "contoh"})),
    ]


@pytest.mark.parametrize("talk", [reset, half, drip, flood, garbage, not_gzip, elsewhere, silent])
async def test_an_answer_that_breaks_off_is_unknown_and_soon(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.4)
    async with talking(talk) as url, httpx.AsyncClient(timeout=30, trust_env=False) as client:
        outcomes = await asyncio.wait_for(asyncio.gather(*(one.send(OUTGOING) for one in senders(client, url))), 20)
    assert [type(one) for one in outcomes] == [Lost] * 4


@pytest.mark.parametrize("talk", [reset, garbage, silent])
async def test_a_post_whose_answer_breaks_off_is_looked_for(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.4)
    async with talking(talk) as url, httpx.AsyncClient(timeout=30, trust_env=False) as client:
        for wall in (PageWall(client, url, "1", "contoh"), ChannelWall(client, url, "1:contoh", "@contoh")):
            with pytest.raises(LostError):
                await wall.post(Post("Kabar", (), ()))


@pytest.mark.parametrize("address", ["http://127.0.0.1:notaport", "gopher://contoh.test", "http://[::1"])
async def test_an_address_that_can_not_be_asked_stops_the_account_and_blames_no_message(address: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        outcomes = [await one.send(OUTGOING) for one in senders(client, address)]
    assert [type(one) for one in outcomes] == [Stopped] * 4


async def test_a_token_with_a_line_break_stops_the_account() -> None:
    async with talking(silent) as url, httpx.AsyncClient(trust_env=False) as client:
        assert isinstance(await whatsapp.WhatsApp(client, url, "1", "con\ntoh").send(OUTGOING), Stopped)


async def test_without_a_connection_nothing_was_posted() -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(NotNowError):
            await PageWall(client, "http://127.0.0.1:9", "1", "contoh").post(Post("Kabar", (), ()))


async def test_a_group_that_moved_is_written_to_where_it_is_now() -> None:
    """ "ResponseParameters › migrate_to_chat_id": the bot was told of it by an upgrade that it did not hear of."""
    asked: list[object] = []

    def answers(request: httpx.Request) -> httpx.Response:
        chat = json.loads(request.content)["chat_id"]
        asked.append(chat)
        if chat == -1001234:
            return httpx.Response(200, json={"ok": True, "result": {"chat": {"id": chat}, "message_id": 7}})
        moved = {"ok": False, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup",
                 "parameters": {"migrate_to_chat_id": -1001234}}  # fmt: skip
        return httpx.Response(400, json=moved)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answers)) as client:
        outcome = await telegram.Telegram(client, "http://bot", "1:contoh").send(OUTGOING)
    assert outcome == Accepted("-1001234:7")
    assert asked == ["628110000001", -1001234]
