"""Following a stream: in order per key, at once across keys, never stopped by one message, never losing one.

Errors of the machinery (`failures.is_infrastructure`) pause everything until it is back; the messages in hand are kept
alive meanwhile and nothing is counted against them. Errors that a message causes count against it alone: it is tried
again in place after growing pauses, then parked, and later messages of its key are parked behind it.

A message may come twice (after a lost ack, or a time away longer than the ack wait), and after a lost connection one
may come behind a later one of its key: handlers load the current state, or compare `n`.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.runtime import figures, logs, telemetry
from services.runtime.delivery import Delivery, arrived
from services.runtime.failures import is_infrastructure, sentence_for
from services.runtime.health import Check
from services.runtime.log import Rejected
from services.runtime.parking import BEHIND, Parked, Parking
from services.runtime.pausing import Pause
from services.runtime.pulling import Puller

__all__ = ["Delivery", "Follower", "Parked"]

Handler = Callable[[Delivery], Awaitable[None]]
BatchHandler = Callable[[Sequence[Delivery]], Awaitable[None]]

RETRY_PAUSES = (0.05, 0.2, 0.8, 2.0, 5.0)
"""Seconds between tries of a message that fails; the last one repeats."""

STUCK = 120.0
"""Seconds without one message done, with some in hand, after which the follower no longer counts as alive."""

_GIVEN_BACK = b'-NAK {"delay": 100000000}'
"""With a delay (ns) the server sorts them again; several at once came back as 2, 3, 1."""

_log = logs.get(__name__)


class _Message:
    """A stored message in hand, until its last piece is settled."""

    __slots__ = ("kept_at", "pieces", "refused", "reply", "sequence")

    def __init__(self, sequence: int, reply: str, pieces: int) -> None:
        self.sequence = sequence
        self.reply = reply
        self.pieces = pieces
        self.refused = False
        self.kept_at = time.monotonic()


class _Held:
    """What is handled as one: a whole message, or a piece of one whose pieces are apart."""

    __slots__ = ("delivery", "key", "message")

    def __init__(self, delivery: Delivery, key: str, message: _Message) -> None:
        self.delivery = delivery
        self.key = key
        self.message = message


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
    ) -> None:
        """Either `handler` (one event; `concurrency` of them at once) or `batch_handler` (many, in order, one call).

        A decision's events come one behind the other, with the same sequence; they are acked, or tried again, together.
        A batch handler does all or nothing, and may be called again with any part of what it got. `apart`: the stream
        is a queue in which one stored message may hold several that have nothing to do with each other.
        """
        if (handler is None) == (batch_handler is None):
            raise ValueError("one of handler and batch_handler")
        self._connection = connection
        self._handler = handler
        self._batch_handler = batch_handler
        self._park = park
        self._key = key
        self._batch = batch
        self._concurrency = concurrency
        self._retries = retries
        self._pauses = pauses
        self._look = look_for_retries
        self._pause = Pause()
        self._apart = apart
        self._messages: dict[int, _Message] = {}
        self._held = 0
        self._lanes: dict[str, deque[_Held]] = {}
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._arrivals: deque[_Held] = deque()
        self._some = asyncio.Event()
        self._stopping = False
        self._pending = 0
        self._seen_parking = False
        self._moved_at = time.monotonic()
        self._puller = Puller(
            connection, stream, durable, take=self._arrived, room=lambda: 2 * batch - self._held, batch=batch
        )
        self.stream = stream
        self.durable = durable
        self.service = service

    @property
    def lag(self) -> int:
        """Messages that wait for us, as far as the last delivery told, with those in hand."""
        return self._pending + self._held

    @property
    def alive(self) -> bool:
        """The loop turns, and what is in hand moves (or waits for something that is away)."""
        now = time.monotonic()
        moves = not self._held or self._pause.since_failure or now - self._moved_at < STUCK
        return moves and now - self._puller.turned_at < 15.0

    def check(self) -> Check:
        return Check(
            ok=self.alive and not self._pause.since_failure,
            detail={
                "lag": self.lag,
                "in_hand": self._held,
                "serving": self._puller.pinned,
                "paused": self._pause.since_failure,
                "parked": self._park.count,
            },
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then what is being handled is finished and the rest handed back."""
        self._stopping = False
        if self._batch_handler is not None:
            workers = [self._batch_worker()]
        else:
            workers = [self._worker() for _ in range(self._concurrency)]
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
            for message in sorted(self._messages.values(), key=lambda one: one.sequence):
                await self._answer(message, _GIVEN_BACK)
            await self._puller.unpin()
        except (OSError, nats.errors.Error) as error:
            _log.info("left_without_goodbye", stream=self.stream, consumer=self.durable, error=error)
        self._messages.clear()
        self._held = 0
        self._lanes.clear()
        self._arrivals.clear()

    _running = 0

    def _arrived(self, message: Msg) -> None:
        if self._stopping:
            return
        found = arrived(message)
        sequence = found.delivery.sequence
        self._pending = found.pending
        known = self._messages.get(sequence)
        if known is not None:  # came again while we hold it: the newest ack subject counts
            known.reply = found.reply
            return
        if not self._held:
            self._moved_at = time.monotonic()
        deliveries = found.delivery.apart() if self._apart else [found.delivery]
        stored = self._messages[sequence] = _Message(sequence, found.reply, len(deliveries))
        self._held += len(deliveries)
        for delivery in deliveries:
            self._take_in(_Held(delivery, self._key(delivery), stored))

    def _take_in(self, held: _Held) -> None:
        if self._batch_handler is not None:
            self._arrivals.append(held)
            self._some.set()
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

    async def _handle(self, held: _Held) -> None:
        if await self._parked_behind(held):
            return
        failure = await self._attempt(held.delivery)
        if failure is not None and not await self._set_aside(held, *failure):
            return
        await self._settle(held)

    async def _attempt(self, delivery: Delivery, retries: int | None = None) -> tuple[str, str] | None:
        """None: handled. Otherwise reason and sentence, after the last try."""
        limit = self._retries if retries is None else retries
        tries = 0
        while True:
            await self._pause.wait()
            started = time.perf_counter()
            try:
                with telemetry.processing(
                    delivery.subject,
                    delivery.headers,
                    consumer=self.durable,
                    attributes={"messaging.message.stream_sequence": delivery.sequence, "tuntas.type": delivery.type},
                ):
                    await self._alone(delivery)
            except Parked as parked:
                return parked.reason, parked.sentence
            except Exception as error:  # noqa: BLE001 - one message must not stop the others
                if is_infrastructure(error):
                    self._note_pause(error)
                    continue
                _log.warning(
                    "message_fails", stream=self.stream, consumer=self.durable, sequence=delivery.sequence,
                    tries=tries + 1, error=error,
                )  # fmt: skip
                if tries >= limit:
                    return "failed", sentence_for(error)
                await asyncio.sleep(self._pauses[min(tries, len(self._pauses) - 1)])
                tries += 1
            else:
                self._pause.went_well()
                figures.record_processed(delivery.subject, self.durable, time.perf_counter() - started)
                return None

    def _note_pause(self, error: Exception) -> None:
        if self._pause.failed():
            figures.record_pause(self.durable, type(error).__qualname__)
            _log.warning("paused", stream=self.stream, consumer=self.durable, error=error)

    async def _parked_behind(self, held: _Held) -> bool:
        """Was it set aside because something earlier of its key is? Then it is settled, too."""
        if self._park.empty or not self._park.waiting(self._park.line(self.stream, self.durable, held.key)):
            return False
        if not await self._put(held, BEHIND, "Menunggu pesan sebelumnya dari hal yang sama.", behind=True):
            return False
        await self._settle(held)
        return True

    async def _set_aside(self, held: _Held, reason: str, sentence: str) -> bool:
        _log.error(
            "parked", stream=self.stream, consumer=self.durable, sequence=held.delivery.sequence, reason=reason,
            sentence=sentence,
        )  # fmt: skip
        return await self._put(held, reason, sentence, behind=False)

    async def _put(self, held: _Held, reason: str, sentence: str, *, behind: bool) -> bool:
        while True:
            await self._pause.wait()
            try:
                return await self._park.put(held.delivery, self.durable, held.key, reason, sentence, behind=behind)
            except Rejected as error:
                # It can't be set aside either. Neither lost nor in the way: it comes again after each ack wait.
                _log.critical("can_not_be_parked", stream=self.stream, sequence=held.delivery.sequence, error=error)
                held.message.refused = True
                self._let_go(held)
                return False
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                self._note_pause(error)

    async def _settle(self, held: _Held) -> None:
        """Done with; the message is acked with the last of its pieces."""
        self._moved_at = time.monotonic()
        if self._let_go(held) and not held.message.pieces and not held.message.refused:
            await self._answer(held.message, b"+ACK")
        if self._held <= self._batch:
            self._puller.wake()

    def _let_go(self, held: _Held) -> bool:
        """No longer in hand. False if it was not: everything was given back meanwhile."""
        message = held.message
        if self._messages.get(message.sequence) is not message:
            return False
        self._held -= 1
        message.pieces -= 1
        if not message.pieces:
            del self._messages[message.sequence]
        return True

    async def _answer(self, message: _Message, answer: bytes) -> None:
        try:
            await self._connection.publish(message.reply, answer)
        except Exception as error:
            if not is_infrastructure(error):
                raise
            # Not answered: it comes again after the ack wait, and handling it twice is harmless.

    async def _keep_alive(self) -> None:
        """Tell the server that we still hold what takes long."""
        while True:
            every = self._puller.ack_wait / 3
            await asyncio.sleep(every)
            before = time.monotonic() - every
            for message in [one for one in self._messages.values() if one.kept_at <= before]:
                message.kept_at = time.monotonic()
                await self._answer(message, b"+WPI")

    async def _batch_worker(self) -> None:
        while True:
            await self._some.wait()
            if self._stopping:
                return
            taken = [self._arrivals.popleft() for _ in range(min(len(self._arrivals), self._batch))]
            if not self._arrivals:
                self._some.clear()
            if taken:
                self._running += 1
                try:
                    await self._handle_batch(taken)
                finally:
                    self._running -= 1

    async def _handle_batch(self, taken: Sequence[_Held]) -> None:
        batch = [held for held in taken if not await self._parked_behind(held)]
        if not batch:
            return
        if await self._batch_done([event for held in batch for event in held.delivery.events()]):
            for held in batch:
                await self._settle(held)
            return
        await self._find_poison(batch)

    async def _batch_done(self, deliveries: Sequence[Delivery]) -> bool:
        """False if a message is to blame."""
        assert self._batch_handler is not None
        first = deliveries[0]
        while True:
            await self._pause.wait()
            started = time.perf_counter()
            try:
                with telemetry.processing(
                    first.subject,
                    None,
                    consumer=self.durable,
                    attributes={"messaging.batch.message_count": len(deliveries)},
                ):
                    await self._batch_handler(deliveries)
            except Exception as error:  # noqa: BLE001 - one message must not stop the others
                if not is_infrastructure(error):
                    return False
                self._note_pause(error)
            else:
                self._pause.went_well()
                figures.record_processed(
                    first.subject, self.durable, time.perf_counter() - started, messages=len(deliveries)
                )
                return True

    async def _find_poison(self, batch: Sequence[_Held]) -> None:
        """One by one, each once; those that fail, and what comes behind them in their keys, get their retries last."""
        late: list[_Held] = []
        late_keys: set[str] = set()
        for held in batch:
            if held.key not in late_keys and await self._attempt(held.delivery, retries=0) is None:
                await self._settle(held)
            else:
                late_keys.add(held.key)
                late.append(held)
        for held in late:
            if await self._parked_behind(held):
                continue
            failure = await self._attempt(held.delivery)
            if failure is None or await self._set_aside(held, *failure):
                await self._settle(held)

    async def _alone(self, delivery: Delivery) -> None:
        """Whichever handler there is, for the events of one message."""
        events = delivery.events()
        if self._handler is not None:
            for event in events:
                await self._handler(event)
        elif self._batch_handler is not None:
            await self._batch_handler(events)

    async def _watch_retries(self) -> None:
        """Do what `tuntas parked retry` asked for: from the first of a line on, in order, until one fails."""
        while True:
            await asyncio.sleep(self._look)
            try:
                await self._park.refresh()
                for line in self._park.asked(self.stream, self.durable):
                    if await self._park.claim(line):
                        await self._retry_line(line)
            except Exception as error:
                if not is_infrastructure(error):
                    raise

    async def _retry_line(self, line: str) -> None:
        while (item := self._park.first(line)) is not None:
            failure = await self._attempt(self._park.open(item), retries=0)
            if failure is not None:
                await self._park.settle(item, "failed", by=self.service, reason=failure[0], sentence=failure[1])
                return
            await self._park.settle(item, "done", by=self.service)
