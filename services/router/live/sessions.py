"""What the facts of the cities say of their LIVE sessions, in memory: asked before every clock is set."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from services.contracts.live_facts import LIVE_FACTS, Session
from services.router.live.facts import LIVE_SESSION
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.log import Entry, Log

LOOK = 0.5
"""Seconds between two looks: a session that has begun is to be known before its first complaint is assigned."""

_FACTS = "city.*.live.*"

_log = logs.get(__name__)


class Sessions:
    """Every process of the router looks for itself."""

    def __init__(self, log: Log, clock: Callable[[], datetime]) -> None:
        """`log`: CITY."""
        self._log = log
        self._clock = clock
        self._known: dict[str, tuple[str, Session]] = {}
        self._seen = 0
        self._lock = asyncio.Lock()

    async def look(self) -> None:
        """Take up what has come. `log.Unavailable` if the facts can't be read now."""
        async with self._lock:
            async for entries in self._log.pages(_FACTS, after=self._seen):
                for entry in entries:
                    self._take(entry)
                    self._seen = entry.sequence

    async def run(self, stop: asyncio.Event, every: float = LOOK) -> None:
        while not stop.is_set():
            try:
                await self.look()
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                _log.warning("sessions_wait", error=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)

    def of(self, city: str, session: str | None) -> Session | None:
        """The session, if that city has one of this id."""
        known = None if session is None else self._known.get(session)
        return known[1] if known is not None and known[0] == city else None

    async def find(self, city: str, session: str | None) -> Session | None:
        """As `of`; one that is not known yet is looked for."""
        if session is not None and session not in self._known:
            await self.look()
        return self.of(city, session)

    def goes_on(self, city: str, session: str | None) -> bool:
        """Do officials stand by for it now?"""
        found = self.of(city, session)
        return found is not None and found.on_air(self._clock())

    def _take(self, entry: Entry) -> None:
        if entry.type not in LIVE_FACTS:
            return
        fact = LIVE_SESSION.decode(entry.type, entry.schema, entry.body)
        _, before = self._known.get(fact.complaint, (fact.city, LIVE_SESSION.initial))
        self._known[fact.complaint] = fact.city, LIVE_SESSION.evolve(before, fact)
