"""Waiting together for what is away."""

import asyncio
import time


class Pause:
    """Shared by all workers: while something is away, everybody waits; each failure after a wait doubles it."""

    def __init__(self, longest: float = 3.0) -> None:
        self._longest = longest
        self._delay = 0.0
        self._until = 0.0

    @property
    def since_failure(self) -> bool:
        return self._delay > 0

    async def wait(self) -> None:
        while (left := self._until - time.monotonic()) > 0:
            await asyncio.sleep(left)

    def failed(self) -> bool:
        """True for the first failure after things went well."""
        if time.monotonic() < self._until:
            return False
        first = self._delay == 0.0
        self._delay = min(max(self._delay * 2, 0.1), self._longest)
        self._until = time.monotonic() + self._delay
        return first

    def went_well(self) -> None:
        self._delay = 0.0
