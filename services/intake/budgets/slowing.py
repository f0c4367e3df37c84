"""What is beyond a budget is kept sealed, marked and answered once, and goes on when nobody else waits.

A row stays as the mark when its message has gone on; the words go from it.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.contracts import ids, subjects
from services.contracts.intake import Ask
from services.intake.budgets.counting import Budgets, Why
from services.intake.inbox.incoming import Incoming
from services.runtime import figures
from services.runtime.delivery import Delivery
from services.runtime.publishing import Publisher
from services.runtime.sealing import DataKey, seal, unseal
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

AT_ONCE = 20
"""Messages that go on together, one of each person: whoever sent hundreds waits behind whoever sent two."""
TOLD_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slow:
    """A person who sent too much, for the page: never who, and none of his tickets either, for these together would
    tell whose an anonymous complaint is."""

    channel: str
    why: Why
    waiting: int
    gone_on: int
    since: datetime


class Slowing:
    """`key`: `MasterKey.derived("waiting")`."""

    def __init__(self, pool: "Pool", key: DataKey, vault: Vault, publisher: Publisher) -> None:
        self._pool = pool
        self._key = key
        self._vault = vault
        self._publisher = publisher
        self._budgets = Budgets()

    async def admit(self, batch: Sequence[Incoming]) -> tuple[list[Incoming], list[Incoming]]:
        """Those that go on at once, in order; and the others, kept when this returns, who are to be told (`tell`)."""
        beyond = {one.key: (one, why) for one in batch if (why := self._budgets.weigh(one)) is not None}
        if not beyond:
            return list(batch), []
        released = await self._keep(list(beyond.values()))
        waits = beyond.keys() - released
        return [one for one in batch if one.key not in waits], [one for one in batch if one.key in waits]

    async def _keep(self, some: Sequence[tuple[Incoming, Why]]) -> set[str]:
        """The keys among them that went on before: a provider sent them again."""
        for one, why in some:
            packed = base64.b64encode(one.delivery.pack()).decode()
            fresh = await self._pool.fetchval(
                "insert into intake.slowed (message_key, city, channel, door, person, why, sealed, at) "
                "select $1, $2, $3, $4, $5, $6, $7, $8 where not exists "
                "(select 1 from intake.inbox where message_key = $1) on conflict do nothing returning true",
                one.key, one.city.id, one.channel, one.door.id, one.aliases[0], why,
                seal(self._key, one.key, "slowed", packed), one.at,
            )  # fmt: skip
            if fresh:
                figures.record_call(one.city.id, one.channel, f"slowed_{why}")
        rows = await self._pool.fetch(
            "select message_key from unnest($1::text[]) as w(message_key) where not exists "
            "(select 1 from intake.slowed s where s.message_key = w.message_key and not s.done)",
            [one.key for one, _ in some],
        )
        return {row["message_key"] for row in rows}

    async def tell(self, some: Sequence[Incoming]) -> None:
        """Once a day and person, however much comes and however often this is called: the word is the same one. After
        what the person said first is remembered, for only then is there a chat to answer in."""
        for one in some:
            await self._tell(one)

    async def _tell(self, one: Incoming) -> None:
        day = one.at.timestamp() // TOLD_AGAIN.total_seconds()
        chat = await self._pool.fetchval(
            "select conversation from intake.alias where alias = $1 and not exists "
            "(select 1 from intake.slowed where person = $1 and at >= $3 and (at, message_key) < ($4, $2))",
            one.aliases[0], one.key, one.at - TOLD_AGAIN, one.at,
        )  # fmt: skip
        if chat is None:  # told before
            return
        ask = Ask(
            id=ids.derive(await self._vault.id_key(one.city.id), "slowed", one.aliases[0], str(day)),
            city=one.city.id,
            channel=one.channel,
            door=one.door.id,
            conversation=chat,
            kind="slowed",
        )
        await self._publisher.publish(subjects.ask(one.city.id), ask.model_dump_json().encode())

    async def due(self) -> list[tuple[str, Delivery]]:
        """What goes on next, by its key: of each person the oldest."""
        rows = await self._pool.fetch(
            "select message_key, sealed from (select distinct on (person) message_key, sealed, at from intake.slowed "
            "where not done order by person, at, message_key) oldest order by at, message_key limit $1",
            AT_ONCE,
        )
        return [(row["message_key"], self._opened(row["message_key"], row["sealed"])) for row in rows]

    def _opened(self, key: str, sealed: str) -> Delivery:
        return Delivery.unpack(base64.b64decode(unseal(self._key, key, "slowed", sealed)))

    async def gone_on(self, keys: Sequence[str]) -> None:
        await self._pool.execute(
            "update intake.slowed set done = true, sealed = '' where message_key = any($1)", list(keys)
        )


async def of_city(pool: "Pool", city: str, since: datetime) -> list[Slow]:
    """Who was slowed since then, whoever sent most first."""
    rows = await pool.fetch(
        "select s.channel, min(s.why) as why, count(*) filter (where not s.done) as waiting, "
        "count(*) filter (where s.done) as gone_on, min(s.at) as since "
        "from intake.slowed s where s.city = $1 and s.at >= $2 "
        "group by s.channel, s.person order by count(*) desc limit 50",
        city, since,
    )  # fmt: skip
    return [Slow(**dict(row)) for row in rows]
