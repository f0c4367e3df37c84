"""How the service keeps its tables and its memory level with the log."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.complaint.events import ReporterErased
from services.reporting.pictures.serving import Shown
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.projector import Projector
from services.reporting.reading import arrived
from services.runtime.delivery import Delivery
from services.runtime.fact_watch import FactWatch
from services.runtime.log import Entry, Log
from services.runtime.opener import Opener

LOOK = 1.0
"""Seconds between two looks at the facts of the cities: they are few, and nobody waits for them."""


@dataclass(frozen=True)
class Following:
    projector: Projector
    opener: Opener
    shown: Shown

    async def batch(self, deliveries: Sequence[Delivery]) -> None:
        """One transaction for all of them. Raises what one unreadable message causes; the follower then finds it."""
        items = [arrived(Entry(d.subject, d.sequence, d.type, d.headers, d.body)) for d in deliveries]
        await self.projector.project(items)
        for item in items:
            if isinstance(item.event.data, ReporterErased):
                self.opener.forget(item.event.complaint, item.event.data.party)
                await self._take_away(item.event.complaint, item.event.data.party)

    async def _take_away(self, complaint: str, party: str) -> None:
        """The copies for everybody of what the party sent: they have a key of their own, so they go by themselves."""
        card = await cases.by_id(self.projector.pool, complaint)
        for media, picture in card.closing.pictures.items() if card is not None else ():
            if picture.party == party and card is not None:
                await self.shown.take_away(card.city, media)


async def watch_cities(log: Log, takers: Sequence[Callable[[Entry], None]], stop: asyncio.Event) -> None:
    """Read the facts of all cities from their beginning, then what comes; each goes to every taker."""

    def take(entry: Entry) -> None:
        for taker in takers:
            taker(entry)

    await FactWatch(log, "city.*.*.*", take).run(stop)
