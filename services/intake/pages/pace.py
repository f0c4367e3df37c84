"""Slower for an address that sends much; nothing is turned away, so a first report is never lost.

In memory alone and for a short time: an address is somebody's."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

FREE = 10
"""Reports of one address within the window that cost nothing: an office, a school and a mobile network share one."""
WINDOW = 600.0
"""Seconds."""
STEP, LONGEST = 0.3, 6.0
"""Seconds that each further one waits longer, and the most that any waits."""
TRAPPED = 4.0
"""Seconds for whoever fills a field that people do not see."""
_REMEMBERED = 20_000
_WAITING = 200


class Pace:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._waiting = 0

    def pause(self, address: str, *, trapped: bool = False) -> float:
        """Seconds that this one should wait. Counts it."""
        now = self._clock()
        since, count = self._seen.pop(address, (now, 0))
        if now - since > WINDOW:
            since, count = now, 0
        self._seen[address] = (since, count + 1)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        waits = min(LONGEST, STEP * max(0, count + 1 - FREE))
        return max(waits, TRAPPED) if trapped else waits

    async def wait(self, address: str, *, trapped: bool = False) -> None:
        """As long as there is room to wait: a crowd of slow ones must not fill the memory."""
        seconds = self.pause(address, trapped=trapped)
        if seconds <= 0 or self._waiting >= _WAITING:
            return
        self._waiting += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self._waiting -= 1
