"""What a city may still send today: money spent, the stop that staff lifted, people that a talk was opened with."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

_SPENT = """
select coalesce((select rupiah from delivery.spent where city = $1 and day = $2), 0) as rupiah,
    exists (select 1 from delivery.lifted where city = $1 and day = $2) as lifted
"""

_OPENED = """
select count(*) as people, coalesce(bool_or(person = $3), false) as known from delivery.opened
where city = $1 and channel = $2 and at > now() - interval '24 hours'
"""

_OPEN = """
insert into delivery.opened (city, channel, person) values ($1, $2, $3)
on conflict (city, channel, person) do update set at = now() where delivery.opened.at < now() - interval '24 hours'
"""

_MARK = """
update delivery.spent set warned_at = case when $3 = 'warned' then coalesce(warned_at, now()) else warned_at end,
    stopped_at = case when $3 = 'stopped' then coalesce(stopped_at, now()) else stopped_at end
where city = $1 and day = $2 and (case when $3 = 'warned' then warned_at else stopped_at end) is null
"""


@dataclass(frozen=True, slots=True)
class Spent:
    rupiah: int
    lifted: bool


@dataclass(frozen=True, slots=True)
class Means:
    pool: "Pool"

    async def spent(self, city: str, day: date) -> Spent:
        row = await self.pool.fetchrow(_SPENT, city, day)
        assert row is not None
        return Spent(int(row["rupiah"]), bool(row["lifted"]))

    async def opened(self, city: str, channel: str, person: str) -> tuple[int, bool]:
        """How many people a talk was opened with in the last 24 hours, and whether this one is among them."""
        row = await self.pool.fetchrow(_OPENED, city, channel, person)
        assert row is not None
        return int(row["people"]), bool(row["known"])

    async def open(self, city: str, channel: str, person: str) -> None:
        await self.pool.execute(_OPEN, city, channel, person)

    async def mark(self, city: str, day: date, what: str) -> bool:
        """`warned` or `stopped`; True the first time on this day."""
        done: str = await self.pool.execute(_MARK, city, day, what)
        return done != "UPDATE 0"
