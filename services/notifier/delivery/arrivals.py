"""Receipts that say how far messages have come, many at once: one statement, whatever their number and order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.contracts.intake import StoredReceipt
from services.notifier.delivery.rows import RECEIVED, Notice, notice

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

_BEFORE_ANSWER = ("sending", "unknown", "queued", "deferred", "published")
"""Statuses that any word of the provider refutes."""

# Each notice by our own id where the provider gave it back, else by the provider's; of several receipts the furthest.
# What was given up, dropped or skipped stays so.
_ARRIVED = """
with given as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[]) as g(id, key, city, channel, rank)
), meant as (
    select n.id, g.key, g.rank from given g join delivery.notice n
        on n.id = g.id and n.city = g.city and n.way = g.channel
    union all
    select n.id, g.key, g.rank from given g join delivery.notice n
        on g.id is null and n.provider_key = g.key and n.city = g.city and n.way = g.channel
), furthest as (
    select distinct on (m.id) m.id, m.key, m.rank, n.fact as before
    from meant m join delivery.notice n on n.id = m.id order by m.id, m.rank desc
)
update delivery.notice n set
    status = case when coalesce(array_position($6::text[], n.status), 0) < f.rank
        then ($6::text[])[f.rank] else n.status end,
    updated_at = now(),
    provider_key = coalesce(n.provider_key, f.key),
    fact = case when n.fact = 'none' and n.about is not null then 'told_due' else n.fact end
from furthest f
where n.id = f.id and n.status = any($6::text[] || $7::text[])
    and (coalesce(array_position($6::text[], n.status), 0) < f.rank or n.provider_key is null
        or n.fact = 'none' and n.about is not null)
returning n.*, f.before
"""

_HEARD = """
insert into delivery.heard (city, channel, last_receipt_at)
select distinct g.city, g.channel, now() from unnest($1::text[], $2::text[]) as g(city, channel)
on conflict (city, channel) do update set last_receipt_at = now()
where delivery.heard.last_receipt_at < now() - interval '1 second'
"""


@dataclass(frozen=True, slots=True)
class Arrivals:
    pool: "Pool"

    async def heard(self, receipts: Sequence[StoredReceipt]) -> None:
        """Receipts of these channels come in. Written at most once a second."""
        await self.pool.execute(_HEARD, [r.city for r in receipts], [r.channel for r in receipts])

    async def take(self, receipts: Sequence[StoredReceipt]) -> list[Notice]:
        """None of them failed. Statuses move forward only; those whose fact is due since this moment come back."""
        rows = await self.pool.fetch(
            _ARRIVED,
            [r.notice for r in receipts],
            [r.provider_key for r in receipts],
            [r.city for r in receipts],
            [r.channel for r in receipts],
            [RECEIVED.index(r.status) + 1 for r in receipts],
            list(RECEIVED),
            list(_BEFORE_ANSWER),
        )
        return [notice(dict(row)) for row in rows if row["before"] == "none" and row["fact"] == "told_due"]
