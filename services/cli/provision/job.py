"""The whole provisioning of an installation whose NATS and Postgres run. May be repeated at any time."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from services.cli.installation import Installation
from services.cli.provision import accounts, databases, facts, streams
from services.cli.provision.databases import VAULT
from services.cli.provision.streams import Changes
from services.contracts.city import City
from services.runtime.sealing import MasterKey

ROOMS = Path(__file__).parents[2]
"""The folder that holds the rooms, for their migrations."""


class Unreachable(Exception):
    """A part did not answer within our patience; the text says which."""


async def run(installation: Installation, cities: Mapping[str, City], *, patience: float = 60.0) -> Changes:
    """Streams first: their refusals come before anything else is touched. `patience`: seconds to wait for the parts.

    Raises `streams.Refused`, `Unreachable`.
    """
    client = await connect(installation, patience=patience)
    try:
        changes = await streams.provision(client, cities.values())
        await _wait_for_postgres(installation, patience)
        _add(changes, await databases.provision(installation.server, installation.role_passwords(), ROOMS))
        master = MasterKey.load(installation.keeper.master_key_file)
        keys = await facts.id_keys(installation.server.database(VAULT), master, cities.values())
        _add(changes, await facts.policies(client, keys, cities.values(), lambda: datetime.now(UTC)))
    finally:
        await client.close()
    return changes


async def connect(installation: Installation, user: str = accounts.ADMIN, *, patience: float = 60.0) -> Client:
    """A connection with one user's rights and its own inbox; `Unreachable` after `patience` seconds."""
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    while True:
        try:
            return await nats.connect(
                installation.nats_url(user),
                name=f"tuntas-{user}",
                inbox_prefix=accounts.inbox_prefix(user).encode(),
                allow_reconnect=False,
                connect_timeout=3,
                error_cb=_quiet,
            )
        except (OSError, TimeoutError, NatsError) as error:
            if loop.time() > until:
                raise Unreachable(f"NATS does not let us in: {type(error).__name__} {error}") from error
        await asyncio.sleep(0.2)


async def _quiet(_error: Exception) -> None:
    """nats-py writes each failed try to the terminal; ours are told once, when patience ends."""


async def _wait_for_postgres(installation: Installation, patience: float) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    while True:
        try:
            connection = await asyncpg.connect(installation.server.url, timeout=5)
        except (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.PostgresConnectionError) as error:
            if loop.time() > until:
                raise Unreachable(f"Postgres does not answer: {type(error).__name__} {error}") from error
        else:
            await connection.close()
            return
        await asyncio.sleep(0.2)


def _add(changes: Changes, more: Changes) -> None:
    changes.made += more.made
    changes.changed += more.changed
    changes.kept += more.kept
