"""When hundreds write about one matter within minutes: who sees it first, and what belongs to it from then on. Pure."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.router.merging.alike import Marks, likeness
from services.router.merging.window import Entry

ALIKE = 0.5
"""Likeness from which two of one category, at one place, within minutes, are one outage."""
MOST = 512
"""The latest of one category that are held; also the most that a cluster can begin with."""
TYPICAL = 24
"""Words that a cluster is known by."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A surge that goes on. `district` None: the whole city."""

    id: str
    main: str
    category: str
    function: str
    district: str | None
    words: frozenset[int]
    """Keyed hashes of what most of its first messages had in common."""

    def takes(self, entry: Entry) -> bool:
        """A further message is of this surge: the same category, a place that does not speak against it, and a typical
        word at least."""
        if (entry.category, entry.function) != (self.category, self.function):
            return False
        if self.district is not None and entry.district != self.district:
            return False
        return bool(self.words & entry.marks.words)


@dataclass(frozen=True, slots=True)
class Surge:
    """Enough alike within the minutes: what a cluster is to be made of, the first one first."""

    entries: tuple[Entry, ...]
    district: str | None
    words: frozenset[int]

    @property
    def main(self) -> Entry:
        return self.entries[0]


class Watch:
    """Of one city. Looks only where enough came in, and only now and then while more comes."""

    def __init__(self, count: int, span: timedelta) -> None:
        """`count`: alike within `span` that make a surge; 0: there are none."""
        self._count = count
        self._span = span
        self._of: dict[str, deque[Entry]] = {}
        self._looked: dict[str, int] = {}

    def seen(self, entry: Entry) -> Surge | None:
        """A complaint that could be part of one; the surge, if this makes it one."""
        if self._count <= 0:
            return None
        held = self._of.setdefault(entry.category, deque(maxlen=max(MOST, 2 * self._count)))
        if not any(one.complaint == entry.complaint for one in list(held)[-8:]):
            held.append(entry)
        while held and held[0].at < entry.at - self._span:
            held.popleft()
        waited = len(held) - self._looked.get(entry.category, 0)
        if len(held) < self._count or 0 <= waited < max(1, self._count // 10):
            return None
        self._looked[entry.category] = len(held)
        return self._surge(entry, held)

    def forget(self, category: str) -> None:
        """They are in a cluster now."""
        self._of.pop(category, None)
        self._looked.pop(category, None)

    def _surge(self, entry: Entry, held: Sequence[Entry]) -> Surge | None:
        alike = [one for one in held if one is entry or likeness(one.marks, entry.marks) >= ALIKE]
        districts = {one.district for one in alike if one.district is not None}
        if len(districts) > 1:
            by_place = [one for one in alike if one.district == entry.district]
            if entry.district is not None and len(by_place) >= self._count:
                # Enough in one district alone: what is elsewhere may be another matter.
                alike, districts = by_place, {entry.district}
        if len(alike) < self._count:
            return None
        first = sorted(alike, key=lambda one: (one.at, one.complaint))
        return Surge(tuple(first), next(iter(districts)) if len(districts) == 1 else None, typical(first))


def typical(entries: Sequence[Entry]) -> frozenset[int]:
    """Words that at least a third of them have, the most frequent first."""
    counted = Counter(word for one in entries for word in one.marks.words)
    least = max(2, len(entries) // 3)
    return frozenset(word for word, times in counted.most_common(TYPICAL) if times >= least)


def quiet_since(last: datetime, now: datetime, quiet: timedelta) -> bool:
    """Nothing more came for so long: the surge is over."""
    return now - last >= quiet


def marks_of(words: Sequence[int]) -> Marks:
    return Marks(frozenset(words), frozenset())
