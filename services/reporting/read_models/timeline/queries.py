"""The steps of one complaint as they were stored."""

from dataclasses import dataclass

import asyncpg


@dataclass(frozen=True, slots=True)
class Stored:
    """An event's type and schema, its stored JSON, and the trace it came by."""

    type: str
    schema: int
    event: str
    trace: str | None


async def of_complaint(pool: asyncpg.Pool, complaint: str) -> list[Stored]:
    """Every step in order."""
    rows = await pool.fetch(
        "select type, schema, event, trace from reporting.step where complaint = $1 order by n", complaint
    )
    return [Stored(row["type"], row["schema"], row["event"], row["trace"]) for row in rows]
