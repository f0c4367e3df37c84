"""What the facts of the cities say of their LIVE sessions, in memory: asked before every clock is set."""

from collections.abc import Callable
from datetime import datetime

from services.contracts.facts import live as live_facts
from services.contracts.facts.live import Session
from services.runtime.fact_watch import FactWatch
from services.runtime.log import Log


class Sessions(FactWatch):
    def __init__(self, log: Log, clock: Callable[[], datetime]) -> None:
        """`log`: CITY."""
        self._known = live_facts.Sessions()
        super().__init__(log, "city.*.live.*", lambda entry: self._known.take(entry.type, entry.body))
        self._clock = clock

    async def find(self, city: str, session: str | None) -> Session | None:
        """The session; one that is not known yet is looked for."""
        if session is not None and session not in self._known:
            await self.look()
        return self._known.of(city, session)

    async def goes_on(self, city: str, session: str | None) -> bool:
        """Do officials stand by for it now? It may have begun since the last look."""
        if session is None:
            return False
        found = self._known.of(city, session)
        if found is None or not found.on_air(self._clock()):
            await self.look()
            found = self._known.of(city, session)
        return found is not None and found.on_air(self._clock())
