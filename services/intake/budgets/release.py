"""The turn of what was slowed: whenever the door has a moment, and every half minute in any case."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.rounds import rounds

EVERY_SECONDS = 1.0
BUSY = 20
"""So many messages taken since the last look: others wait, so what was slowed waits, too."""
LONGEST = 30.0
"""Seconds after which it has its turn nonetheless."""

T = TypeVar("T")

_log = logs.get(__name__)


async def together_or_alone(
    some: Sequence[T], take: Callable[[Sequence[T]], Awaitable[None]], unfit: Callable[[T, Exception], Awaitable[None]]
) -> None:
    """All at once; where one of them makes that fail, each by itself, and `unfit` gets the one that can't be taken.
    It would come first again for ever, and everybody else's with it. Raises infrastructure errors."""
    if not some:
        return
    try:
        await take(some)
    except Exception as error:
        if is_infrastructure(error):
            raise
        if len(some) == 1:
            await unfit(some[0], error)
            return
        for one in some:
            await together_or_alone([one], take, unfit)


class Releases(Protocol):
    @property
    def taken(self) -> int: ...

    async def release(self) -> int: ...


class Release:
    def __init__(self, drain: Releases, clock: Callable[[], float] = time.monotonic) -> None:
        self._drain = drain
        self._clock = clock
        self._seen = 0
        self._last = clock()

    def turn(self) -> bool:
        """Whether it is the turn of what waits; to be asked once a look."""
        now, taken = self._clock(), self._drain.taken
        quiet, self._seen = taken - self._seen < BUSY, taken
        if not quiet and now - self._last < LONGEST:
            return False
        self._last = now
        return True

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self._round, stop, EVERY_SECONDS, waits="slowed_wait")

    async def _round(self) -> None:
        if self.turn() and (count := await self._drain.release()):
            _log.info("slowed_gone_on", count=count)
