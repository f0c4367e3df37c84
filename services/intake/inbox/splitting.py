"""A complaint that begins with copies of another's messages, because a person saw two matters in one.

Follows the log: `complaint.split` names the messages. Ticket, key and contact are made first, in one transaction; what
is appended after that is found by its cause, so that all of it may be repeated. Nothing is taken from where it came;
a picture that shows both matters stands in both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Unopened
from services.contracts import ids
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.intake.inbox import decided
from services.intake.inbox.acts import ComplaintDecider
from services.intake.inbox.chat_people import REPORTER
from services.intake.inbox.standing import Standing
from services.runtime import logs
from services.runtime.blobs import Blobs
from services.runtime.sealing import DataKey, seal, unseal
from services.runtime.vault import KeyDestroyed, Vault

if TYPE_CHECKING:
    from asyncpg import Record

    from services.runtime.vault import Pool

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class _Move:
    """From one complaint's key to another's."""

    old: DataKey
    new: DataKey
    id_key: bytes


class Splits:
    def __init__(  # what a complaint is made of
        self,
        *,
        pool: "Pool",
        vault: Vault,
        blobs: Blobs,
        decider: ComplaintDecider,
        standing: Standing,
        cities: Mapping[str, City],
    ) -> None:
        self._pool = pool
        self._vault = vault
        self._blobs = blobs
        self._decider = decider
        self._standing = standing
        self._cities = cities

    async def open(self, split: Recorded[e.Event], data: e.ComplaintSplit) -> None:
        """Whoever was forgotten meanwhile has no messages that could be copied."""
        city = self._cities.get(split.city)
        waiting = await self._pool.fetch(_WAITING, split.complaint)  # before the events: a file is in one of the two
        state, events = await self._decider.load(split.city, split.complaint)
        if city is None or isinstance(state, Unopened) or REPORTER in state.file.erased:
            return
        id_key = await self._vault.id_key(split.city)
        ticket = await self._made(city, split.complaint, data.into)
        keys = await self._vault.keys([(split.complaint, REPORTER), (data.into, REPORTER)])
        if ticket is None or len(keys) < 2:
            return
        move = _Move(keys[split.complaint, REPORTER], keys[data.into, REPORTER], id_key)
        for position, event in enumerate(event for event in events if event.n in data.messages):
            message: e.Message | None = getattr(event.data, "message", None)
            if message is None:
                continue
            cause = ids.derive(id_key, "split", split.id, str(event.n))
            copy = await self._copied(message, event.causation, cause, move)
            command: c.Command = c.AddMessage(cause=cause, party=REPORTER, message=copy)
            if position == 0:
                command = c.OpenComplaint(
                    cause=cause,
                    ticket=ticket,
                    reporter=REPORTER,
                    message=copy,
                    confidentiality=state.file.confidentiality,
                    first_level=state.file.first_level,
                    split_from=split.complaint,
                )
            await self._append(split.city, data.into, command, cause)
            await self._wait_too(data.into, waiting, event.causation, message.media, move)
            for file in _files_of(events, event.causation, message.media, id_key):
                await self._attach(split.city, data.into, file, move)
        for file in events:
            if file.n in (data.pictures or ()):
                await self._attach(split.city, data.into, file, move)

    async def _made(self, city: City, complaint: str, into: str) -> str | None:
        """Key, contact and a row with a ticket; the ticket, also when all of it stood there before."""
        async with self._pool.acquire() as connection, connection.transaction():
            before = await connection.fetchrow(
                "select conversation, last_heard_at from intake.complaint where complaint = $1 for update", complaint
            )
            if before is None:
                return None
            try:
                keys = await self._vault.make_keys([(into, REPORTER)], connection)
            except KeyDestroyed:
                return None
            contact = await self._vault.contact(complaint, REPORTER)
            if contact is not None:
                await self._vault.put_contacts(connection, [replace(contact, owner=into)], keys)
            ticket = await connection.fetchval("select ticket from intake.complaint where complaint = $1", into)
            while ticket is None:
                ticket = await connection.fetchval(
                    "insert into intake.complaint (complaint, city, ticket, conversation, last_heard_at) "
                    "values ($1, $2, $3, $4, $5) on conflict (city, ticket) do nothing returning ticket",
                    into, city.id, self._standing.ticket(city.ticket_prefix), before["conversation"],
                    before["last_heard_at"],
                )  # fmt: skip
            return str(ticket)

    async def _copied(self, message: e.Message, cause: str, fresh: str, move: _Move) -> e.Message:
        """Each sealed part opened with the old key and sealed with the new one, for the new cause."""

        def anew(field: str, sealed: str | None) -> str | None:
            return None if sealed is None else seal(move.new, fresh, field, unseal(move.old, cause, field, sealed))

        blob = None
        if message.text_blob is not None:
            content = await self._blobs.get(move.old, message.text_blob)
            blob = None if content is None else (await self._blobs.put(move.new, move.id_key, content)).name
        sealed = {field: anew(field, getattr(message, field)) for field in ("text", "place", "provider_id")}
        return e.Message.model_validate({**dict(message), **sealed, "text_blob": blob})

    async def _wait_too(  # whose files, from where to where
        self, into: str, waiting: "Sequence[Record]", key: str, count: int, move: _Move
    ) -> None:
        """Files that are still to be fetched are fetched for both. May be repeated."""
        names = _media_keys(key)
        for row in waiting:
            if row["message_key"] not in names or row["position"] >= count:
                continue
            name, field = ids.derive(move.id_key, "split", into, row["message_key"]), f"media{row['position']}"
            sealed = seal(move.new, name, field, unseal(move.old, row["message_key"], field, row["sealed"]))
            await self._pool.execute(
                "insert into intake.media (message_key, position, city, channel, complaint, sealed, fetched) "
                "values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
                name, row["position"], row["city"], row["channel"], into, sealed, row["fetched"],
            )  # fmt: skip

    async def _attach(self, city: str, into: str, event: Recorded[e.Event], move: _Move) -> None:
        """A file as it is there by now, sealed anew."""
        data = event.data
        if not isinstance(data, e.EvidenceAttached):
            return
        content = await self._blobs.get(move.old, data.media)
        if content is None:
            return
        blob = await self._blobs.put(move.new, move.id_key, content)
        cause = ids.derive(move.id_key, "split", into, event.id)
        place = data.taken_place
        if place is not None:
            place = seal(move.new, cause, "taken_place", unseal(move.old, event.causation, "taken_place", place))
        attach = c.AttachEvidence(
            cause=cause,
            party=REPORTER,
            media=blob.name,
            content_type=data.content_type,
            size=data.size,
            width=data.width,
            height=data.height,
            taken_place=place,
        )
        await self._append(city, into, attach, cause)

    async def _append(self, city: str, complaint: str, command: c.Command, cause: str) -> None:
        outcome = await self._decider.execute(city, complaint, command, cause=cause, actor="service:intake")
        if isinstance(outcome, Refusal):
            _log.info("split_refused", complaint=complaint, code=outcome.code)


_WAITING = "select * from intake.media where complaint = $1 and done is null"
_MOST_TOGETHER = 10
"""Complaints that one message opens, at most."""


def _media_keys(message_key: str) -> frozenset[str]:
    return frozenset(decided.media_key(message_key, nth) for nth in range(_MOST_TOGETHER))


def _files_of(events: Sequence[Recorded[e.Event]], key: str, count: int, id_key: bytes) -> list[Recorded[e.Event]]:
    """The files that came with a message, as far as they are there by now."""
    causes = {
        ids.derive(id_key, "evidence", name, str(position)) for name in _media_keys(key) for position in range(count)
    }
    return [event for event in events if event.causation in causes]
