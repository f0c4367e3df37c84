"""Handing messages to a handler: what is away is waited for, what fails by itself is tried again, then said so."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from services.runtime import figures, logs, telemetry
from services.runtime.delivery import Delivery
from services.runtime.failures import is_infrastructure, sentence_for
from services.runtime.parking import Parked
from services.runtime.pausing import Pause

Handler = Callable[[Delivery], Awaitable[None]]
BatchHandler = Callable[[Sequence[Delivery]], Awaitable[None]]

RETRY_PAUSES = (0.05, 0.2, 0.8, 2.0, 5.0)
"""Seconds between tries of a message that fails; the last one repeats."""

_log = logs.get(__name__)


class Attempts:
    """One consumer's handler and the pause that all its workers share."""

    def __init__(
        self,
        stream: str,
        consumer: str,
        *,
        handler: Handler | None,
        batch_handler: BatchHandler | None,
        retries: int,
        pauses: Sequence[float],
    ) -> None:
        if (handler is None) == (batch_handler is None):
            raise ValueError("one of handler and batch_handler")
        self._stream = stream
        self._consumer = consumer
        self._handler = handler
        self._batch_handler = batch_handler
        self._retries = retries
        self._pauses = pauses
        self._pause = Pause()

    @property
    def paused(self) -> bool:
        """Something is away, as far as the last try told."""
        return self._pause.since_failure

    async def wait(self) -> None:
        await self._pause.wait()

    def note_pause(self, error: Exception) -> None:
        if self._pause.failed():
            figures.record_pause(self._consumer, type(error).__qualname__)
            _log.warning("paused", stream=self._stream, consumer=self._consumer, error=error)

    async def one(self, delivery: Delivery, retries: int | None = None) -> tuple[str, str] | None:
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
                    consumer=self._consumer,
                    attributes={"messaging.message.stream_sequence": delivery.sequence, "tuntas.type": delivery.type},
                ):
                    await self._alone(delivery)
            except Parked as parked:
                return parked.reason, parked.sentence
            except Exception as error:  # noqa: BLE001 - one message must not stop the others
                if is_infrastructure(error):
                    self.note_pause(error)
                    continue
                _log.warning(
                    "message_fails", stream=self._stream, consumer=self._consumer, sequence=delivery.sequence,
                    tries=tries + 1, error=error,
                )  # fmt: skip
                if tries >= limit:
                    return "failed", sentence_for(error)
                await asyncio.sleep(self._pauses[min(tries, len(self._pauses) - 1)])
                tries += 1
            else:
                self._pause.went_well()
                figures.record_processed(delivery.subject, self._consumer, time.perf_counter() - started)
                return None

    async def _alone(self, delivery: Delivery) -> None:
        """Whichever handler there is, for the events of one message."""
        events = delivery.events()
        if self._handler is not None:
            for event in events:
                await self._handler(event)
        elif self._batch_handler is not None:
            await self._batch_handler(events)

    async def together(self, deliveries: Sequence[Delivery]) -> bool:
        """All in one call. False if a message is to blame; none is told from the others."""
        assert self._batch_handler is not None
        first = deliveries[0]
        while True:
            await self._pause.wait()
            started = time.perf_counter()
            try:
                with telemetry.processing(
                    first.subject,
                    None,
                    consumer=self._consumer,
                    attributes={"messaging.batch.message_count": len(deliveries)},
                ):
                    await self._batch_handler(deliveries)
            except Exception as error:  # noqa: BLE001 - one message must not stop the others
                if not is_infrastructure(error):
                    return False
                self.note_pause(error)
            else:
                self._pause.went_well()
                figures.record_processed(
                    first.subject, self._consumer, time.perf_counter() - started, messages=len(deliveries)
                )
                return True
