"""Notices that lie in an adapter's queue: handed over, looked after, taken. Times are the database's; seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.notifier.delivery.rows import Notice, notice

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

# Whoever said meanwhile that it can't be sent, or that it was, is not overruled.
_HANDED = """
update delivery.notice set status = 'published', handed = $2, take_by = now() + make_interval(secs => $3),
    next_at = now() + make_interval(secs => least($3, $4)), why = $5, updated_at = now()
where id = $1 and status in ('queued', 'deferred') and cardinality(tried) = $6
"""

# Soon after it was handed over, then ever more rarely, and when its time is over.
_LOOK = """
update delivery.notice n set next_at = case when n.take_by <= now() then now() + make_interval(secs => $1)
    else least(n.take_by, now() + greatest(make_interval(secs => $1), (now() - n.updated_at) / 2)) end
where n.id in (
    select id from delivery.notice where status = 'published' and handed is not null and next_at <= now()
    order by next_at limit 500 for update skip locked)
returning n.*, now() >= n.take_by as over, now() - n.take_by >= make_interval(secs => $2) as vanished
"""

_TAKEN = """
update delivery.notice set status = 'accepted', updated_at = now(),
    fact = case when fact = 'none' and about is not null then 'told_due' else fact end
where id = $1 and status = 'published' returning *
"""


@dataclass(frozen=True, slots=True)
class Lying:
    """`over`: the adapter may not send it any more. `vanished`: so long ago that the queue has forgotten it."""

    notice: Notice
    sequence: int
    over: bool
    vanished: bool


class Handed:
    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def over(self, notice: Notice, sequence: int, within: float, look: float, why: str) -> None:
        """An adapter has it in its queue, to be taken `within` so long; looked after for the first time after `look`.

        By which rung it will send (a chat, a comment) is not known here: `form` stays open."""
        await self._pool.execute(_HANDED, notice.id, sequence, within, look, why, len(notice.tried))

    async def due(self, again_after: float, kept: float) -> list[Lying]:
        """Those to look after now; they are the caller's for `again_after`. `kept`: for how long the queue surely keeps
        what may not be sent any more."""
        rows = await self._pool.fetch(_LOOK, again_after, kept)
        return [Lying(notice(dict(row)), row["handed"], row["over"], row["vanished"]) for row in rows]

    async def taken(self, found: Sequence[Lying]) -> list[Notice]:
        """As the rows stand then; those of which a receipt came meanwhile are left out."""
        rows = [await self._pool.fetchrow(_TAKEN, one.notice.id) for one in found]
        return [notice(dict(row)) for row in rows if row is not None]
