"""Finds what is stuck and acts: a queue entry that was lost, a claim whose process died, silence, a missing fact."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.city import City
from services.notifier.delivery.rows import Notice
from services.notifier.delivery.stuck import Stuck
from services.notifier.facts import Facts
from services.notifier.handed import LookingAfter
from services.notifier.outbox import Outbox
from services.notifier.patience import Patience
from services.notifier.planning import outbound_channels
from services.notifier.receipts import Receipts
from services.notifier.settling import Settler
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.health import Check
from services.runtime.replies import Replies
from services.runtime.rounds import rounds

_log = logs.get(__name__)

LOST_AGAIN = 300.0
"""Seconds until a notice that was published again may be looked for once more."""

Deliver = Callable[[str], Awaitable[None]]
"""What there is to do for one notice, by its id (`Deliverer.deliver`)."""


class Sweeper:
    def __init__(
        self,
        *,
        stuck: Stuck,
        settler: Settler,
        receipts: Receipts,
        facts: Facts,
        outbox: Outbox,
        deliver: Deliver,
        looking_after: LookingAfter,
        connection: Client,
        cities: Mapping[str, City],
        patience: Patience,
        every: float = 1.0,
    ) -> None:
        self._stuck = stuck
        self._settler = settler
        self._receipts = receipts
        self._facts = facts
        self._outbox = outbox
        self._deliver = deliver
        self._looking_after = looking_after
        self._replies = Replies.of(connection)
        self._built_in = {(city, channel): consumer for city, channel, consumer in outbound_channels(cities)}
        self._external = sorted({(c.id, d.channel) for c in cities.values() for d in c.doors if d.external})
        self._patience = patience
        self._every = every
        self._swept_at = time.monotonic()

    def check(self) -> Check:
        ago = time.monotonic() - self._swept_at
        return Check(ago < 60, {"seconds_since_sweep": round(ago, 1)})

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self._round, stop, self._every, waits="sweep_waits")

    async def _round(self) -> None:
        await self.sweep()
        self._swept_at = time.monotonic()

    async def sweep(self) -> None:
        """One round. Each part takes its rows, so that two sweepers share the work."""
        await self._stuck.freed()
        await self._publish(await self._stuck.due(self._patience.queue))
        for notice in await self._stuck.crashed(self._patience.silent):
            _log.warning("crashed_while_sending", complaint=notice.owner, template=notice.template)
        await self._receipts.take_early()
        for notice in await self._stuck.silent(self._patience.hold, self._patience.silent / 2, self._patience.silent):
            await self._settler.again(notice)
        for notice in await self._stuck.facts(self._patience.fact):
            await self._record(notice)
        if late := await self._stuck.late([*self._external, *self._built_in]):
            lost = [one for one in late if one not in self._built_in or await self._idle(self._built_in[one])]
            await self._publish(await self._stuck.lost(lost, LOST_AGAIN))
        await self._looking_after.look()

    async def _record(self, notice: Notice) -> None:
        """One that can't be said stops neither the others nor the rest of the round."""
        try:
            await self._facts.record(notice)
        except Exception as error:
            if is_infrastructure(error):
                raise
            _log.error("fact_fails", notice=notice.id, complaint=notice.owner, error=error)
            await self._stuck.fact_failed(notice.id)

    async def _publish(self, notices: Sequence[Notice]) -> None:
        external = set(self._external)
        await self._outbox.queue([n for n in notices if (n.city, n.way) not in external])
        for notice in notices:
            if (notice.city, notice.way) in external:
                await self._deliver(notice.id)

    async def _idle(self, consumer: str) -> bool:
        """OUTBOUND holds nothing more for this consumer: what is still queued was lost on the way to it."""
        answer = await self._replies.ask(f"$JS.API.CONSUMER.INFO.{subjects.OUTBOUND}.{consumer}", b"", timeout=3.0)
        info = json.loads(answer.data) if answer.data else {}
        return (info.get("num_pending"), info.get("num_ack_pending")) == (0, 0)
