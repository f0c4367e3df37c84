"""The windows are memory: made again from the log after a start, and while another router is the one that is served."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.router import words_in_clear
from services.router.merging.matching import Matching, entry_of_words
from services.router.words_in_clear import Item
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.log import Entry, Log
from services.runtime.vault import Vault

MOST = 20_000
"""Complaints of all cities taken up, the latest."""
AT_ONCE = 200
"""Complaints whose keys are asked for in one query."""
IDLE = 30.0
"""Seconds without a batch after which this may be the router that waits, and the log is looked at again."""

_log = logs.get(__name__)

_SPOKEN = {"complaint.received", "complaint.message_added"}
_JUDGED = {"complaint.screening_proposed", "complaint.screened"}
_GONE = {
    "complaint.merged", "complaint.resolved", "complaint.closed", "complaint.confirmed", "complaint.withdrawn",
    "complaint.reporter_erased", "complaint.confidentiality_raised",
}  # fmt: skip


@dataclass(slots=True)
class _Half:
    """One complaint, as far as a window wants to know it."""

    city: str
    at: datetime
    said: list[Item] = field(default_factory=list)
    matter: e.Matter | None = None


class Restoring:
    def __init__(
        self,
        *,
        cities: Mapping[str, City],
        log: Log,
        vault: Vault,
        matching: Matching,
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = cities
        self._log = log
        self._vault = vault
        self._matching = matching
        self._clock = clock
        self._after: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                if self._after is None or self._matching.idle() > IDLE:
                    await self.catch_up()
                await asyncio.wait_for(stop.wait(), IDLE)
            except TimeoutError:
                continue
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                _log.warning("windows_wait", error=error)
                await asyncio.sleep(1.0)

    async def catch_up(self) -> None:
        """Every complaint that could still be a second report's first."""
        days = max((city.policy.duplicate_days for city in self._cities.values()), default=0)
        if self._after is None:
            since = self._clock() - timedelta(days=days)
            self._after = await self._log.before("complaint.*.*.*", since)
            if self._after is None:
                return
        open_: OrderedDict[str, _Half] = OrderedDict()
        async for entries in self._log.pages("complaint.*.*.*", after=self._after):
            for entry in entries:
                self._fold(open_, entry)
            while len(open_) > MOST:
                open_.popitem(last=False)
            self._after = entries[-1].sequence
            await asyncio.sleep(0)
        found = [(id_, half) for id_, half in open_.items() if half.matter is not None]
        for start in range(0, len(found), AT_ONCE):
            await self._put(found[start : start + AT_ONCE])

    def _fold(self, open_: OrderedDict[str, _Half], entry: Entry) -> None:
        if entry.type not in _SPOKEN and entry.type not in _JUDGED and entry.type not in _GONE:
            return
        event = COMPLAINT.decode(entry.type, entry.schema, entry.body)
        if event.city not in self._cities:
            return
        if entry.type in _GONE:
            open_.pop(event.complaint, None)
            self._matching.forget(event.city, event.complaint)
            return
        half = open_.get(event.complaint)
        if half is None:
            if event.n != 1:
                return
            half = open_[event.complaint] = _Half(event.city, event.at)
        if isinstance(event.data, e.ScreeningProposed | e.ComplaintScreened):
            half.matter = event.data.matter
        else:
            half.said += _said(event)

    async def _put(self, found: Sequence[tuple[str, _Half]]) -> None:
        keys = await words_in_clear.keys_for(self._vault, [item for _, half in found for item in half.said])
        for id_, half in found:
            key = await self._vault.id_key(half.city)
            heard = words_in_clear.heard(keys, half.said)
            assert half.matter is not None
            entry = entry_of_words(id_, half.at, heard, half.matter, key)
            if entry is not None:
                self._matching.remember(half.city, entry)
            await asyncio.sleep(0)


def _said(event: Recorded[e.Event]) -> list[Item]:
    message = getattr(event.data, "message", None)
    if not isinstance(message, e.Message):
        return []
    items: list[Item] = []
    if message.text is not None:
        items.append((message.text, event.causation, "text"))
    if message.place is not None:
        items.append((message.place, event.causation, "place"))
    return items
