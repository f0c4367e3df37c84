"""Signs that somebody sits on a seat: its commands and requests, its pages, its program that takes tasks."""

import json
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from nats.aio.client import Client
from nats.errors import Error as NatsError
from pydantic import BaseModel

from services.contracts import subjects
from services.runtime.commands import Request

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

M = TypeVar("M", bound=BaseModel)
A = TypeVar("A", bound=BaseModel)
Key = tuple[str, str]
"""City and seat."""

TOUCH = timedelta(minutes=1)
"""A seat that is busy is written down once in this time."""

_NOTE = (
    "insert into router.seat_seen (city, seat, at) values ($1, $2, $3) "
    "on conflict (city, seat) do update set at = greatest(seat_seen.at, excluded.at)"
)
_LOOKED = "select city, seat, max(seen_at) as at from staff.session group by city, seat"


class Signs:
    def __init__(self, pool: "Pool", vault_pool: "Pool", connection: Client, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._vault_pool = vault_pool
        self._connection = connection
        self._clock = clock
        self._noted: dict[Key, datetime] = {}

    def heard(self, answer: Callable[[Request[M]], Awaitable[A]]) -> Callable[[Request[M]], Awaitable[A]]:
        """The same answer to an agency's request; that it asked is a sign, whatever the answer."""

        async def noting(request: Request[M]) -> A:
            await self.note(request.tokens[1], request.tokens[3])
            return await answer(request)

        return noting

    async def note(self, city: str, seat: str) -> None:
        """Somebody of this seat does something just now."""
        now, last = self._clock(), self._noted.get((city, seat))
        if last is not None and now - last < TOUCH:
            return
        await self._pool.execute(_NOTE, city, seat, now)
        self._noted[city, seat] = now

    async def last(self, programs: Iterable[Key]) -> dict[Key, datetime]:
        """The last sign of each seat that ever gave one. `programs`: agencies that connect one."""
        found: dict[Key, datetime] = {}
        seen = await self._pool.fetch("select city, seat, at from router.seat_seen")
        looked = await self._vault_pool.fetch(_LOOKED)
        for row in (*seen, *looked):
            key = (row["city"], row["seat"])
            found[key] = max(found.get(key, row["at"]), row["at"])
        for key in programs:
            taken = await self._taken(*key)
            if taken is not None:
                found[key] = max(found.get(key, taken), taken)
        return found

    async def _taken(self, city: str, agency: str) -> datetime | None:
        """When the agency's program last acknowledged a task; None if it never did, or the broker does not say."""
        name = f"$JS.API.CONSUMER.INFO.{subjects.AGENCY}.{subjects.agency_consumer(city, agency)}"
        try:
            answer = json.loads((await self._connection.request(name, b"", timeout=5)).data)
        except NatsError:
            return None
        at = answer.get("ack_floor", {}).get("last_active")
        return datetime.fromisoformat(at) if at is not None else None
