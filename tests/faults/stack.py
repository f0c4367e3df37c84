"""A whole Tuntas in a folder of its own: started as an operator starts it, ended as fate would end it."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import asyncpg
import httpx
import nats
from nats.aio.client import Client

from services.cli.installation import Installation
from services.cli.provision.databases import MAIN, VAULT, Server
from services.cli.provision.secrets import Keeper
from services.cli.standins.payloads import Number
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer
from services.cli.supervisor.state import State, read_state
from services.contracts.city import City
from services.runtime import cities
from services.runtime.sealing import MasterKey
from tests.faults.processes import below, end, is_alive, mortal
from tests.quiet_cities import without_surges

if TYPE_CHECKING:
    Database = asyncpg.Connection[asyncpg.Record]

ROOT = Path(__file__).parents[2]
Part = Literal["nats", "postgres", "intake", "router", "notifier", "reporting"]
PARTS: tuple[Part, ...] = ("nats", "postgres", "intake", "router", "notifier", "reporting")


class NotSo(Exception):
    """Something did not come true within its patience."""


async def until(what: str, true: Callable[[], Any], patience: float = 60.0, pause: float = 0.1) -> Any:
    """The first truthy answer of `true` (which may be a coroutine function); errors count as not yet."""
    ends = time.monotonic() + patience
    last: object = None
    while True:
        try:
            last = true()
            if asyncio.iscoroutine(last):
                last = await last
            if last:
                return last
        except (OSError, TimeoutError, nats.errors.Error, asyncpg.PostgresError, asyncpg.InterfaceError,
                httpx.HTTPError, NotSo) as error:  # fmt: skip
            last = error
        if time.monotonic() > ends:
            raise NotSo(f"{what}: not within {patience:.0f} s (last seen: {last!r})")
        await asyncio.sleep(pause)


class Stack:
    """Use `async with running(folder)`."""

    def __init__(self, home: Path, settings: Mapping[str, str] | None, outside: Path | None) -> None:
        self.home = home
        self._outside = outside or home / "logs"
        self._cities_dir = without_surges(home / "cities")
        self._settings = {"TUNTAS_CITIES_DIR": str(self._cities_dir), **(settings or {})}
        self.cities: dict[str, City] = cities.load(self._cities_dir)
        self.standin = ""
        self.received: dict[str, set[str]] = {}
        """Office → complaints that its own program pulled and acknowledged so far."""
        self._credentials: dict[str, dict[str, Any]] = {}
        self._ports = Ports()
        self._up: subprocess.Popen[bytes] | None = None
        self._standin: subprocess.Popen[bytes] | None = None
        self._replicas: list[subprocess.Popen[bytes]] = []

    # Life

    async def start(self) -> None:
        """Everything ready, the provider's stand-in too."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self._standin is None:
            port = self._ports.claim()
            self.standin = f"http://127.0.0.1:{port}"
            self._standin = self._process(["-m", "services.cli.standins.whatsapp", "--port", str(port)], "standin")
        wished = {"TUNTAS_HTTP_PORT": self._ports.claim(), "TUNTAS_INTAKE_PORT": self._ports.claim()}
        self._ports.release()  # wished ports are claimed by the supervisor itself
        self._up = self._process(["-m", "services.cli", "up"], "up", {k: str(v) for k, v in wished.items()})
        await until("the stack is ready", self._is_ready, 120)
        await until("the stand-in answers", self._standin_ready, 30)
        await self._tell_standin()

    async def stop(self) -> None:
        for replica in self._replicas:
            end(replica, signal.SIGKILL)
        self._replicas.clear()
        if self._up is not None:
            with contextlib.suppress(ProcessLookupError):
                self._up.send_signal(signal.SIGCONT)
            await asyncio.to_thread(end, self._up, signal.SIGTERM)
        if self._standin is not None:
            await asyncio.to_thread(end, self._standin, signal.SIGTERM)
        self._ports.release()

    def drop_dead(self) -> None:
        """Everything at once, without a last word, as when the power goes."""
        assert self._up is not None
        self._up.send_signal(signal.SIGSTOP)
        everybody = below(self._up.pid)
        for pid in [*everybody, self._up.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._up.wait()
        while any(is_alive(pid) for pid in everybody):
            time.sleep(0.02)
        self._up = None

    def hold_supervisor(self) -> None:
        """From now on nothing that dies is started again."""
        assert self._up is not None
        self._up.send_signal(signal.SIGSTOP)

    def free_supervisor(self) -> None:
        assert self._up is not None
        self._up.send_signal(signal.SIGCONT)

    def kill(self, part: Part) -> None:
        pid = self.pid(part)
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def second_intake(self) -> str:
        """A further replica of intake, with the settings of the first; its base URL."""
        pid = await until("intake runs", lambda: self.pid("intake"))
        raw = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        settings = dict(os.fsdecode(pair).split("=", 1) for pair in raw if pair)
        port = self._ports.claim()
        settings["TUNTAS_HTTP_PORT"] = str(port)
        with (self.home / "logs" / "intake-2.log").open("ab") as log:
            command = mortal(sys.executable, "-m", "services.intake.main")
            process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        self._replicas.append(process)
        url = f"http://127.0.0.1:{port}"

        async def ready() -> bool:
            async with httpx.AsyncClient(trust_env=False) as client:
                return (await client.get(f"{url}/health/ready")).status_code == 200

        await until("the second intake is ready", ready)
        return url

    # What it says of itself

    @property
    def state(self) -> State:
        found = read_state(self.home)
        if found is None:
            raise NotSo("no state file yet")
        return found

    def pid(self, part: str) -> int | None:
        found = self.state.parts.get(part)
        return found.pid if found is not None else None

    @property
    def installation(self) -> Installation:
        return Installation(
            home=self.home,
            cities_dir=self._cities_dir,
            nats=f"nats://{self.state.urls['nats'].removeprefix('nats://')}",
            server=Server(PostgresServer(self.home / "postgres").url()),
            secrets=Keeper(self.home).read(),
        )

    @property
    def master(self) -> MasterKey:
        return MasterKey.load(Keeper(self.home).master_key_file)

    def tuntas(self, *arguments: str, fails: bool = False) -> str:
        """What the operator's command prints; RuntimeError if it fails, unless it may."""
        done = subprocess.run(
            [sys.executable, "-m", "services.cli", *arguments], cwd=ROOT, env=self._environment(), check=False,
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        if done.returncode and not fails:
            raise RuntimeError(f"tuntas {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def credentials(self, name: str) -> dict[str, Any]:
        """Remembered: they stay what they are for the life of an installation."""
        if name not in self._credentials:
            self._credentials[name] = json.loads(self.tuntas("credentials", name, "--json"))
        return self._credentials[name]

    # Ways in

    async def admin(self) -> Client:
        """The broker with the administrator's own rights; close it."""
        return await nats.connect(
            self.installation.nats_url("admin"), inbox_prefix=b"_INBOX_admin", connect_timeout=5,
            max_reconnect_attempts=3, error_cb=_ignored,
        )  # fmt: skip

    async def guest(self, credentials: dict[str, Any], on_error: Any = None) -> Client:
        """The broker as an adapter or agency comes in."""
        return await nats.connect(
            credentials["servers"], user=credentials["user"], password=credentials["password"],
            inbox_prefix=credentials["inbox_prefix"].encode(), error_cb=on_error or _ignored, connect_timeout=5,
            allow_reconnect=False,
        )  # fmt: skip

    async def database(self, name: Literal["main", "vault"]) -> "Database":
        """As the server's owner; close it."""
        return await asyncpg.connect(self.installation.server.database(MAIN if name == "main" else VAULT))

    async def id_key(self, city: str) -> bytes:
        vault = await self.database("vault")
        try:
            wrapped = await vault.fetchval("select wrapped from vault.city_key where city = $1", city)
        finally:
            await vault.close()
        return self.master.unwrap(f"city {city}", wrapped)

    async def arrived(self) -> list[dict[str, Any]]:
        """What the provider took from us, in its own words."""
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            found: list[dict[str, Any]] = (await client.get(f"{self.standin}/control/messages")).json()["messages"]
        return found

    async def behave(self, **behaviour: object) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            (await client.patch(f"{self.standin}/control/behaviour", json=behaviour)).raise_for_status()

    # Inside

    def _environment(self) -> dict[str, str]:
        ours = {key: value for key, value in os.environ.items() if not key.startswith("TUNTAS_")}
        return {
            **ours,
            "PYTHONPATH": str(ROOT),
            "TUNTAS_HOME": str(self.home),
            "TUNTAS_WHATSAPP_API_URL": f"{self.standin}/v23.0",
            # The stand-in lets more through than the provider does, so that a test need not wait for it.
            "TUNTAS_WHATSAPP_PER_SECOND": "1000",
            "TUNTAS_WHATSAPP_PERSON_SECONDS": "0.01",
            "TUNTAS_WHATSAPP_HOLD_SECONDS": "240",  # after the load no receipts of others come that would tell
            **self._settings,
        }

    def _process(
        self, arguments: list[str], name: str, settings: dict[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        (self.home / "logs").mkdir(parents=True, exist_ok=True)
        folder = self._outside if name == "standin" else self.home / "logs"
        with (folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                mortal(sys.executable, *arguments),
                cwd=ROOT,
                env={**self._environment(), **(settings or {})},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _is_ready(self) -> bool:
        if self._up is None or self._up.poll() is not None:
            tail = (self.home / "logs" / "up.log").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"the stack ended before it was ready: {tail}")
        found = read_state(self.home)
        return found is not None and found.pid == self._up.pid and found.ready

    async def _standin_ready(self) -> bool:
        async with httpx.AsyncClient(trust_env=False) as client:
            return (await client.get(f"{self.standin}/control/health")).status_code == 200

    def numbers(self) -> list[Number]:
        """Every business number of every city, as the provider knows it."""
        secrets = self.installation.secrets
        return [
            Number(
                phone_number_id=door.phone_number_id,
                access_token=secrets.cities[city.id].whatsapp.access_token,
                app_secret=secrets.cities[city.id].whatsapp.app_secret,
                webhook_url=f"{self.state.urls['intake']}/webhooks/{city.id}/whatsapp",
            )
            for city in self.cities.values()
            for door in city.doors
            if door.phone_number_id is not None
        ]

    def number(self, city: str) -> Number:
        return next(n for n in self.numbers() if n.webhook_url.endswith(f"/{city}/whatsapp"))

    async def _tell_standin(self) -> None:
        numbers = [vars(number) for number in self.numbers()]
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            (await client.put(f"{self.standin}/control/numbers", json=numbers)).raise_for_status()
        await self.behave(messages_per_second=100_000, pair_seconds=0.001, pair_burst=100_000)


@asynccontextmanager
async def running(
    home: Path, settings: Mapping[str, str] | None = None, outside: Path | None = None
) -> AsyncIterator[Stack]:
    """`settings`: further `TUNTAS_…` values. `outside`: folder for the provider's log, when `home` will go away."""
    stack = Stack(home, settings, outside)
    try:
        await stack.start()
        yield stack
    finally:
        await stack.stop()


async def _ignored(_: Exception) -> None:
    """Lost connections and refusals are what these tests are about."""
