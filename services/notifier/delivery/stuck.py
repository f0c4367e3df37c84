"""What the sweeper asks of `delivery`: everything that waits longer than it should. Rows are taken, never read twice
at once (`for update skip locked`), so that replicas share the work. Times are seconds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.notifier.delivery.rows import Notice, notice

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

_DUE = """
update delivery.notice n set status = 'queued', next_at = now() + make_interval(secs => $1), updated_at = now()
where n.id in (
    select id from delivery.notice where status = 'deferred' and next_at <= now()
    order by rank, seq limit 500 for update skip locked)
returning n.*
"""

_JUST_BEFORE = 30
"""Seconds within which whoever looked at the money before the stop was lifted has put the notice off."""

_FREED = f"""
update delivery.notice n set next_at = now() where n.status = 'deferred' and n.reason = 'budget' and n.next_at > now()
and exists (
    select 1 from delivery.lifted l where l.city = n.city and l.at > n.updated_at - interval '{_JUST_BEFORE} seconds')
"""  # noqa: S608  # a number of ours

_LOST = """
update delivery.notice n set next_at = now() + make_interval(secs => $1), updated_at = now()
where n.id in (
    select q.id from unnest($2::text[], $3::text[]) as w(city, way) join delivery.notice q
    on q.city = w.city and q.way = w.way and q.status = 'queued' and q.next_at <= now()
    order by q.seq limit 500 for update of q skip locked)
returning n.*
"""

_LATE = """
select w.city, w.way from unnest($1::text[], $2::text[]) as w(city, way)
where exists (select 1 from delivery.notice q
    where q.city = w.city and q.way = w.way and q.status = 'queued' and q.next_at <= now())
"""

_CRASHED = """
update delivery.notice n
set status = 'unknown', reason = 'crashed', failures = failures + 1, updated_at = now(),
    next_at = now() + make_interval(secs => $1)
where n.id in (
    select id from delivery.notice where status = 'sending' and next_at <= now()
    order by seq limit 500 for update skip locked)
returning n.*
"""

_SILENT = """
update delivery.notice n set next_at = now() + make_interval(secs => $1)
where n.id in (
    select u.id from delivery.notice u where u.status = 'unknown' and u.next_at <= now() and (
        u.updated_at <= now() - make_interval(secs => $2)
        or exists (
            select 1 from delivery.heard h where h.city = u.city and h.channel = u.way
            and h.last_receipt_at > u.updated_at + make_interval(secs => $3)))
    order by u.seq limit 500 for update skip locked)
returning n.*
"""

_FACTS = """
select n.* from delivery.notice n where n.fact in ('told_due', 'call_due', 'unreachable_due')
and n.updated_at <= now() - make_interval(secs => $1) order by n.updated_at limit 500
"""


class Stuck:
    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def due(self, again_after: float) -> list[Notice]:
        """Deferred ones whose time has come; they count as queued from now on."""
        return await self._take(_DUE, again_after)

    async def freed(self) -> None:
        """Those that waited for money, once staff have lifted the stop."""
        await self._pool.execute(_FREED)

    async def late(self, channels: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of the channels (city, way) in which something is queued for longer than it should be."""
        rows = await self._pool.fetch(_LATE, [city for city, _ in channels], [way for _, way in channels])
        return [(row["city"], row["way"]) for row in rows]

    async def lost(self, channels: Sequence[tuple[str, str]], again_after: float) -> list[Notice]:
        """Queued long ago. `channels` (city, way): those of which OUTBOUND holds nothing more, else they wait."""
        cities, names = [city for city, _ in channels], [channel for _, channel in channels]
        return await self._take(_LOST, again_after, cities, names)

    async def crashed(self, wait: float) -> list[Notice]:
        """Claimed, and nobody recorded an outcome: whether they went out is unknown. Policy looks after `wait`."""
        return await self._take(_CRASHED, wait)

    async def silent(self, hold: float, margin: float, wait: float) -> list[Notice]:
        """Unknown ones that no receipt came for, although others' came `margin` later, or for `hold` in any case.

        They are the caller's for `wait`.
        """
        return await self._take(_SILENT, wait, hold, margin)

    async def facts(self, after: float) -> list[Notice]:
        """Outcomes that the log does not know yet, because a process ended in between."""
        return [notice(dict(row)) for row in await self._pool.fetch(_FACTS, after)]

    async def fact_failed(self, notice_id: str) -> None:
        """Looked at again as if it were due from now on."""
        await self._pool.execute("update delivery.notice set updated_at = now() where id = $1", notice_id)

    async def _take(self, statement: str, *arguments: float | list[str]) -> list[Notice]:
        rows = await self._pool.fetch(statement, *arguments)
        return [notice(dict(row)) for row in sorted(rows, key=lambda row: (row["rank"], row["seq"]))]
