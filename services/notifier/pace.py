"""Rates respected in advance: so many messages a second from one number, and rarely to one person.

WhatsApp allows 80 messages a second a number and one in 6 seconds to one person, where a short burst borrows from what
comes later (up to 45). We stay well below the burst. Kept in this process: one sender serves a number at a time.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    per_second: float = 80
    person_seconds: float = 6
    person_burst: int = 15


SHARE = 0.97
"""Of what is allowed in a second: messages on their way may bunch, and are counted where they arrive."""


class _Line:
    """One after the other, each `every` seconds at the soonest: time in which nobody could go is not made up for."""

    def __init__(self, every: float, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._every = every
        self._clock = clock
        self._sleep = sleep
        self._free = 0.0
        self._front = asyncio.Lock()

    async def turn(self) -> None:
        async with self._front:
            if (wait := self._free - self._clock()) > 0:
                await self._sleep(wait)
            self._free = self._clock() + self._every


class Pace:
    """Of one number. Times are seconds of `clock`, which only moves forward."""

    def __init__(
        self, rates: Rates, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._rates = rates
        self._clock = clock
        self._chosen = _Line(1 / (rates.per_second * SHARE), clock, sleep)
        self._sent = _Line(1 / (rates.per_second * SHARE), clock, sleep)
        self._until = 0.0
        self._people: OrderedDict[str, float] = OrderedDict()

    @property
    def paused(self) -> float:
        """Seconds for which everything from this number waits."""
        return max(0.0, self._until - self._clock())

    def pause(self, seconds: float) -> None:
        """The provider asked to slow down, or the account is stopped."""
        self._until = max(self._until, self._clock() + seconds)

    def wait_for(self, person: str) -> float:
        """0: send now, and it counts; else seconds until this person may be written to again.

        A debt of `person_seconds` for each message, allowed up to the burst (generic cell rate algorithm).
        """
        now = self._clock()
        paid = max(self._people.get(person, now), now)
        room = self._rates.person_seconds * (self._rates.person_burst - 1)
        if paid - now > room:
            return paid - now - room
        self._people[person] = paid + self._rates.person_seconds
        self._people.move_to_end(person)
        while self._people and (len(self._people) > 50_000 or next(iter(self._people.values())) < now):
            self._people.popitem(last=False)
        return 0.0

    def hold(self, person: str, seconds: float) -> None:
        """The provider says that this person got too much."""
        room = self._rates.person_seconds * (self._rates.person_burst - 1)
        self._people[person] = max(self._people.get(person, 0.0), self._clock() + room + seconds)

    async def turn(self) -> None:
        """Until the next one may be chosen. Chosen at the pace of sending, so that what is urgent waits for few."""
        await self._chosen.turn()

    async def spaced(self) -> None:
        """Directly before the request: who was held up on the way here does not go out together with others."""
        await self._sent.turn()
