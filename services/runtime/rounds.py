"""Looking again and again: the loop of whatever keeps a table, or a knowledge, level."""

import asyncio
from collections.abc import Awaitable, Callable

from services.runtime import logs
from services.runtime.failures import is_infrastructure

AWAY_SECONDS = 1.0
"""Between two looks, at least, while something is away."""

_log = logs.get(__name__)


async def rounds(
    look: Callable[[], Awaitable[bool | None]],
    stop: asyncio.Event,
    every: float,
    *,
    waits: str,
    wake: asyncio.Event | None = None,
) -> None:
    """`look`, until `stop` is set: again at once while it says True (there is more), else after `every` seconds, or
    when `wake` is set.

    What it depends on may be away: that is logged once, under the name `waits`, and tried until it is back. Any other
    error is raised, for `serving.supervise` to begin anew.
    """
    away = False
    while not stop.is_set():
        if wake is not None:
            wake.clear()
        try:
            more = await look()
        except Exception as error:
            if not is_infrastructure(error):
                raise
            if not away:
                _log.warning(waits, error=error)
            away = True
            await _first_of(max(every, AWAY_SECONDS), stop)
            continue
        away = False
        if not more:
            await _first_of(every, stop, wake)


async def _first_of(seconds: float, *events: asyncio.Event | None) -> None:
    waiting = [asyncio.ensure_future(event.wait()) for event in events if event is not None]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
