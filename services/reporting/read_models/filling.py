"""Empty tables filled from the log: what the projector does, with what is possible where nobody reads yet.

A card stays in memory until its complaint has not been touched for a while, and is written once instead of with every
batch; rows of tables that hold none of them yet are copied, not inserted one by one. Counts and the place in the log
are written at the end: two processes that fill the same tables, each with complaints of its own, wait for no row.
"""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import asyncpg

from services.reporting.read_models.cases import rows as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.projector import CHECKPOINT, NEXT, Load, advance, checkpoint, grouped
from services.reporting.read_models.scoreboard import rows as scoreboard
from services.reporting.read_models.scoreboard.tally import Place, difference
from services.reporting.read_models.timeline import rows as timeline
from services.reporting.read_models.timeline.rows import Arrived

KEEP = 10_000
"""Cards in memory; some 5 kB each."""


@dataclass(slots=True)
class _Held:
    stands: Card | None
    """As the table has it; None: not yet."""
    now: Card | None


@dataclass
class Filling:
    """For one rebuild: `write` every event of a complaint once, in the log's order, then `flush`."""

    load: Load
    keep: int = KEEP
    _held: "OrderedDict[str, _Held]" = field(default_factory=OrderedDict)
    _counts: "dict[Place, Counter[str]]" = field(default_factory=dict)
    """What is to be added to the counts."""
    _sequence: int = 0

    async def write(self, connection: asyncpg.Connection, batch: Sequence[Arrived]) -> None:
        """In the caller's transaction. What it writes is level with the log only after `flush`."""
        if not batch:
            return
        await connection.execute(f"set local search_path = {NEXT}")
        of = grouped(batch)
        unknown = [name for name, items in of.items() if name not in self._held and items[0].event.n > 1]
        standing = await cases.load(connection, unknown) if unknown else {}
        steps: list[Arrived] = []
        for complaint, items in of.items():
            held = self._held.get(complaint)
            if held is None:
                card = standing.get(complaint)
                held = self._held[complaint] = _Held(card, card)
            else:
                self._held.move_to_end(complaint)
            held.now, new = await advance(self.load, held.now, items)
            steps.extend(new)
        await timeline.fill(connection, NEXT, steps)
        await self._put(connection, len(self._held) - self.keep)
        self._sequence = max(self._sequence, batch[-1].sequence)

    async def flush(self, connection: asyncpg.Connection) -> None:
        """Everything that is only in memory."""
        await connection.execute(f"set local search_path = {NEXT}")
        await self._put(connection, len(self._held))
        await scoreboard.add(connection, self._counts)
        self._counts = {}
        if self._sequence:
            await checkpoint(connection, CHECKPOINT, self._sequence, datetime.now(UTC))

    async def _put(self, connection: asyncpg.Connection, count: int) -> None:
        """The `count` that were touched longest ago."""
        changes: list[tuple[Card | None, Card]] = []
        for _ in range(count):
            _, held = self._held.popitem(last=False)
            if held.now is not None and held.now is not held.stands:
                changes.append((held.stands, held.now))
        if not changes:
            return
        await cases.fill(connection, NEXT, [after for before, after in changes if before is None])
        await cases.save(connection, [pair for pair in changes if pair[0] is not None])
        for place, figures in difference(changes).items():
            self._counts.setdefault(place, Counter()).update(figures)
