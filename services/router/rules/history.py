"""How complaints were given out, kept small: what the rules saw of each, and what came out. For dry runs."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.complaint import events as e
from services.contracts.envelope import Recorded
from services.router.rules.case import Case, case_of

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]

FACTS = (
    "category", "function", "urgency", "district_code", "ward_code", "about", "first_level", "against", "kind",
    "confidentiality", "on_behalf", "door",
)  # fmt: skip
"""Fields of a `Case` in the order in which they are kept; later ones are added at the end."""

_INSERT = (
    "insert into router.routed (complaint, city, ticket, at, facts, lead, beside, rule, policy) "
    "select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], "
    "$8::text[], $9::int[]) on conflict do nothing"
)

_LAST = (
    "select complaint, city, ticket, at, facts, lead, beside, rule, policy from router.routed where city = $1 "
    "order by at desc limit $2"
)

Row = tuple[str, str, str, datetime, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Routed:
    complaint: str
    ticket: str
    case: Case
    lead: str
    territorial: str | None
    supporting: tuple[str, ...]
    rule: str
    policy: int


def row(city: str, complaint: str, events: Sequence[Recorded[e.Event]]) -> Row | None:
    """From a complaint's events; None if nobody got it yet."""
    received, matter = events[0].data, None
    if not isinstance(received, e.ComplaintReceived):
        return None
    for event in events:
        data = event.data
        if isinstance(data, e.ComplaintScreened):
            matter = data.matter
        elif isinstance(data, e.ComplaintAssigned) and matter is not None:
            case = case_of(matter, first_level=received.first_level, door=received.message.door)
            facts = json.dumps([getattr(case, name) for name in FACTS], separators=(",", ":"))
            lead = next((a.seat for a in data.assignments if a.role == "lead"), "")
            territorial = next((a.seat for a in data.assignments if a.role == "territorial"), "")
            beside = ",".join([territorial, *(a.seat for a in data.assignments if a.role == "supporting")])
            return complaint, city, received.ticket, event.at, facts, lead, beside, data.rule, data.policy
    return None


class GivenOut:
    """How each complaint was first given out, gathered from the log as it is read by."""

    def __init__(self) -> None:
        self._begun: dict[str, list[Recorded[e.Event]]] = {}
        self._rows: dict[str, Row] = {}

    def take(self, city: str, event: Recorded[e.Event]) -> None:
        """In the order of the log. What can't be the first assignment is passed over."""
        complaint = event.complaint
        if isinstance(event.data, e.ComplaintReceived):
            self._begun[complaint] = [event]
        elif complaint in self._begun and isinstance(event.data, e.ComplaintScreened | e.ComplaintAssigned):
            self._begun[complaint].append(event)
            found = row(city, complaint, self._begun[complaint])
            if found is not None:
                self._rows[complaint] = found
                del self._begun[complaint]

    def rows(self) -> list[Row]:
        return list(self._rows.values())


GIVEN_OUT = frozenset({"complaint.received", "complaint.screened", "complaint.assigned"})
"""Types of events that it asks for."""


async def keep(connection: "Connection", rows: Iterable[Row]) -> None:
    """In the caller's transaction; a complaint that is kept already stays as it was first given out."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        await connection.execute(_INSERT, *columns)


async def last(connection: "Connection", city: str, count: int) -> list[Routed]:
    """The newest first."""
    return [routed(tuple(found)) for found in await connection.fetch(_LAST, city, count, timeout=60)]


def routed(row: Row) -> Routed:
    complaint, _, ticket, at, facts, lead, beside, rule, policy = row
    territorial, *supporting = beside.split(",")
    values = dict(zip(FACTS, json.loads(facts), strict=False))
    return Routed(complaint, ticket, Case(**values, at=at), lead, territorial or None, tuple(supporting), rule, policy)
