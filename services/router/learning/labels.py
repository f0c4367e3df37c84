"""From what a table calls an office, a function or a category to the city's functions; and how it was understood."""

from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from rapidfuzz import fuzz, process

from services.contracts.base import Function
from services.contracts.city import City
from services.router.learning import offices
from services.router.learning.columns import plain
from services.router.screening.categories import CATEGORIES

ALIKE = 90
"""Of 100: so alike must two names of offices be, word by word in any order, to be taken for one."""

_FUNCTIONS: tuple[Function, ...] = get_args(Function)
_PLACES = ("kecamatan", "kelurahan", "camat", "lurah", "kantor")
_PLACED = ("kota", "kabupaten", "kab", "pemerintah", "pemkot", "pemko")


@dataclass(frozen=True, slots=True)
class Understood:
    functions: frozenset[Function]
    how: str
    """`function`, `seat dlh`, `like "Dinas Lingkungan Hidup" (93)`, `usual name`, `category garbage`."""


class Labels:
    """The names that one city's tables may use."""

    def __init__(self, city: City) -> None:
        self._categories = {plain(name): c for c in CATEGORIES for name in (c.id, c.label)}
        self._usual = offices.names()
        self._seats: dict[str, tuple[str, frozenset[Function]]] = {}
        for seat in city.seats.values():
            if seat.kind not in ("agency", "district", "ward") or not seat.functions:
                continue
            for name in (seat.id, seat.office, seat.title):
                self._seats.setdefault(plain(name), (seat.id, frozenset(seat.functions)))
        self._town = frozenset((*_PLACED, *plain(city.name).split(), city.id))
        self.agency = lru_cache(maxsize=10_000)(self._agency)
        """The functions of an office by its id, name, head's title or abbreviation; None if nobody knows it."""

    def understood(self, function: str, agency: str, category: str) -> Understood | None:
        """By the most telling of them that is understood. The empty text says nothing; any of them may hold a function,
        an office or a category, as headings are used loosely."""
        return self._any(function) or self._any(agency) or self._any(category)

    def _any(self, label: str) -> Understood | None:
        if not label:
            return None
        name = plain(label).replace(" ", "_")
        if name in _FUNCTIONS:
            return Understood(frozenset((name,)), "function")
        return self.agency(label) or self._category(label)

    def _category(self, label: str) -> Understood | None:
        found = self._categories.get(plain(label))
        return None if found is None else Understood(frozenset((found.function,)), f"category {found.id}")

    def _agency(self, label: str) -> Understood | None:
        name = self._short(plain(label))
        if not name:
            return None
        for wording in dict.fromkeys((plain(label), name)):
            if (seat := self._seats.get(wording)) is not None:
                return Understood(seat[1], f"seat {seat[0]}")
        if name.split()[0] in _PLACES and name.split()[0] != "kantor":
            # A kelurahan of a neighbouring city, or misspelled: whatever its name, it does what a kelurahan does.
            return Understood(frozenset(("village_ward",)), "usual name")
        by_name = self._usual.get(name) or self._usual.get(name.replace(" ", ""))
        if by_name is not None:
            return Understood(frozenset((by_name,)), "usual name")
        return self._alike(name)

    def _alike(self, name: str) -> Understood | None:
        if len(name) < 6:
            return None  # abbreviations of a few letters are all alike
        best = process.extractOne(name, self._seats.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        if best is not None:
            return Understood(self._seats[best[0]][1], f'like "{best[0]}" ({best[1]:.0f})')
        best = process.extractOne(name, self._usual.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        if best is not None:
            return Understood(frozenset((self._usual[best[0]],)), f'like "{best[0]}" ({best[1]:.0f})')
        return self._named_within(name)

    def _named_within(self, name: str) -> Understood | None:
        """`Dinas Kesehatan, Bidang P2P` and `UPT Dinas Perhubungan`: one usual name within, and no second function."""
        padded = f" {name} "
        found = {function for usual, function in self._usual.items() if f" {usual} " in padded}
        return Understood(frozenset(found), "usual name") if len(found) == 1 else None

    def _short(self, name: str) -> str:
        """Without the city's own name: `Dinas Sosial Kota Bengkulu` is `dinas sosial`."""
        return " ".join(word for word in name.split() if word not in self._town)
