"""Opening sealed values for a page: keys fetched in one go, kept for seconds."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from services.contracts.sealed import key_id_of
from services.runtime.sealing import DataKey, Unsealable, unseal


class Keys(Protocol):
    """What the opener needs of a vault."""

    async def keys(self, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], DataKey]: ...


class Opener:
    """Opens what it may. A value whose key is gone is None: the page says that it was erased."""

    def __init__(
        self, vault: Keys, keep: float = 3.0, size: int = 5_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`keep`: seconds that a key is remembered, which is also how long an erasure elsewhere may go unseen."""
        self._vault = vault
        self._keep = keep
        self._size = size
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, DataKey | None]] = {}

    async def open_many(self, items: Sequence[tuple[str | None, str, str]]) -> list[str | None]:
        """Clear text for each (sealed, cause, field), in order. One query at most, however many items."""
        wanted = {_pair(sealed) for sealed, _, _ in items if sealed is not None}
        keys = await self._keys(wanted)
        return [
            None if sealed is None else _open(keys.get(_pair(sealed)), cause, field, sealed)
            for sealed, cause, field in items
        ]

    async def open(self, sealed: str | None, cause: str, field: str) -> str | None:
        return (await self.open_many([(sealed, cause, field)]))[0]

    def forget(self, owner: str, party: str | None = None) -> None:
        """After an erasure: don't use a remembered key any more."""
        for pair in [p for p in self._known if p[0] == owner and party in (None, p[1])]:
            del self._known[pair]

    async def _keys(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], DataKey]:
        now = self._clock()
        missing = [pair for pair in wanted if self._known.get(pair, (0.0, None))[0] <= now]
        if missing:
            if len(self._known) + len(missing) > self._size:
                self._known = {pair: entry for pair, entry in self._known.items() if entry[0] > now}
                if len(self._known) + len(missing) > self._size:
                    self._known.clear()
            found = await self._vault.keys(missing)
            until = self._clock() + self._keep
            for pair in missing:
                self._known[pair] = (until, found.get(pair))
        known = ((pair, self._known[pair][1]) for pair in wanted)
        return {pair: key for pair, key in known if key is not None}


def _pair(sealed: str) -> tuple[str, str]:
    owner, _, party = key_id_of(sealed).partition("/")
    return owner, party


def _open(key: DataKey | None, cause: str, field: str, sealed: str) -> str | None:
    if key is None:
        return None
    try:
        return unseal(key, cause, field, sealed)
    except Unsealable:
        return None
