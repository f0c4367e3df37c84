"""Facts of the cities, followed into memory: few, and every process looks for itself, so that one that stands by knows
them too when it takes over."""

import asyncio
from collections.abc import Callable

from services.runtime import logs
from services.runtime.log import Entry, Log
from services.runtime.rounds import rounds

LOOK = 0.5
"""Seconds between two looks."""

_log = logs.get(__name__)


class FactWatch:
    def __init__(self, log: Log, subject: str, take: Callable[[Entry], None]) -> None:
        """`log`: CITY. `subject` may have wildcards. `take` hears each fact once, in order."""
        self._log = log
        self._subject = subject
        self._take = take
        self._seen = 0
        self._lock = asyncio.Lock()

    async def look(self) -> None:
        """Take up what has come. `log.Unavailable` if the facts can't be read now."""
        async with self._lock:
            async for entries in self._log.pages(self._subject, after=self._seen):
                for entry in entries:
                    self._take(entry)
                    self._seen = entry.sequence

    async def run(self, stop: asyncio.Event, every: float = LOOK) -> None:
        """Look again and again; while the log is away what is known goes on."""
        await rounds(self.look, stop, every, waits="facts_wait")
