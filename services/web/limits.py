"""Growing pauses after failed logins, per account and per address, kept in the database so replicas share them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

_FORGET = timedelta(hours=1)
_LONGEST = timedelta(minutes=15)

_LOCK = """
insert into staff.login_attempt (key, failures, last_at, wait_until) values ($1, 0, $2, $2)
on conflict (key) do update set key = excluded.key
returning failures, last_at, wait_until
"""
_FAILED = "update staff.login_attempt set failures = $2, last_at = $3, wait_until = $4 where key = $1"

_TAKE_BACK = """
update staff.login_attempt set failures = greatest(failures - 1, 0), wait_until = last_at where key = $1
"""


@dataclass(frozen=True)
class Allowance:
    """How many failures cost nothing; each one after that doubles the pause, from one second up to 15 minutes."""

    free: int

    def pause(self, failures: int) -> timedelta:
        if failures <= self.free:
            return timedelta(0)
        return min(_LONGEST, timedelta(seconds=2 ** min(failures - self.free - 1, 10)))


ACCOUNT = Allowance(free=5)
ADDRESS = Allowance(free=30)
"""An office's people share one address, so it may fail more often."""


def keys(city: str, seat: str, address: str) -> tuple[tuple[str, Allowance], ...]:
    return ((f"account:{city}:{seat}"[:200], ACCOUNT), (f"address:{address}", ADDRESS))


async def take(pool: asyncpg.Pool, city: str, seat: str, address: str, now: datetime) -> timedelta:
    """Count one attempt as failed before it is checked, so that a burst can't slip through; zero: it may be checked.

    Anything above zero is how long to wait; the attempt was then not counted.
    """
    async with pool.acquire() as connection, connection.transaction():
        rows = [(key, rule, (await connection.fetch(_LOCK, key, now))[0]) for key, rule in keys(city, seat, address)]
        # Without a pause `wait_until` is the other attempt's own moment: one that began before it must not wait for it.
        pauses: list[datetime] = [row["wait_until"] for _, _, row in rows if row["wait_until"] > row["last_at"]]
        wait: timedelta = max(pauses, default=now) - now
        if wait > timedelta(0):
            return wait
        for key, rule, row in rows:
            failures = 1 if now - row["last_at"] > _FORGET else row["failures"] + 1
            await connection.execute(_FAILED, key, failures, now, now + rule.pause(failures))
    return timedelta(0)


async def succeeded(pool: asyncpg.Pool, city: str, seat: str, address: str) -> None:
    """Forget the account's failures and take back the address's last one: it was none."""
    (account, _), (place, _) = keys(city, seat, address)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("delete from staff.login_attempt where key = $1", account)
        await connection.execute(_TAKE_BACK, place)
