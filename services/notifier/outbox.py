"""Puts notices into OUTBOUND: an id for our own senders, the whole message with a time to live for adapters."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.outbound import OutboundMessage, OutboundNotice
from services.notifier.delivery.rows import NewNotice, Notice
from services.runtime.publishing import Publisher

KEPT_LONGER = timedelta(minutes=10)
"""So long a message stays in an adapter's queue after the adapter may not send it any more: what lies there then was
never taken."""

EXTERNAL_TTL = timedelta(hours=24)
"""How long a message with its content stays in a queue at most, that included."""


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

    async def hand_over(self, message: OutboundMessage, now: datetime) -> int:
        """To an external adapter, gone by itself a while after it expires. Its sequence in OUTBOUND."""
        left = max(1, int((message.expires_at + KEPT_LONGER - now).total_seconds()))
        subject = subjects.outbound(message.city, message.channel)
        return await self._theirs.publish(subject, message.model_dump_json().encode(), {"Nats-TTL": f"{left}s"})
