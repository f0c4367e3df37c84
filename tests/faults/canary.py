"""A reporter whose name, number, message ids and words are like nobody else's, and everything that is looked through.

While the complaint is handled: the log, the other streams (also what was there only for a moment), spans, metrics, log
lines, the store's files. After LUPAKAN SAYA: both databases as well, and the keys are gone.

External adapters are left out on purpose: they get address and words by contract, for a day at most.
"""

import asyncio
import base64
import io
import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import httpx
from nats.aio.client import Client
from nats.aio.msg import Msg
from PIL import Image

from services.cli.standins import payloads
from services.cli.standins.payloads import Citizen
from services.contracts import subjects
from tests.faults import poison, properties, rawlog, verdict
from tests.faults.outcome import Outcome
from tests.faults.people import Delivering, Written
from tests.faults.stack import NotSo, Stack, until

CITY = "bengkulu"
NAME = "Zamrud Kenariwati"
NUMBER = "628110007774242"
WORD = "kenariungu"
FIRST = f"Lampu jalan mati total di Kelurahan Padang Harapan, di gang {WORD} nomor tujuh, gelap sekali"
FURTHER = f"Tambahan: tiang lampu di gang {WORD} itu juga miring"
ANSWER = f"Tiangnya yang di depan pagar hijau di gang {WORD}"
IMAGE_DESCRIPTION = 0x010E
"""Exif 2.3, tag ImageDescription."""
PIN = (-3.8212345, 102.2871234)


class Collector:
    """Takes spans and metrics as an OpenTelemetry collector does (OTLP over HTTP), and keeps the bytes."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        kept = self.bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                kept.append(self.rfile.read(int(self.headers.get("content-length", "0"))))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Not to the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Search:
    """Looks for every canary in every form in which it could hide, and remembers where it was found."""

    canaries: dict[str, str]
    found: dict[str, set[str]] = field(default_factory=dict)
    searched: dict[str, int] = field(default_factory=dict)

    def forms(self) -> dict[bytes, str]:
        forms: dict[bytes, str] = {}
        for name, text in self.canaries.items():
            raw = text.encode()
            forms |= {
                raw.lower(): name,
                raw.hex().encode(): f"{name}, in hexadecimal",
                quote(text).encode().lower(): f"{name}, quoted",
                json.dumps(text)[1:-1].encode().lower(): name,
                base64.b64encode(raw).rstrip(b"=").lower(): f"{name}, in base64",
            }
        return forms

    def look(self, where: str, *haystacks: bytes) -> None:
        forms = self.forms()
        for haystack in haystacks:
            self.searched[where] = self.searched.get(where, 0) + len(haystack)
            small = haystack.lower()
            for form, name in forms.items():
                if form in small:
                    self.found.setdefault(where, set()).add(name)


async def run(stack: Stack, collector: Collector) -> Outcome:
    """`stack` exports to `collector`."""
    outcome = Outcome("canary", times=1)
    told: list[tuple[str, bytes]] = []
    watcher = await stack.admin()

    async def hear(message: Msg) -> None:
        told.append((message.subject, json.dumps(dict(message.headers or {})).encode() + b"\n" + message.data))

    for subject in ("complaint.>", "city.>", "agency.>", "ask.>", "receipt.>", "outbound.*.whatsapp", "parked.>",
                    "refusals.>", "command.>"):  # fmt: skip
        await watcher.subscribe(subject, cb=hear)
    try:
        story = _Story(stack, outcome)
        await story.play()
        await asyncio.sleep(11)  # metrics leave every ten seconds
        search = Search(story.canaries())
        await _look_everywhere(stack, collector, told, search)
        _report(outcome, search, "while it was handled")
        outcome.notes.append(f"searched {sum(search.searched.values()) // 1024} kB: {', '.join(search.searched)}")
        await story.forget()
        after = Search(story.canaries())
        await _look_everywhere(stack, collector, told, after)
        await _look_into_databases(stack, after)
        _report(outcome, after, "after it was forgotten")
        await story.keys_are_gone()
        outcome.acknowledged = len(story.ids)
    finally:
        await watcher.close()
    return outcome


def _report(outcome: Outcome, search: Search, when: str) -> None:
    empty = [where for where, size in search.searched.items() if not size]
    if empty:
        outcome.breaks(f"nothing to search {when}", empty)
    for where, what in search.found.items():
        outcome.breaks(f"{when}, in {where}", what)


class _Story:
    """The reporter's side and an office's, by the outside doors."""

    def __init__(self, stack: Stack, outcome: Outcome) -> None:
        self._stack = stack
        self._outcome = outcome
        self._who = Citizen(NUMBER, NAME)
        self.ids: list[str] = []
        self._loads = 0
        self.complaint = ""
        self.ticket = ""

    def canaries(self) -> dict[str, str]:
        """Provider ids decode to the number; what follows their common beginning tells them apart."""
        ids = {f"message id {n}": wamid.removeprefix("wamid.") for n, wamid in enumerate(self.ids)}
        places = {"latitude": "3.8212345", "longitude": "102.2871234"}
        return {"name": NAME, "first name": "kenariwati", "number": NUMBER, "words": WORD, **places, **ids}

    async def play(self) -> None:
        stack = self._stack
        first = await self._writes(payloads.text(FIRST))
        self.complaint = properties.complaint_id(await stack.id_key(CITY), CITY, "whatsapp", first)
        await until("an office has it", lambda: self._task("assigned"), 60)
        await self._writes(payloads.text(FURTHER))
        await self._writes(payloads.location(*PIN, name=f"Gang {WORD}"))
        await self._shows_a_picture()
        await self._writes(payloads.text("status"))
        # Nothing we know: kept whole, sealed, set aside. And one id with two contents: set aside as well.
        await self._writes({"type": "order", "order": {"text": f"pesanan {WORD}", "catalog_id": "1"}})
        await self._writes(payloads.text(f"{FURTHER}, lain"), message=first)
        office = stack.credentials(f"agency:{CITY}:perkim")
        client = await stack.guest(office)
        try:
            finish = (datetime.now(UTC) + timedelta(days=1)).isoformat()
            await self._office(client, office, {"do": "accept", "finish_by": finish})
            await self._office(client, office, {"do": "ask", "question": "Tiang yang mana?"})
            await until("the question arrived", lambda: self._heard("Tiang yang mana?"), 60)
            await self._writes(payloads.text(ANSWER))
            await until("the answer is known", lambda: self._has("complaint.question_answered"), 60)
            await self._breaks_somewhere(client, office)
            done = {"do": "resolve", "closure": "fixed", "text": "Lampu sudah diganti."}
            await self._office(client, office, done)
        finally:
            await client.close()
        await until("the resolution is known", lambda: self._has("complaint.resolved"), 60)
        await verdict.settled(stack, 90)
        self.ticket = (await self._events())[0].json["data"]["ticket"]
        opened = self._open()
        if WORD not in opened:
            self._outcome.breaks("who may read it can't: the search would find nothing anyway")
        if not await verdict.parked(stack):
            self._outcome.breaks("nothing was set aside: PARKED was searched in vain")

    async def forget(self) -> None:
        await self._writes(payloads.text("LUPAKAN SAYA"))
        await until("the erasure is in the log", lambda: self._has("complaint.reporter_erased"), 60)
        await until("the keys are destroyed", self._keyless, 60)
        await verdict.settled(self._stack, 90)

    async def keys_are_gone(self) -> None:
        if WORD in self._open():
            self._outcome.breaks("after the erasure the words can still be opened")
        if self.complaint not in {event.json["complaint"] for event in await self._events()}:
            self._outcome.loses("the log forgot that there was a complaint", [self.complaint])

    async def _keyless(self) -> bool:
        vault = await self._stack.database("vault")
        try:
            left = await vault.fetchval(
                "select count(*) from vault.data_key where owner = $1 and party like 'reporter:%' "
                "and wrapped is not null", self.complaint,
            )  # fmt: skip
            contacts = await vault.fetchval("select count(*) from vault.contact where owner = $1", self.complaint)
        finally:
            await vault.close()
        if left or contacts:
            raise NotSo(f"{left} keys, {contacts} contacts")
        return True

    def _open(self) -> str:
        return self._stack.tuntas(
            "complaint", self.ticket, "--json", "--open", "--as", "data_protection", "--why", "uji kenari"
        )

    async def _shows_a_picture(self) -> None:
        """With words below it, in its file name's place and inside it."""
        hidden = Image.Exif()
        hidden[IMAGE_DESCRIPTION] = f"foto {WORD} oleh {NAME}"
        made = io.BytesIO()
        Image.new("RGB", (64, 48), "orange").save(made, "JPEG", exif=hidden)
        async with httpx.AsyncClient(base_url=self._stack.standin, trust_env=False) as provider:
            kept = await provider.post(
                "/control/media", content=made.getvalue(), headers={"content-type": "image/jpeg"}
            )
        await self._writes(payloads.image(kept.json()["id"], f"Ini fotonya, gang {WORD}"))
        await until("the picture is kept", lambda: self._has("complaint.evidence_attached"), 60)

    async def _breaks_somewhere(self, client: Client, office: dict[str, Any]) -> None:
        """So that events of this complaint are set aside, too: a read model that can't be written for a while."""
        await poison.spoil(self._stack, self.complaint, ["reporting"])
        try:
            await self._office(client, office, {"do": "progress", "text": "Lampu pengganti sudah dipesan."})
            await until("it is set aside", self._is_parked, 60)
        finally:
            await poison.mend(self._stack)

    async def _is_parked(self) -> bool:
        return any(m.subject.endswith(self.complaint) for _, _, m in await verdict.parked(self._stack))

    async def _writes(self, content: dict[str, object], message: str | None = None) -> str:
        number = self._stack.number(CITY)
        wamid, body = payloads.inbound(number, self._who, content, message=message)
        if wamid not in self.ids:
            self.ids.append(wamid)
        self._loads += 1
        folder = self._stack.home / "loads" / f"canary-{self._loads}"
        written = Written(wamid, NUMBER, json.dumps(body))
        await Delivering(folder, [number.webhook_url], number.app_secret, [written], at_once=1).done(60)
        return wamid

    async def _office(self, client: Client, office: dict[str, Any], action: dict[str, Any]) -> None:
        body = json.dumps({"id": f"kenari-{action['do']}", "complaint": self.complaint, "action": action})
        answer = json.loads((await client.request(office["command_subject"], body.encode(), timeout=20)).data)
        if not answer.get("n"):
            self._outcome.breaks(f"the office's {action['do']} was refused", [answer])

    async def _task(self, update: str) -> bool:
        client = await self._stack.admin()
        try:
            task = subjects.agency_task(CITY, "perkim", self.complaint)
            found = await client.jetstream(timeout=5).get_last_msg(subjects.AGENCY, task)
        finally:
            await client.close()
        return update in (found.data or b"").decode()

    async def _heard(self, words: str) -> bool:
        return any(words in message["text"] for message in await self._stack.arrived() if message["to"] == NUMBER)

    async def _events(self) -> list[rawlog.Raw]:
        client = await self._stack.admin()
        try:
            everything = rawlog.events(await rawlog.read(client, subjects.COMPLAINTS))
        finally:
            await client.close()
        return [event for event in everything if event.json["complaint"] == self.complaint]

    async def _has(self, type_: str) -> bool:
        return any(event.json["type"] == type_ for event in await self._events())


async def _look_everywhere(stack: Stack, collector: Collector, told: list[tuple[str, bytes]], search: Search) -> None:
    client = await stack.admin()
    try:
        for stream in subjects.STREAM_SUBJECTS:
            for raw in await rawlog.read(client, stream):
                search.look(stream, raw.subject.encode(), json.dumps(dict(raw.headers)).encode(), raw.body)
    finally:
        await client.close()
    for subject, message in told:
        search.look(f"what passed by {subject.split('.')[0]}", subject.encode(), message)
    search.look("spans and metrics", *collector.bodies)
    search.look("log lines", *(path.read_bytes() for path in (stack.home / "logs").glob("*.log") if _is_ours(path)))
    for path in (stack.home / "nats" / "jetstream").rglob("*"):
        if path.is_file():
            search.look("the store's files", path.read_bytes())
    for path in (stack.home / "blobs").rglob("*"):
        if path.is_file():
            search.look("files that people sent", path.name.encode(), path.read_bytes())
    for path in stack.home.rglob("*"):
        if path.is_file() and path.suffix in (".json", ".jsonl"):
            search.look("state and trace files", b"" if "loads" in path.parts else path.read_bytes())


def _is_ours(path: Path) -> bool:
    """The stand-in is the provider: it knows its customers."""
    return path.stem != "standin"


async def _look_into_databases(stack: Stack, search: Search) -> None:
    """Every row of every table, as text; binary columns stand there in hexadecimal."""
    names: tuple[Literal["main", "vault"], ...] = ("main", "vault")
    for name in names:
        database = await stack.database(name)
        try:
            tables = await database.fetch(
                "select format('%I.%I', schemaname, tablename) as name from pg_tables "
                "where schemaname not in ('pg_catalog', 'information_schema')"
            )
            for table in tables:
                rows = await database.fetch(f"select t::text as row from {table['name']} t")  # noqa: S608 - its own name
                search.look(f"the {name} database", table["name"].encode(), *(row["row"].encode() for row in rows))
        finally:
            await database.close()
