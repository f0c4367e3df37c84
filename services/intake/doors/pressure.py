"""The door goes before the queue: both share one loop, and a person's phone waits for the door only.

While many webhooks are being taken, the queue's drain rests after each batch for a multiple of the time that the batch
took. It never stops: a quarter of the time stays its own, however long the rush lasts.
"""

import asyncio
import time

BUSY = 8
"""Webhooks in hand at once; fewer are no rush."""

REST = 3.0
"""Times as long as it worked the drain rests in a rush."""

LONGEST = 1.0
"""Seconds of one rest."""

_LOOK = 0.005


class Pressure:
    """Counts the webhooks in hand: `with pressure: …` around each."""

    def __init__(self) -> None:
        self.in_hand = 0
        self._rest_until = 0.0

    def __enter__(self) -> None:
        self.in_hand += 1

    def __exit__(self, *_: object) -> None:
        self.in_hand -= 1

    @property
    def busy(self) -> bool:
        return self.in_hand >= BUSY

    def worked(self, seconds: float) -> None:
        """The drain worked so long just now."""
        self._rest_until = time.monotonic() + min(seconds * REST, LONGEST)

    async def give_way(self) -> None:
        """Until the rest is over or the rush is."""
        while self.busy and time.monotonic() < self._rest_until:
            await asyncio.sleep(_LOOK)


async def breathe(at: int, every: int = 16) -> None:
    """Between pieces of a long computation: whoever else waits for the loop has a turn."""
    if at % every == every - 1:
        await asyncio.sleep(0)
