"""E-mail through its doors: a mailbox that is visited, and messages that a mail server hands in."""

import asyncio
import itertools
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.cli.standins.imap import Mailbox, serving
from services.cli.supervisor.ports import Ports
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ComplaintReceived, EvidenceAttached, EvidenceRefused, MessageAdded
from services.contracts import ids, subjects
from services.contracts.city.mailbox import MailBox
from services.contracts.email_ids import message_id
from services.contracts.secrets import Secrets
from services.intake.channels.email.imap import KEYWORD, MailboxError, Session
from services.intake.tools.mail import STORED, TRY_AGAIN
from tests.conftest import ROOT
from tests.intake.conftest import Behind, Process
from tests.intake.pictures import jpeg

CITY = "kupang"
_people = itertools.count(secrets.randbelow(10**9))


def letter(body: str, sender: str, given: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Warga Contoh <{sender}>", "pengaduan@kota.example"
    message["Message-ID"] = given or f"<{secrets.token_hex(8)}@warga.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def somebody() -> str:
    return f"warga{next(_people)}@warga.example"


@dataclass
class Desk:
    box: Mailbox
    process: Process
    http: httpx.AsyncClient
    behind: Behind
    token: str

    async def hands_in(self, message: EmailMessage | bytes, token: str | None = None) -> httpx.Response:
        raw = message if isinstance(message, bytes) else message.as_bytes()
        headers = {"authorization": f"Bearer {token or self.token}"}
        return await self.http.post(f"{self.process.url}/mail/{CITY}", content=raw, headers=headers)

    async def row(self, given: str) -> Any:
        key = ids.message_key(await self.behind.vault.id_key(CITY), CITY, "email", given)
        for _ in range(400):
            row = await self.behind.pool.fetchrow("select * from intake.inbox where message_key = $1", key)
            if row is not None:
                return row
            await asyncio.sleep(0.05)
        raise AssertionError(f"{given} was never decided")

    async def complaint(self, given: str) -> str | None:
        found = (await self.row(given))["complaint"]
        return None if found is None else str(found)

    async def events(self, complaint: str | None, kind: type[Any], at_least: int = 1) -> list[Any]:
        assert complaint is not None
        for _ in range(400):
            found = await self.behind.log.load(subjects.complaint(CITY, complaint))
            data = [COMPLAINT.decode(entry.type, entry.schema, entry.body).data for entry in found]
            wanted = [one for one in data if isinstance(one, kind)]
            if len(wanted) >= at_least:
                return wanted
            await asyncio.sleep(0.05)
        raise AssertionError(f"fewer than {at_least} of {kind.__name__}")


@pytest_asyncio.fixture(scope="module")
async def desk(behind: Behind, ports: Ports, intake: Process) -> AsyncIterator[Desk]:
    """The session's own intake stands by meanwhile; this one has a mailbox to look into."""
    installation, box = behind.stack.installation, Mailbox()
    await intake.stop()
    async with AsyncExitStack() as parts:
        port = await parts.enter_async_context(serving(box))
        known = Secrets.model_validate_json(installation.keeper.service_file("intake").read_bytes()).model_dump()
        known["cities"][CITY]["mailbox"] = MailBox(
            host="127.0.0.1", port=port, security="none", user=box.user, password=box.password, seconds=0.2
        ).model_dump()
        file = installation.home / "intake-with-mailbox.json"
        file.write_text(json.dumps(known))
        process = Process(behind.stack, ports.claim(), TUNTAS_SECRETS_FILE=str(file))
        parts.push_async_callback(process.stop)
        await process.start()
        http = await parts.enter_async_context(httpx.AsyncClient(timeout=20))
        yield Desk(box, process, http, behind, known["cities"][CITY]["mail_token"])
    await intake.start()


async def test_a_letter_in_the_mailbox_opens_a_complaint_and_is_marked_when_it_is_stored(desk: Desk) -> None:
    desk.box.break_next = 1  # the first visit is cut in the middle
    given = f"<{secrets.token_hex(8)}@warga.example>"
    message = letter("Jalan berlubang di Oebobo, dalam sekali.", somebody(), given, Subject="Jalan rusak")
    message.add_attachment(jpeg(640, 480), maintype="image", subtype="jpeg", filename="lubang.jpg")
    message.add_attachment(b"MZ\x90\x00" * 100, maintype="application", subtype="octet-stream", filename="x.exe")
    uid = desk.box.arrive(message.as_bytes())
    old = desk.box.arrive(letter("Lama sekali", somebody()).as_bytes(), on=date(2020, 1, 1))
    complaint = await desk.complaint(given)
    [received] = await desk.events(complaint, ComplaintReceived)
    assert (received.message.channel, received.message.door, received.message.media) == ("email", "email", 2)
    await desk.events(complaint, EvidenceAttached)
    [refused] = await desk.events(complaint, EvidenceRefused)
    assert refused.reason == "wrong_type"
    for _ in range(100):
        if KEYWORD in desk.box.letters[uid].flags:
            break
        await asyncio.sleep(0.05)
    assert desk.box.letters[uid].flags == {KEYWORD}, "taken, and unread for people"
    assert desk.box.letters[old].flags == set(), "what was there before us stays untouched"


async def test_a_thread_is_one_complaint_also_when_it_comes_twice(desk: Desk) -> None:
    person, first, second = somebody(), f"<{secrets.token_hex(8)}@w.example>", f"<{secrets.token_hex(8)}@w.example>"
    for _ in range(2):
        answer = await desk.hands_in(letter("Air mati di Kelapa Lima sejak kemarin", person, first))
        assert answer.json() == {"stored": True}
    complaint = await desk.complaint(first)
    body = f"RT 5 dekat masjid\n\nPada Sel, 3 Mar 2026 Warga <{person}> menulis:\n> Air mati"
    await desk.hands_in(letter(body, person, second, In_Reply_To=first, Subject="Re: Air"))
    assert await desk.complaint(second) == complaint
    [added] = await desk.events(complaint, MessageAdded)
    assert added.message.channel == "email"
    assert len(await desk.events(complaint, ComplaintReceived)) == 1


async def test_an_answer_to_our_mail_belongs_to_its_complaint(desk: Desk) -> None:
    person = somebody()
    given = [f"<{secrets.token_hex(8)}@w.example>" for _ in range(4)]
    await desk.hands_in(letter("Lampu jalan mati di Sikumana dua minggu ini", person, given[0]))
    lamp = await desk.complaint(given[0])
    await desk.hands_in(letter("Laporan baru: sampah menumpuk di Pasar Inpres Naikoten", person, given[1]))
    rubbish = await desk.complaint(given[1])
    notice = "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(26))
    await desk.behind.pool.execute("insert into intake.told (notice, complaint) values ($1, $2)", notice, lamp)
    ours = message_id(notice, "kota.example")
    await desk.hands_in(letter("nomor tiang 17", person, given[2], In_Reply_To=ours, Subject="Re: Laporan"))
    assert lamp != rubbish
    assert await desk.complaint(given[2]) == lamp


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_reply"),
        ({"Subject": "Out of office"}, "auto_reply"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"List_Id": "<x.example>"}, "list"),
    ],
)
async def test_machines_open_nothing_and_are_not_answered(desk: Desk, headers: dict[str, str], why: str) -> None:
    before = (await desk.behind.connection.jetstream().stream_info("INTAKE")).state.last_seq
    answer = await desk.hands_in(letter("Saya sedang cuti.", somebody(), **headers))
    assert (answer.status_code, answer.json()) == (200, {"stored": False, "why": why})
    assert (await desk.behind.connection.jetstream().stream_info("INTAKE")).state.last_seq == before


async def test_only_the_citys_mail_server_hands_in(desk: Desk) -> None:
    message = letter("air mati", somebody())
    for token in ("wrong", "-", desk.token + "x"):
        assert (await desk.hands_in(message, token)).status_code == 401
    answer = await desk.http.post(f"{desk.process.url}/mail/bengkulu", headers={"authorization": "Bearer"})
    assert answer.status_code == 401, "a city without such a door"
    large = await desk.hands_in(b"From: a@b.example\r\n\r\n" + b"x" * (41 * 1024 * 1024))
    assert large.status_code == 413


async def test_the_pipe_says_what_a_mail_server_understands(desk: Desk) -> None:
    given = f"<{secrets.token_hex(8)}@warga.example>"
    environment = os.environ | desk.behind.stack.installation.environment("intake")
    command = [sys.executable, "-m", "services.intake.tools.mail", "--city", CITY, "--url"]
    for url, code in ((desk.process.url, STORED), ("http://127.0.0.1:9", TRY_AGAIN)):
        process = await asyncio.create_subprocess_exec(
            *command, url, env=environment, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        await process.communicate(letter("Pohon tumbang di El Tari", somebody(), given).as_bytes())
        assert process.returncode == code
    assert await desk.complaint(given) is not None


@pytest.mark.parametrize("keywords", [True, False])
async def test_a_mailbox_is_read_whether_or_not_it_keeps_keywords(keywords: bool) -> None:
    box = Mailbox(keywords=keywords)
    async with serving(box) as port:
        wanted = MailBox(host="127.0.0.1", port=port, security="none", user=box.user, password=box.password)
        first, _ = box.arrive(b"From: a@b\r\n\r\nsatu"), box.arrive(b"From: a@b\r\n\r\nlama", date(2020, 1, 1))

        def visit(take: bool) -> list[bytes]:
            session = Session(wanted, date.today() + timedelta(days=1))  # noqa: DTZ011  # the stand-in's day
            found = list(session.new())
            for uid, _ in found if take else ():
                session.done(uid)
            session.close()
            return [raw for _, raw in found]

        assert await asyncio.to_thread(visit, False) == [b"From: a@b\r\n\r\nsatu"]
        assert box.letters[first].flags == set(), "looking changes nothing"
        assert await asyncio.to_thread(visit, True) == [b"From: a@b\r\n\r\nsatu"]
        assert await asyncio.to_thread(visit, True) == []


async def test_a_wrong_password_says_so_without_naming_it() -> None:
    box = Mailbox()
    async with serving(box) as port:
        wanted = MailBox(host="127.0.0.1", port=port, security="none", user=box.user, password="salah-sekali")
        with pytest.raises(MailboxError) as refused:
            await asyncio.to_thread(Session, wanted, date(2026, 3, 3))
    assert "salah" not in str(refused.value)
