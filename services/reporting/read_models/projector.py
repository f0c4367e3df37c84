"""From events to tables: one transaction per batch, the checkpoint in the same one, so nothing counts twice.

Repeats are dropped by `n`. A gap (an event between was parked, or the tables are older than the follower's place) makes
the whole complaint be read again from the log.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import asyncpg

from services.contracts import subjects
from services.reporting.read_models.cases import rows as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.folding import OutOfOrder, fold
from services.reporting.read_models.scoreboard import rows as scoreboard
from services.reporting.read_models.scoreboard.tally import difference
from services.reporting.read_models.timeline import rows as timeline
from services.reporting.read_models.timeline.rows import Arrived

LIVE = "reporting"
NEXT = "reporting_next"
CHECKPOINT = "COMPLAINTS"

ONE_WRITER = 0x7475_6E74
"""Advisory lock of whoever writes the tables: a second instance, or a rebuild that swaps, waits its turn."""

_CHECKPOINT = """
insert into checkpoint (name, sequence, at) values ($1, $2, $3)
on conflict (name) do update set sequence = greatest(checkpoint.sequence, excluded.sequence), at = excluded.at
"""

Load = Callable[[str], Awaitable[list[Arrived]]]
"""Every event of one subject of the log, in order."""


@dataclass(frozen=True)
class Projector:
    """Writes batches into the tables of `schema`."""

    pool: asyncpg.Pool
    load: Load
    schema: str = LIVE

    async def project(self, batch: Sequence[Arrived]) -> None:
        """Apply a batch in log order; a batch that was applied before changes nothing."""
        async with self.pool.acquire() as proxy, proxy.transaction():
            connection = cast("asyncpg.Connection", proxy)
            await connection.execute("select pg_advisory_xact_lock($1)", ONE_WRITER)
            await self.write(connection, batch)

    async def write(self, connection: asyncpg.Connection, batch: Sequence[Arrived]) -> None:
        """As `project`, inside the caller's transaction, which holds the lock."""
        if not batch:
            return
        await connection.execute(f"set local search_path = {self.schema}")
        of = grouped(batch)
        cards = await cases.load(connection, list(of))
        changes: list[tuple[Card | None, Card]] = []
        steps: list[Arrived] = []
        for complaint, items in of.items():
            before = cards.get(complaint)
            after, new = await advance(self.load, before, items)
            if after is not None and new:
                changes.append((before, after))
                steps.extend(new)
        if changes:
            await timeline.add(connection, steps)
            await cases.save(connection, changes)
            await scoreboard.add(connection, difference(changes))
        await checkpoint(connection, CHECKPOINT, max(item.sequence for item in batch), datetime.now(UTC))


def grouped(batch: Sequence[Arrived]) -> dict[str, list[Arrived]]:
    """By complaint, in order."""
    of: dict[str, list[Arrived]] = {}
    for item in batch:
        of.setdefault(item.event.complaint, []).append(item)
    return of


async def checkpoint(connection: asyncpg.Connection, name: str, sequence: int, at: datetime) -> None:
    await connection.execute(_CHECKPOINT, name, sequence, at)


async def advance(load: Load, before: Card | None, items: Sequence[Arrived]) -> tuple[Card | None, list[Arrived]]:
    """The card after the items, and which of them are new to it; read again from the log if something is missing."""
    try:
        return _fold(before, items)
    except OutOfOrder:
        event = items[0].event
        return _fold(before, await load(subjects.complaint(event.city, event.complaint)))


def _fold(card: Card | None, items: Sequence[Arrived]) -> tuple[Card | None, list[Arrived]]:
    """The card after those of the items that are new to it, and which those are."""
    new: list[Arrived] = []
    for item in items:
        if card is None or item.event.n > card.n:
            card = fold(card, item.event)
            new.append(item)
    return card, new
