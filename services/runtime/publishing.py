"""Publish to a stream that is a queue or keeps the last of a subject: stored when this returns, or an error.

Without an expectation and without `Nats-Msg-Id`: a repetition is stored again, and whoever reads it must not mind.
"""

import json

from nats.aio.client import Client
from nats.aio.msg import Msg
from opentelemetry.trace import SpanKind

from services.runtime import figures, telemetry
from services.runtime.failures import Away
from services.runtime.replies import NoAnswer, Replies


class NotStored(Away):
    """Not known to be stored: no answer in time, no connection, or the stream is full. Publish it again."""


class Publisher:
    """Any number of publications may be in flight at once; each waits for its own PubAck."""

    def __init__(self, connection: Client, timeout: float = 5.0) -> None:
        """`timeout`: seconds that a PubAck may take."""
        self._connection = connection
        self._replies = Replies.of(connection)
        self._timeout = timeout

    async def publish(
        self, subject: str, body: bytes, headers: dict[str, str] | None = None, *, within: float | None = None
    ) -> int:
        """The message's sequence in its stream, `within` seconds. Trace context is added to `headers`."""
        with telemetry.span(
            f"send {telemetry.template(subject)}", telemetry.messaging(subject, "send"), kind=SpanKind.PRODUCER
        ):
            return await self._publish(subject, body, {**(headers or {}), **telemetry.context_headers()}, within)

    async def _publish(self, subject: str, body: bytes, headers: dict[str, str], within: float | None) -> int:
        answers: list[Msg] = []

        def take(message: Msg) -> bool:
            answers.append(message)
            return True

        try:
            await self._replies.ready()
            reply, done = self._replies.expect(take, self._timeout if within is None else within)
            await self._replies.send(subject, body, reply, headers or None, done)
            await done
        except NoAnswer as error:
            raise NotStored(str(error)) from error
        sequence = _sequence(answers[0])
        figures.record_sent(subject)
        return sequence


def _sequence(answer: Msg) -> int:
    if answer.headers and answer.headers.get("Status") == "503":
        raise NotStored("nobody stores this subject now")
    ack = json.loads(answer.data)
    if "error" in ack:
        raise NotStored(f"{ack['error'].get('err_code')} {ack['error'].get('description')}")
    return int(ack["seq"])
