"""Puts notices into OUTBOUND: an id for our own senders, the whole message with a time to live for adapters."""

import asyncio
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from nats.aio.client import Client
from nats.aio.msg import Msg

from services.contracts import subjects
from services.contracts.outbound import OutboundMessage, OutboundNotice
from services.notifier.delivery.rows import NewNotice, Notice
from services.runtime import figures, telemetry
from services.runtime.failures import Away
from services.runtime.log import Rejected
from services.runtime.replies import NoAnswer, Replies

EXTERNAL_TTL = timedelta(hours=24)
"""How long an adapter that is away may find a message with its content in its queue."""


class Full(Away):
    """OUTBOUND takes nothing now: its limit of size is reached until senders have caught up."""


class Outbox:
    def __init__(self, connection: Client, seconds: float = 5.0) -> None:
        self._replies = Replies.of(connection)
        self._seconds = seconds

    async def queue(self, notices: Iterable[Notice | NewNotice]) -> None:
        """For built-in senders. Raises infrastructure errors; then the sweeper, or the caller again, publishes."""
        await asyncio.gather(
            *(
                self._publish(
                    subjects.outbound(n.city, n.channel),
                    OutboundNotice(notice=n.id, city=n.city, channel=n.channel).model_dump_json().encode(),
                    {},
                )
                for n in notices
            )
        )

    async def hand_over(self, message: OutboundMessage, now: datetime) -> None:
        """To an external adapter, gone by itself when it expires."""
        left = max(1, int((message.expires_at - now).total_seconds()))
        subject = subjects.outbound(message.city, message.channel)
        await self._publish(subject, message.model_dump_json().encode(), {"Nats-TTL": f"{left}s"})

    async def _publish(self, subject: str, payload: bytes, headers: dict[str, str]) -> None:
        answers: list[Msg] = []

        def take(message: Msg) -> bool:
            answers.append(message)
            return True

        await self._replies.ready()
        reply, done = self._replies.expect(take, self._seconds)
        await self._replies.send(subject, payload, reply, {**headers, **telemetry.context_headers()}, done)
        await done
        if not answers[0].data:
            raise NoAnswer("nobody stores this subject now")
        error = json.loads(answers[0].data).get("error")
        if error is None:
            figures.record_sent(subject)
        elif error.get("code") == 503 or error.get("err_code") in (10077, 10047, 10023):
            raise Full(str(error.get("description", "")))
        else:
            raise Rejected(str(error.get("description", "")))
