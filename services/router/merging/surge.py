"""When hundreds write about one matter within minutes: who sees it first, and what belongs to it from then on. Pure."""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from services.contracts.base import Function
from services.router.merging.alike import likeness
from services.router.merging.window import Entry

ALIKE = 0.5
"""Likeness from which two of one category, within minutes, at places that may be one, are one matter."""
MOST = 512
"""The latest of one category that are held; also the most that a cluster can begin with."""
TYPICAL = 24
"""Words that a cluster is known by."""
MOSTLY = 0.8
"""Share of one district from which a surge is that district's and not the city's."""

SPEECHES = 4
"""Ways in which a city says one thing: a surge's first ones are in part like the latest of them, a part this small, the
others share its words."""

LEAST, SHARED = 0.3, 2
"""A message that the machine is unsure of joins the surge of its likeliest category from this confidence on, with so
many of the surge's typical words: where hundreds write of one outage, what looks like it most likely is."""

WIDE = frozenset({"water_utility", "power_utility", "disaster_fire", "communication", "national_agency"})
"""Functions whose failures reach over kelurahan. Of all others (a lamp, a hole, a heap) only one kelurahan's is one."""


@dataclass(frozen=True, slots=True)
class Area:
    """Both None: the whole city."""

    district: str | None = None
    ward: str | None = None

    def holds(self, entry: Entry) -> bool:
        if self.ward is not None:
            return entry.ward == self.ward
        return self.district is None or entry.district == self.district


@dataclass(frozen=True, slots=True)
class Cluster:
    """A surge that goes on."""

    id: str
    main: str
    category: str
    function: Function
    area: Area
    words: frozenset[int]
    """Keyed hashes of what most of its first messages had in common."""

    def takes(self, entry: Entry) -> bool:
        """A further message is of this surge: the same category, a place within it, and a typical word at least."""
        same = (entry.category, entry.function) == (self.category, self.function)
        if not same or entry.complaint == self.main or not self.area.holds(entry):
            return False
        return fits(entry, self.words)


def fits(entry: Entry, words: frozenset[int]) -> bool:
    """By its words, and how sure the machine is of its matter."""
    shared = len(words & entry.marks.words)
    return shared >= 1 if entry.sure else shared >= SHARED and entry.confidence >= LEAST


@dataclass(frozen=True, slots=True)
class Surge:
    """Enough alike within the minutes: what a cluster is made of, the first one first; behind those that are alike come
    others of the same minutes that the cluster would take, had they come later."""

    entries: tuple[Entry, ...]
    area: Area
    words: frozenset[int]


class Watch:
    """Of one city. Looks only where enough came in, and only now and then while more comes."""

    def __init__(self) -> None:
        self._of: dict[str, OrderedDict[str, Entry]] = {}
        self._looked: dict[str, int] = {}

    def seen(self, entry: Entry, count: int, span: timedelta) -> Surge | None:
        """A complaint that could be part of a surge; the surge, if this makes it one. `count`: alike within `span` that
        do; 0: nothing ever does."""
        if count <= 0:
            return None
        held = self._of.setdefault(entry.category, OrderedDict())
        for other in self._of.values():
            other.pop(entry.complaint, None)  # what it seemed to be before it said more
        held[entry.complaint] = entry
        while len(held) > max(MOST, 2 * count) or next(iter(held.values())).at < entry.at - span:
            held.popitem(last=False)
        if not entry.sure:
            return None
        since = len(held) - self._looked.get(entry.category, 0)
        if len(held) < count or 0 <= since < max(1, count // 10):
            return None
        self._looked[entry.category] = len(held)
        return _surge(entry, list(held.values()), count)

    def take(self, cluster: Cluster) -> list[Entry]:
        """Those that belong to the cluster; they are watched no more."""
        held = self._of.get(cluster.category, OrderedDict())
        taken = [entry for entry in held.values() if cluster.takes(entry)]
        for entry in taken:
            del held[entry.complaint]
        held.pop(cluster.main, None)
        self._looked.pop(cluster.category, None)
        return taken

    def drop(self, category: str, complaint: str) -> None:
        """Closed, merged or erased."""
        held = self._of.get(category)
        if held is not None:
            held.pop(complaint, None)


def _surge(entry: Entry, held: Sequence[Entry], count: int) -> Surge | None:
    """`count` of them are one matter if a good part of them say it much like this one, and the others say it with the
    same words: what hundreds write comes in several speeches, and the latest one need not speak like most."""
    wide = entry.function in WIDE
    if not wide and entry.ward is None:
        return None
    alike = [
        one
        for one in held
        if one.sure and (wide or one.ward == entry.ward) and (one is entry or likeness(one.marks, entry.marks) >= ALIKE)
    ]
    for area in _areas(alike) if wide else [Area(entry.district, entry.ward)]:
        found = _within(area, alike, held, entry.function, count)
        if found is not None:
            return found
    return None


def _areas(alike: Sequence[Entry]) -> list[Area]:
    """The narrowest first."""
    district, most = Counter(one.district for one in alike).most_common(1)[0]
    return [Area(district), Area()] if district is not None and most >= MOSTLY * len(alike) else [Area()]


def _within(area: Area, alike: Sequence[Entry], held: Sequence[Entry], function: Function, count: int) -> Surge | None:
    first = sorted((one for one in alike if area.holds(one)), key=lambda one: (one.at, one.complaint))
    if SPEECHES * len(first) < count:
        return None
    inside = {one.complaint for one in first}
    beside = [one for one in held if one.complaint not in inside and one.function == function and area.holds(one)]
    words = typical(first)
    # Who says it otherwise brings the words by which the next ones like him are known.
    words |= typical([*first, *(one for one in beside if one.sure and words & one.marks.words)])
    entries = (*first, *(one for one in beside if fits(one, words)))
    return Surge(entries, area, words) if sum(one.sure for one in entries) >= count else None


def typical(entries: Sequence[Entry]) -> frozenset[int]:
    """Words that at least an eighth of them have, the most frequent first: five speeches say it in several ways."""
    counted = Counter(word for one in entries for word in one.marks.words)
    least = max(2, len(entries) // 8)
    return frozenset(word for word, times in counted.most_common(TYPICAL) if times >= least)
