"""The complaints of late that a new one could be a second report of: a city's, in memory, bounded in every way."""

import heapq
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from services.contracts.base import Function
from services.router.merging.alike import APART_METRES, NEAR_METRES, Marks, Point, likeness, metres

PER_PLACE = 32
"""The latest of one function at one place that a new complaint is held against, for each of the few places where it may
lie."""
COMPARED = 8
"""Of those the ones with most words in common, which are compared in full."""
MOST = 20_000
"""Complaints of one city, whatever the days."""
PROPOSED = 3

_CELL = 0.005
"""Degrees: a square of some 550 metres; with those around it, every pin within reach."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One open complaint. Nothing here can be read back into words."""

    complaint: str
    at: datetime
    category: str
    function: Function
    district: str | None
    ward: str | None
    pins: tuple[Point, ...]
    marks: Marks
    sure: bool = True
    """What is not may join a surge, and never makes one."""
    confidence: float = 1.0
    """Probability of its category."""


@dataclass(frozen=True, slots=True)
class Found:
    entry: Entry
    score: float
    why: tuple[str, ...]
    """Our own words: `same_ward`, `pin_near`, `words:0.82`."""


Place = tuple[str, str]
"""Function and where: a ward's code, a district's code, a cell of the map, or `` for a place that is not known."""


class Window:
    """Of one city."""

    def __init__(self, span: timedelta) -> None:
        """`span`: how far apart in time two reports may be."""
        self._span = span
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._at: dict[Place, OrderedDict[str, Entry]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, complaint: str) -> bool:
        return complaint in self._entries

    def put(self, entry: Entry) -> None:
        """In place of what was known of this complaint."""
        self.drop(entry.complaint)
        self._entries[entry.complaint] = entry
        for place in _places(entry):
            here = self._at.setdefault(place, OrderedDict())
            here[entry.complaint] = entry
            if len(here) > PER_PLACE:
                here.popitem(last=False)
        while self._entries and (
            len(self._entries) > MOST or next(iter(self._entries.values())).at < entry.at - self._span
        ):
            self.drop(next(iter(self._entries)))

    def drop(self, complaint: str) -> str | None:
        """Closed, merged or erased: it is no second report's first any more. Its category, if it was here."""
        entry = self._entries.pop(complaint, None)
        if entry is None:
            return None
        for place in _places(entry):
            here = self._at.get(place)
            if here is not None:
                here.pop(complaint, None)
                if not here:
                    del self._at[place]
        return entry.category

    def like(self, entry: Entry, at_least: float) -> list[Found]:
        """The earlier ones most like it, best first, at most three."""
        words = entry.marks.words
        likely = {
            other.complaint: (len(words & other.marks.words), other)
            for place in _looks_at(entry)
            for other in self._at.get(place, {}).values()
        }
        likely.pop(entry.complaint, None)
        shared = [found for found in likely.values() if found[0] > 0]
        best = heapq.nlargest(COMPARED, shared, key=itemgetter(0)) if len(shared) > COMPARED else shared
        found = [
            one
            for _, other in best
            if abs(entry.at - other.at) <= self._span
            and (one := compare(entry, other)) is not None
            and one.score >= at_least
        ]
        return sorted(found, key=lambda one: (-one.score, one.entry.at, one.entry.complaint))[:PROPOSED]


def compare(one: Entry, other: Entry) -> Found | None:
    """None: too far apart, or too little in common to say anything."""
    words = likeness(one.marks, other.marks)
    if words < 0.4:
        return None
    near = _nearness(one, other)
    if near is None:
        return None
    nearness, why = near
    same = 0.1 if one.category == other.category else 0.0
    score = round(0.6 * words + 0.3 * nearness + same, 3)
    return Found(other, score, (why, *(("same_category",) if same else ()), f"words:{words:.2f}"))


def _nearness(one: Entry, other: Entry) -> tuple[float, str] | None:
    apart = metres(one.pins, other.pins)
    if apart is not None:
        if apart > APART_METRES:
            return None
        return (1.0, "pin_near") if apart <= NEAR_METRES else (0.7, "pin_close")
    if one.ward is not None and other.ward is not None:
        return (0.8, "same_ward") if one.ward == other.ward else None
    if one.district is not None and other.district is not None and one.district != other.district:
        return None
    if one.district is not None and other.district is not None:
        return 0.5, "same_district"
    return 0.3, "place_unknown"


def _cell(pin: Point) -> tuple[int, int]:
    return int(pin[0] // _CELL), int(pin[1] // _CELL)


def _places(entry: Entry) -> list[Place]:
    """Where others find it."""
    places: list[Place] = [(entry.function, entry.ward or entry.district or "")]
    places += [(entry.function, f"{x}/{y}") for x, y in {_cell(pin) for pin in entry.pins}]
    return places


def _looks_at(entry: Entry) -> list[Place]:
    """Where it finds others: its own place, places less well known that may be the same, pins around it."""
    wheres = dict.fromkeys((entry.ward or "", entry.district or "", ""))
    around = {(x + dx, y + dy) for x, y in map(_cell, entry.pins) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return [(entry.function, where) for where in (*wheres, *(f"{x}/{y}" for x, y in sorted(around)))]
