"""From stored bytes to events: of the log for the read models, of the read models for the pages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.contracts.envelope import Recorded
from services.reporting.read_models.timeline import queries as timeline
from services.reporting.read_models.timeline.rows import Arrived
from services.runtime.log import Entry, Log


@dataclass(frozen=True)
class Step:
    event: Recorded[e.Event]
    trace: str | None


def trace_of(traceparent: str | None) -> str | None:
    """`00-<trace id>-<span id>-01` → the trace id."""
    parts = (traceparent or "").split("-")
    return parts[1] if len(parts) >= 4 and len(parts[1]) == 32 else None


def arrived(entry: Entry) -> Arrived:
    """Raises pydantic's ValidationError or UnknownEvent for what is no event that we know."""
    event = COMPLAINT.decode(entry.type, entry.schema, entry.body)
    return Arrived(entry.sequence, event, entry.body.decode(), trace_of(entry.headers.get("traceparent")))


def loader(log: Log) -> Callable[[str], Awaitable[list[Arrived]]]:
    """How a projector reads one complaint again."""

    async def load(subject: str) -> list[Arrived]:
        return [arrived(entry) for entry in await log.load(subject)]

    return load


async def steps(pool: asyncpg.Pool, complaint: str) -> list[Step]:
    """Every step of a complaint in order."""
    return [
        Step(COMPLAINT.decode(one.type, one.schema, one.event.encode()), one.trace)
        for one in await timeline.of_complaint(pool, complaint)
    ]
