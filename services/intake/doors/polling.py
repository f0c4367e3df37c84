"""Bots that we ask: an update is stored, then the next is asked for, so that Telegram forgets nothing that we have not.

How far a bot was read is kept with the vault. What comes twice is one message all the same.
"""

import asyncio
from typing import TYPE_CHECKING

from services.contracts import subjects
from services.intake.channels.telegram.translate import translate
from services.intake.channels.telegram.updates import PollingError, Updates
from services.intake.doors.door import fitting
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.health import Check
from services.runtime.publishing import Publisher

if TYPE_CHECKING:
    from services.runtime.vault import Pool

CHANNEL = "telegram"

_log = logs.get(__name__)


class Polling:
    """One city's bot."""

    def __init__(self, city: str, door: str, updates: Updates, pool: "Pool", publisher: Publisher) -> None:
        self._city = city
        self._door = door
        self._updates = updates
        self._pool = pool
        self._publisher = publisher
        self._trouble: int | None = None

    def check(self) -> Check:
        """Never makes the service unready: other doors are open."""
        return Check(True, {"refused": self._trouble} if self._trouble is not None else {})

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            pause = 0.0
            asking = asyncio.ensure_future(self.round())
            stopping = asyncio.ensure_future(stop.wait())
            await asyncio.wait([asking, stopping], return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not asking.done():
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
                return
            error = asking.exception()
            if error is not None:
                pause = self._pause(error)
                try:
                    await asyncio.wait_for(stop.wait(), pause)
                except TimeoutError:
                    continue

    def _pause(self, error: BaseException) -> float:
        if not isinstance(error, OSError) and not (isinstance(error, Exception) and is_infrastructure(error)):
            raise error
        code = error.code if isinstance(error, PollingError) else 0
        if code != self._trouble:
            # 409: a webhook is set (deleteWebhook), or another program asks with the same token.
            _log.warning("telegram_refuses", city=self._city, code=code)
        self._trouble = code
        return error.pause if isinstance(error, PollingError) else 5.0

    async def round(self) -> int:
        """One question, and everything that came of it stored; how many updates."""
        found = await self._updates.after(await self._next())
        self._trouble = None
        for number, raw in found:
            for message in translate(raw, self._door):
                await self._publisher.publish(subjects.intake(self._city, CHANNEL), fitting(message))
                query = message.id.removeprefix("callback:")
                if query != message.id:
                    await self._updates.answer_query(query)
            await self._keep(number + 1)
        return len(found)

    async def _next(self) -> int:
        found = await self._pool.fetchval("select next_update from intake.telegram_offset where city = $1", self._city)
        return int(found or 0)

    async def _keep(self, number: int) -> None:
        """Never backwards."""
        await self._pool.execute(
            "insert into intake.telegram_offset (city, next_update) values ($1, $2) on conflict (city) do update "
            "set next_update = greatest(intake.telegram_offset.next_update, excluded.next_update), at = now()",
            self._city, number,
        )  # fmt: skip
