"""Time limits of many things that wait, with one timer for all of them: nearly every answer comes in time, and a timer
each was a twelfth of what a webhook costs."""

import asyncio
from collections.abc import Callable

Over = Callable[[float], float | None]
"""Ends whatever is over by the loop's time that it is given; returns the earliest limit that is left, None for none."""


class Limits:
    """Calls `over` when the earliest limit has passed, and again while it names a later one."""

    def __init__(self, over: Over) -> None:
        self._over = over
        self._timer: asyncio.TimerHandle | None = None
        self._at = 0.0

    def watch(self, loop: asyncio.AbstractEventLoop, until: float) -> None:
        """Something waits until then (the loop's time, seconds)."""
        if self._timer is not None:
            if self._at <= until:
                return
            self._timer.cancel()
        self._timer, self._at = loop.call_at(until, self._look, loop), until

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        earliest = self._over(loop.time())
        if earliest is not None:
            self.watch(loop, earliest)
