"""Server-side sessions: the cookie is random, the database keeps only its hash, and every login makes a new one."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

import asyncpg

from services.contracts.city import City
from services.web.staff import Staff

IDLE = timedelta(hours=10)
"""An officer's day."""
LONGEST = timedelta(days=3)
_TOUCH = timedelta(minutes=5)

_FIND = """
select s.city, s.seat, s.csrf, s.seen_at, s.created_at, a.holder
from staff.session s join staff.account a using (city, seat)
where s.id = $1 and s.expires_at > $2 and a.closed_at is null
"""

_SEEN = "update staff.session set seen_at = $2, expires_at = $3 where id = $1"


def _stored(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode()).digest()


class Sessions:
    """Opens, finds and ends sessions. Times in UTC."""

    def __init__(self, pool: asyncpg.Pool, cities: Mapping[str, City]) -> None:
        self._pool = pool
        self._cities = cities

    async def open(self, city: str, seat: str, replaces: str | None, now: datetime) -> tuple[str, str]:
        """A new session for a seat: (cookie, CSRF token). The cookie that the browser came with ends here."""
        cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        async with self._pool.acquire() as connection, connection.transaction():
            if replaces:
                await connection.execute("delete from staff.session where id = $1", _stored(replaces))
            await connection.execute("delete from staff.session where expires_at <= $1", now)
            await connection.execute(
                "insert into staff.session (id, city, seat, csrf, created_at, seen_at, expires_at) "
                "values ($1, $2, $3, $4, $5, $5, $6)",
                _stored(cookie), city, seat, csrf, now, now + IDLE,
            )  # fmt: skip
        return cookie, csrf

    async def find(self, cookie: str, now: datetime) -> Staff | None:
        """Who the cookie belongs to; None if it is unknown, ended, or its seat is no more."""
        key = _stored(cookie)
        row = await self._pool.fetchrow(_FIND, key, now)
        city = self._cities.get(row["city"]) if row else None
        if row is None or city is None or row["seat"] not in city.seats:
            return None
        if now - row["seen_at"] > _TOUCH:
            until = min(now + IDLE, row["created_at"] + LONGEST)
            await self._pool.execute(_SEEN, key, now, until)
        return Staff(city=city, seat=city.seats[row["seat"]], holder=row["holder"], csrf=row["csrf"], session=key)

    async def close(self, cookie: str) -> None:
        await self._pool.execute("delete from staff.session where id = $1", _stored(cookie))

    async def password(self, city: str, seat: str) -> str | None:
        """The stored hash of an open account."""
        found: str | None = await self._pool.fetchval(
            "select password from staff.account where city = $1 and seat = $2 and closed_at is null", city, seat
        )
        return found
