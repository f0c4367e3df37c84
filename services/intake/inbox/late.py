"""The clock of what waits for an answer: every few seconds it looks whether somebody was waited for long enough."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from services.runtime import logs
from services.runtime.rounds import rounds

EVERY_SECONDS = 20.0

_log = logs.get(__name__)


class Settles(Protocol):
    async def late(self, now: datetime, /) -> int: ...


class LateAnswers:
    def __init__(self, drain: Settles, clock: Callable[[], datetime], every: float = EVERY_SECONDS) -> None:
        self._drain = drain
        self._clock = clock
        self._every = every

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self._round, stop, self._every, waits="late_answers_wait")

    async def _round(self) -> None:
        if count := await self._drain.late(self._clock()):
            _log.info("answers_late", count=count)
