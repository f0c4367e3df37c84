"""Messages that are kept, sealed, until it is known where they belong: the person answers, or an hour passes."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.contracts.city import City
from services.intake.conversation import decisions as d
from services.intake.conversation.chat import ANSWER_WITHIN, Chat, Question
from services.intake.conversation.remembering import overdue
from services.intake.inbox import decided
from services.intake.inbox.chat_rows import Remembered, question_of, row_of
from services.intake.inbox.incoming import Incoming, read
from services.intake.inbox.standing import Standing
from services.runtime import logs
from services.runtime.delivery import Delivery
from services.runtime.sealing import DataKey, seal, unseal

if TYPE_CHECKING:
    from asyncpg import Record

    from services.runtime.vault import Connection, Pool

LEFT_LYING = timedelta(minutes=1)
"""So long after it was settled a message is carried out by whoever comes by."""

_log = logs.get(__name__)


class Waiting:
    """`key`: `MasterKey.derived("waiting")`."""

    def __init__(self, key: DataKey, standing: Standing) -> None:
        self._key = key
        self._standing = standing

    async def keep(self, connection: "Connection", one: Incoming, chat: str, question: Question) -> None:
        """A message that waits for the answer to `question`."""
        packed = base64.b64encode(one.delivery.pack()).decode()
        await connection.execute(
            "insert into intake.waiting (message_key, conversation, city, question, sealed, at) "
            "values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            one.key, chat, one.city.id, row_of(question), seal(self._key, one.key, "waiting", packed), one.at,
        )  # fmt: skip

    async def settle(
        self, connection: "Connection", settle: d.Settle, chat: str, city: City, id_key: bytes
    ) -> list[Remembered]:
        """What waited, with what stands for it from now on; `mark` writes it."""
        rows = await connection.fetch(
            "select message_key, sealed from intake.waiting where message_key = any($1) and settled is null "
            "order by at, message_key for update",
            list(settle.waiting),
        )
        waited = [one for row in rows if (one := self._read(row, city, id_key)) is not None]
        stands = self._standing.settled(settle, waited, id_key)
        return [Remembered(one, stand, chat, fresh=True) for one, stand in zip(waited, stands, strict=True)]

    @staticmethod
    async def mark(connection: "Connection", found: Sequence[Remembered], now: datetime) -> None:
        """Once the tickets of what opens are sure."""
        for one in found:
            await connection.execute(
                "update intake.waiting set settled = $2, settled_at = $3, complaint = $4 where message_key = $1",
                one.incoming.key, decided.to_row(one.decision), now, decided.complaint_of(one.decision),
            )  # fmt: skip

    async def to_carry_out(
        self, connection: "Connection", keys: Sequence[str], city: City, id_key: bytes
    ) -> tuple[Remembered, ...]:
        """Of these, what is settled and not known to be carried out."""
        rows = await connection.fetch(
            "select message_key, conversation, sealed, settled from intake.waiting "
            "where message_key = any($1) and settled is not null and not done order by at, message_key",
            list(keys),
        )
        found: list[Remembered] = []
        for row in rows:
            one = self._read(row, city, id_key)
            if one is not None:
                found.append(Remembered(one, decided.from_row(row["settled"]), row["conversation"], fresh=False))
        return tuple(found)

    @staticmethod
    async def late(connection: "Connection", now: datetime) -> list[tuple[str, str]]:
        """Chats, with their city, in which a message waits for too long, or was settled and left lying by a crash."""
        rows = await connection.fetch(
            "select distinct conversation, city from intake.waiting where not done and "
            "((settled is null and at < $1) or settled_at < $2) limit 50",
            now - ANSWER_WITHIN, now - LEFT_LYING,
        )  # fmt: skip
        return [(row["conversation"], row["city"]) for row in rows]

    async def of_chat(
        self, connection: "Connection", chat: str, known: Chat, now: datetime
    ) -> tuple[d.Settle | None, tuple[str, ...]]:
        """What is to be done for a chat: a settlement of what waits too long, and what was settled and left lying."""
        rows = await connection.fetch(
            "select message_key, question, at, settled from intake.waiting where conversation = $1 and not done "
            "order by at, message_key",
            chat,
        )
        lying = tuple(row["message_key"] for row in rows if row["settled"] is not None)
        waiting = [row for row in rows if row["settled"] is None]
        last = max((row["at"] for row in waiting), default=now)
        question = question_of(waiting[-1]["question"]) if waiting else None
        if question is None or now - last <= ANSWER_WITHIN:
            return None, lying
        asked = replace(question, waiting=tuple(row["message_key"] for row in waiting), since=last)
        return overdue(replace(known, question=asked), now), lying

    @staticmethod
    async def carried_out(pool: "Pool", keys: Sequence[str]) -> None:
        """Their words are needed here no more."""
        await pool.execute("update intake.waiting set done = true, sealed = '' where message_key = any($1)", list(keys))

    def _read(self, row: "Record", city: City, id_key: bytes) -> Incoming | None:
        if not row["sealed"]:
            return None
        packed = unseal(self._key, row["message_key"], "waiting", row["sealed"])
        one = read(Delivery.unpack(base64.b64decode(packed)), city, id_key)
        if isinstance(one, Incoming):
            return one
        _log.warning("waiting_unreadable", conversation=row["message_key"])
        return None
