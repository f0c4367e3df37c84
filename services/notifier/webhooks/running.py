"""Keeps offices' programs told: reads their queues, sends what is newest of each complaint, and gives up by rule.

Each registered program is served apart from every other, so a slow one delays nobody else. Its queue is read from
where it was read to, and only that place is remembered: whatever happens to this process, the next one goes on there.
One message of a complaint is on its way at a time. What was superseded before it was taken is not told any more.
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.ids import derive
from services.contracts.tasks import Task
from services.contracts.webhooks import headers, payload
from services.notifier.webhooks.calling import Called, Caller, Failed, Gone, Took
from services.notifier.webhooks.rows import Rows, Seen, Waiting, Webhook, webhook_name
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.log import Log
from services.runtime.rounds import rounds
from services.runtime.vault import IdKeys

_log = logs.get(__name__)

TEST = "webhook.test"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    every: float = 1.0
    """How often a queue is looked at."""
    lease: float = 60.0
    """A message that was claimed so long ago was claimed by a process that died; longer than a call can take."""
    pauses: tuple[float, ...] = (5, 60, 300, 1800, 7200, 18_000, 36_000)
    """After each failure in a row; the last one for as long as it takes."""
    give_up: timedelta = timedelta(days=3)
    at_once: int = 4
    """Messages to one program at a time."""
    page: int = 200


class Webhooks:
    def __init__(
        self,
        *,
        rows: Rows,
        queue: Log,
        keys: IdKeys,
        caller: Caller,
        cities: Mapping[str, City],
        clock: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> None:
        """`queue`: the AGENCY stream."""
        self._rows = rows
        self._queue = queue
        self._keys = keys
        self._caller = caller
        self._cities = cities
        self._clock = clock
        self._patience = patience or Patience()
        self._serving: dict[str, asyncio.Task[None]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        try:
            await rounds(self._look, stop, self._patience.every, waits="webhooks_wait")
        finally:
            for task in self._serving.values():
                task.cancel()
            await asyncio.gather(*self._serving.values(), return_exceptions=True)

    async def _look(self) -> None:
        for name, task in list(self._serving.items()):
            if task.done():
                del self._serving[name]
                error = task.exception()
                if error is not None and not is_infrastructure(error):
                    _log.error("webhook_fails", webhook=name, error=error)
        for hook in await self._rows.all():
            if hook.city in self._cities and hook.id not in self._serving:
                self._serving[hook.id] = asyncio.create_task(self.serve(hook))

    async def serve(self, hook: Webhook) -> None:
        """One round for one program: everything that is due now. Raises infrastructure errors."""
        if hook.test_waits:
            await self._test(hook)
        if not hook.enabled:
            return
        await self._read(hook)
        if hook.rests_until > self._clock():
            return
        while True:
            # After a failure one message goes first, to see.
            most = 1 if hook.failures else self._patience.at_once
            waiting = await self._rows.claim(hook, most, self._clock(), self._patience.lease)
            ended = await asyncio.gather(*(self._send(hook, one) for one in waiting))
            if not waiting or not all(ended):
                return

    async def _read(self, hook: Webhook) -> None:
        """What is new in the seat's queue."""
        cursor, more = hook.cursor, True
        while more:
            entries = await self._queue.some(subjects.agency_queue(hook.city, hook.seat), cursor, self._patience.page)
            more = len(entries) >= self._patience.page
            if entries:
                cursor = entries[-1].sequence
                newest: dict[str, Seen] = {}
                for entry in entries:
                    seen = Seen.of(entry.body)
                    if seen.complaint not in newest or newest[seen.complaint].n <= seen.n:
                        newest[seen.complaint] = seen
                await self._rows.seen(hook, list(newest.values()), cursor, self._clock())

    async def _send(self, hook: Webhook, waiting: Waiting) -> bool:
        """The newest state of one complaint. False: the program took nothing."""
        found = await self._queue.load(subjects.agency_task(hook.city, hook.seat, waiting.complaint))
        if not found:
            await self._rows.nothing_left(hook.id, waiting.complaint)
            return True
        task = Task.model_validate_json(found[-1].body)
        called = await self._call(hook, webhook_name(task, hook.id), f"task.{task.update}", task.at, found[-1].body)
        return await self._ended(hook, waiting, task.n, called)

    async def _call(self, hook: Webhook, of: str, type_: str, at: datetime, data: bytes) -> Called:
        name = "msg_" + derive(await self._keys.id_key(hook.city), "webhook", of)
        body, now = payload(type_, at, data), self._clock()
        return await self._caller.call(hook.box.url, headers(hook.box.signing(now), name, now, body), body)

    async def _ended(self, hook: Webhook, waiting: Waiting, n: int, called: Called) -> bool:
        now = self._clock()
        match called:
            case Took():
                await self._rows.took(hook.id, waiting.complaint, n, f"http_{called.status}", now)
                return True
            case Gone():
                await self._rows.failed(hook.id, waiting.complaint, n, "http_410", now, next_at=now, rests=now)
                await self._disable(hook, "gone", now)
            case Failed():
                await self._failed(hook, waiting, n, called, now)
        return False

    async def _failed(self, hook: Webhook, waiting: Waiting, n: int, called: Failed, now: datetime) -> None:
        after = now + timedelta(seconds=max(self._pause(waiting.tries), called.seconds))
        rests = now + timedelta(seconds=max(self._pause(hook.failures), called.seconds)) if called.whole else now
        first = waiting.failing_since or now
        given_up = now - first >= self._patience.give_up
        since = await self._rows.failed(
            hook.id, waiting.complaint, n, called.why, now, next_at=None if given_up else after, rests=rests
        )
        _log.warning("webhook_failed", webhook=hook.id, seat=hook.seat, complaint=waiting.complaint, why=called.why)
        if now - since >= self._patience.give_up:
            await self._disable(hook, "failing", now)

    async def _disable(self, hook: Webhook, why: str, now: datetime) -> None:
        if await self._rows.disable(hook.id, why, now):
            _log.error("webhook_disabled", city=hook.city, seat=hook.seat, webhook=hook.id, why=why)

    async def _test(self, hook: Webhook) -> None:
        """Asked for on the page; also of one that is disabled, to see whether it may be enabled again."""
        assert hook.test_asked_at is not None
        now = self._clock()
        data = f'{{"city":"{hook.city}","seat":"{hook.seat}"}}'.encode()
        called = await self._call(hook, f"test:{hook.id}:{hook.test_asked_at.isoformat()}", TEST, now, data)
        await self._rows.tested(hook.id, hook.test_asked_at, _said(called), self._clock())

    def _pause(self, failures: int) -> float:
        pause = self._patience.pauses[min(failures, len(self._patience.pauses) - 1)]
        return pause * random.uniform(1.0, 1.1)


def _said(called: Called) -> str:
    match called:
        case Took():
            return "ok"
        case Gone():
            return "http_410"
        case Failed():
            return called.why
