"""A sender that dies at one await of its way: `SIGKILL`, as an operator's `kill -9` or the kernel's out-of-memory.

The coroutine is driven by hand, and its suspensions are counted: at the wanted one the process kills itself, either
as soon as the operation was begun (its bytes may be on their way) or when it is done and nothing was made of it.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Generator
from dataclasses import dataclass
from typing import Any

from services.contracts.city import City
from services.notifier.patience import Patience
from tests.notifier.parts import Where, assembled


@dataclass(frozen=True)
class Job:
    """`at`: which suspension, counted from 1; `done`: after its operation instead of right after its beginning."""

    where: Where
    city: City
    patience: Patience
    notice: str
    at: int
    done: bool


class Watched:
    """Awaits the same as `work`, and dies on the way."""

    def __init__(self, work: Awaitable[None], at: int, *, done: bool) -> None:
        self._steps = work.__await__()
        self._at = at
        self._done = done

    def __await__(self) -> Generator[Any, Any, None]:
        count = 0
        throw: BaseException | None = None
        while True:
            try:
                waits = self._steps.send(None) if throw is None else self._steps.throw(throw)
            except StopIteration:
                return
            count, throw = count + 1, None
            self._perhaps(count, done=False)
            try:
                yield waits
            except BaseException as error:  # noqa: BLE001 - handed on to whom it is meant for
                throw = error
            self._perhaps(count, done=True)

    def _perhaps(self, count: int, *, done: bool) -> None:
        if count == self._at and done == self._done:
            os.kill(os.getpid(), signal.SIGKILL)


async def _turn(job: Job) -> None:
    async with assembled(job.where, {job.city.id: job.city}, job.patience, provider_seconds=10) as parts:
        await Watched(parts.app.deliverer.turn(job.notice), job.at, done=job.done)


def process(job: Job) -> None:
    """Ends by itself only when its way had fewer awaits than wanted."""
    asyncio.run(_turn(job))
