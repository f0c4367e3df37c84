"""Offices' own programs that hear of their tasks by a signed call: registered, rotated, tested and ended here.

Address and secrets lie sealed; the notifier opens them when it calls. Of a call's content nothing is kept.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from services.contracts import webhooks
from services.contracts.city import City
from services.contracts.ids import derive
from services.runtime.vault import Vault
from services.runtime.webhook_box import PARTY, Box, Secret, closed, opened

MOST = 3
"""Of one seat."""
OF_FILE = "city_file"
"""Stands for whoever registered it; no seat has such an id."""
NO_SECRET = "no_secret"  # noqa: S105  # a reason
"""Why one is not called yet: nobody knows the secret that it would be signed with."""
NOT_IN_FILE = "not_in_file"
"""Why one is not called any more: its address was taken out of the city's file."""
OVERLAP = timedelta(hours=24)
"""How long the old secret still signs beside a new one."""


@dataclass(frozen=True)
class Registered:
    """`waiting`: complaints whose newest state was not taken yet; `given_up`: whose was not taken for three days."""

    id: str
    seat: str
    url: str
    enabled: bool
    made_at: datetime
    last_ok_at: datetime | None
    last_outcome: str | None
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_why: str | None
    test_waits: bool
    test_done_at: datetime | None
    test_outcome: str | None
    old_secret_until: datetime | None
    waiting: int
    given_up: int
    of_file: bool = False
    """Its address stands in the city's file and is changed there."""


@dataclass(frozen=True)
class Fresh:
    """`secret` is shown once."""

    id: str
    secret: str


class TooManyError(Exception):
    """The seat has as many as it may have."""


class Webhooks:
    def __init__(
        self, pool: asyncpg.Pool, vault: Vault, clock: Callable[[], datetime], *, inside: bool = False
    ) -> None:
        """`inside`: addresses of one's own network may be called, for development and tests."""
        self._pool = pool
        self._vault = vault
        self._clock = clock
        self._inside = inside

    async def of(self, city: str, seats: tuple[str, ...] | None = None) -> list[Registered]:
        """Of all seats, or of these."""
        rows = await self._pool.fetch(_ALL, city, None if seats is None else list(seats))
        keys = await self._vault.keys([(row["id"], PARTY) for row in rows])
        return [self._read(row, opened(keys[row["id"], PARTY], row["id"], row["box"])) for row in rows]

    def _read(self, row: Any, box: Box) -> Registered:
        now = self._clock()
        until = [one.until for one in box.secrets if one.until is not None and one.until > now]
        asked, done = row["test_asked_at"], row["test_done_at"]
        return Registered(
            row["id"], row["seat"], box.url, row["enabled"], row["made_at"], row["last_ok_at"], row["last_outcome"],
            row["failing_since"], row["disabled_at"], row["disabled_why"],
            asked is not None and (done is None or done < asked), done, row["test_outcome"],
            max(until, default=None), row["waiting"], row["given_up"], row["made_by"] == OF_FILE,
        )  # fmt: skip

    async def add(self, city: City, seat: str, url: str, by: str) -> Fresh:
        """From now on it hears everything that is open in the seat's queue, and each change. Raises
        `webhooks.BadAddressError`, KeyError for no seat of the city, TooManyError."""
        url = webhooks.checked(url, inside=self._inside)
        known = city.seats[seat]
        async with self._pool.acquire() as connection, connection.transaction():
            return await self.put(connection, city.id, known.id, url, by)

    async def put(self, connection: Any, city: str, seat: str, url: str, by: str) -> Fresh:
        """Of the caller's transaction, which holds the seat's lock from here on. Raises TooManyError."""
        fresh = webhooks.secret_of(secrets.token_bytes(webhooks.SECRET_BYTES))
        name = derive(await self._vault.id_key(city), "webhook-of", seat, secrets.token_hex(16))
        await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 11))", f"{city}:{seat}")
        count = await connection.fetchval(
            "select count(*) from delivery.webhook where city = $1 and seat = $2", city, seat
        )
        if count >= MOST:
            raise TooManyError
        key = (await self._vault.make_keys([(name, PARTY)], connection))[name, PARTY]
        box = closed(key, name, Box(url=url, secrets=(Secret(secret=fresh),)))
        await connection.execute(
            "insert into delivery.webhook (id, city, seat, box, made_by, made_at) values ($1, $2, $3, $4, $5, $6)",
            name, city, seat, box, by, self._clock(),
        )  # fmt: skip
        return Fresh(name, fresh)

    async def rotate(self, city: str, name: str) -> Fresh | None:
        """A new secret; the one before signs beside it for a day. One whose secret nobody knew is called from now on.
        None: there is no such webhook."""
        fresh = webhooks.secret_of(secrets.token_bytes(webhooks.SECRET_BYTES))
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(
                "select box, disabled_why from delivery.webhook where id = $1 and city = $2 for update", name, city
            )
            if row is None:
                return None
            key = (await self._vault.keys([(name, PARTY)], connection))[name, PARTY]
            box = opened(key, name, row["box"])
            known = row["disabled_why"] != NO_SECRET
            before = Secret(secret=box.secrets[0].secret, until=self._clock() + OVERLAP)
            signing = (Secret(secret=fresh), before) if known else (Secret(secret=fresh),)
            turned = closed(key, name, Box(url=box.url, secrets=signing))
            await connection.execute("update delivery.webhook set box = $2 where id = $1", name, turned)
            if not known:
                await connection.execute(_CALLED, name, self._clock())
        return Fresh(name, fresh)

    async def test(self, city: str, name: str) -> bool:
        return await self._one(
            "update delivery.webhook set test_asked_at = $3::timestamptz where id = $1 and city = $2 returning true",
            city,
            name,
        )

    async def enable(self, city: str, name: str) -> bool:
        """It hears what changed meanwhile, and what it did not take."""
        async with self._pool.acquire() as connection, connection.transaction():
            # Tasks before their webhook, as whoever calls writes them.
            await connection.execute(
                "update delivery.webhook_task t set tries = 0, failing_since = null, next_at = $2 "
                "from delivery.webhook w where w.id = $1 and w.city = $3 and t.webhook = w.id "
                "and t.n > coalesce(t.sent_n, 0) and (t.next_at is not null or t.tries > 0)",
                name, self._clock(), city,
            )  # fmt: skip
            done = await connection.fetchval(
                "update delivery.webhook set enabled = true, failures = 0, failing_since = null, disabled_at = null, "
                "disabled_why = null, rests_until = $3::timestamptz where id = $1 and city = $2 "
                "and coalesce(disabled_why, '') <> all($4::text[]) returning true",
                name, city, self._clock(), [NO_SECRET, NOT_IN_FILE],
            )  # fmt: skip
        return bool(done)

    async def disable(self, city: str, name: str) -> bool:
        return await self._one(
            "update delivery.webhook set enabled = false, disabled_at = $3, disabled_why = 'by_hand', told_at = $3 "
            "where id = $1 and city = $2 returning true", city, name,
        )  # fmt: skip

    async def remove(self, city: str, name: str) -> bool:
        """Of its key a tombstone stays: what it sealed is unreadable in backups, too."""
        return bool(await self._pool.fetchval("select delivery.drop_webhook($1, $2)", city, name))

    async def _one(self, query: str, city: str, name: str) -> bool:
        return bool(await self._pool.fetchval(query, name, city, self._clock()))


_CALLED = """
update delivery.webhook set enabled = true, failures = 0, failing_since = null, disabled_at = null, disabled_why = null,
    rests_until = $2::timestamptz where id = $1
"""

_ALL = """
select w.*,
    (select count(*) from delivery.webhook_task t where t.webhook = w.id and t.next_at is not null) as waiting,
    (select count(*) from delivery.webhook_task t where t.webhook = w.id and t.next_at is null and t.tries > 0)
        as given_up
from delivery.webhook w where w.city = $1 and ($2::text[] is null or w.seat = any($2)) order by w.seat, w.made_at
"""
