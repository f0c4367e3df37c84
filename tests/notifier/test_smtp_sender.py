"""E-mail through a submission server: the message as it goes out, and what each reply means."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
import pytest_asyncio

from services.cli.standins import mail
from services.contracts.city.gateways import MailServer
from services.contracts.email_ids import message_id, notice_of
from services.notifier.senders.smtp import codes
from services.notifier.senders.smtp.client import Smtp, compose
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

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
NOTICE = "b" * 26
PERSON = "warga@contoh.test"
SERVER = MailServer(host="127.0.0.1", security="none", sender="lapor@bengkulu.contoh.test")


def outgoing(line: str = "dinyatakan selesai.", buttons: tuple[tuple[str, str], ...] = ()) -> Outgoing:
    words = Rendered("Got sudah kami bersihkan.\n\nNomor: BKL-A-1", line, buttons)
    return Outgoing(NOTICE, PERSON, "email", "BKL-A-1", words, "https://tuntas.example/lacak/BKL-A-1", "Kota Bengkulu")


def test_the_message_says_who_it_is_from_that_no_person_wrote_it_and_which_notice_it_is() -> None:
    read = message_from_bytes(compose(SERVER, outgoing(buttons=(("a", "SUDAH"), ("b", "BELUM"))), NOW), policy=default)
    assert read["subject"] == "Laporan BKL-A-1: dinyatakan selesai"
    assert read["auto-submitted"] == "auto-generated"
    assert read["message-id"] == f"<tuntas.{NOTICE}@bengkulu.contoh.test>"
    assert read["from"] == "Pengaduan Kota Bengkulu <lapor@bengkulu.contoh.test>"
    assert read["date"] == "Mon, 23 Nov 2026 02:10:00 +0000"
    body = read.get_content()
    assert "Got sudah kami bersihkan." in body
    assert "SUDAH atau BELUM" in body
    assert "https://tuntas.example/lacak/BKL-A-1" in body


def test_the_same_notice_is_the_same_message_for_whoever_keeps_mail() -> None:
    assert compose(SERVER, outgoing(), NOW) == compose(SERVER, outgoing(), NOW)
    assert notice_of(message_id(NOTICE, "x.test")) == NOTICE
    assert notice_of(f"Re: <tuntas.{NOTICE}@bengkulu.contoh.test>") == NOTICE
    assert notice_of("<other@x.test>") is None


def test_a_line_break_in_a_step_makes_no_header() -> None:
    read = message_from_bytes(compose(SERVER, outgoing("selesai\r\nBcc: semua@contoh.test"), NOW), policy=default)
    assert read["bcc"] is None


@pytest.mark.parametrize(
    ("code", "reply", "expected"),
    [
        (550, "5.1.1 No such user", NotReached("no_mailbox", "550_5.1.1")),
        (550, "no such user here", NotReached("no_mailbox", "550")),
        (552, "5.2.2 over quota", NotReached("mailbox_full", "552_5.2.2")),
        (554, "5.7.1 rejected", NotReached("message_refused", "554_5.7.1")),
        (554, "transaction failed", NotReached("message_refused", "554")),
        (450, "4.2.0 greylisted", Passing("450_4.2.0", of_person=True)),
        (451, "4.7.1 greylisted, try again", Passing("451_4.7.1", of_person=True)),
        (452, "4.2.2 over quota for now", Passing("452_4.2.2", of_person=True)),
        (421, "4.3.2 closing", Slow(60, whole=True, code="421_4.3.2", away=True)),
        (535, "5.7.8 bad credentials", Stopped("535_5.7.8")),
        (530, "5.7.0 must authenticate", Stopped("530_5.7.0")),
    ],
)
def test_what_a_reply_means(code: int, reply: str, expected: Outcome) -> None:
    assert codes.outcome(code, reply) == expected


@pytest.mark.parametrize(
    ("code", "reply", "expected"),
    [
        (554, "5.7.1 your address is on a list", Stopped("554_5.7.1")),
        (550, "5.7.1 sender not allowed", Stopped("550_5.7.1")),
        (535, "5.7.8 bad credentials", Stopped("535_5.7.8")),
        (454, "4.7.0 temporary authentication failure", Slow(60, whole=True, code="454_4.7.0", away=True)),
        (451, "4.3.0 later", Slow(60, whole=True, code="451_4.3.0", away=True)),
        (552, "5.3.4 message too big", NotReached("message_refused", "552_5.3.4")),
    ],
)
def test_what_is_said_before_anybody_was_named_is_said_of_no_person(code: int, reply: str, expected: Outcome) -> None:
    assert codes.of_session(code, reply) == expected


@pytest.mark.parametrize(
    ("status", "reason"), [("5.1.1", "no_mailbox"), ("5.4.7", "expired"), ("x", "failed_at_provider")]
)
def test_what_a_bounce_means(status: str, reason: str) -> None:
    assert codes.of_bounce(status) == NotReached(reason, status)


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[tuple[mail.MailServer, Smtp]]:
    made = mail.MailServer()
    async with mail.running(made) as port:
        yield made, Smtp(SERVER.model_copy(update={"port": port}), seconds=2)


async def test_taken_refused_and_lost_at_a_real_server(standin: tuple[mail.MailServer, Smtp]) -> None:
    made, smtp = standin
    ours = message_id(NOTICE, "bengkulu.contoh.test")
    assert await smtp.send(outgoing()) == Accepted(ours)
    made.refuse["RCPT", PERSON] = "550 5.1.1 No such user"
    assert await smtp.send(outgoing()) == NotReached("no_mailbox", "550_5.1.1")
    made.refuse["RCPT", PERSON] = "450 4.2.0 greylisted"
    assert isinstance(await smtp.send(outgoing()), Passing)
    made.refuse = {("MAIL", "*"): "451 4.3.0 later"}
    assert isinstance(await smtp.send(outgoing()), Slow)
    made.refuse = {("MAIL", "*"): "550 5.7.1 not from you"}
    assert isinstance(await smtp.send(outgoing()), Stopped)
    made.refuse = {("DATA", "*"): "451 4.3.0 no room"}
    assert isinstance(await smtp.send(outgoing()), Passing)
    made.refuse = {(".", "*"): "554 5.6.0 content"}
    assert await smtp.send(outgoing()) == NotReached("message_refused", "554_5.6.0")
    made.refuse, made.vanish_after_data = {}, 1
    assert isinstance(await smtp.send(outgoing()), Lost)
    assert [(one.to, one.message["message-id"]) for one in made.arrived] == [(PERSON, ours)] * 2


async def test_no_server_and_no_encryption_where_it_is_wanted(standin: tuple[mail.MailServer, Smtp]) -> None:
    assert isinstance(await Smtp(SERVER.model_copy(update={"port": 9}), seconds=1).send(outgoing()), Slow)
    port = standin[1]._server.port
    wanted = SERVER.model_copy(update={"port": port, "security": "starttls"})
    assert isinstance(await Smtp(wanted, seconds=2).send(outgoing()), Stopped)
    assert standin[0].arrived == []


@pytest.mark.parametrize("farewell", ["421 4.3.2 closing", "500 what?", "250 2.0.0 Ok"])
async def test_whatever_is_said_to_our_farewell_the_message_is_taken_once(
    standin: tuple[mail.MailServer, Smtp], farewell: str
) -> None:
    made, smtp = standin
    made.refuse["QUIT", "*"] = farewell
    assert isinstance(await smtp.send(outgoing()), Accepted)
    made.refuse["RCPT", PERSON] = "550 5.1.1 No such user"
    assert await smtp.send(outgoing()) == NotReached("no_mailbox", "550_5.1.1")
    assert len(made.arrived) == 1


@pytest.mark.parametrize("to", ["wärga@contoh.test", "warga@contoh.test\r\nRCPT TO:<lain@contoh.test>"])
async def test_an_address_that_no_server_can_be_told_is_no_mailbox(
    standin: tuple[mail.MailServer, Smtp], to: str
) -> None:
    assert await standin[1].send(replace(outgoing(), to=to)) == NotReached("no_mailbox", "unspeakable")
    assert standin[0].arrived == []


@pytest.mark.parametrize("after", [b"", b"220 mail.contoh.test ESMTP\r\n"])
async def test_a_server_that_says_a_letter_at_a_time_is_left(after: bytes) -> None:
    ended = asyncio.Event()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            writer.write(after)
            while True:
                writer.write(b"2")
                await writer.drain()
                await asyncio.sleep(0.02)
        writer.close()
        ended.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        slow = Smtp(SERVER.model_copy(update={"port": port}), seconds=10, whole=0.3)
        assert await slow.send(outgoing()) == Lost("timeout")
        await asyncio.wait_for(ended.wait(), 20)  # the talk itself is over, too: it keeps no thread
