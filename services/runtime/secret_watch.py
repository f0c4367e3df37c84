"""A service's secrets, read again when their file changes: rotated and revoked while it runs."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from services.runtime import logs

LOOK = 1.0
"""Seconds between two looks at the file."""

_log = logs.get(__name__)


class SecretWatch:
    def __init__(self, path: Path, changed: Callable[[dict[str, Any]], None]) -> None:
        """`changed` gets the whole of it. What can't be read changes nothing."""
        self._path = path
        self._changed = changed
        self._seen = self._mark()

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def look(self) -> bool:
        """Take up a new content, if there is one. True: there was."""
        mark = self._mark()
        if mark is None or mark == self._seen:
            return False
        try:
            read: dict[str, Any] = json.loads(self._path.read_text())
            self._changed(read)
        except (OSError, ValueError) as error:  # half written, or no secrets: the old ones go on
            _log.error("secrets_unreadable", error=type(error).__qualname__)
            return False
        self._seen = mark
        _log.info("secrets_changed")
        return True

    async def run(self, stop: asyncio.Event, every: float = LOOK) -> None:
        while not stop.is_set():
            self.look()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)
