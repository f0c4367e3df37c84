"""Events as rows of `reporting.step`, sealed values as they lie in the log."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import asyncpg

from services.complaint import events as e
from services.contracts.base import given
from services.contracts.envelope import Recorded

_ADD = """
insert into step (complaint, n, type, schema, at, seat, trace, event)
select * from unnest($1::text[], $2::int[], $3::text[], $4::smallint[], $5::timestamptz[], $6::text[], $7::text[],
    $8::text[])
on conflict (complaint, n) do nothing
"""


class Arrived(NamedTuple):
    """One event as the follower brings it. `trace`: 32 hex digits of its W3C trace context."""

    sequence: int
    event: Recorded[e.Event]
    body: str
    trace: str | None


def seat_of(data: e.Event) -> str | None:
    """The office that acted; for an assignment the one that leads from here on."""
    if isinstance(data, e.ComplaintAssigned):
        return next((a.seat for a in data.assignments if a.role == "lead"), None)
    if isinstance(data, e.LeadHandedOff):
        return data.to.seat
    if isinstance(data, e.InstructionGiven | e.NoteRuled | e.ExtensionRuled | e.SubtaskGiven | e.SubtaskDropped):
        return data.by
    seat: str | None = given(data, "seat")
    return seat


_COLUMNS = ("complaint", "n", "type", "schema", "at", "seat", "trace", "event")


def _rows(arrived: Iterable[Arrived]) -> Iterator[tuple[object, ...]]:
    return (
        (a.event.complaint, a.event.n, a.event.type, a.event.schema_, a.event.at,
         seat_of(a.event.data), a.trace, a.body)
        for a in arrived
    )  # fmt: skip


async def add(connection: asyncpg.Connection, arrived: Sequence[Arrived]) -> None:
    if arrived:
        await connection.execute(_ADD, *(list(column) for column in zip(*_rows(arrived), strict=True)))


async def fill(connection: asyncpg.Connection, schema: str, arrived: Sequence[Arrived]) -> None:
    """Steps that are certainly not there yet."""
    if arrived:
        await connection.copy_records_to_table("step", schema_name=schema, columns=_COLUMNS, records=_rows(arrived))
