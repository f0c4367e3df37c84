"""A broker of the runtime's own tests, with small streams, and a vault as provisioning makes it."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import nats
import pytest_asyncio
from nats.aio.client import Client
from nats.js import api

from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer
from services.runtime import postgres
from services.runtime.replies import Replies
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault

ROLES = ("tuntas_intake", "tuntas_router", "tuntas_notifier", "tuntas_reporting", "tuntas_public")
MIGRATIONS = Path("services/runtime/migrations/vault")


async def make_streams(connection: Client) -> None:
    """LEDGER is append-only like COMPLAINTS; WORK is a stream to follow."""
    js = connection.jetstream()
    for name, filter_ in (("LEDGER", "ledger.>"), ("WORK", "work.>"), ("PARKED", "parked.*")):
        await js.add_stream(
            api.StreamConfig(
                name=name,
                subjects=[filter_],
                storage=api.StorageType.FILE,
                discard=api.DiscardPolicy.NEW,
                allow_direct=True,
                allow_atomic=True,
                deny_delete=True,
                deny_purge=name == "LEDGER",
                max_msg_size=256_000,
            )
        )


@pytest_asyncio.fixture(scope="session")
async def broker(home: Path, ports: Ports) -> AsyncIterator[NatsServer]:
    """Tests may kill it, if they start it again."""
    server = NatsServer(home / "runtime-nats", ports.claim())
    await server.start()
    connection = await nats.connect(server.url)
    await make_streams(connection)
    await connection.close()
    yield server
    await server.stop()


@pytest_asyncio.fixture
async def connect(broker: NatsServer) -> AsyncIterator[Callable[[], Awaitable[Client]]]:
    """Connections as services hold them: reconnecting for ever, telling what waits when they are lost."""
    opened: list[Client] = []

    async def make() -> Client:
        client = Client()

        async def lost() -> None:
            Replies.of(client).lost()

        async def quiet(_error: Exception) -> None:
            return

        await client.connect(
            broker.url,
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.05,  # type: ignore[arg-type]  # seconds; fractions work
            disconnected_cb=lost,
            error_cb=quiet,
        )
        opened.append(client)
        return client

    yield make
    for client in opened:
        await client.close()


@pytest_asyncio.fixture
async def connection(connect: Callable[[], Awaitable[Client]]) -> Client:
    return await connect()


@pytest_asyncio.fixture(scope="session")
async def vault_url(postgres_server: PostgresServer) -> Callable[[str], str]:
    """A database with roles and the vault's migration; the function gives the address for a role."""
    admin = await asyncpg.connect(postgres_server.url())
    for role in ROLES:
        if not await admin.fetchval("select 1 from pg_roles where rolname = $1", role):
            await admin.execute(f"create role {role} login")
    await admin.execute("create database runtime_vault")
    await admin.close()
    connection = await asyncpg.connect(postgres_server.url("runtime_vault"))
    for path in sorted(MIGRATIONS.glob("*.sql")):
        await connection.execute(path.read_text())
    await connection.close()
    return lambda role: postgres_server.url("runtime_vault", role)


MASTER = MasterKey(secrets.token_bytes(32))


@pytest_asyncio.fixture
async def vault_of(vault_url: Callable[[str], str]) -> AsyncIterator[Callable[[str], Awaitable[Vault]]]:
    """The vault as a role sees it."""
    pools: list[postgres.Pool] = []

    async def make(role: str) -> Vault:
        pool = await postgres.pool(vault_url(role), size=4)
        pools.append(pool)
        return Vault(pool, MASTER)

    yield make
    for pool in pools:
        await pool.close()
