"""The leaders' five lines and the seats' lists: once a day for each number, at the city's own hour.

The notice's id is made of the day, so that a restart, a crash or a second process plans the same one again, and that
yields nothing. The counts are asked once, when it is planned, and stand with it: a try that comes later says the same.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from nats.aio.client import Client
from nats.errors import Error as NatsError
from pydantic import ValidationError

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.ids import derive
from services.contracts.mornings import Morning, MorningRequest
from services.contracts.officers import HOLDER
from services.notifier.delivery.rows import NewNotice
from services.notifier.officers.planning import Holder, OfficerPlanner
from services.notifier.officers.telling import LEADERS, LIST
from services.notifier.templates import VERSION
from services.notifier.timetable import Timetable
from services.runtime import logs
from services.runtime.failures import Away
from services.runtime.replies import Replies
from services.runtime.rounds import rounds
from services.runtime.vault import IdKeys

LATEST = timedelta(hours=4)
"""After its hour a morning's message is sent so much later at most: at noon it is none any more."""

EVERY = 20.0
"""Seconds between two looks at the clock."""

_log = logs.get(__name__)

Ask = Callable[[str, MorningRequest], Awaitable[Morning | None]]
"""City → its counts; None: nobody answers now."""

Send = Callable[[Sequence[NewNotice]], Awaitable[None]]


def asking(connection: Client, seconds: float = 10.0) -> Ask:
    """Of the read models, over NATS."""

    async def ask(city: str, wanted: MorningRequest) -> Morning | None:
        try:
            body = wanted.model_dump_json().encode()
            answer = await Replies.of(connection).ask(subjects.morning(city), body, seconds)
            return Morning.model_validate_json(answer.data)
        except (Away, NatsError, ValidationError, OSError, TimeoutError):
            return None

    return ask


class Mornings:
    def __init__(
        self,
        *,
        cities: Mapping[str, City],
        timetable: Timetable,
        officers: OfficerPlanner,
        keys: IdKeys,
        ask: Ask,
        send: Send,
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = cities
        self._timetable = timetable
        self._officers = officers
        self._keys = keys
        self._ask = ask
        self._send = send
        self._clock = clock
        self._done: set[tuple[str, str, date]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self.look, stop, EVERY, waits="mornings_wait")

    async def look(self) -> None:
        """Plan what is due now. May be repeated: what was planned for a day is planned once."""
        now = self._clock()
        for city in self._cities.values():
            hearing = self._timetable.hearing(city.id)
            day = now.astimezone(city.zone).date()
            if hearing.morning.seats and self._due(city, hearing.morning.at, now):
                await self._once(city, LEADERS, day, hearing.morning.seats, now)
            if hearing.digest.daily and self._due(city, hearing.digest.at, now):
                await self._once(city, LIST, day, None, now)

    @staticmethod
    def _due(city: City, at: time, now: datetime) -> bool:
        begins = datetime.combine(now.astimezone(city.zone).date(), at, city.zone)
        return begins <= now < begins + LATEST

    async def _once(self, city: City, what: str, day: date, seats: Sequence[str] | None, now: datetime) -> None:
        if (city.id, what, day) in self._done:
            return
        holders = [one for one in await self._officers.holders(city.id) if seats is None or one.seat in seats]
        wanted = MorningRequest(
            since=now - timedelta(days=1), seats=tuple(sorted({one.seat for one in holders})) if what == LIST else ()
        )
        counted = await self._ask(city.id, wanted) if holders else None
        if holders and counted is None:
            _log.warning("morning_waits", city=city.id, what=what)
            return
        if counted is not None:
            rows = [await self._row(city, what, day, holder, counted) for holder in holders]
            await self._send([row for row in rows if row is not None])
        self._done = {one for one in self._done if one[2] >= day - timedelta(days=1)} | {(city.id, what, day)}

    async def _row(self, city: City, what: str, day: date, holder: Holder, counted: Morning) -> NewNotice | None:
        mine = counted.lists.get(holder.seat)
        if what == LIST and (mine is None or mine.empty):
            return None
        # Its own list alone: what other seats have in hand is not for this one.
        told = counted.model_copy(update={"lists": {holder.seat: mine} if mine is not None else {}})
        key = await self._keys.id_key(city.id)
        return NewNotice(
            id=derive(key, "officer-day", what, day.isoformat(), holder.id),
            city=city.id,
            channel=holder.channel,
            door=holder.door,
            owner=holder.id,
            party=HOLDER,
            template=what,
            version=VERSION,
            asked=(),
            detail=f"{holder.seat}:{told.model_dump_json(exclude_defaults=True)}",
            # A list takes along what waited for it.
            waits="digest" if what == LIST else None,
            wait=0.5 if what == LIST else 0,
        )
