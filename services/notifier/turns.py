"""Whose turn it is at a door, asked for all who have a turn at the same time.

The order is the table's, and one question after another to a busy database was what a rush waited for: who comes while
one is on its way is answered by the next, all together.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from services.notifier.delivery.rows import Notice


class Best(Protocol):
    async def best(self, city: str, door: str, in_hand: Sequence[str], most: int = 1) -> list[Notice]: ...


class Turns:
    """`in_hand`: ids that somebody works on; who is chosen is added, and taken away by whoever is done with it."""

    def __init__(self, store: Best, in_hand: set[str]) -> None:
        self._store = store
        self._in_hand = in_hand
        self._waiting: dict[tuple[str, str], list[asyncio.Future[Notice | None]]] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def next(self, city: str, door: str) -> Notice | None:
        """None: nobody waits whose turn it could be."""
        place = city, door
        mine: asyncio.Future[Notice | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(place, []).append(mine)
        if place not in self._asking:
            self._asking[place] = asyncio.create_task(self._ask(place))
        try:
            return await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled() and mine.exception() is None and (found := mine.result()):
                self._in_hand.discard(found.id)
            raise

    async def _ask(self, place: tuple[str, str]) -> None:
        try:
            while waiting := self._waiting.pop(place, None):
                try:
                    found = await self._store.best(*place, tuple(self._in_hand), len(waiting))
                except Exception as error:  # noqa: BLE001 - handed to everybody who asked
                    for one in waiting:
                        if not one.done():
                            one.set_exception(error)
                    continue
                asked = [one for one in waiting if not one.done()]
                for at, one in enumerate(asked):
                    best = found[at] if at < len(found) else None
                    if best is not None:
                        self._in_hand.add(best.id)
                    one.set_result(best)
        finally:
            del self._asking[place]
            for one in self._waiting.pop(place, ()):
                one.cancel()
