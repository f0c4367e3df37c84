"""What providers say of messages that we sent. They come in any order, more than once, sometimes before our answer."""

import asyncio
from collections.abc import Mapping, Sequence

from services.contracts.intake import StoredReceipt
from services.notifier.delivery.arrivals import Arrivals
from services.notifier.delivery.early import Early
from services.notifier.delivery.rows import Notice
from services.notifier.delivery.store import Store
from services.notifier.door import Door
from services.notifier.facts import Facts
from services.notifier.senders.sms import codes as sms
from services.notifier.senders.smtp import codes as smtp
from services.notifier.senders.whatsapp import codes as whatsapp
from services.notifier.sending import NotReached, Outcome
from services.notifier.settling import Settler
from services.runtime import logs

_log = logs.get(__name__)

SETTLED = ("accepted", "sent", "unknown", "published")
"""Where a failure still changes something; `delivered` and `read` have refuted it."""


class Receipts:
    def __init__(
        self,
        *,
        store: Store,
        arrivals: Arrivals,
        early: Early,
        settler: Settler,
        facts: Facts,
        doors: Mapping[tuple[str, str], Door],
    ) -> None:
        self._store = store
        self._arrivals = arrivals
        self._early = early
        self._settler = settler
        self._facts = facts
        self._doors = doors

    async def take(self, receipts: Sequence[StoredReceipt]) -> None:
        """Harmless to repeat. Those of messages that are not ours (another program on the number) are passed over."""
        if not receipts:
            return
        await self._arrivals.heard(receipts)
        arrived = [one for one in receipts if one.status != "failed"]
        if arrived:
            due = await self._arrivals.take(arrived)
            for notice in due:
                if notice.carries:
                    await self._store.carried_told(notice.id)
            await asyncio.gather(*(self._facts.record(notice) for notice in due))
        await asyncio.gather(*(self._take_failed(one) for one in receipts if one.status == "failed"))

    async def take_early(self) -> None:
        """Failures that came before the answer to our own request, once that says which message they are of."""
        await self.take(await self._early.take())

    async def _take_failed(self, receipt: StoredReceipt) -> None:
        notice = await self._store.find(receipt.notice, receipt.provider_key)
        if notice is not None and (notice.city, notice.way) != (receipt.city, receipt.channel):
            _log.info("receipt_of_a_stranger", city=receipt.city, channel=receipt.channel, status=receipt.status)
        elif notice is None or (notice.status == "sending" and not _known(notice, receipt)):
            await self._early.keep(receipt)  # it may have overtaken the answer
        else:
            await self._failed(notice, receipt)

    async def _failed(self, notice: Notice, receipt: StoredReceipt) -> None:
        stale = notice.provider_key is not None and not _known(notice, receipt)
        if stale or not (notice.status in SETTLED or self._quick(notice)):
            return  # of an earlier attempt, or acted on already
        outcome = of_receipt(receipt.channel, receipt.code)
        door = self._doors.get((notice.city, notice.at_door))
        if door is not None and isinstance(outcome, NotReached) and outcome.everybody > 0:
            door.closes(notice.form or "free", outcome)
        await self._settler.settle(notice, outcome, door)

    def _quick(self, notice: Notice) -> bool:
        """An adapter that answers before it is written down here that it was handed the notice."""
        adapters = (notice.city, notice.at_door) not in self._doors
        return adapters and notice.waits and not notice.tried


def _known(notice: Notice, receipt: StoredReceipt) -> bool:
    return notice.provider_key == receipt.provider_key


def of_receipt(channel: str, code: str | None) -> Outcome:
    if channel == "whatsapp" and code is not None and code.isdecimal():
        return whatsapp.outcome(int(code))
    if channel == "sms" and code is not None:
        return sms.of_receipt(code)
    if channel == "email" and code is not None:
        return smtp.of_bounce(code)
    return NotReached("failed_at_provider", code or "none")
