"""Following a stream: in order per key, at once across keys, never stopped by one message, never losing one.

Errors of the machinery (`failures.is_infrastructure`) pause everything until it is back; the messages in hand are kept
alive meanwhile and nothing is counted against them. Errors that a message causes count against it alone: it is tried
again in place after growing pauses, then parked, and later messages of its key are parked behind it.

A message may come twice (after a lost ack, or a time away longer than the ack wait), and after a lost connection one
may come behind a later one of its key: handlers load the current state, or compare `n`.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.runtime import logs
from services.runtime.attempting import RETRY_PAUSES, Attempts, BatchHandler, Handler
from services.runtime.delivery import Delivery, arrived
from services.runtime.failures import is_infrastructure
from services.runtime.health import Check
from services.runtime.holding import Held, InHand
from services.runtime.log import Rejected
from services.runtime.parking import BEHIND, Parked, Parking
from services.runtime.pulling import Puller

__all__ = ["BatchHandler", "Delivery", "Follower", "Handler", "Parked"]

STUCK = 120.0
"""Seconds without one message done, with some in hand, after which the follower no longer counts as alive."""

RUSH = 32
"""Events of one batch from which a flow counts as a rush."""
IN_RUSH = 5
"""Times as long as otherwise a batch is gathered then: what comes for one key comes together, and is written once."""

_log = logs.get(__name__)


class Follower:
    """One durable consumer, followed until told to stop."""

    def __init__(
        self,
        connection: Client,
        stream: str,
        durable: str,
        handler: Handler | None = None,
        *,
        service: str,
        park: Parking,
        key: Callable[[Delivery], str] = lambda delivery: delivery.subject,
        batch: int = 256,
        concurrency: int = 64,
        batch_handler: BatchHandler | None = None,
        retries: int = 5,
        pauses: Sequence[float] = RETRY_PAUSES,
        look_for_retries: float = 1.0,
        apart: bool = False,
        gather: float = 0.0,
    ) -> None:
        """Either `handler` (one event; `concurrency` of them at once) or `batch_handler` (many, in order, one call).

        A decision's events come one behind the other, with the same sequence; they are acked, or tried again, together.
        A batch handler does all or nothing, and may be called again with any part of what it got. `apart`: the stream
        is a queue in which one stored message may hold several that have nothing to do with each other. `gather`:
        seconds from the beginning of one batch to that of the next, unless that is full: what comes after a quiet time
        is handled at once, a flow in fewer and larger batches, a rush in still larger ones.
        """
        self._attempts = Attempts(
            stream, durable, handler=handler, batch_handler=batch_handler, retries=retries, pauses=pauses
        )
        self._batched = batch_handler is not None
        self._park = park
        self._key = key
        self._batch = batch
        self._concurrency = concurrency
        self._look = look_for_retries
        self._gather = gather
        self._hands = InHand(connection, apart=apart)
        self._lanes: dict[str, deque[Held]] = {}
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._arrivals: deque[Held] = deque()
        self._some = asyncio.Event()
        self._full = asyncio.Event()
        """More than one batch takes has arrived."""
        self._stopping = False
        self._running = 0
        self._seen_parking = False
        self._puller = Puller(
            connection, stream, durable, take=self._arrived, room=lambda: 2 * batch - self._hands.count, batch=batch
        )
        self.stream = stream
        self.durable = durable
        self.service = service

    @property
    def lag(self) -> int:
        """Messages that wait for us, as far as the last delivery told, with those in hand."""
        return self._hands.pending + self._hands.count

    @property
    def alive(self) -> bool:
        """The loop turns, and what is in hand moves (or waits for something that is away)."""
        now = time.monotonic()
        moves = not self._hands.count or self._attempts.paused or now - self._hands.moved_at < STUCK
        return moves and now - self._puller.turned_at < 15.0

    def check(self) -> Check:
        return Check(
            ok=self.alive and not self._attempts.paused,
            detail={
                "lag": self.lag,
                "in_hand": self._hands.count,
                "serving": self._puller.pinned,
                "paused": self._attempts.paused,
                "parked": self._park.count,
            },
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then what is being handled is finished and the rest handed back."""
        self._stopping = False
        workers = [self._batch_worker()] if self._batched else [self._worker() for _ in range(self._concurrency)]
        tasks = [asyncio.create_task(work) for work in (*workers, self._keep_alive(), self._watch_retries())]
        puller = asyncio.create_task(self._pull(stop))
        try:
            done, _ = await asyncio.wait([puller, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()  # only the puller ends by itself; a worker that ends has an error to show
        finally:
            self._stopping = True
            puller.cancel()
            await asyncio.gather(puller, return_exceptions=True)
            await self._finish(tasks)

    async def _pull(self, stop: asyncio.Event) -> None:
        while not stop.is_set() and not self._seen_parking:
            try:
                await self._park.refresh()
                self._seen_parking = True
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                self._puller.turned_at = time.monotonic()
                await asyncio.sleep(0.3)
        stopped = asyncio.create_task(stop.wait())
        pulling = asyncio.create_task(self._puller.run(stop))
        try:
            await asyncio.wait([stopped, pulling], return_when=asyncio.FIRST_COMPLETED)
            if pulling.done():
                pulling.result()
        finally:
            stopped.cancel()
            pulling.cancel()

    async def _finish(self, tasks: Sequence[asyncio.Task[None]], grace: float = 5.0) -> None:
        """Let running handlers end, then give everything else back at once instead of after the ack wait."""
        self._some.set()
        deadline = time.monotonic() + grace
        while self._running and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            await self._puller.close()
            await self._hands.give_back()
            await self._puller.unpin()
        except (OSError, nats.errors.Error) as error:
            _log.info("left_without_goodbye", stream=self.stream, consumer=self.durable, error=error)
        self._hands.forget()
        self._lanes.clear()
        self._arrivals.clear()
        self._full.clear()

    def _arrived(self, message: Msg) -> None:
        if self._stopping:
            return
        for piece, stored in self._hands.take(arrived(message)):
            self._take_in(Held(piece, self._key(piece), stored))

    def _take_in(self, held: Held) -> None:
        if self._batched:
            self._arrivals.append(held)
            self._some.set()
            if len(self._arrivals) >= self._batch:
                self._full.set()
            return
        lane = self._lanes.get(held.key)
        if lane is None:
            self._lanes[held.key] = deque([held])
            self._ready.put_nowait(held.key)
        else:
            lane.append(held)

    async def _worker(self) -> None:
        while True:
            key = await self._ready.get()
            lane = self._lanes[key]
            while lane and not self._stopping:
                self._running += 1
                try:
                    await self._handle(lane[0])
                finally:
                    self._running -= 1
                lane.popleft()
            if self._stopping:
                return
            del self._lanes[key]

    async def _handle(self, held: Held) -> None:
        if await self._parked_behind(held):
            return
        failure = await self._attempts.one(held.delivery)
        if failure is not None and not await self._set_aside(held, *failure):
            return
        await self._settle(held)

    async def _parked_behind(self, held: Held) -> bool:
        """Was it set aside because something earlier of its key is? Then it is settled, too."""
        if self._park.empty or not self._park.waiting(self._park.line(self.stream, self.durable, held.key)):
            return False
        if not await self._put(held, BEHIND, "Menunggu pesan sebelumnya dari hal yang sama.", behind=True):
            return False
        await self._settle(held)
        return True

    async def _set_aside(self, held: Held, reason: str, sentence: str) -> bool:
        _log.error(
            "parked", stream=self.stream, consumer=self.durable, sequence=held.delivery.sequence, reason=reason,
            sentence=sentence,
        )  # fmt: skip
        return await self._put(held, reason, sentence, behind=False)

    async def _put(self, held: Held, reason: str, sentence: str, *, behind: bool) -> bool:
        while True:
            await self._attempts.wait()
            try:
                return await self._park.put(held.delivery, self.durable, held.key, reason, sentence, behind=behind)
            except Rejected as error:
                # It can't be set aside either. Neither lost nor in the way: it comes again after each ack wait.
                _log.critical("can_not_be_parked", stream=self.stream, sequence=held.delivery.sequence, error=error)
                self._hands.refuse(held)
                return False
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                self._attempts.note_pause(error)

    async def _settle(self, held: Held) -> None:
        await self._hands.settle(held)
        if self._hands.count <= self._batch:
            self._puller.wake()

    async def _keep_alive(self) -> None:
        while True:
            every = self._puller.ack_wait / 3
            await asyncio.sleep(every)
            await self._hands.keep_alive(every)

    async def _batch_worker(self) -> None:
        next_at = 0.0
        while True:
            await self._some.wait()
            if (early := next_at - time.monotonic()) > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._full.wait(), early)
            if self._stopping:
                return
            taken = [self._arrivals.popleft() for _ in range(min(len(self._arrivals), self._batch))]
            next_at = time.monotonic() + self._gather * (IN_RUSH if len(taken) >= RUSH else 1)
            if len(self._arrivals) < self._batch:
                self._full.clear()
            if not self._arrivals:
                self._some.clear()
            if taken:
                self._running += 1
                try:
                    await self._handle_batch(taken)
                finally:
                    self._running -= 1

    async def _handle_batch(self, taken: Sequence[Held]) -> None:
        batch = [held for held in taken if not await self._parked_behind(held)]
        if not batch:
            return
        if await self._attempts.together([event for held in batch for event in held.delivery.events()]):
            for held in batch:
                await self._settle(held)
            return
        await self._find_poison(batch)

    async def _find_poison(self, batch: Sequence[Held]) -> None:
        """One by one, each once; those that fail, and what comes behind them in their keys, get their retries last."""
        late: list[Held] = []
        late_keys: set[str] = set()
        for held in batch:
            if held.key not in late_keys and await self._attempts.one(held.delivery, retries=0) is None:
                await self._settle(held)
            else:
                late_keys.add(held.key)
                late.append(held)
        for held in late:
            if await self._parked_behind(held):
                continue
            failure = await self._attempts.one(held.delivery)
            if failure is None or await self._set_aside(held, *failure):
                await self._settle(held)

    async def _watch_retries(self) -> None:
        """Do what `tuntas parked retry` asked for: from the first of a line on, in order, until one fails."""
        while True:
            await asyncio.sleep(self._look)
            try:
                await self._park.refresh(within=self._look / 2)  # a service's followers share it: one of them reads
                for line in self._park.asked(self.stream, self.durable):
                    if await self._park.claim(line):
                        await self._retry_line(line)
            except Exception as error:
                if not is_infrastructure(error):
                    raise

    async def _retry_line(self, line: str) -> None:
        while (item := self._park.first(line)) is not None:
            failure = await self._attempts.one(self._park.open(item), retries=0)
            if failure is not None:
                await self._park.settle(item, "failed", by=self.service, reason=failure[0], sentence=failure[1])
                return
            await self._park.settle(item, "done", by=self.service)
