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
        self._ours = Publisher(connection)
        self._theirs = Publisher(connection)

    async def queue(self, notices: Iterable[Notice | NewNotice]) -> None:
        """For built-in senders; those of one queue stay in this order."""
        queues: dict[str, list[bytes]] = {}
        for notice in notices:
            way = notice.way if isinstance(notice, Notice) else notice.channel
            entry = OutboundNotice(notice=notice.id, city=notice.city, channel=way).model_dump_json().encode()
            queues.setdefault(subjects.outbound(notice.city, way), []).append(entry)
        await asyncio.gather(*(self._ours.publish_all(subject, entries) for subject, entries in queues.items()))

    async def hand_over(self, message: OutboundMessage, now: datetime) -> None:
        """To an external adapter, gone by itself when it expires."""
        left = max(1, int((message.expires_at - now).total_seconds()))
        subject = subjects.outbound(message.city, message.channel)
        await self._theirs.publish(subject, message.model_dump_json().encode(), {"Nats-TTL": f"{left}s"})
