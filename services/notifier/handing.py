"""Hands a notice to an external adapter: rendered now, published with its content and a time to live of 24 hours.

Published twice after a crash it carries the same notice id, which the adapter keeps apart (`contracts.outbound`).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from services.contracts.outbound import OutboundMessage
from services.notifier.climbing import Barred, nothing_barred
from services.notifier.deliver import Deliverer, Unsaid
from services.notifier.delivery.rows import Fact
from services.notifier.delivery.store import Store
from services.notifier.facts import Facts
from services.notifier.outbox import EXTERNAL_TTL, Outbox
from services.notifier.settling import Settler
from services.notifier.telling import TooEarly
from services.runtime.vault import Vault


class Handing:
    def __init__(
        self,
        *,
        store: Store,
        vault: Vault,
        deliverer: Deliverer,
        settler: Settler,
        outbox: Outbox,
        facts: Facts,
        clock: Callable[[], datetime],
        barred: Barred = nothing_barred,
    ) -> None:
        self._store = store
        self._vault = vault
        self._deliverer = deliverer
        self._settler = settler
        self._outbox = outbox
        self._facts = facts
        self._clock = clock
        self._barred = barred

    async def hand(self, notice_id: str) -> None:
        """Harmless to repeat. Raises infrastructure errors."""
        notice = await self._store.get(notice_id)
        if notice is None or not notice.waits:
            return
        contact = await self._vault.contact(notice.owner, notice.party)
        if contact is None:
            await self._store.end(notice.id, "dropped", "no_contact")
            return
        notice = await self._deliverer.gathered(notice)
        if not notice.waits:
            return
        try:
            told = await self._deliverer.words(notice)
        except TooEarly as early:
            await self._store.later(notice.id, early.seconds, "early")
            return
        if isinstance(told, Unsaid):
            await self._store.end(notice.id, "skipped", told)
            return
        if (reason := self._barred(notice.city, notice.door)) is not None:
            # The adapter that serves the account may be whoever has it now.
            await self._settler.give_up(notice, reason)
            return
        now = self._clock()
        message = OutboundMessage(
            notice=notice.id,
            city=notice.city,
            channel=notice.channel,
            door=notice.door,
            to=contact.address,
            reply_to=None,
            text=told.rendered.text,
            buttons=told.rendered.buttons,
            expires_at=now + EXTERNAL_TTL,
        )
        await self._outbox.hand_over(message, now)
        due: Fact = "none" if notice.about is None else "told_due"
        await self._store.published(notice.id, due)
        if notice.carries:
            await self._store.carried_told(notice.id)
        await self._facts.record(replace(notice, fact=due))
