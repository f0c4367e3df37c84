"""A city's districts and wards by name, as people write them, and by a phone's pin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from services.contracts.city import City
from services.router.places.common import COMMON
from services.router.places.index import Index
from services.router.places.landmarks import Learned, phrases
from services.router.places.mentions import Mention, mentions
from services.router.places.place import Candidate, Pin, Place
from services.router.places.points import Points
from services.router.places.reading import Read, read
from services.router.places.spelling import letters
from services.router.places.weighing import MOST, weighed

_SIDES = frozenset(
    {"barat", "timur", "utara", "selatan", "tengah", "atas", "bawah", "dalam", "satu", "dua", "baru", "labuai"}
)
"""Last words that tell kelurahan of one name apart: `Tangkerang` alone may be any of six."""


class Shapes(Protocol):
    """The kelurahan's polygons, where the city has imported them."""

    def ward_at(self, latitude: float, longitude: float) -> str | None:
        """None: outside of all of them."""
        ...


class Gazetteer:
    """Made once per city; `find` takes some tens of microseconds for a usual message. `shapes` may be replaced, and
    `learned` grows."""

    def __init__(self, city: City, shapes: Shapes | None = None, learned: Learned | None = None) -> None:
        self.shapes = shapes
        self.learned = learned or Learned()
        self._points = Points([(w.code, w.latitude, w.longitude) for d in city.districts for w in d.wards])
        self._district_of = {w.code: d.code for d in city.districts for w in d.wards}
        self._index = _indexed(city)
        self._last: tuple[tuple[str, ...], Read, list[Mention]] = ((), read([]), [])
        """What was read last: a complaint's only message is asked for its place and for its other words."""

    def find(self, texts: Iterable[str], pins: Sequence[Pin] = ()) -> Place:
        """The place of a complaint. A pin goes before names: who sends one stands there or points at it."""
        said = [*texts, *(pin.label for pin in pins if pin.label)]
        text, found = self._read(said)
        known = () if self.learned.empty else self.learned.known(phrases(text))
        named = weighed(found, self._district_of, known)
        for pin in reversed(pins):
            near = self._around(pin)
            if near:
                return self._with_pin(near, named)
        if pins and not named.known:
            return Place(how="outside", candidates=named.candidates)
        return named

    def _read(self, texts: Sequence[str]) -> tuple[Read, list[Mention]]:
        said = tuple(texts)
        if self._last[0] != said:
            one = read(said)
            self._last = (said, one, mentions(self._index, one))
        return self._last[1:]

    def pinned(self, pins: Sequence[Pin]) -> str | None:
        """The kelurahan of the last pin that is in the city."""
        return next((near[0] for pin in reversed(pins) if (near := self._around(pin))), None)

    def _around(self, pin: Pin) -> list[str]:
        """The kelurahan of a pin, and behind it others that it may be in; empty: outside the city."""
        if self.shapes is not None:
            ward = self.shapes.ward_at(pin.latitude, pin.longitude)
            return [] if ward is None else [ward]
        return [code for code, _ in self._points.nearest(pin.latitude, pin.longitude)]

    def _with_pin(self, near: Sequence[str], named: Place) -> Place:
        ward, district = near[0], self._district_of[near[0]]
        possible = (
            Candidate(district, ward, 1.0, "pin"),
            *(one for one in named.candidates if one.ward_code != ward),
            *(Candidate(self._district_of[code], code, 0.2, "near") for code in near[1:2]),
        )
        other = named.ward_code != ward if named.ward_code else named.district_code != district
        return Place(ward, district, "pin", possible[:MOST], disagrees=named.known and other)

    def landmarks(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Keyed hashes of the landmarks and streets that the texts name; none before `learned` has its key."""
        return tuple(self.learned.hashes(phrases(self._read(texts)[0])))

    def without_names(self, text: str) -> str:
        """The words of a text that are no name of a place: `Air Hitam` is no water, `Nunbaun Sabu` no drug."""
        one, found = self._read([text])
        named = {i for m in found if m.supported for i in range(m.first, m.behind)}
        return " ".join(word for index, word in enumerate(one.words) if index not in named)


def _indexed(city: City) -> Index:
    index = Index()
    stems: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for district in city.districts:
        for name in (district.name, *district.aliases):
            index.add(_words(name), [district.code], "district")
        for ward in district.wards:
            for name in (ward.name, *ward.aliases):
                words = _words(name)
                index.add(words, [ward.code], "ward")
                if words[-1] in _SIDES and not all(letters(word) in COMMON for word in words[:-1]):
                    stems[tuple(words[:-1])].append(ward.code)
    for landmark in city.landmarks:
        for name in (landmark.name, *landmark.aliases):
            index.add(_words(name), [landmark.ward], "landmark")
    for stem, codes in stems.items():
        if stem and len(set(codes)) > 1 and not index.knows(stem):
            index.add(stem, dict.fromkeys(codes), "ward")
    index.close()
    return index


def _words(name: str) -> list[str]:
    return list(read([name]).words)
