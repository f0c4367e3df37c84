"""Webhooks and what waits for them, as they stand in the vault's database. All times come from outside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from services.contracts.tasks import Task
from services.runtime import logs
from services.runtime.sealing import Unsealable
from services.runtime.vault import Vault
from services.runtime.webhook_box import PARTY, Box, opened

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

_log = logs.get(__name__)

OVER = frozenset({"gone", "closed"})
"""States of a task that nobody works on: whoever never heard of it need not hear of it now."""


@dataclass(frozen=True, slots=True)
class Webhook:
    id: str
    city: str
    seat: str
    box: Box
    enabled: bool
    cursor: int
    failures: int
    failing_since: datetime | None
    rests_until: datetime
    test_asked_at: datetime | None
    test_done_at: datetime | None

    @property
    def test_waits(self) -> bool:
        return self.test_asked_at is not None and (self.test_done_at is None or self.test_done_at < self.test_asked_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    complaint: str
    n: int
    tries: int
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A task of the seat's queue. `told`: also whoever never heard of the complaint is to hear it."""

    complaint: str
    n: int
    told: bool

    @classmethod
    def of(cls, body: bytes) -> "Seen":
        task = json.loads(body)
        return cls(task["complaint"], task["n"], task["state"] not in OVER)


def webhook_name(task: Task, of: str) -> str:
    """What the id of a message is made of: the same for every attempt, and another for another state."""
    return f"{of}:{task.complaint}:{task.n}:{task.update}"


class Rows:
    def __init__(self, pool: "Pool", vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def all(self) -> list[Webhook]:
        """Those that are enabled, or that a test is wanted of."""
        rows = await self._pool.fetch(
            "select * from delivery.webhook where enabled or (test_asked_at is not null and "
            "(test_done_at is null or test_done_at < test_asked_at)) order by id"
        )
        keys = await self._vault.keys([(row["id"], PARTY) for row in rows])
        found: list[Webhook] = []
        for row in rows:
            key = keys.get((row["id"], PARTY))
            if key is None:
                continue
            try:
                box = opened(key, row["id"], row["box"])
            except (Unsealable, ValidationError) as error:  # one that can't be read must not silence the others
                _log.error("webhook_unreadable", webhook=row["id"], seat=row["seat"], error=error)
                continue
            found.append(_webhook(row, box))
        return found

    async def seen(self, hook: Webhook, tasks: Sequence[Seen], cursor: int, now: datetime) -> None:
        """Newest states of the queue. What is older than was taken already waits for nothing; a tombstone of a
        complaint that the program never heard of is not told."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "insert into delivery.webhook_task as t (webhook, complaint, n, next_at) "
                "select $1, s.complaint, s.n, case when s.told then $5::timestamptz end "
                "from unnest($2::text[], $3::int[], $4::bool[]) as s (complaint, n, told) "
                "on conflict (webhook, complaint) do update set n = excluded.n, tries = 0, failing_since = null, "
                "next_at = case when excluded.next_at is not null or t.sent_n is not null or t.tries > 0 "
                "or t.claimed_until is not null then $5::timestamptz end "
                "where excluded.n > t.n",
                hook.id, [s.complaint for s in tasks], [s.n for s in tasks], [s.told for s in tasks], now,
            )  # fmt: skip
            await connection.execute("update delivery.webhook set cursor = $2 where id = $1", hook.id, cursor)

    async def claim(self, hook: Webhook, most: int, now: datetime, lease: float) -> list[Waiting]:
        """None of one that was disabled meanwhile, however much still waits for it. Never more than `most`: without the
        `with`, a plan may ask for the first ones once for each row of the table, and get others each time."""
        rows = await self._pool.fetch(
            "with w as materialized (select complaint from delivery.webhook_task "
            "where webhook = $1 and next_at <= $2 and (claimed_until is null or claimed_until <= $2) "
            "and exists (select 1 from delivery.webhook where id = $1 and enabled) "
            "order by next_at, complaint limit $4 for update skip locked) "
            "update delivery.webhook_task t set claimed_until = $3 from w "
            "where t.webhook = $1 and t.complaint = w.complaint returning t.*",
            hook.id, now, now + timedelta(seconds=lease), most,
        )  # fmt: skip
        return [Waiting(row["complaint"], row["n"], row["tries"], row["failing_since"]) for row in rows]

    async def took(self, hook: str, complaint: str, n: int, outcome: str, now: datetime) -> None:
        """A newer state that came meanwhile waits on."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "update delivery.webhook_task set sent_n = greatest(sent_n, $3::int), tries = 0, failing_since = null, "
                "claimed_until = null, next_at = case when n > $3 then $4::timestamptz end, outcome = $5 "
                "where webhook = $1 and complaint = $2",
                hook, complaint, n, now, outcome,
            )  # fmt: skip
            await connection.execute(
                "update delivery.webhook set failures = 0, failing_since = null, rests_until = $2, last_ok_at = $2, "
                "last_tried_at = $2, last_outcome = $3 where id = $1",
                hook, now, outcome,
            )  # fmt: skip

    async def failed(
        self, hook: str, complaint: str, n: int, why: str, now: datetime, *, next_at: datetime | None, rests: datetime
    ) -> datetime:
        """`next_at` None: this message is given up. Since when the program has taken nothing."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "update delivery.webhook_task set tries = tries + 1, outcome = $5, claimed_until = null, "
                "failing_since = coalesce(failing_since, $6::timestamptz), "
                "next_at = case when n > $3 then $6::timestamptz else $4::timestamptz end "
                "where webhook = $1 and complaint = $2",
                hook, complaint, n, next_at, why, now,
            )  # fmt: skip
            since: datetime = await connection.fetchval(
                "update delivery.webhook set failures = failures + 1, "
                "failing_since = coalesce(failing_since, $2::timestamptz), "
                "rests_until = greatest(rests_until, $3::timestamptz), last_tried_at = $2, last_outcome = $4 "
                "where id = $1 returning failing_since",
                hook, now, rests, why,
            )  # fmt: skip
        return since

    async def nothing_left(self, hook: str, complaint: str) -> None:
        """The queue holds nothing of it any more."""
        await self._pool.execute(
            "delete from delivery.webhook_task where webhook = $1 and complaint = $2", hook, complaint
        )

    async def disable(self, hook: str, why: str, now: datetime) -> bool:
        """True: it was enabled until now."""
        done = await self._pool.fetchval(
            "update delivery.webhook set enabled = false, disabled_at = $2, disabled_why = $3, told_at = null "
            "where id = $1 and enabled returning true",
            hook, now, why,
        )  # fmt: skip
        return bool(done)

    async def tested(self, hook: str, asked: datetime, outcome: str, now: datetime) -> None:
        await self._pool.execute(
            "update delivery.webhook set test_done_at = greatest($3::timestamptz, test_asked_at), test_outcome = $4 "
            "where id = $1 and test_asked_at = $2",
            hook, asked, now, outcome,
        )  # fmt: skip


def _webhook(row: Any, box: Box) -> Webhook:
    return Webhook(
        row["id"], row["city"], row["seat"], box, row["enabled"], row["cursor"], row["failures"],
        row["failing_since"], row["rests_until"], row["test_asked_at"], row["test_done_at"],
    )  # fmt: skip
