"""Looks after what was handed to external adapters. Their acknowledgement is to them what the answer of a provider is
to our own senders: the queue does not hold the message any more, so somebody has it and says that it is sent. A receipt
says it sooner, and says more. What still lies there when its time is over was never sent: it goes down the ladder, as
after any other failure.

Gone and never taken look the same once the queue has forgotten the message by itself. Whoever looks only then (this
process was away) does not know, and the reporter is told another way: twice is a smaller harm than never.
"""

import json
from collections.abc import Sequence

from nats.aio.client import Client
from nats.aio.msg import Msg

from services.contracts import subjects
from services.notifier.delivery.handed import Handed, Lying
from services.notifier.delivery.rows import Notice
from services.notifier.delivery.store import Store
from services.notifier.facts import Facts
from services.notifier.outbox import KEPT_LONGER
from services.notifier.patience import Patience
from services.notifier.sending import NotReached
from services.notifier.settling import Settler
from services.runtime import logs
from services.runtime.failures import Away
from services.runtime.replies import Replies

NOT_TAKEN = NotReached("not_taken", "expired")

_log = logs.get(__name__)


class Queues:
    """What OUTBOUND still holds."""

    def __init__(self, connection: Client) -> None:
        self._replies = Replies.of(connection)

    async def hold(self, sequences: Sequence[int]) -> list[bool]:
        """For each, in their order. Raises infrastructure errors."""
        subject = f"$JS.API.DIRECT.GET.{subjects.OUTBOUND}"
        asked = [(subject, json.dumps({"seq": sequence}).encode()) for sequence in sequences]
        return [_held(answer) for answer in await self._replies.ask_all(asked, timeout=5.0)]


def _held(answer: Msg) -> bool:
    status = (answer.headers or {}).get("Status")
    if status is None or status == "404":
        return status is None
    raise Away(f"OUTBOUND says {status}")


class LookingAfter:
    def __init__(
        self, *, handed: Handed, queues: Queues, store: Store, settler: Settler, facts: Facts, patience: Patience
    ) -> None:
        self._handed = handed
        self._queues = queues
        self._store = store
        self._settler = settler
        self._facts = facts
        self._patience = patience

    async def look(self) -> None:
        """One round. Raises infrastructure errors; what it had taken is looked after again soon."""
        lying = await self._handed.due(self._patience.taken, KEPT_LONGER.total_seconds() / 2)
        if not lying:
            return
        held = await self._queues.hold([one.sequence for one in lying])
        taken = [one for one, there in zip(lying, held, strict=True) if not there and not one.vanished]
        for notice in await self._handed.taken(taken):
            await self._told(notice)
        for one, there in zip(lying, held, strict=True):
            if (there and one.over) or (not there and one.vanished):
                await self._left(one)

    async def _told(self, notice: Notice) -> None:
        if notice.carries:
            await self._store.carried_told(notice.id)
        await self._facts.record(notice)

    async def _left(self, one: Lying) -> None:
        notice = one.notice
        _log.warning("left_by_adapter", city=notice.city, channel=notice.way, complaint=notice.owner)
        await self._settler.settle(notice, NOT_TAKEN, None)
