"""The log, followed for what a chat must know: which complaint is resolved, which waits for an answer, which notice was
about which complaint; and who asked to be forgotten."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ComplaintSplit, ReporterErased, ReporterTold
from services.intake.conversation.standing import ASKED, PHASES, SPOKE
from services.intake.inbox.chats import REPORTER, Chats
from services.intake.inbox.splitting import Splits
from services.runtime.delivery import Delivery

if TYPE_CHECKING:
    from services.runtime.vault import Connection, Pool

_TOLD = "complaint.reporter_told"
_ERASED = "complaint.reporter_erased"
_SPLIT = "complaint.split"
_RECEIVED = "complaint.received"
_INTERESTING = frozenset((*PHASES, *ASKED, *SPOKE, _TOLD, _ERASED, _SPLIT))


class _Change(NamedTuple):
    """Of one complaint, by the events of a batch; None: as it was."""

    n: int = 0
    phase: str | None = None
    asked: bool | None = None
    moved: datetime | None = None


class ChatMemory:
    """A batch handler of the log's follower; may be called again with any part of a batch."""

    def __init__(self, pool: "Pool", chats: Chats, splits: Splits | None = None) -> None:
        """`splits`: opens what a person split off; None where only the chats are kept up."""
        self._pool = pool
        self._splits = splits
        self._chats = chats

    async def batch(self, deliveries: Sequence[Delivery]) -> None:
        changes: dict[str, _Change] = {}
        told: dict[str, str] = {}
        for delivery in deliveries:
            if delivery.type not in _INTERESTING and not (delivery.type == _RECEIVED and b'"past":' in delivery.body):
                continue
            event = COMPLAINT.decode(delivery.type, delivery.schema, delivery.body)
            if isinstance(event.data, ReporterTold):
                told[event.data.notice] = event.complaint
                continue
            if isinstance(event.data, ReporterErased):
                if event.data.party == REPORTER:
                    await self._chats.forget(event.city, event.complaint)
                continue
            if isinstance(event.data, ComplaintSplit):
                if self._splits is not None:
                    await self._splits.open(event, event.data)
                continue
            before = changes.get(event.complaint, _Change())
            changes[event.complaint] = _Change(
                event.n,
                "closed" if delivery.type == _RECEIVED else PHASES.get(delivery.type, before.phase),
                ASKED.get(delivery.type, before.asked),
                event.at if delivery.type in SPOKE else before.moved,
            )
        if changes or told:
            async with self._pool.acquire() as connection, connection.transaction():
                await _note(connection, changes, told)


async def _note(connection: "Connection", changes: dict[str, _Change], told: dict[str, str]) -> None:
    names = sorted(changes)
    await connection.execute(
        "update intake.complaint c set n = w.n, phase = coalesce(w.phase, c.phase), "
        "asked = coalesce(w.asked, c.asked), moved_at = coalesce(w.moved, c.moved_at) "
        "from unnest($1::text[], $2::bigint[], $3::text[], $4::boolean[], $5::timestamptz[]) "
        "as w(complaint, n, phase, asked, moved) "
        "where c.complaint = w.complaint and c.n < w.n",
        names,
        [changes[name].n for name in names],
        [changes[name].phase for name in names],
        [changes[name].asked for name in names],
        [changes[name].moved for name in names],
    )
    await connection.execute(
        "insert into intake.told (notice, complaint) select * from unnest($1::text[], $2::text[]) "
        "on conflict do nothing",
        list(told),
        list(told.values()),
    )
