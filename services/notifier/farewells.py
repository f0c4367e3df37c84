"""Where to send the last message to somebody who asked to be forgotten: kept in memory for minutes, nowhere else.

The same event that the confirmation tells of makes others destroy the contact. So it is read when the event is seen;
if they were faster, or this process ends first, nothing is sent: being forgotten goes before being told.
"""

import time
from collections.abc import Callable

from services.runtime.vault import Contact, Vault

KEPT = 600.0
"""Seconds."""


class Farewells:
    def __init__(self, vault: Vault, clock: Callable[[], float] = time.monotonic) -> None:
        self._vault = vault
        self._clock = clock
        self._kept: dict[tuple[str, str], tuple[float, Contact]] = {}

    async def remember(self, owner: str, party: str) -> None:
        now = self._clock()
        self._kept = {pair: entry for pair, entry in self._kept.items() if entry[0] > now}
        contact = await self._vault.contact(owner, party)
        if contact is not None:
            self._kept[owner, party] = (now + KEPT, contact)

    def place(self, owner: str, party: str) -> tuple[str, str] | None:
        """Channel and door."""
        kept = self._kept.get((owner, party))
        return None if kept is None else (kept[1].channel, kept[1].door)

    def take(self, owner: str, party: str) -> Contact | None:
        kept = self._kept.get((owner, party))
        return kept[1] if kept is not None and kept[0] > self._clock() else None

    def forget(self, owner: str, party: str) -> None:
        self._kept.pop((owner, party), None)
