"""What the facts of the cities say of their seats, in memory: asked before every breach."""

from collections.abc import Callable
from datetime import datetime

from services.contracts.facts.seats import SEAT_FACTS, Sitting
from services.router.seats.facts import SEAT_FACT
from services.runtime.log import Entry, Log

_FACTS = "city.*.seat.*"


class Seats:
    """Every process of the router looks for itself."""

    def __init__(self, log: Log, clock: Callable[[], datetime]) -> None:
        """`log`: CITY."""
        self._log = log
        self._clock = clock
        self._known: dict[tuple[str, str], Sitting] = {}
        self._seen = 0

    async def look(self) -> None:
        """Take up what has come. `log.Unavailable` if the facts can't be read now."""
        async for entries in self._log.pages(_FACTS, after=self._seen):
            for entry in entries:
                self._take(entry)
                self._seen = entry.sequence

    def of(self, city: str, seat: str) -> Sitting:
        return self._known.get((city, seat), SEAT_FACT.initial)

    def vacant(self, city: str, seat: str) -> bool:
        """Does nobody sit there now?"""
        known = self._known.get((city, seat))
        return known is not None and known.vacant(self._clock())

    def all_vacant(self) -> list[tuple[str, str]]:
        """City and seat of each."""
        return [key for key, known in self._known.items() if known.vacant(self._clock())]

    def _take(self, entry: Entry) -> None:
        if entry.type not in SEAT_FACTS:
            return
        fact = SEAT_FACT.decode(entry.type, entry.schema, entry.body)
        key = (fact.city, fact.complaint)
        self._known[key] = SEAT_FACT.evolve(self._known.get(key, SEAT_FACT.initial), fact)
