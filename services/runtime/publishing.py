"""Publish to a stream that is a queue or keeps the last of a subject: stored when this returns, or an error.

Without an expectation and without `Nats-Msg-Id`: a repetition is stored again, and whoever reads it must not mind.

A queue's publications can share a write: what comes while one is on its way to the disk goes with the next, as one
message with many pieces (`runtime.bundle`). The broker syncs its file for each message, one after another, so that is
what lets a door take more than the disk has syncs; alone, a publication waits for nobody.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator, Sequence

from nats.aio.client import Client
from nats.aio.msg import Msg
from opentelemetry.trace import SpanKind

from services.runtime import bundle, figures, telemetry
from services.runtime.failures import Away
from services.runtime.limits import Limits
from services.runtime.replies import NoAnswer, Replies


class NotStored(Away):
    """Not known to be stored: no answer in time, no connection, or the stream is full. Publish it again."""


MOST_PIECES = 32
MOST_BYTES = 256 * 1024
"""Of publications that share a message."""


class Publisher:
    """Any number of publications may be in flight at once; each is stored when its call returns."""

    def __init__(self, connection: Client, timeout: float = 5.0, *, shared: bool = False) -> None:
        """`timeout`: seconds that a PubAck may take. `shared`: for queues whose follower takes pieces apart."""
        self._connection = connection
        self._replies = Replies.of(connection)
        self._timeout = timeout
        self._shared = shared
        self._waiting: dict[str, deque[_Waiting]] = {}
        self._flights: set[asyncio.Task[None]] = set()
        self._unanswered: set[_Waiting] = set()
        self._limits = Limits(self._overdue)

    def sharing(self) -> "Publisher":
        """The same, its publications sharing their writes."""
        return Publisher(self._connection, self._timeout, shared=True)

    async def publish(
        self, subject: str, body: bytes, headers: dict[str, str] | None = None, *, within: float | None = None
    ) -> int:
        """The message's sequence in its stream, `within` seconds. Trace context is added to `headers`."""
        limit = self._timeout if within is None else within
        with telemetry.span(
            f"send {telemetry.template(subject)}", telemetry.messaging(subject, "send"), kind=SpanKind.PRODUCER
        ):
            headers = {**(headers or {}), **telemetry.context_headers()}
            if self._shared:
                return await self._with_others(subject, headers, body, limit)
            return await self._publish(subject, body, headers, limit)

    async def publish_all(self, subject: str, bodies: Sequence[bytes]) -> None:
        """What is known at once, as pieces of as few messages as they fit in. Stored when this returns, in this order.

        For queues whose follower takes pieces apart. After an error some may be stored.
        """
        template = telemetry.template(subject)
        with telemetry.span(
            f"send {template}",
            {**telemetry.messaging(subject, "send"), "messaging.batch.message_count": len(bodies)},
            kind=SpanKind.PRODUCER,
        ):
            context = telemetry.context_headers()
            messages = [bundle.join([(context, body) for body in aboard]) for aboard in _boarded(bodies)]
            await asyncio.gather(*(self._publish(subject, body, headers, self._timeout) for headers, body in messages))

    async def _with_others(self, subject: str, headers: dict[str, str], body: bytes, limit: float) -> int:
        loop = asyncio.get_running_loop()
        mine = _Waiting(headers, body, loop.create_future(), loop.time() + limit)
        queue = self._waiting.get(subject)
        if queue is None:
            queue = self._waiting[subject] = deque()
            flight = asyncio.create_task(self._fly(subject, queue, limit))
            self._flights.add(flight)
            flight.add_done_callback(self._flights.discard)
        queue.append(mine)
        self._unanswered.add(mine)
        self._limits.watch(loop, mine.until)
        try:
            return await mine.stored
        finally:
            self._unanswered.discard(mine)

    def _overdue(self, now: float) -> float | None:
        for one in self._unanswered:
            if one.until <= now:
                one.fails(NotStored("no answer in time"))
        return min((one.until for one in self._unanswered if one.until > now), default=None)

    async def _fly(self, subject: str, queue: "deque[_Waiting]", limit: float) -> None:
        """One message after another until nobody waits."""
        try:
            while queue:
                aboard = _board(queue)
                if not aboard:
                    continue
                headers, body = bundle.join([(one.headers, one.body) for one in aboard])
                try:
                    sequence = await self._publish(subject, body, headers, limit)
                except Exception as error:  # noqa: BLE001 - handed to everybody who waits for it
                    for one in aboard:
                        one.fails(error)
                else:
                    for one in aboard:
                        one.succeeds(sequence)
        finally:
            del self._waiting[subject]
            for one in queue:
                one.fails(NotStored("the door closed"))

    async def _publish(self, subject: str, body: bytes, headers: dict[str, str], limit: float) -> int:
        answers: list[Msg] = []

        def take(message: Msg) -> bool:
            answers.append(message)
            return True

        try:
            await self._replies.ready()
            reply, done = self._replies.expect(take, limit)
            await self._replies.send(subject, body, reply, headers or None, done)
            await done
        except NoAnswer as error:
            raise NotStored(str(error)) from error
        sequence = _sequence(answers[0])
        figures.record_sent(subject)
        return sequence


class _Waiting:
    """A publication that goes with the next message; who asked for it may have given up meanwhile."""

    __slots__ = ("body", "headers", "stored", "until")

    def __init__(self, headers: dict[str, str], body: bytes, stored: asyncio.Future[int], until: float) -> None:
        """`until`: the loop's time when nobody waits for it any more."""
        self.headers = headers
        self.body = body
        self.stored = stored
        self.until = until

    def succeeds(self, sequence: int) -> None:
        if not self.stored.done():
            self.stored.set_result(sequence)

    def fails(self, error: Exception) -> None:
        if not self.stored.done():
            self.stored.set_exception(error)


def _board(queue: "deque[_Waiting]") -> list[_Waiting]:
    """The next to go together: at least one, as many as fit. Who gave up stays behind."""
    aboard: list[_Waiting] = []
    size = 0
    while queue and len(aboard) < MOST_PIECES:
        if queue[0].stored.done():
            queue.popleft()
            continue
        size += len(queue[0].body)
        if aboard and size > MOST_BYTES:
            break
        aboard.append(queue.popleft())
    return aboard


def _boarded(bodies: Sequence[bytes]) -> Iterator[list[bytes]]:
    """In order, at least one each, as many as fit."""
    aboard: list[bytes] = []
    size = 0
    for body in bodies:
        size += len(body)
        if aboard and (len(aboard) == MOST_PIECES or size > MOST_BYTES):
            yield aboard
            aboard, size = [], len(body)
        aboard.append(body)
    if aboard:
        yield aboard


def _sequence(answer: Msg) -> int:
    if answer.headers and answer.headers.get("Status") == "503":
        raise NotStored("nobody stores this subject now")
    ack = json.loads(answer.data)
    if "error" in ack:
        raise NotStored(f"{ack['error'].get('err_code')} {ack['error'].get('description')}")
    return int(ack["seq"])
