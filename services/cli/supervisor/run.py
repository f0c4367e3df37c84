"""Everything of one installation under one roof: NATS, Postgres, provisioning, the four services, in that order."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from services.cli.installation import Installation
from services.cli.provision import accounts, job
from services.cli.provision.databases import Server
from services.cli.provision.secrets import Keeper
from services.cli.settings import ROOT, CliSettings
from services.cli.supervisor.keeping import Kept
from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer
from services.cli.supervisor.process import Module, Part
from services.cli.supervisor.state import Locks, PartState, State, read_state, write_state
from services.contracts.city import City
from services.contracts.subjects import SERVICES
from services.runtime import cities

GIVES_WAY = {"router": 5, "reporting": 3}
"""Where a rush needs more cores than there are, what people wait for at their phones goes first: the door takes their
words and the notifier answers; where it goes and how it is shown come a moment later."""
_LEAN = {"MALLOC_ARENA_MAX": "2"}
"""glibc keeps a heap for each of many threads; ours has one that works, and a few that write. An operator's own value
counts."""


@dataclass(frozen=True)
class Extra:
    """A further module to run beside the services, such as a stand-in of a provider; started beside them.

    `arguments` may name its port as `{port}`. `settings` are `TUNTAS_…` values for all services, `{port}` filled in.
    """

    name: str
    module: str
    arguments: Sequence[str] = ()
    health: str = "/health/ready"
    settings: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """Use `async with supervise(…)`, in the main thread: a child's life hangs on the thread that started it."""

    def __init__(self, settings: CliSettings, say: Callable[[str], None], extras: Sequence[Extra]) -> None:
        self.home = settings.folder
        self.cities: dict[str, City] = {}
        self.broker: NatsServer | None = None
        self.postgres: PostgresServer | None = None
        self._settings = settings
        self._say = say
        self._extras = extras
        self._locks: Locks | None = None
        self._ports = Ports()
        self._kept: dict[str, Kept] = {}
        self._installation: Installation | None = None
        self._before = read_state(self.home)
        self._state = State(home=str(self.home), pid=os.getpid(), started_at=time.time())
        self._extra_settings: dict[str, str] = {}

    @property
    def installation(self) -> Installation:
        if self._installation is None:
            raise RuntimeError("not started yet")
        return self._installation

    @property
    def urls(self) -> dict[str, str]:
        """`pages`, `intake`, `nats`, and the health addresses `<service>_health`."""
        return self._state.urls

    @property
    def parts(self) -> Mapping[str, Kept]:
        """By name: `nats`, `postgres`, the services, the extras."""
        return self._kept

    async def start(self) -> None:
        """Returns when everything is ready. Raises NotReady, AlreadyRunning, streams.Refused, CityFileWrong."""
        await self.start_parts()
        await self.provision()
        await _all([*self._extras_starting(), *self._services_starting()])
        self._state.ready = True
        self._write()

    async def start_parts(self) -> None:
        """NATS and Postgres alone, as they are, or the operator's own."""
        self.cities = cities.load(self._settings.cities_dir)
        self._locks = await asyncio.to_thread(Locks.take, self.home)
        secrets = Keeper(self.home).make(self.cities.values())
        nats, server = await self._servers(accounts.configuration(self.cities.values(), secrets.nats))
        self._installation = Installation(
            home=self.home,
            cities_dir=self._settings.cities_dir.resolve(),
            nats=nats,
            server=server,
            secrets=secrets,
            trusted_socket=self._settings.database_url is None,
            given_admin=self._settings.nats_url,
        )

    async def provision(self) -> None:
        """Everything that the services rely on."""
        began = time.monotonic()
        changes = await job.run(self.installation, self.cities)
        done = len(changes.made) + len(changes.changed)
        self._told("provision", began, f"{done} changes" if done else "nothing to do")
        for line in changes.kept:  # the city goes on under what was in force before
            self._say(f"NOT IN FORCE  {line}")

    async def stop(self) -> None:
        """In order: the doors first, then those who work, then the parts that keep everything."""
        for names in (("intake",), ("router", "notifier", "reporting"), tuple(extra.name for extra in self._extras)):
            await asyncio.gather(*(self._kept[name].stop() for name in names if name in self._kept))
        await asyncio.gather(*(self._kept[name].stop() for name in ("nats", "postgres") if name in self._kept))
        self._release()

    def kill(self) -> None:
        """Everything at once, for somebody who will not wait."""
        for kept in self._kept.values():
            kept.kill()

    def _release(self) -> None:
        self._ports.release()
        if self._locks is not None:
            self._state.ready = False
            self._write()
            self._locks.release()
            self._locks = None

    async def _servers(self, accounts_text: str) -> tuple[str, Server]:
        """Addresses of the broker and of the database server; starts those that the operator did not give."""
        starting: list[Coroutine[None, None, None]] = []
        nats_url, database_url = self._settings.nats_url, self._settings.database
        if nats_url is None:
            port = self._port("nats", 4222)
            self.broker = NatsServer(
                self.home / "nats", port, accounts_text, log=self._log("nats"), inherit=self._inherited()
            )
            nats_url = self.broker.url
            starting.append(self._start("nats", self.broker, self.broker.address))
        if database_url is None:
            self.postgres = PostgresServer(self.home / "postgres", log=self._log("postgres"), inherit=self._inherited())
            database_url = self.postgres.url()
            self._state.sockets = str(self.postgres.sockets)
            starting.append(self._start("postgres", self.postgres, "by socket"))
        self._state.urls["nats"] = nats_url.rpartition("@")[2] if "@" in nats_url else nats_url
        await _all(starting)
        return nats_url, Server(database_url)

    def _extras_starting(self) -> Iterator[Coroutine[None, None, None]]:
        """Beside the services, which need their addresses only."""
        for extra in self._extras:
            port = self._port(extra.name, None)
            address = f"http://127.0.0.1:{port}"
            self._state.urls[extra.name] = address
            arguments = [argument.replace("{port}", str(port)) for argument in extra.arguments]
            module = self._module(extra.name, extra.module, {}, address + extra.health, arguments)
            self._extra_settings |= {name: value.replace("{port}", str(port)) for name, value in extra.settings.items()}
            yield self._start(extra.name, module, address)

    def _services_starting(self) -> Iterator[Coroutine[None, None, None]]:
        host = self._settings.http_host
        ports = {
            "reporting": self._port("reporting", self._settings.http_port or 8080),
            "intake": self._port("intake", self._settings.intake_port or 8081),
            "router": self._port("router", None),
            "notifier": self._port("notifier", None),
        }
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        pages, intake = (f"http://{shown}:{ports[name]}" for name in ("reporting", "intake"))
        self._state.urls |= {"pages": pages, "intake": intake}
        shared = {
            "TUNTAS_PUBLIC_URL": pages,
            "TUNTAS_INTAKE_URL": intake,
            **self._settings.passed_on(),
            **self._extra_settings,
        }
        for service in SERVICES:
            open_to = host if service in {"reporting", "intake"} else "127.0.0.1"
            reached = shown if service in {"reporting", "intake"} else "127.0.0.1"
            health = f"http://{reached}:{ports[service]}/health/ready"
            self._state.urls[f"{service}_health"] = health
            environment = {
                **self.installation.environment(service),
                **shared,
                "TUNTAS_HTTP_HOST": open_to,
                "TUNTAS_HTTP_PORT": str(ports[service]),
            }
            module = self._module(service, f"services.{service}.main", environment, health)
            module.gives_way = GIVES_WAY.get(service, 0)
            yield self._start(service, module, health.removesuffix("/health/ready"))

    def _module(
        self, name: str, module: str, settings: Mapping[str, str], health: str, arguments: Sequence[str] = ()
    ) -> Module:
        ours = {key: value for key, value in os.environ.items() if not key.startswith("TUNTAS_")}
        return Module(
            name=name,
            module=module,
            environment={**_LEAN, **ours, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **settings},
            health=health,
            log=self._log(name),
            folder=ROOT,
            arguments=arguments,
            inherit=self._inherited(),
        )

    async def _start(self, name: str, part: Part, where: str) -> None:
        began = time.monotonic()
        kept = self._kept[name] = Kept(name, part, self._write, self._say)
        await kept.start()
        self._told(name, began, where)

    def _told(self, name: str, began: float, where: str) -> None:
        self._say(f"{name:<10} ready in {time.monotonic() - began:4.1f} s   {where}")

    def _port(self, name: str, wished: int | None) -> int:
        """The port of last time where it is free, so that addresses stay; else the wished one, else any."""
        before = self._before.ports.get(name) if self._before is not None else None
        port = self._state.ports[name] = self._ports.claim(before, wished)
        return port

    def _log(self, name: str) -> Path:
        return self.home / "logs" / f"{name}.log"

    def _inherited(self) -> tuple[int, ...]:
        return () if self._locks is None else (self._locks.parts,)

    def _write(self) -> None:
        if self._locks is None:
            return
        self._state.parts = {
            name: PartState(pid=kept.pid, ready=kept.ready, restarts=kept.restarts) for name, kept in self._kept.items()
        }
        with contextlib.suppress(OSError):  # a full disk must not end what still runs
            write_state(self.home, self._state)


async def _all(starting: Sequence[Coroutine[None, None, None]]) -> None:
    """Waits for all of them to end, then raises the first failure: no start is left running behind our back."""
    results = await asyncio.gather(*starting, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result


@contextlib.asynccontextmanager
async def supervise(
    settings: CliSettings, say: Callable[[str], None], extras: Sequence[Extra] = ()
) -> AsyncIterator[Supervisor]:
    """Everything ready inside the block; stopped in order at its end, whatever happened."""
    supervisor = Supervisor(settings, say, extras)
    async with _stopped(supervisor):
        await supervisor.start()
        yield supervisor


@contextlib.asynccontextmanager
async def parts_alone(settings: CliSettings, say: Callable[[str], None]) -> AsyncIterator[Supervisor]:
    """NATS and Postgres inside the block, without provisioning or services; stopped at its end."""
    supervisor = Supervisor(settings, say, ())
    async with _stopped(supervisor):
        await supervisor.start_parts()
        yield supervisor


@contextlib.asynccontextmanager
async def _stopped(supervisor: Supervisor) -> AsyncIterator[None]:
    """In order at its end."""
    try:
        yield
    finally:
        stopping = asyncio.ensure_future(supervisor.stop())
        try:
            await asyncio.shield(stopping)
        except asyncio.CancelledError:
            # A second signal: no more patience.
            supervisor.kill()
            await stopping
            raise
