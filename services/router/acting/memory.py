"""What was refused stays refused: a repeated command gets its first reply. What was done the log itself remembers."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.contracts.commands import Refusal, RefusalCode

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

KEPT = timedelta(days=30)

PASSING: frozenset[RefusalCode] = frozenset({"unavailable", "too_many", "unknown_complaint"})
"""Answers that may be another one a moment later: worth repeating, so not kept."""


class Refused:
    """Refusals by cause (the keyed hash of city, actor and command id)."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def said(self, cause: str) -> Refusal | None:
        found = await self._pool.fetchval("select refusal from router.refused where cause = $1", cause)
        return None if found is None else Refusal.model_validate_json(found)

    async def keep(self, cause: str, refusal: Refusal, at: datetime) -> None:
        """The first one stands; those past their time go with each new one."""
        if refusal.code in PASSING:
            return
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "insert into router.refused (cause, refusal, at) values ($1, $2, $3) on conflict do nothing",
                cause, refusal.model_dump_json(), at,
            )  # fmt: skip
            await connection.execute("delete from router.refused where at < $1", at - KEPT)
