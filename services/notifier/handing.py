"""Hands a notice to an external adapter: rendered now, published with its content and gone by itself after a while.

Published twice after a crash it carries the same notice id, which the adapter keeps apart (`contracts.outbound`). That
it lies in the adapter's queue tells nobody anything: see `handed`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from services.contracts.outbound import OutboundMessage
from services.notifier.climbing import Path
from services.notifier.delivery.handed import Handed
from services.notifier.delivery.rows import Notice
from services.notifier.outbox import Outbox
from services.notifier.patience import Patience
from services.notifier.sending import Rendered


class Handing:
    def __init__(self, *, handed: Handed, outbox: Outbox, clock: Callable[[], datetime], patience: Patience) -> None:
        self._handed = handed
        self._outbox = outbox
        self._clock = clock
        self._patience = patience

    async def hand(self, notice: Notice, rendered: Rendered, path: Path, *, why: str, within: timedelta) -> None:
        """To be taken `within` so long. Harmless to repeat. Raises infrastructure errors."""
        now = self._clock()
        message = OutboundMessage(
            notice=notice.id,
            city=notice.city,
            channel=path.channel,
            door=path.door,
            to=path.address,
            reply_to=None,
            text=rendered.text,
            buttons=rendered.buttons,
            expires_at=now + within,
        )
        sequence = await self._outbox.hand_over(message, now)
        await self._handed.over(notice, sequence, within.total_seconds(), self._patience.taken, why)
