"""The log, followed for what a chat must know: which complaint is resolved, which waits for an answer, which notice was
about which complaint; and who asked to be forgotten."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ReporterErased, ReporterTold
from services.intake.chats import REPORTER, Chats
from services.runtime.delivery import Delivery

if TYPE_CHECKING:
    from services.runtime.vault import Connection, Pool

_PHASE = {
    "complaint.resolved": "resolved",
    "complaint.matter_resolved": "resolved",
    "complaint.reopened": "open",
    "complaint.confirmed": "closed",
    "complaint.closed": "closed",
    "complaint.withdrawn": "withdrawn",
}
_ASKED = {
    "complaint.question_asked": True,
    "complaint.question_answered": False,
    "complaint.resolved": False,
    "complaint.matter_resolved": False,
}
_TOLD = "complaint.reporter_told"
_ERASED = "complaint.reporter_erased"


class ChatMemory:
    """A batch handler of the log's follower; may be called again with any part of a batch."""

    def __init__(self, pool: "Pool", chats: Chats) -> None:
        self._pool = pool
        self._chats = chats

    async def batch(self, deliveries: Sequence[Delivery]) -> None:
        changes: dict[str, tuple[int, str | None, bool | None]] = {}
        told: dict[str, str] = {}
        for delivery in deliveries:
            if delivery.type not in _PHASE and delivery.type not in _ASKED and delivery.type not in (_TOLD, _ERASED):
                continue
            event = COMPLAINT.decode(delivery.type, delivery.schema, delivery.body)
            if isinstance(event.data, ReporterTold):
                told[event.data.notice] = event.complaint
                continue
            if isinstance(event.data, ReporterErased):
                if event.data.party == REPORTER:
                    await self._chats.forget(event.city, event.complaint)
                continue
            _, phase, asked = changes.get(event.complaint, (0, None, None))
            changes[event.complaint] = (
                event.n,
                _PHASE.get(delivery.type, phase),
                _ASKED.get(delivery.type, asked),
            )
        if changes or told:
            async with self._pool.acquire() as connection, connection.transaction():
                await _note(connection, changes, told)


async def _note(
    connection: "Connection", changes: dict[str, tuple[int, str | None, bool | None]], told: dict[str, str]
) -> None:
    names = sorted(changes)
    await connection.execute(
        "update intake.complaint c set n = w.n, phase = coalesce(w.phase, c.phase), asked = coalesce(w.asked, c.asked) "
        "from unnest($1::text[], $2::bigint[], $3::text[], $4::boolean[]) as w(complaint, n, phase, asked) "
        "where c.complaint = w.complaint and c.n < w.n",
        names,
        [changes[name][0] for name in names],
        [changes[name][1] for name in names],
        [changes[name][2] for name in names],
    )
    await connection.execute(
        "insert into intake.told (notice, complaint) select * from unnest($1::text[], $2::text[]) "
        "on conflict do nothing",
        list(told),
        list(told.values()),
    )
