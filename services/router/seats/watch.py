"""Looks for seats where nobody is: what came lies unread, so the superior acts, until somebody there does again."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.complaint.commands import ActForVacant
from services.contracts import ids
from services.contracts.city import City
from services.contracts.facts.seats import SeatActive, SeatFact, SeatFoundVacant
from services.router.clocks import calendar, escalation
from services.router.dossier import Deciding, Dossiers, matter_of
from services.router.following import ACTOR
from services.router.seats.facts import SeatDecider
from services.router.seats.signs import Key, Signs
from services.router.seats.sitting import Seats
from services.runtime import logs
from services.runtime.rounds import rounds
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

MOST = 50
"""Complaints of one vacant seat that its superior gets in one round: a seat that is found empty may hold thousands."""

_HELD = "select city, seat, min(since) as since from router.work group by city, seat"
_UNREAD = "select min(since) as since, count(*) as many from router.work where city = $1 and seat = $2 and since > $3"
_LEFT = (
    "select w.complaint from router.work w where w.city = $1 and w.seat = $2 and not exists "
    "(select 1 from router.work o where o.complaint = w.complaint and o.seat = any($3)) and not exists "
    "(select 1 from router.clock c where c.complaint = w.complaint and c.clock = 'confirm') order by w.since limit $4"
)

_log = logs.get(__name__)


class Watch:
    def __init__(
        self,
        *,
        pool: "Pool",
        cities: Mapping[str, City],
        scale: float,
        deciding: Deciding,
        dossiers: Dossiers,
        facts: SeatDecider,
        seats: Seats,
        signs: Signs,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._pool = pool
        self._cities = cities
        self._scale = scale
        self._deciding = deciding
        self._dossiers = dossiers
        self._facts = facts
        self._seats = seats
        self._signs = signs
        self._vault = vault
        self._clock = clock

    async def run(self, stop: asyncio.Event, every: float = 30.0) -> None:
        """`every`: seconds between two rounds; the facts themselves are looked at each second."""
        left = 0.0

        async def each_second() -> None:
            nonlocal left
            await self._seats.look()
            if left <= 0:
                await self.look()
                left = every
            left -= 1

        await rounds(each_second, stop, 1.0, waits="seats_wait")

    async def look(self) -> None:
        """One round over all seats that have work."""
        signs = await self._signs.last(
            (city.id, agency.id) for city in self._cities.values() for agency in city.agencies if agency.connects
        )
        for row in await self._pool.fetch(_HELD):
            key = (row["city"], row["seat"])
            if key[0] in self._cities:
                await self._judge(key, row["since"], signs.get(key))
        await self._seats.look()
        for city, seat in self._seats.all_vacant():
            if city in self._cities:
                await self._act_for(self._cities[city], seat)

    async def _judge(self, key: Key, oldest: datetime, seen: datetime | None) -> None:
        """`oldest`: since when the seat has had the first of its open work."""
        city, now, sitting = self._cities[key[0]], self._clock(), self._seats.of(*key)
        if sitting.unread is not None:
            if seen is not None and sitting.found_at is not None and seen > sitting.found_at:
                await self._say(key, SeatActive(seen_at=seen), f"active.{sitting.n}")
            return
        if sitting.vacant(now) or city.policy.vacant_after_hours <= 0:
            return
        last = seen if seen is not None else oldest - timedelta(seconds=1)
        if now - last < timedelta(hours=city.policy.vacant_after_hours):
            return
        row = await self._pool.fetchrow(_UNREAD, *key, last)
        if (
            row is None
            or row["since"] is None
            or self._waited(city, row["since"], now) < timedelta(hours=city.policy.vacant_after_hours)
        ):
            return
        fact = SeatFoundVacant(
            unread_since=row["since"],
            unread=row["many"],
            hours=city.policy.vacant_after_hours / self._scale,
            policy=city.policy.version,
        )
        await self._say(key, fact, f"vacant.{sitting.n}.{row['since'].isoformat()}")

    def _waited(self, city: City, since: datetime, now: datetime) -> timedelta:
        """On working days alone: nobody is expected to read on a holiday. Where time is scaled there is no calendar."""
        return now - since if self._scale != 1.0 else calendar.working_days(city, since).between(since, now)

    async def _say(self, key: Key, fact: SeatFact, purpose: str) -> None:
        city, seat = key
        cause = ids.wake_key(await self._vault.id_key(city), seat, purpose)
        await self._facts.execute(city, seat, fact, cause=cause, actor=ACTOR, at=self._clock())
        _log.info("seat", city=city, seat=seat, fact=type(fact).__name__)

    async def _act_for(self, city: City, seat: str) -> None:
        """Its open work gets to the nearest superior that is there and has no conflict of interest."""
        for row in await self._pool.fetch(_LEFT, city.id, seat, _above(city, seat), MOST):
            dossier = await self._dossiers.load(city.id, row["complaint"])
            matter = matter_of(dossier.state)
            line = () if matter is None else escalation.line(city, matter, seat, self._seats.vacant)
            if not line:
                continue
            purpose = f"vacant.{seat}.{self._seats.of(city.id, seat).n}.{dossier.n}"
            cause = ids.wake_key(await self._vault.id_key(city.id), dossier.complaint, purpose)
            command = ActForVacant(cause=cause, seat=seat, superior=line[0])
            await self._deciding.execute(
                city.id, dossier.complaint, command, cause=cause, actor=ACTOR, at=self._clock(), known=dossier.known
            )


def _above(city: City, seat: str) -> list[str]:
    """Everybody above a seat, the nearest first."""
    found: list[str] = []
    known = city.seats.get(seat)
    while known is not None and known.superior is not None and known.superior not in found:
        found.append(known.superior)
        known = city.seats.get(known.superior)
    return found
