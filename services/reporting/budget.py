"""What the city spends on messages today, and the stop that staff can lift. The notifier counts; nobody else writes."""

from dataclasses import dataclass
from datetime import date, datetime

import asyncpg

from services.contracts.city import City
from services.contracts.tokens import Role

LIFTERS: tuple[Role, ...] = ("leader", "coordinator", "administrator")

_TODAY = """
select s.rupiah, s.warned_at, s.stopped_at, l.at as lifted_at from delivery.spent s
left join delivery.lifted l on l.city = s.city and l.day = s.day
where s.city = $1 and s.day = $2 and s.warned_at is not null
"""


@dataclass(frozen=True)
class MoneyView:
    """`stopped`: what costs waits until the day ends or staff lift the stop; a danger to life does not."""

    rupiah: int
    budget: int | None
    stopped: bool
    stopped_at: datetime | None
    lifted: bool
    may_lift: bool


def day_of(city: City, now: datetime) -> date:
    return now.astimezone(city.zone).date()


async def today(pool: asyncpg.Pool, city: City, now: datetime, *, may_lift: bool) -> MoneyView | None:
    """None while nothing needs to be said. `pool`: the vault's database."""
    found = await pool.fetchrow(_TODAY, city.id, day_of(city, now))
    if found is None:
        return None
    lifted = found["lifted_at"] is not None
    stopped = found["stopped_at"] is not None and not lifted
    budget = city.policy.sending.budget_per_day
    return MoneyView(found["rupiah"], budget, stopped, found["stopped_at"], lifted, may_lift and stopped)


async def lift(pool: asyncpg.Pool, city: City, now: datetime, seat: str) -> None:
    """For the rest of the city's day; harmless to repeat."""
    await pool.execute(
        "insert into delivery.lifted (city, day, by_whom, why) values ($1, $2, $3, 'board') on conflict do nothing",
        city.id, day_of(city, now), f"seat:{seat}",
    )  # fmt: skip
