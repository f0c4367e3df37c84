"""Postgres pools that outlive Postgres: made without a connection, each acquire connects anew when it must."""

import asyncio
import contextlib
from typing import TYPE_CHECKING

import asyncpg

from services.runtime.failures import is_infrastructure

if TYPE_CHECKING:
    Pool = asyncpg.Pool[asyncpg.Record]
    _Base = asyncpg.Connection[asyncpg.Record]
else:
    _Base = asyncpg.Connection


class _Connection(_Base):
    """Given back without a round trip: nobody sets session state on a pooled connection, so there is none to reset."""

    def get_reset_query(self) -> str:
        return ""


async def pool(url: str, *, size: int = 8, service: str = "tuntas", command_timeout: float = 15.0) -> "Pool":
    """A pool of at most `size` connections. Does not wait for Postgres: while it is away, acquiring raises.

    `command_timeout`: seconds; a Postgres that hangs counts as away.
    """
    return await asyncpg.create_pool(
        url,
        min_size=0,
        max_size=size,
        command_timeout=command_timeout,
        connection_class=_Connection,
        timeout=5.0,
        max_inactive_connection_lifetime=120.0,
        server_settings={"application_name": service, "synchronous_commit": "on", "timezone": "UTC"},
    )


async def wait_for(pool: "Pool", patience: float | None = None) -> None:
    """Until Postgres answers; None waits for ever. What is not its absence (a wrong password) is raised."""
    loop = asyncio.get_running_loop()
    deadline = None if patience is None else loop.time() + patience
    pause = 0.1
    while True:
        try:
            await pool.fetchval("select 1")
        except Exception as error:
            if not is_infrastructure(error) or (deadline is not None and loop.time() >= deadline):
                raise
        else:
            return
        await asyncio.sleep(pause)
        pause = min(pause * 2, 2.0)


class Watch:
    """Whether Postgres answers, looked at every few seconds: for health."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool
        self.answers = False

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._pool.fetchval("select 1", timeout=3.0)
                self.answers = True
            except Exception:  # noqa: BLE001 - whatever it is, the database does not answer
                self.answers = False
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 5.0 if self.answers else 1.0)
