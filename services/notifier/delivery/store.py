"""Reads and writes of `delivery`. Every change of a status names the statuses it may come from, so that two at once,
or a late word, can't undo what is known. Times are the database's; all arguments of time are seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from services.notifier.delivery.rows import Fact, Lives, NewNotice, Notice
from services.notifier.delivery.rows import notice as notice_of
from services.notifier.sending import Form

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

SPACING = 1.0
"""Seconds by which each notice of a lane stands behind the one before it: a matter with thousands who wait takes turns
with everybody else's news, and is itself never overtaken for longer than its own line is."""

AHEAD = 1e9
"""Seconds by which a message about danger stands before everything else."""

FIRST = 300.0
"""Seconds by which the first word to somebody, or an answer, stands before further news: who has just written looks at
the phone. In a rush the news of thousands waits for that long, not longer."""

_PLAN = f"""
with wanted as (
    select w.*, row_number() over (partition by w.lane order by w.at) as place
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
        $9::int[], $10::text[], $11::bool[], $12::text[], $13::text[], $17::float8[], $18::text[])
        with ordinality
        as w(id, city, channel, door, owner, party, template, version, about, asked, urgent, lane, detail, wait, waits,
             at)
), before as (
    select n.lane, count(*) as many from delivery.notice n
    where n.lane in (select lane from wanted) and n.status in ('queued', 'deferred') group by n.lane
)
insert into delivery.notice (id, city, channel, door, owner, party, template, version, about, asked, urgent, lane,
    detail, way, at_door, next_at, rank, status, reason)
select w.id, w.city, w.channel, w.door, w.owner, w.party, w.template, w.version, w.about,
    string_to_array(w.asked, ' '), w.urgent, w.lane, w.detail, w.channel, w.door,
    now() + make_interval(secs => case when w.wait > 0 then w.wait else $14 end),
    extract(epoch from clock_timestamp())
        - (case when w.urgent then $15
            when w.party = 'reporter:1' and (w.about = 1 or w.asked is not null) then {FIRST} else 0 end)
        + $16 * (w.place - 1 + coalesce(b.many, 0)),
    case when w.wait > 0 then 'deferred' else 'queued' end, case when w.wait > 0 then w.waits end
from wanted w left join before b on b.lane = w.lane
order by w.at on conflict (id) do update set id = excluded.id
where delivery.notice.status = 'queued' and delivery.notice.attempts = 0 returning id
"""  # noqa: S608  # no value of anybody's

_BEHIND = """exists (select 1 from delivery.notice o where o.owner = n.owner and o.seq < n.seq
    and (o.status in ('queued', 'sending')
        or o.status = 'deferred' and coalesce(o.reason, '') not in ('later', 'quiet', 'digest')))"""
"""What waits for a later hour holds nobody up until that hour has come."""

_BEST = f"""
select n.*, false as behind from delivery.notice n
where n.status = 'queued' and n.city = $1 and n.at_door = $2 and n.id <> all($3::text[]) and not {_BEHIND}
order by n.rank, n.seq limit $4
"""  # noqa: S608  # no value of anybody's

_KEPT = "case when reason in ('quiet', 'digest') then reason else {} end"
"""Whatever holds it up once its hour has come: it still goes with those that waited for the same hour."""

_AGAIN_SOON = f"""
update delivery.notice set status = 'deferred', reason = {_KEPT.format("'behind'")}, updated_at = now(),
    next_at = now() + make_interval(secs => $4)
where status = 'queued' and id in (
    select id from delivery.notice where status = 'queued' and city = $1 and at_door = $2 and id <> all($3::text[])
    order by rank, seq limit 50 for update skip locked)
"""  # noqa: S608  # no value of anybody's

_BEGIN = """
with mine as (
    select id, city from delivery.notice where id = $1 and status in ('queued', 'deferred') for update skip locked
), paid as (
    insert into delivery.spent (city, day, rupiah, messages)
    select city, $5, $4::int, 1 from mine where $4::int > 0 and ($8::bigint is null or $4::int <= $8::bigint)
    on conflict (city, day) do update set rupiah = delivery.spent.rupiah + $4::int,
        messages = delivery.spent.messages + 1
    where $8::bigint is null or delivery.spent.rupiah + $4::int <= $8::bigint
    returning city
), claimed as (
    update delivery.notice n set status = 'sending', form = $2::text, why = $6, attempts = attempts + 1,
        next_at = now() + make_interval(secs => $3), updated_at = now()
    from mine m where n.id = m.id and ($4::int = 0 or exists (select 1 from paid)) returning n.id, n.attempts
)
insert into delivery.attempt (notice, number, form, cost, way)
select id, attempts, $2::text, $4::int, $7 from claimed returning number
"""

_ENDED = """
with done as (
    update delivery.attempt set ended_at = clock_timestamp(), outcome = $3, code = $4
    where notice = $1 and number = $2 returning cost
)
update delivery.spent s set rupiah = s.rupiah - d.cost, messages = s.messages - 1
from done d, delivery.notice n
where d.cost > 0 and $3 not in ('accepted', 'lost') and n.id = $1 and s.city = n.city and s.day = $5
"""

# Waits for a row that is just being written: skipped over, it would go out by itself a moment later. Nobody who holds
# one of them waits for another, so there is no circle.
_GATHER = """
with taken as (
    update delivery.notice set status = 'skipped', reason = 'within', within = $1, updated_at = now()
    where id in (
        select n.id from delivery.notice n, delivery.notice c
        where c.id = $1 and c.status in ('queued', 'deferred') and n.owner = c.owner and n.party = c.party
        and n.id <> c.id and n.status in ('queued', 'deferred') and n.reason in ('quiet', 'digest')
        and n.attempts = 0 and n.next_at <= now() + interval '5 minutes' for update of n)
    returning id
)
update delivery.notice set reason = case when reason in ('quiet', 'digest') then null else reason end,
    carries = carries or exists (select 1 from taken) where id = $1 returning *
"""


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: by which rung and way, why that one, and what it costs on which of the city's days."""

    form: Form
    way: str
    why: str
    cost: int
    day: date
    limit: int | None = None
    """Of what may be spent on that day; None: it may."""


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
             None if n.asked is None else " ".join(n.asked), n.urgent, n.lane or n.owner,
             n.detail, n.wait, n.waits)
            for n in {n.id: n for n in notices}.values()
        ]  # fmt: skip
        # unnest flattens arrays of arrays, so the rare answers carry theirs as text.
        columns = [list(column) for column in zip(*rows, strict=True)]
        made = await self._pool.fetch(_PLAN, *columns[:13], found_after, AHEAD, SPACING, *columns[13:])
        return {row["id"] for row in made}

    async def pass_on(self, city: str, door: str, in_hand: Sequence[str], seconds: float) -> None:
        """Queued ones of a door that nobody has in hand, the first in its order, come again after a while."""
        await self._pool.execute(_AGAIN_SOON, city, door, list(in_hand), seconds)

    async def places(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Lives]:
        """Each (owner, party) that has a contact. No name or address is read."""
        if not pairs:
            return {}
        rows = await self._pool.fetch(
            "select c.owner, c.party, c.channel, c.door, c.last_heard_at "
            "from unnest($1::text[], $2::text[]) as w(owner, party) "
            "join vault.contact c on c.owner = w.owner and c.party = w.party",
            [owner for owner, _ in pairs],
            [party for _, party in pairs],
        )
        return {(row["owner"], row["party"]): Lives(row["channel"], row["door"], row["last_heard_at"]) for row in rows}

    async def get(self, notice_id: str) -> Notice | None:
        row = await self._pool.fetchrow(
            f"select n.*, {_BEHIND} as behind from delivery.notice n where n.id = $1",  # noqa: S608
            notice_id,
        )
        return None if row is None else notice_of(dict(row))

    async def best(self, city: str, door: str, in_hand: Sequence[str], most: int = 1) -> list[Notice]:
        """Whose turn it is at this door: danger first, then fair between matters, one person's in their order."""
        rows = await self._pool.fetch(_BEST, city, door, list(in_hand), most)
        return [notice_of(dict(row)) for row in rows]

    async def gather(self, notice: Notice) -> Notice:
        """Those to the same person that waited for the same hour go with this one. May be repeated. It may itself have
        gone with another meanwhile, and does not wait any more."""
        async with self._pool.acquire() as connection, connection.transaction():
            # One at a time for each person, or two would take each other along.
            await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 30))", notice.owner)
            row = await connection.fetchrow(_GATHER, notice.id)
        return notice if row is None else notice_of(dict(row))

    async def carried(self, notice: Notice) -> list[Notice]:
        """What this one tells of beside itself, in the order in which it was planned."""
        rows = await self._pool.fetch("select * from delivery.notice where within = $1 order by seq", notice.id)
        return [notice_of(dict(row)) for row in rows]

    async def carried_told(self, notice_id: str) -> None:
        """What the log should know of those that went out within another: by the same way, at the same time."""
        await self._pool.execute(
            "update delivery.notice m set fact = 'told_due', way = c.way, form = c.form, why = c.why, "
            "updated_at = now() from delivery.notice c "
            "where c.id = $1 and m.within = c.id and m.fact = 'none' and m.about is not null",
            notice_id,
        )

    async def begin(self, notice_id: str, try_: Try, lease: float) -> int | None:
        """Record the intent and what it costs; the attempt's number, or None.

        That means that somebody else was faster, or that others have spent what was left meanwhile.
        """
        number = await self._pool.fetchval(
            _BEGIN, notice_id, try_.form, lease, try_.cost, try_.day, try_.why, try_.way, try_.limit
        )
        return None if number is None else int(number)

    async def ended(self, notice_id: str, number: int, outcome: str, code: str | None, day: date) -> None:
        """What certainly did not go out costs nothing."""
        await self._pool.execute(_ENDED, notice_id, number, outcome, code, day)

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

    async def defer(
        self,
        notice_id: str,
        seconds: float,
        reason: str,
        *,
        tried: str | None = None,
        failed: bool = False,
    ) -> None:
        """Certainly not sent; again after a while. `failed`: it counts against the message.

        `tried`: this rung (`rung:reason`) failed for good; the next one starts without failures.
        """
        await self._pool.execute(
            "update delivery.notice set status = 'deferred', reason = $3, updated_at = now(), "
            "tried = case when $4::text is null or $4 = any(tried) then tried else tried || $4 end, "
            "failures = case when $4::text is null then failures + $5 else 0 end, "
            "fact = case when $4::text is not null and fact in ('told_due', 'told') then 'none' else fact end, "
            "next_at = now() + make_interval(secs => $2) where id = $1 and status in "
            "('queued', 'deferred', 'sending', 'unknown', 'published', 'accepted', 'sent')",
            notice_id,
            seconds,
            reason,
            tried,
            int(failed),
        )

    async def later(self, notice_id: str, seconds: float, reason: str) -> bool:
        """Nothing was tried, again after a while. False: it does not wait any more, somebody had it in hand meanwhile.

        What was read of it before a pause may be old; to defer one that went out since would send it twice.
        """
        changed: str = await self._pool.execute(
            f"update delivery.notice set status = 'deferred', reason = {_KEPT.format('$3')}, updated_at = now(), "  # noqa: S608
            "next_at = now() + make_interval(secs => $2) where id = $1 and status in ('queued', 'deferred')",
            notice_id,
            seconds,
            reason,
        )
        return changed != "UPDATE 0"

    async def move(self, notice_id: str, way: str, door: str, why: str) -> None:
        """To the queue of another way; the sweeper puts it there."""
        await self._pool.execute(
            "update delivery.notice set status = 'deferred', reason = 'moved', updated_at = now(), next_at = now(), "
            "way = $2, at_door = $3, why = $4 where id = $1 and status in ('queued', 'deferred')",
            notice_id,
            way,
            door,
            why,
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
        """`calling`, `unreachable`, `dropped` or `skipped`; False if it had arrived meanwhile."""
        changed: str = await self._pool.execute(
            "update delivery.notice set status = $2, reason = $3, updated_at = now(), fact = $4 "
            "where id = $1 and status not in ('delivered', 'read', 'calling', 'unreachable', 'dropped', 'skipped')",
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
        return None if row is None else notice_of(dict(row))
