"""Puts notices into OUTBOUND: an id for our own senders, the whole message with a time to live for adapters."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.outbound import OutboundMessage, OutboundNotice
from services.notifier.delivery.rows import NewNotice, Notice
from services.runtime.publishing import Publisher

EXTERNAL_TTL = timedelta(hours=24)
"""How long an adapter that is away may find a message with its content in its queue."""


class Outbox:
    """Raises infrastructure errors; then the caller publishes again, or the sweeper does. Twice is harmless."""

    def __init__(self, connection: Client) -> None:
        self._ours = Publisher(connection, shared=True)
        self._theirs = Publisher(connection)

    async def queue(self, notices: Iterable[Notice | NewNotice]) -> None:
        """For built-in senders."""
        await asyncio.gather(
            *(
                self._ours.publish(
                    subjects.outbound(n.city, way),
                    OutboundNotice(notice=n.id, city=n.city, channel=way).model_dump_json().encode(),
                )
                for n, way in ((n, n.way if isinstance(n, Notice) else n.channel) for n in notices)
            )
        )

    async def hand_over(self, message: OutboundMessage, now: datetime) -> None:
        """To an external adapter, gone by itself when it expires."""
        left = max(1, int((message.expires_at - now).total_seconds()))
        subject = subjects.outbound(message.city, message.channel)
        await self._theirs.publish(subject, message.model_dump_json().encode(), {"Nats-TTL": f"{left}s"})
