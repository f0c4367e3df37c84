"""The service as its own process on the provisioned stack, and what a test needs to look behind the door."""

import asyncio
import itertools
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx
import pytest_asyncio
from nats.aio.client import Client

from services.cli.supervisor.ports import Ports
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import Event
from services.contracts import ids, subjects
from services.contracts.envelope import Recorded
from services.intake.meta.signature import signed
from services.runtime import postgres
from services.runtime.log import Log
from services.runtime.opener import Opener
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.conftest import ROOT, Stack
from tests.intake.webhooks import change, text, webhook

CITY = "bengkulu"
_numbers = itertools.count(secrets.randbelow(10**6) * 100)


def a_person() -> str:
    """A number that nobody has had in this run; plainly invented."""
    return f"62811{next(_numbers):09d}"


def a_message_id() -> str:
    return f"wamid.CONTOH{secrets.token_hex(8)}"


class Process:
    """`python -m services.intake.main`, killed at the end if it doesn't end by itself."""

    def __init__(self, stack: Stack, port: int, **settings: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {
            **os.environ, **stack.installation.environment("intake"), "TUNTAS_HTTP_PORT": str(port),
            "TUNTAS_LOG_FORMAT": "console", **settings,
        }  # fmt: skip
        self.log = stack.installation.home / f"intake-{port}.log"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "services.intake.main", env=self._environment, cwd=ROOT, stdout=log, stderr=log
            )
        async with httpx.AsyncClient() as http:
            for _ in range(900):
                assert self._process.returncode is None, self.log.read_text()[-4000:]
                try:
                    if (await http.get(f"{self.url}/health/ready")).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        await self.stop(signal.SIGKILL)
        raise AssertionError(f"not ready: {self.log.read_text()[-4000:]}")

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(how)
        try:
            await asyncio.wait_for(self._process.wait(), 15)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


@dataclass
class Behind:
    """What lies behind the door."""

    stack: Stack
    connection: Client
    pool: "asyncpg.Pool[asyncpg.Record]"
    vault: Vault
    log: Log = field(init=False)

    def __post_init__(self) -> None:
        self.log = Log(self.connection, subjects.COMPLAINTS)

    async def row(self, message_id: str, channel: str = "whatsapp") -> asyncpg.Record | None:
        key = ids.message_key(await self.vault.id_key(CITY), CITY, channel, message_id)
        return await self.pool.fetchrow("select * from intake.inbox where message_key = $1", key)

    async def decided(self, message_id: str, channel: str = "whatsapp", patience: float = 10) -> asyncpg.Record:
        for _ in range(int(patience / 0.05)):
            if (row := await self.row(message_id, channel)) is not None:
                return row
            await asyncio.sleep(0.05)
        raise AssertionError(f"{message_id} was never decided")

    async def settled(self, message_key: str, patience: float = 10) -> str:
        """The complaint that a message which had waited went to."""
        for _ in range(int(patience / 0.1)):
            found = await self.pool.fetchval(
                "select complaint from intake.waiting where message_key = $1 and done", message_key
            )
            if found is not None:
                return str(found)
            await asyncio.sleep(0.1)
        raise AssertionError("what waited was never settled")

    async def events(self, complaint: str, at_least: int = 1, patience: float = 10) -> list[Recorded[Event]]:
        found: list[Any] = []
        for _ in range(int(patience / 0.05)):
            found = await self.log.load(subjects.complaint(CITY, complaint))
            if len(found) >= at_least:
                break
            await asyncio.sleep(0.05)
        assert len(found) >= at_least, f"{len(found)} events of {at_least}"
        return [COMPLAINT.decode(entry.type, entry.schema, entry.body) for entry in found]

    async def opened(self, event: Recorded[Event], name: str, sealed: str | None) -> str | None:
        assert sealed is not None
        [clear] = await Opener(self.vault).open_many([(sealed, event.causation, name)])
        return clear

    async def drained(self, patience: float = 30) -> None:
        """Until the door's queue is empty and nothing is in hand."""
        js = self.connection.jetstream()
        for _ in range(int(patience / 0.1)):
            info = await js.consumer_info(subjects.INTAKE, "intake")
            if info.num_pending == 0 and info.num_ack_pending == 0:
                return
            await asyncio.sleep(0.1)
        raise AssertionError("the door's queue does not empty")


@pytest_asyncio.fixture(scope="session")
async def intake(stack: Stack, ports: Ports) -> AsyncIterator[Process]:
    process = Process(stack, ports.claim())
    await process.start()
    yield process
    await process.stop()


@pytest_asyncio.fixture(scope="session")
async def behind(stack: Stack) -> AsyncIterator[Behind]:
    connection = await stack.connect()
    pool = await postgres.pool(stack.installation.vault_url("tuntas_intake"), service="test")
    yield Behind(stack, connection, pool, Vault(pool, MasterKey.load(stack.installation.keeper.master_key_file)))
    await pool.close()
    await connection.close()


@pytest_asyncio.fixture(scope="session")
async def phone(stack: Stack, intake: Process) -> AsyncIterator["Phone"]:
    async with httpx.AsyncClient(timeout=10) as http:
        yield Phone(http, intake.url, stack.installation.secrets.cities[CITY].whatsapp.app_secret)


@dataclass
class Phone:
    """WhatsApp, as far as the door sees it: signed webhooks."""

    http: httpx.AsyncClient
    url: str
    app_secret: str

    @property
    def webhooks(self) -> str:
        return f"{self.url}/webhooks/{CITY}/whatsapp"

    async def post(self, raw: bytes, **headers: str) -> httpx.Response:
        given = {"content-type": "application/json", "x-hub-signature-256": signed(self.app_secret, raw), **headers}
        return await self.http.post(self.webhooks, content=raw, headers=given)

    async def sends(self, person: str, *messages: dict[str, Any]) -> None:
        card = {"profile": {"name": "Ibu Contoh"}, "wa_id": person}
        answer = await self.post(webhook(change(*messages, contacts=[card])))
        assert answer.status_code == 200, answer.text

    async def says(self, person: str, body: str, **more: Any) -> str:
        """The message's provider id."""
        message_id = a_message_id()
        await self.sends(person, text(body, **{"from": person, "id": message_id, **more}))
        return message_id
