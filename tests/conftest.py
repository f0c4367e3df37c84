"""Real parts for every test that needs them: one NATS and one Postgres per process, on free ports, gone at the end."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nats
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from nats.aio.client import Client

from services.cli.installation import Installation
from services.cli.provision import accounts, databases, job
from services.cli.provision.secrets import Keeper
from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer
from services.contracts.city import City
from services.runtime import cities
from tests import workers

ROOT = Path(__file__).parents[1]

# How long an example takes says how busy the machine is: no finding.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = workers.in_order(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return workers.scheduler(config, log)


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A folder with a short path (sockets have a limit), removed after the run."""
    with tempfile.TemporaryDirectory(prefix="tuntas-test-", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def ports() -> Iterator[Ports]:
    claimed = Ports()
    yield claimed
    claimed.release()


@pytest_asyncio.fixture(scope="session")
async def nats_server(home: Path, ports: Ports) -> AsyncIterator[NatsServer]:
    """A broker with one open account and no streams: `nats.connect(nats_server.url)` may do everything."""
    server = NatsServer(home / "plain-nats", ports.claim())
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(scope="session")
async def postgres_server(home: Path) -> AsyncIterator[PostgresServer]:
    """A database server without databases of ours: `asyncpg.connect(postgres_server.url())` is its superuser."""
    server = PostgresServer(home / "postgres")
    await server.start()
    yield server
    await server.stop()


@dataclass(frozen=True)
class Stack:
    """Everything that services find at their start, provisioned as in production; no service runs.

    `installation.environment("router")` are a service's settings (`TUNTAS_…`), `nats_url`, `database_url("tuntas_…")`
    and `vault_url("tuntas_…")` the single addresses. Cities are those of `deploy/cities`.
    """

    installation: Installation
    cities: dict[str, City]
    broker: NatsServer
    postgres: PostgresServer

    async def connect(self, user: str = accounts.ADMIN) -> Client:
        """A connection with a user's own rights and inbox; close it."""
        return await nats.connect(
            self.installation.nats_url(user), inbox_prefix=accounts.inbox_prefix(user).encode(), allow_reconnect=False
        )


@asynccontextmanager
async def provisioned(folder: Path, port: int) -> AsyncIterator[Stack]:
    """A stack of one's own, for a test that kills parts of it."""
    cities_dir = ROOT / "deploy" / "cities"
    loaded = cities.load(cities_dir)
    secrets = Keeper(folder).make(loaded.values())
    broker = NatsServer(folder / "nats", port, accounts.configuration(loaded.values(), secrets.nats))
    postgres = PostgresServer(folder / "postgres")
    await broker.start()
    await postgres.start()
    installation = Installation(folder, cities_dir, broker.url, databases.Server(postgres.url()), secrets)
    try:
        await job.run(installation, loaded)
        yield Stack(installation, loaded, broker, postgres)
    finally:
        await broker.stop()
        await postgres.stop()


@pytest_asyncio.fixture(scope="session")
async def stack(home: Path, ports: Ports) -> AsyncIterator[Stack]:
    """Shared by the whole run: keep to complaints, conversations and ids of your own, and kill nothing."""
    async with provisioned(home / "stack", ports.claim()) as shared:
        yield shared
