"""The steps of one complaint as they were stored."""

from dataclasses import dataclass

import asyncpg

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.contracts.envelope import Recorded


@dataclass(frozen=True)
class Step:
    event: Recorded[e.Event]
    trace: str | None


async def of_complaint(pool: asyncpg.Pool, complaint: str) -> list[Step]:
    """Every step in order."""
    rows = await pool.fetch(
        "select type, schema, event, trace from reporting.step where complaint = $1 order by n", complaint
    )
    return [Step(COMPLAINT.decode(row["type"], row["schema"], row["event"].encode()), row["trace"]) for row in rows]
