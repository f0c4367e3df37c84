"""Real parts for every test that needs them: one NATS and one Postgres per run, on free ports, gone at the end."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer


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
