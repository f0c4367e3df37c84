"""Reads and writes of `delivery`. Every change of a status names the statuses it may come from, so that two at once,
or a late word, can't undo what is known. Times are the database's; all arguments of time are seconds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.notifier.delivery.rows import Fact, NewNotice, Notice, notice
from services.notifier.sending import Form

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]


class Store:
    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def plan(self, notices: Sequence[NewNotice], found_after: float) -> set[str]:
        """Write down what is to be sent; ids of those that now wait to be published.

        That is the new ones, and those of an earlier try that ended before anything was tried with them. A replay of
        the log finds everything written down and yields nothing. `found_after`: when the sweeper may look for them.
        """
        if not notices:
            return set()
        rows = [
            (n.id, n.city, n.channel, n.door, n.owner, n.party, n.template, n.version, n.about,
             None if n.asked is None else list(n.asked))
            for n in {n.id: n for n in notices}.values()
        ]  # fmt: skip
        # unnest flattens arrays of arrays, so the rare answers carry theirs as text.
        columns = [list(column) for column in zip(*rows, strict=True)]
        columns[9] = [None if asked is None else " ".join(asked) for asked in columns[9]]
        made = await self._pool.fetch(
            "insert into delivery.notice (id, city, channel, door, owner, party, template, version, about, asked, "
            "next_at) select w.id, w.city, w.channel, w.door, w.owner, w.party, w.template, w.version, w.about, "
            "string_to_array(w.asked, ' '), now() + make_interval(secs => $11) "
            "from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], "
            "$8::int[], $9::int[], $10::text[]) "
            "with ordinality as w(id, city, channel, door, owner, party, template, version, about, asked, at) "
            "order by w.at on conflict (id) do update set id = excluded.id "
            "where delivery.notice.status = 'queued' and delivery.notice.attempts = 0 returning id",
            *columns,
            found_after,
        )
        return {row["id"] for row in made}

    async def places(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
        """Channel and door for each (owner, party) that has a contact. No name or address is read."""
        if not pairs:
            return {}
        rows = await self._pool.fetch(
            "select c.owner, c.party, c.channel, c.door from unnest($1::text[], $2::text[]) as w(owner, party) "
            "join vault.contact c on c.owner = w.owner and c.party = w.party",
            [owner for owner, _ in pairs],
            [party for _, party in pairs],
        )
        return {(row["owner"], row["party"]): (row["channel"], row["door"]) for row in rows}

    async def get(self, notice_id: str) -> Notice | None:
        row = await self._pool.fetchrow(
            "select n.*, exists (select 1 from delivery.notice o where o.owner = n.owner and o.seq < n.seq "
            "and o.status in ('queued', 'deferred', 'sending')) as behind from delivery.notice n where n.id = $1",
            notice_id,
        )
        return None if row is None else notice(dict(row))

    async def begin(self, notice_id: str, form: Form, lease: float) -> int | None:
        """Record the intent; the attempt's number, or None when somebody else was faster."""
        number = await self._pool.fetchval(
            "with claimed as (update delivery.notice set status = 'sending', form = $2, attempts = attempts + 1, "
            "next_at = now() + make_interval(secs => $3), updated_at = now() "
            "where id = $1 and status in ('queued', 'deferred') returning id, attempts) "
            "insert into delivery.attempt (notice, number, form) select id, attempts, $2 from claimed returning number",
            notice_id,
            form,
            lease,
        )
        return None if number is None else int(number)

    async def ended(self, notice_id: str, number: int, outcome: str, code: str | None) -> None:
        await self._pool.execute(
            "update delivery.attempt set ended_at = clock_timestamp(), outcome = $3, code = $4 "
            "where notice = $1 and number = $2",
            notice_id,
            number,
            outcome,
            code,
        )

    async def accepted(self, notice_id: str, provider_key: str, fact: Fact) -> None:
        """The provider answered that it took it. A receipt may have been faster: its status stays."""
        await self._pool.execute(
            "update delivery.notice set provider_key = $2, updated_at = now(), "
            "status = case when status in ('sending', 'unknown', 'queued', 'deferred') "
            "then 'accepted' else status end, "
            "fact = case when fact = 'none' then $3 else fact end where id = $1",
            notice_id,
            provider_key,
            fact,
        )

    async def published(self, notice_id: str, fact: Fact) -> None:
        """An external adapter has it in its queue."""
        await self._pool.execute(
            "update delivery.notice set status = 'published', updated_at = now(), "
            "fact = case when fact = 'none' then $2 else fact end where id = $1 and status in ('queued', 'deferred')",
            notice_id,
            fact,
        )

    async def defer(
        self, notice_id: str, seconds: float, reason: str, form: Form | None = None, *, failed: bool = False
    ) -> None:
        """Certainly not sent; again after a while, perhaps in another form. `failed`: it counts against the message."""
        await self._pool.execute(
            "update delivery.notice set status = 'deferred', reason = $3, updated_at = now(), "
            "form = coalesce($4, form), failures = failures + $5, next_at = now() + make_interval(secs => $2) "
            "where id = $1 and status in ('queued', 'deferred', 'sending', 'unknown', 'accepted', 'sent')",
            notice_id,
            seconds,
            reason,
            form,
            int(failed),
        )

    async def unknown(self, notice_id: str, wait: float, reason: str) -> None:
        await self._pool.execute(
            "update delivery.notice set status = 'unknown', reason = $3, updated_at = now(), "
            "failures = failures + 1, next_at = now() + make_interval(secs => $2) where id = $1 and status = 'sending'",
            notice_id,
            wait,
            reason,
        )

    async def end(self, notice_id: str, status: str, reason: str, fact: Fact = "none") -> bool:
        """`unreachable`, `dropped` or `skipped`; False if it had arrived meanwhile."""
        changed: str = await self._pool.execute(
            "update delivery.notice set status = $2, reason = $3, updated_at = now(), fact = $4 "
            "where id = $1 and status not in ('delivered', 'read', 'unreachable', 'dropped', 'skipped')",
            notice_id,
            status,
            reason,
            fact,
        )
        return changed != "UPDATE 0"

    async def fact_recorded(self, notice_id: str, due: Fact) -> None:
        await self._pool.execute(
            "update delivery.notice set fact = replace(fact, '_due', ''), updated_at = now() "
            "where id = $1 and fact = $2",
            notice_id,
            due,
        )

    async def find(self, notice_id: str | None, provider_key: str) -> Notice | None:
        """By our own id where the provider gave it back, else by the provider's."""
        row = await self._pool.fetchrow(
            "select n.* from delivery.notice n where n.id = $1 or ($1 is null and n.provider_key = $2)",
            notice_id,
            provider_key,
        )
        return None if row is None else notice(dict(row))
