"""A table of mentions whose words are asked for: it survives a crash, and nobody waits for it at the door.

A mention is kept before its webhook's message is acknowledged. Its words are handed in by the door like any message;
after `MOST_TRIES`, or at once where there is nothing to be had, it goes on without them and a screener is asked.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import httpx

from services.contracts import subjects
from services.contracts.accounts import Mentioned
from services.contracts.intake import IntakeMessage
from services.intake.channels.instagram import mentions
from services.intake.inbox.incoming import Pointed
from services.runtime import logs
from services.runtime.publishing import NotStored, Publisher
from services.runtime.rounds import rounds
from services.runtime.sealing import DataKey, seal, unseal

if TYPE_CHECKING:
    from asyncpg import Record

    from services.runtime.vault import Pool

AT_ONCE = 4
LEASE_SECONDS = 60
MOST_TRIES = 8
"""With pauses that double from 2 s: about eight minutes at the provider's."""

_log = logs.get(__name__)


class Mentions:
    """`key`: `MasterKey.derived("waiting")`; `base`: of the Graph API; `tokens`: of each city's account."""

    def __init__(
        self,
        *,
        pool: "Pool",
        key: DataKey,
        publisher: Publisher,
        client: httpx.AsyncClient,
        base: str,
        tokens: Mapping[str, str],
    ) -> None:
        self._pool = pool
        self._key = key
        self._publisher = publisher
        self._client = client
        self._base = base
        self._tokens = tokens
        self._some = asyncio.Event()

    def renew(self, tokens: Mapping[str, str]) -> None:
        self._tokens = tokens

    async def keep(self, one: Pointed) -> None:
        """May be repeated."""
        await self._pool.execute(
            "insert into intake.mention (message_key, city, channel, sealed) values ($1, $2, $3, $4) "
            "on conflict do nothing",
            one.key, one.city.id, one.channel, seal(self._key, one.key, "mention", one.mention.model_dump_json()),
        )  # fmt: skip
        self._some.set()

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self._round, stop, 1.0, waits="mentions_wait", wake=self._some)

    async def _round(self) -> bool:
        rows = await self._pool.fetch(_CLAIM, AT_ONCE, LEASE_SECONDS)
        await asyncio.gather(*(self._try(row) for row in rows))
        return bool(rows)

    async def _try(self, row: "Record") -> None:
        try:
            mention = Mentioned.model_validate_json(unseal(self._key, row["message_key"], "mention", row["sealed"]))
        except Exception as error:  # noqa: BLE001 - one that can't be read must not stop the others, nor the service
            _log.error("mention_unreadable", error=error)
            await self._later(row)  # kept as it is: its key may be missing only here
            return
        done = "said"
        try:
            token = self._tokens.get(row["city"], "")
            message = await mentions.fetch(self._client, self._base, token, mention)
        except mentions.NotToBeHadError as error:
            done, message = f"without:{error}"[:60], mentions.without_words(mention)
        except Exception as error:  # noqa: BLE001 - whatever the provider answers, a person is asked in the end
            if row["tries"] < MOST_TRIES:
                _log.info("mention_waits", tries=row["tries"], error=error)
                await self._later(row)
                return
            done, message = "without:away", mentions.without_words(mention)
        try:
            await self._hand_in(row, message)
        except NotStored:
            await self._later(row)
            return
        await self._pool.execute(
            "update intake.mention set done = $2, sealed = '' where message_key = $1", row["message_key"], done
        )

    async def _hand_in(self, row: "Record", message: IntakeMessage) -> None:
        """Killed right after this, it is handed in again; the door knows it by its id."""
        body = message.model_dump_json(exclude_none=True).encode()
        await self._publisher.publish(subjects.intake(row["city"], row["channel"]), body)

    async def _later(self, row: "Record") -> None:
        await self._pool.execute(
            "update intake.mention set next_at = now() + $2 * interval '1 second' where message_key = $1",
            row["message_key"], min(2.0 ** min(row["tries"], 10), LEASE_SECONDS),
        )  # fmt: skip


_CLAIM = """
with due as materialized (
    select message_key from intake.mention where done is null and next_at <= now()
    order by next_at limit $1 for update skip locked
)
update intake.mention m
set tries = tries + 1, next_at = now() + $2 * interval '1 second'
from due where m.message_key = due.message_key
returning m.*
"""
