"""Carries out what officers want: their pictures fetched, the router asked, the answer handed to the notifier.

A table of work that survives a crash; every step may be repeated. One officer's orders go one after the other. The
door never waits for any of it.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts import ids, subjects
from services.contracts.city import City
from services.contracts.intake import Ask, Media
from services.contracts.officers import OfficerAnswer, OfficerDo, OfficerTask, Said
from services.contracts.tasks import Task
from services.intake.evidence import media
from services.intake.evidence.attaching import Fetcher, Gone
from services.intake.evidence.keeper import Keeper
from services.intake.inbox.chats import REPORTER
from services.intake.officers import acting, orders
from services.intake.officers.acting import Missing
from services.intake.officers.asking import Asking, NobodyAnswersError
from services.intake.officers.orders import ASKED_FOR, Row
from services.intake.officers.words import Wish
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.publishing import Publisher
from services.runtime.rounds import rounds
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

AT_ONCE = 8
LEASE_SECONDS = 60
MOST_TRIES = 8
"""With pauses that double from one second: about four minutes, then he is told to try again."""
FORGET_SECONDS = 300.0

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class _Said:
    """What he is answered. `pending`: what is now asked of him."""

    what: Said
    do: OfficerDo
    tasks: tuple[OfficerTask, ...] = ()
    until: datetime | None = None
    pictures: int = 0
    sentence: str | None = None
    pending: str | None = None


class OfficerWorker:
    def __init__(
        self,
        *,
        pool: "Pool",
        vault: Vault,
        keeper: Keeper,
        asking: Asking,
        publisher: Publisher,
        fetchers: Mapping[str, Fetcher],
        cities: Mapping[str, City],
        clock: Callable[[], datetime],
    ) -> None:
        self._pool = pool
        self._vault = vault
        self._keeper = keeper
        self._asking = asking
        self._publisher = publisher
        self._fetchers = fetchers
        self._cities = cities
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as both:
            both.create_task(rounds(self._round, stop, 0.5, waits="orders_wait"))
            both.create_task(rounds(self._forget, stop, FORGET_SECONDS, waits="orders_wait"))

    async def _round(self) -> bool:
        rows = [orders.read_row(one) for one in await self._pool.fetch(_CLAIM, AT_ONCE, LEASE_SECONDS)]
        await asyncio.gather(*(self._try(row) for row in rows))
        return bool(rows)

    async def _try(self, row: Row) -> None:
        key = (await self._vault.keys([(row.conversation, REPORTER)])).get((row.conversation, REPORTER))
        if key is None or row.seat not in self._cities[row.city].seats:  # forgotten, or no such seat any more
            await self._done(row, "gone")
            return
        try:
            said = await self._one(row, key)
        except (NobodyAnswersError, Gone, OSError) as error:
            if row.tries < MOST_TRIES:
                await self._later(row)
                return
            _log.warning("order_given_up", seat=row.seat, error=error)
            said = _Said("unavailable", row.wish.do)
        except Exception as error:  # noqa: BLE001 - one order must not stop the others; he hears that it failed
            if is_infrastructure(error):
                await self._later(row)
                return
            _log.error("order_fails", seat=row.seat, error=error)
            said = _Said("unavailable", row.wish.do)
        await self._answer(row, said, key)
        await self._done(row, said.what)

    async def _one(self, row: Row, key: DataKey) -> _Said:
        if row.bare:  # an order that was under way would have taken it along
            return _Said("late_photo", row.wish.do)
        city = self._cities[row.city]
        wish, text, files = await self._whole(row, key)
        held = [one for one in await orders.seats(self._pool, row.contact) if one in city.seats] or [row.seat]
        listed = await self._listed(row)
        complaint = acting.named(wish, listed) or await self._of_ticket(city.id, wish.ticket)
        tasks: list[Task] = []
        for seat in held:
            work = await self._asking.work(city, seat, row.message_key, complaint)
            if work.refusal is not None and len(held) == 1:
                return _Said("refused", wish.do, sentence=work.refusal)
            tasks += acting.workable(work.tasks)
        titles = {seat: city.seats[seat].title for seat in held} if len(held) > 1 else {}
        tasks = acting.together(tasks) if titles else tasks
        if wish.unclear == "several" and tasks:
            return replace(await self._list(row, tasks, titles), what="one_each")
        if wish.do == "list":
            return await self._list(row, tasks, titles)
        found = acting.pick(wish, tasks, listed)
        if isinstance(found, Missing):
            return await self._which(row, wish, found, found.among or tasks, titles)
        shown = acting.line(found, titles.get(found.seat))
        if (only := acting.shown_only(wish, shown)) is not None:
            return _Said(only, "show", (shown,))
        evidence = await self._fetched(row, files)
        action = acting.action(wish, text, evidence, found)
        if isinstance(action, Missing):
            return _Said(action.what, wish.do, (shown,), pending=acting.name(found, tasks))
        reply = await self._asking.act(city, found.seat, row.message_key, found.complaint, action)
        if reply.refusal is not None:
            return _Said("refused", wish.do, (shown,), sentence=reply.refusal.message)
        return _Said("done", wish.do, (shown,), wish.until, len(evidence))

    async def _whole(self, row: Row, key: DataKey) -> tuple[Wish, str, list[Media]]:
        """With the order that this one completes, and with pictures that came right after."""
        text, own = row.said(key)
        wish, files, began = row.wish, list(own), row.at
        if row.completes is not None:
            found = await self._pool.fetchrow(
                "select * from intake.officer_order where message_key = $1 and contact = $2", row.completes, row.contact
            )
            if found is not None:
                earlier = orders.read_row(found)
                began = earlier.at
                words, media_ = earlier.said(key)
                wish = orders.completed(wish, earlier.wish)
                text = " ".join(part for part in (words, text) if part)
                files = [*media_, *files]
        for other in await self._pool.fetch(_BARE, row.contact, began, row.at + orders.ALBUM):
            files += orders.read_row(other).said(key)[1]
        return wish, text, files[:10]

    async def _list(self, row: Row, tasks: Sequence[Task], titles: Mapping[str, str]) -> _Said:
        await self._remember(row, [acting.name(task, tasks) for task in tasks])
        if not tasks:
            return _Said("nothing", "list")
        return _Said("list", "list", tuple(acting.line(task, titles.get(task.seat)) for task in tasks[:10]))

    async def _which(
        self, row: Row, wish: Wish, missing: Missing, tasks: Sequence[Task], titles: Mapping[str, str]
    ) -> _Said:
        """A list to choose from, whose numbers count from now on."""
        if missing.what == "nothing" or not tasks:
            return _Said("nothing", wish.do)
        await self._remember(row, [acting.name(task, tasks) for task in tasks])
        return _Said(
            missing.what,
            wish.do,
            tuple(acting.line(task, titles.get(task.seat)) for task in tasks[:10]),
            pending="" if wish.do != "show" else None,
        )

    async def _fetched(self, row: Row, files: Sequence[Media]) -> tuple[str, ...]:
        """References of his pictures. Raises Gone or OSError; what is no fit file is left out."""
        found: list[str] = []
        for one in files:
            if one.reference is not None:
                found.append(one.reference)
                continue
            fetcher = self._fetchers.get(row.channel)
            if fetcher is None or one.handle is None:
                continue
            try:
                content = await fetcher.fetch(row.city, one.handle)
                found.append((await self._keeper.keep(row.city, f"seat:{row.seat}", content)).reference)
            except media.Unfit:
                continue
        return tuple(dict.fromkeys(found))

    async def _listed(self, row: Row) -> list[str]:
        found = await self._pool.fetchval("select listed from intake.officer_chat where contact = $1", row.contact)
        return list(found or ())

    async def _of_ticket(self, city: str, ticket: str | None) -> str | None:
        found: str | None = None if ticket is None else await self._pool.fetchval(
            "select complaint from intake.complaint where city = $1 and ticket = $2", city, ticket
        )  # fmt: skip
        return found

    async def _remember(self, row: Row, listed: Sequence[str]) -> None:
        await self._pool.execute(
            "insert into intake.officer_chat (contact, listed) values ($1, $2) "
            "on conflict (contact) do update set listed = excluded.listed",
            row.contact, list(listed),
        )  # fmt: skip

    async def _answer(self, row: Row, said: _Said, key: DataKey) -> None:
        if said.pending is not None:
            asked = {"do": said.do, "complaint": said.pending or None, "order": row.message_key}
            await self._pool.execute(
                "insert into intake.officer_chat (contact, pending, pending_until) values ($1, $2, $3) "
                "on conflict (contact) do update set pending = excluded.pending, "
                "pending_until = excluded.pending_until",
                row.contact, json.dumps(asked), self._clock() + ASKED_FOR,
            )  # fmt: skip
        city = self._cities[row.city]
        answer = OfficerAnswer(
            what=said.what, do=said.do, title=city.seats[row.seat].title, tasks=said.tasks, until=said.until,
            pictures=said.pictures, sentence=said.sentence,
        )  # fmt: skip
        name = ids.derive(await self._vault.id_key(row.city), "officer-answer", row.message_key)
        ask = Ask(
            id=name,
            city=row.city,
            channel=row.channel,
            door=row.door,
            conversation=row.conversation,
            kind="officer",
            complaints=tuple(task.complaint for task in said.tasks[:1]) if len(said.tasks) == 1 else (),
            detail=seal(key, name, "detail", answer.model_dump_json(exclude_none=True)),
        )
        await self._publisher.publish(subjects.ask(row.city), ask.model_dump_json().encode())

    async def _later(self, row: Row) -> None:
        await self._pool.execute(
            "update intake.officer_order set next_at = now() + $2 * interval '1 second' where message_key = $1",
            row.message_key, min(2.0**row.tries, LEASE_SECONDS),
        )  # fmt: skip

    async def _done(self, row: Row, outcome: str) -> None:
        """With the bare pictures that went along."""
        await self._pool.execute(_DONE, row.message_key, outcome, row.contact, row.at, row.at + orders.ALBUM)

    async def _forget(self) -> None:
        """Words and handles are kept only for as long as a later message may complete the order."""
        await self._pool.execute(
            "update intake.officer_order set sealed = null where done is not null and sealed is not null "
            "and at < now() - $1::interval",
            ASKED_FOR * 2,
        )


# The oldest of each officer, so that what he said first is done first.
_CLAIM = """
with due as materialized (
    select message_key from intake.officer_order w
    where done is null and next_at <= now() and not exists (
        select 1 from intake.officer_order b
        where b.contact = w.contact and b.done is null and (b.at, b.message_key) < (w.at, w.message_key)
        and not coalesce((b.wish->>'bare')::boolean, false))
    order by next_at limit $1 for update skip locked
)
update intake.officer_order o
set tries = tries + 1, next_at = now() + $2 * interval '1 second'
from due where o.message_key = due.message_key
returning o.*
"""

_BARE = """
select * from intake.officer_order
where contact = $1 and at >= $2 and at <= $3 and coalesce((wish->>'bare')::boolean, false) order by at
"""

_DONE = """
update intake.officer_order set done = case when message_key = $1 then $2 else 'joined' end
where message_key = $1 or (done is null and contact = $3 and at between $4 and $5
    and coalesce((wish->>'bare')::boolean, false))
"""
