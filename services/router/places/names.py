"""A city's districts and wards by name, as people write them, and by a phone's pin.

Names are compared squeezed together and with doubled letters undone, so `Tobek Godang`, `tobekgodang` and `Kebun Ros`
find `Tobekgodang` and `Kebun Roos`; usual abbreviations (`kp`, `pdg`, `tjg`) are spelled out first.
"""

# ruff: noqa: E501  # lists of names are read by their entries, not by their line ends

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from typing import Literal

from services.contracts.city import City
from services.router.screening.words import raw_tokens

_ABBREVIATIONS = {
    "kp": "kampung", "kpg": "kampung", "kamp": "kampung", "pdg": "padang", "tjg": "tanjung", "tj": "tanjung",
    "tg": "tanjung", "sei": "sungai", "psr": "pasar", "kbn": "kebun", "kebon": "kebun", "tlk": "teluk", "smp": "simpang",
    "simp": "simpang", "bkt": "bukit", "pmtg": "pematang", "lkr": "lingkar", "blkg": "belakang", "swh": "sawah",
    "bkd": "belakang", "mrpy": "marpoyan", "sidomulio": "sidomulyo", "tkr": "tangkerang", "satu": "1", "dua": "2",
    "ii": "2", "i": "1", "brt": "barat", "tmr": "timur", "utr": "utara", "slt": "selatan", "bawah": "bawah",
}  # fmt: skip

_WARD_MARKS = frozenset({"kel", "kelurahan", "lurah", "klurahan", "kelurhan"})
_DISTRICT_MARKS = frozenset({"kec", "kecamatan", "camat", "kcamatan"})
_AREA_MARKS = frozenset(
    {"di", "daerah", "wilayah", "kawasan", "warga", "dekat", "sekitar", "perumahan", "lokasi", "alamat", "komplek"}
)
_STREET_MARKS = frozenset({"jl", "jln", "jalan", "jalur", "gang", "gg", "simpang", "simp"})

_ORDINARY = frozenset(
    {
        "berkas", "bajak", "penurunan", "semarang", "surabaya", "panorama", "delima", "rintis", "merdeka", "kandang",
        "airhitam", "airputih", "airmata", "airdingin", "pasarbaru", "kotabaru", "simpang3", "simpangtiga",
        "simpangempat", "simpangbaru", "tampan", "maharani", "cintaraja", "agrowisata", "sail", "kayuputih",
        "jembatankecil", "padangbulan", "kampungdalam", "kampungtengah", "kampungbaru", "pasarbengkulu", "alak",
        "kotaraja", "kotalama", "tanahdatar", "kotatinggi", "pekanbarukota", "tobek", "limapuluh", "lima puluh", "bello",
        "solor", "sapiran", "pesisir", "dusunbesar", "mandiangin", "kulim",
    }
)  # fmt: skip
"""Squeezed names that are also ordinary words or other places: they count only with a word before them that says so."""

_DOUBLED = re.compile(r"([a-z])\1+")
_LONGEST = 5
_MOST = 1_200
_NEAREST_KM = 4.0
"""A pin farther than this from every kelurahan's point is not in the city."""

How = Literal["pin", "named", "district", "none", "ambiguous", "outside"]


@dataclass(frozen=True)
class Pin:
    """WGS 84 degrees."""

    latitude: float
    longitude: float
    label: str | None = None


@dataclass(frozen=True)
class Place:
    ward_code: str | None = None
    district_code: str | None = None
    how: How = "none"

    @property
    def known(self) -> bool:
        return self.district_code is not None


@dataclass(frozen=True)
class _Entry:
    code: str
    is_ward: bool
    ordinary: bool


class Gazetteer:
    """Made once per city; `find` takes about 20 µs for a short message."""

    def __init__(self, city: City) -> None:
        self._points = [(w.code, w.latitude, w.longitude) for d in city.districts for w in d.wards]
        self._district_of = {w.code: d.code for d in city.districts for w in d.wards}
        self._entries: dict[str, list[_Entry]] = {}
        self._beginnings: set[str] = set()
        for district in city.districts:
            for name in (district.name, *district.aliases):
                self._add(name, district.code, is_ward=False)
            for ward in district.wards:
                for name in (ward.name, *ward.aliases):
                    self._add(name, ward.code, is_ward=True)

    def _add(self, name: str, code: str, *, is_ward: bool) -> None:
        squeezed = _squeeze(_spelled(raw_tokens(name)))
        entry = _Entry(code, is_ward, squeezed in _ORDINARY_SQUEEZED)
        self._beginnings.update(squeezed[:length] for length in range(1, len(squeezed) + 1))
        entries = self._entries.setdefault(squeezed, [])
        if entry not in entries:
            entries.append(entry)

    def find(self, texts: Iterable[str], pins: Sequence[Pin] = ()) -> Place:
        """The place of a complaint. A pin goes before names: who sends one stands there or points at it."""
        words = _spelled(list(chain.from_iterable(raw_tokens(t) for t in texts))[:_MOST])
        labels = _spelled(list(chain.from_iterable(raw_tokens(p.label or "") for p in pins)))
        for pin in reversed(pins):
            ward = self.nearest(pin)
            if ward is not None:
                return Place(ward, self._district_of[ward], "pin")
        wards, districts = self._mentions([*words, *labels])
        named = self._named(wards, districts)
        if named.how == "none" and pins:
            return Place(how="outside")
        return named

    def nearest(self, pin: Pin) -> str | None:
        """Code of the kelurahan whose point is nearest, within four kilometres."""
        best, least = None, _NEAREST_KM
        for code, latitude, longitude in self._points:
            distance = _kilometres(pin.latitude, pin.longitude, latitude, longitude)
            if distance < least:
                best, least = code, distance
        return best

    def _mentions(self, words: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
        """Code → strength of its best mention: 3 marked by its kind, 2 bare, 1 only the name of a street."""
        wards: dict[str, int] = {}
        districts: dict[str, int] = {}
        for _, _, entry, strength in self._counting(words):
            found = wards if entry.is_ward else districts
            found[entry.code] = max(found.get(entry.code, 0), strength)
        return wards, districts

    def _counting(self, words: Sequence[str]) -> Iterator[tuple[int, int, _Entry, int]]:
        """(first word, word behind the last, entry, strength) of every name that counts as one where it stands."""
        at = 0
        while at < len(words):
            if words[at][:2] not in self._beginnings:  # most words: no name begins like this
                at += 1
                continue
            entries, length = self._longest(words, at)
            before = words[at - 1] if at else ""
            marked_ward, marked_district = before in _WARD_MARKS, before in _DISTRICT_MARKS
            for entry in entries:
                if (marked_ward and not entry.is_ward) or (marked_district and entry.is_ward):
                    continue
                strength = _strength(entry, before, marked=marked_ward or marked_district)
                if strength:
                    yield at, at + length, entry, strength
            at += max(length, 1)

    def without_names(self, text: str) -> str:
        """The words of a text that are no name of a place: `Air Hitam` is no water, `Nunbaun Sabu` no drug."""
        words = list(raw_tokens(text))[:_MOST]
        named = {i for first, behind, _, _ in self._counting(_spelled(words)) for i in range(first, behind)}
        return " ".join(word for index, word in enumerate(words) if index not in named)

    def _longest(self, words: Sequence[str], at: int) -> tuple[list[_Entry], int]:
        """The longest name that begins here: words are joined as long as some name begins like that."""
        found: tuple[list[_Entry], int] = ([], 0)
        joined = ""
        for length, word in enumerate(words[at : at + _LONGEST], start=1):
            joined = _joined(joined, word)
            if joined not in self._beginnings:
                break
            found = (self._entries[joined], length) if joined in self._entries else found
        return found

    def _named(self, wards: Mapping[str, int], districts: Mapping[str, int]) -> Place:
        best_district = _only_best(districts)
        if wards:
            inside = {c: s for c, s in wards.items() if self._district_of[c] in districts}
            ward = _only_best(inside) if inside else _only_best(wards)
            if ward is not None:
                if wards[ward] == 1 and best_district is None:
                    return Place(how="none")
                # A name that is both a kecamatan and a kelurahan of another one says only which word was meant.
                return Place(ward, self._district_of[ward], "named")
            shared = {self._district_of[c] for c, s in wards.items() if s == max(wards.values())}
            if len(shared) == 1:
                return Place(None, shared.pop(), "district")
            if best_district is None:
                return Place(how="ambiguous")
        if best_district is not None and districts[best_district] > 1:
            return Place(None, best_district, "district")
        return Place(how="ambiguous" if len(districts) > 1 else "none")


def _strength(entry: _Entry, before: str, *, marked: bool) -> int:
    if marked:
        return 3
    if before in _STREET_MARKS:
        return 0 if entry.ordinary else 1
    if entry.ordinary:
        return 2 if before in _AREA_MARKS - {"di", "dekat", "sekitar"} else 0
    return 2


def _only_best(found: Mapping[str, int]) -> str | None:
    if not found:
        return None
    top = max(found.values())
    best = [code for code, strength in found.items() if strength == top]
    return best[0] if len(best) == 1 else None


def _spelled(words: Sequence[str]) -> list[str]:
    return [_ABBREVIATIONS.get(word, word) for word in words]


def _single(word: str) -> str:
    """Doubled letters undone."""
    return _DOUBLED.sub(r"\1", word)


def _joined(before: str, word: str) -> str:
    """Two squeezed pieces as one: a letter that stands on both sides of the joint is doubled, too."""
    single = _single(word)
    return before + (single[1:] if before and before[-1] == single[:1] and single[:1].isalpha() else single)


def _squeeze(words: Sequence[str]) -> str:
    return reduce(_joined, words, "")


_ORDINARY_SQUEEZED = frozenset(_DOUBLED.sub(r"\1", name.replace(" ", "")) for name in _ORDINARY)


def _kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Flat-earth distance: within a city the error is below a metre in a hundred."""
    north = (latitude - other_latitude) * 111.2
    east = (longitude - other_longitude) * 111.2 * math.cos(math.radians(latitude))
    return math.hypot(north, east)
