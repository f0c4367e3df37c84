"""An office's own program as a webhook finds it: it takes calls, checks them, and behaves as a test wants."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import standardwebhooks

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.tasks import Brief, Task, TaskUpdate
from services.notifier.webhooks.calling import Caller
from services.notifier.webhooks.rows import Rows
from services.notifier.webhooks.running import Patience, Webhooks
from services.runtime import postgres
from services.runtime.log import Log
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.notifier.parts import Where, connected

QUICK = Patience(every=0.05, lease=0.3, pauses=(0.0, 0.05))


@dataclass
class Program:
    """Answers by raw bytes, so that it can misbehave as no framework would."""

    answers: list[str | bytes] = field(default_factory=list)
    """One for each call, then `ok` for ever: `ok`, `drop` (take it, then hang up), `hold` (take it and say nothing),
    `drip` (a head that never ends), `endless` (a body that never ends), or the answer itself."""
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    @property
    def ids(self) -> list[str]:
        return [head["webhook-id"] for head, _ in self.calls]

    def tasks(self, complaint: str) -> list[dict[str, Any]]:
        found = [json.loads(body) for _, body in self.calls]
        return [one["data"] for one in found if one["data"].get("complaint") == complaint]

    def verified(self, secret: str) -> list[dict[str, Any]]:
        """Every call as the library of the specification reads it; raises if one is not signed with this secret."""
        reader = standardwebhooks.Webhook(secret)
        return [reader.verify(body, head) for head, body in self.calls]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.calls.append((headers, body))
            await self._behave(self.answers.pop(0) if self.answers else "ok", writer)
        writer.close()

    async def _behave(self, how: str | bytes, writer: asyncio.StreamWriter) -> None:
        match how:
            case "ok":
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            case "drop":
                return
            case "hold":
                await asyncio.sleep(30)
            case "drip":
                writer.write(b"HTTP/1.1 200 OK\r\n")
                for number in range(300):
                    writer.write(f"x-{number}: 1\r\n".encode())
                    await writer.drain()
                    await asyncio.sleep(0.1)
            case "endless":
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n")
                while not writer.is_closing():
                    writer.write(b"a" * 65536)
                    await writer.drain()
            case str():
                raise ValueError(how)
            case _:
                writer.write(how)
        await writer.drain()


@asynccontextmanager
async def listening(program: Program, tls: ssl.SSLContext | None = None) -> AsyncIterator[Program]:
    server = await asyncio.start_server(program.answer, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    program.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{port}/tasks"
    try:
        yield program
    finally:
        server.close()


class Clock:
    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@asynccontextmanager
async def sending(
    where: Where, cities: Mapping[str, City], clock: Clock | None = None, *, whole: float = 5.0,
    patience: Patience = QUICK,
) -> AsyncIterator[Webhooks]:  # fmt: skip
    """The part of the notifier that calls, with the notifier's own rights."""
    async with AsyncExitStack() as parts:
        connection = await connected(where.nats_url)
        parts.push_async_callback(connection.close)
        pool = await postgres.pool(where.vault_url)
        parts.push_async_callback(pool.close)
        vault = Vault(pool, MasterKey.load(where.master_key))
        yield Webhooks(
            rows=Rows(pool, vault), queue=Log(connection, subjects.AGENCY), keys=vault,
            caller=Caller(ssl.create_default_context(), inside=True, whole=whole), cities=cities,
            clock=clock or Clock(), patience=patience,
        )  # fmt: skip


@dataclass(frozen=True)
class Job:
    where: Where
    city: City


def process(job: Job) -> None:
    """A sender that a test kills."""

    async def run() -> None:
        async with sending(job.where, {job.city.id: job.city}) as webhooks:
            await webhooks.run(asyncio.Event())

    asyncio.run(run())


def task(city: str, seat: str, complaint: str, n: int, update: TaskUpdate = "changed", **more: Any) -> Task:
    gone = update in ("withdrawn", "merged")
    given: dict[str, Any] = {"state": "gone" if gone else "open", "role": None if gone else "lead"} | more
    brief = None if gone else Brief(summary=f"Sampah menumpuk, versi {n}")
    return Task(
        complaint=complaint, n=n, city=city, seat=seat, ticket="BKL-4K7QT9M2-X", update=update, brief=brief,
        at=datetime.now(UTC), **given,
    )  # fmt: skip
