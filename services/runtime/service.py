"""What every service's `main` shares: parts that connect by themselves and wait for what is away, one loop for HTTP,
commands and followers, and an ordered end.

    async def build(service: Service) -> None:
        service.follow(subjects.COMPLAINTS, "router", handler)
        service.routes(Route("/…", page))

    if __name__ == "__main__":
        process.run_service("router", build, needs=Needs(consumers=[(subjects.COMPLAINTS, "router")]))
"""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from faststream import FastStream
from faststream.nats import NatsBroker
from nats.aio.client import Client
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import ExceptionHandler

from services.contracts.city import City
from services.runtime import cities, commands, figures, logs, nats_headers, postgres, serving, settled, telemetry
from services.runtime.blobs import Blobs
from services.runtime.follow import BatchHandler, Follower, Handler
from services.runtime.health import Check, Health
from services.runtime.log import Log
from services.runtime.needs import Needs
from services.runtime.opener import Opener
from services.runtime.parking import Parking
from services.runtime.replies import Replies
from services.runtime.sealing import MasterKey
from services.runtime.settings import Settings
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.postgres import Pool

__all__ = ["Needs", "Service"]

M = TypeVar("M", bound=BaseModel)

_log = logs.get(__name__)


def utc_now() -> datetime:
    """The clock that mains hand in."""
    return datetime.now(UTC)


class SettingMissing(Exception):
    """A setting that this service needs has no value."""


@dataclass
class _Task:
    name: str
    work: Callable[[asyncio.Event], Awaitable[None]]


class Service:
    """The running parts of one service. Given to its `build`, which adds followers, tasks, routes and commands.

    When `build` is called the NATS connection stands; Postgres may still be away.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.settings = settings
        self.health = Health(name)
        self.stop = asyncio.Event()
        self.clock = utc_now
        self.failed = False
        self.broker = NatsBroker(
            settings.nats_url,
            name=f"tuntas-{name}",
            inbox_prefix=settings.inbox_prefix,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            connect_timeout=3,
            ping_interval=5,
            max_outstanding_pings=2,
            pending_size=8 * 1024 * 1024,
            graceful_timeout=5.0,
            error_cb=self._nats_error,
            disconnected_cb=self._nats_lost,
            closed_cb=self._nats_closed,
            logger=None,
        )
        self.app = FastStream(self.broker, logger=None)
        self._pools: list[Pool] = []
        self._watches: list[postgres.Watch] = []
        self._routes: list[BaseRoute] = []
        self._middleware: list[Middleware] = []
        self._problems: dict[int, ExceptionHandler] = {}
        self._tasks: list[_Task] = []
        self._followers: list[Follower] = []
        self._at_end: list[Callable[[], Awaitable[None]]] = []
        self._connection: Client | None = None
        self.database: Pool | None = None
        self.vault_pool: Pool | None = None
        self.public_database: Pool | None = None

    # Parts

    @property
    def connection(self) -> Client:
        """The one NATS connection, kept for ever."""
        if self._connection is None:
            raise RuntimeError("not connected yet")
        return self._connection

    def log(self, stream: str) -> Log:
        return Log(self.connection, stream)

    @cached_property
    def master(self) -> MasterKey:
        return MasterKey.load(self.settings.master_key)

    @cached_property
    def vault(self) -> Vault:
        if self.vault_pool is None:
            raise SettingMissing("TUNTAS_VAULT_URL")
        return Vault(self.vault_pool, self.master)

    @cached_property
    def opener(self) -> Opener:
        return Opener(self.vault)

    @cached_property
    def blobs(self) -> Blobs:
        return Blobs(self.settings.blobs)

    @cached_property
    def cities(self) -> dict[str, City]:
        """Policy durations already scaled."""
        return cities.load(self.settings.cities_dir, self.settings.time_scale, quiet_hours=self.settings.quiet_hours)

    @cached_property
    def parking(self) -> Parking:
        return Parking(self.connection, self.name, self.master.derived("parked"))

    # What `build` adds

    def follow(
        self,
        stream: str,
        durable: str,
        handler: Handler | None = None,
        *,
        batch_handler: BatchHandler | None = None,
        key: Callable[..., str] | None = None,
        batch: int = 256,
        concurrency: int = 64,
        retries: int = 5,
        apart: bool = False,
        gather: float = 0.0,
    ) -> Follower:
        """Follow a durable consumer for as long as the service runs; it shows in health under its name."""
        follower = Follower(
            self.connection,
            stream,
            durable,
            handler,
            service=self.name,
            park=self.parking,
            key=key or (lambda delivery: delivery.subject),
            batch=batch,
            concurrency=concurrency,
            batch_handler=batch_handler,
            retries=retries,
            apart=apart,
            gather=gather,
        )
        self._followers.append(follower)
        self.health.add(f"{stream}/{durable}", follower.check)
        return follower

    def task(self, name: str, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Something that runs until the event is set; begun again after growing pauses if it fails."""
        self._tasks.append(_Task(name, work))

    def routes(self, *routes: BaseRoute) -> None:
        self._routes.extend(routes)

    def middleware(self, *middleware: Middleware) -> None:
        self._middleware.extend(middleware)

    def problems(self, handlers: Mapping[int, ExceptionHandler]) -> None:
        """What is answered instead of the framework's own words, by HTTP status."""
        self._problems.update(handlers)

    def answer(
        self,
        subject: str,
        model: type[M],
        handle: Callable[[commands.Request[M]], Awaitable[BaseModel]],
        *,
        at_once: int = 128,
    ) -> None:
        """Answer commands on a subject (`runtime.commands.answer`)."""
        commands.answer(
            self.broker,
            subject,
            model,
            handle,
            queue=self.name,
            inbox_prefix=self.settings.inbox_prefix,
            at_once=at_once,
        )

    def at_end(self, work: Callable[[], Awaitable[None]]) -> None:
        """Called once everything else has stopped, the last added first."""
        self._at_end.append(work)

    # Life

    async def run(self, build: "Callable[[Service], Awaitable[None]]", needs: Needs) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop.set)
        try:
            await self._open(needs)
            if self.stop.is_set():
                return
            await build(self)
            settled.settle()
            await self._serve()
        finally:
            await self._close()

    async def _open(self, needs: Needs) -> None:
        settings = self.settings
        self.database = await self._pool(settings.database_url, "database")
        self.vault_pool = await self._pool(settings.vault_url, "vault")
        self.public_database = await self._pool(settings.public_database_url, "public_database")
        connecting = asyncio.ensure_future(self.broker.connect())
        stopping = asyncio.ensure_future(self.stop.wait())
        await asyncio.wait([connecting, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not connecting.done():
            connecting.cancel()
            return
        self._connection = connecting.result()
        nats_headers.quicken(self._connection)
        self.health.add("nats", lambda: Check(self.connection.is_connected))
        await needs.wait(self)

    async def _pool(self, url: str | None, name: str) -> "Pool | None":
        if url is None:
            return None
        pool = await postgres.pool(url, service=f"tuntas-{self.name}")
        self._pools.append(pool)
        watch = postgres.Watch(pool)
        self.task(f"look_at_{name}", watch.run)
        self._watches.append(watch)
        self.health.add(name, lambda: Check(watch.answers))
        return pool

    async def _serve(self) -> None:
        web = Starlette(
            routes=[*self.health.routes(), *self._routes], middleware=self._middleware,
            exception_handlers=self._problems,
        )  # fmt: skip
        server = serving.http(web, self.settings.http_host, self.settings.http_port)
        await self.app.start()
        following = asyncio.Event()
        tasks = [
            asyncio.create_task(serving.supervise(name, work, following), name=name)
            for name, work in (
                *((f"follow {one.stream}/{one.durable}", one.run) for one in self._followers),
                *((task.name, task.work) for task in self._tasks),
            )
        ]
        answering = asyncio.create_task(server.serve())
        stopping = asyncio.create_task(self.stop.wait())
        watching = asyncio.create_task(serving.stuck(self._followers, self._all_there, following))
        _log.info("started", port=self.settings.http_port)
        await asyncio.wait([answering, stopping, watching, *tasks], return_when=asyncio.FIRST_COMPLETED)
        if not self.stop.is_set():
            # Whoever started us starts us anew; a service that only stands would be noticed by nobody.
            self.failed = True
            if watching.done():
                _log.critical("stuck", followers=watching.result())
            elif not answering.done():
                _log.critical("task_ended", tasks=[task.get_name() for task in tasks if task.done()])
        watching.cancel()
        # The end, in order: no new requests; those in hand; then what follows and works; then the connections.
        self.health.stopping = True
        self.stop.set()
        server.should_exit = True
        await asyncio.wait([answering], timeout=8.0)
        following.set()
        _, late = await asyncio.wait(tasks, timeout=8.0) if tasks else (set(), set())
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _all_there(self) -> bool:
        return self.connection.is_connected and all(watch.answers for watch in self._watches)

    async def _close(self) -> None:
        for work in reversed(self._at_end):
            with contextlib.suppress(Exception):
                await work()
        self._closing = True
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self.app.stop(), 8.0)
        for pool in self._pools:
            try:
                await asyncio.wait_for(pool.close(), 3.0)
            except Exception:  # noqa: BLE001 - the process ends anyway
                pool.terminate()
        telemetry.shutdown()
        figures.shutdown()

    _closing = False

    async def _nats_error(self, error: Exception) -> None:
        _log.warning("nats_error", error=error)

    async def _nats_lost(self) -> None:
        if self._connection is not None:
            Replies.of(self._connection).lost()
        if not self._closing:
            _log.warning("nats_lost")

    async def _nats_closed(self) -> None:
        """Closed for good (credentials withdrawn): leave, so that whoever started us starts us anew."""
        if not self._closing:
            _log.error("nats_closed")
            self.failed = True
            self.stop.set()
