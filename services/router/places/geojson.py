"""A city's boundaries from a GeoJSON file (RFC 7946): read, checked against the city, and told what is wrong in it."""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.contracts.city import City
from services.router.places.points import kilometres
from services.router.places.shapes import Polygons, Position, WardShapes

DIGITS = 8
"""Of a degree: a millimetre. What a file has beyond that comes from reckoning."""
_LOOKED_AT = 20
"""Overlaps are looked for on a grid of so many by so many points in each kelurahan's box."""
_MUCH, _LITTLE = 0.2, 0.01
"""Shares of a kelurahan that lie in another one too: from the first it is an error, from the second worth a word."""
_FAR_KM = 5.0


class NotUsable(Exception):
    """The file can't be put in force; each reason is a sentence."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Boundaries:
    wards: Mapping[str, Polygons]
    """By the kelurahan's code, as the city's file writes it."""
    remarks: tuple[str, ...]
    """What a person should look at before relying on them."""


def read_boundaries(city: City, content: bytes) -> Boundaries:
    """The kelurahan of a file. The property that holds their official code is found by its values. `NotUsable`."""
    features = _features(content)
    codes = {_plain(code): code for code in city.wards}
    named = _code_property(features, codes)
    wards: dict[str, list[Sequence[Sequence[Position]]]] = {}
    wrong: list[str] = []
    unknown: list[str] = []
    for number, feature in enumerate(features, start=1):
        value = str((feature.get("properties") or {}).get(named, ""))
        code = codes.get(_plain(value))
        if code is None:
            unknown.append(value or f"feature {number}")
            continue
        try:
            wards.setdefault(code, []).extend(_polygons(feature.get("geometry")))
        except ValueError as error:
            wrong.append(f"{value}: {error}")
    missing = [city.wards[code].name for code in city.wards if code not in wards]
    if missing:
        wrong.append(f"{len(missing)} kelurahan have no polygon: {', '.join(missing[:10])}")
    if wrong:
        raise NotUsable(wrong)
    remarks = [f"not of this city, left out: {', '.join(unknown[:10])}"] if unknown else []
    shapes = WardShapes(wards)
    remarks += _points(city, shapes, wards)
    remarks += _overlaps(city, shapes)
    return Boundaries(wards, tuple(remarks))


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        file = json.loads(content)
    except ValueError as error:
        raise NotUsable([f"no JSON: {error}"]) from error
    if not isinstance(file, dict) or file.get("type") != "FeatureCollection":
        raise NotUsable(["no GeoJSON FeatureCollection (RFC 7946, section 3.3)"])
    if "crs" in file and not any(name in json.dumps(file["crs"]) for name in ("CRS84", "4326")):
        raise NotUsable(["coordinates must be WGS 84 (RFC 7946, section 4)"])
    features = file.get("features")
    if not isinstance(features, list) or not features or not all(isinstance(one, dict) for one in features):
        raise NotUsable(["no features"])
    return features


def _code_property(features: Sequence[dict[str, Any]], codes: Mapping[str, str]) -> str:
    found = Counter[str](
        str(name)
        for feature in features
        for name, value in (feature.get("properties") or {}).items()
        if _plain(str(value)) in codes
    )
    if not found:
        raise NotUsable(["no property of the features holds the codes of this city's kelurahan"])
    return found.most_common(1)[0][0]


def _plain(code: str) -> str:
    """`17.71.02.1001` and `1771021001` are one code."""
    return "".join(letter for letter in code if letter.isdigit())


def _polygons(geometry: Any) -> list[Sequence[Sequence[Position]]]:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("neither Polygon nor MultiPolygon")
    given = geometry.get("coordinates")
    parts = [given] if geometry["type"] == "Polygon" else given
    if not isinstance(parts, list) or not parts:
        raise ValueError("no coordinates")
    return [tuple(_ring(ring) for ring in _list(part)) for part in parts]


def _list(part: Any) -> list[Any]:
    if not isinstance(part, list) or not part:
        raise ValueError("a polygon without rings")
    return part


def _ring(ring: Any) -> tuple[Position, ...]:
    if not isinstance(ring, list) or len(ring) < 4:
        raise ValueError("a ring of fewer than four positions (section 3.1.6)")
    positions = tuple(_position(one) for one in ring)
    if positions[0] != positions[-1]:
        raise ValueError("a ring that is not closed (section 3.1.6)")
    return positions


def _position(one: Any) -> Position:
    if not isinstance(one, list) or len(one) < 2 or not all(type(part) in (int, float) for part in one[:2]):
        raise ValueError("a position that is no pair of numbers")
    longitude, latitude = float(one[0]), float(one[1])
    if not (math.isfinite(longitude) and abs(longitude) <= 180 and math.isfinite(latitude) and abs(latitude) <= 90):
        raise ValueError("a position outside of the world: longitude comes first")
    return round(longitude, DIGITS), round(latitude, DIGITS)


def _points(city: City, shapes: WardShapes, wards: Mapping[str, Polygons]) -> Iterator[str]:
    """Does each kelurahan lie where the city's file says? One that is far away has another one's code."""
    far: list[str] = []
    for code in wards:
        ward = city.wards[code]
        west, south, east, north = shapes.box(code)
        near_x, near_y = min(max(ward.longitude, west), east), min(max(ward.latitude, south), north)
        if kilometres(ward.latitude, ward.longitude, near_y, near_x) > _FAR_KM:
            far.append(f"{ward.name} lies more than {_FAR_KM:g} km from its point in the city's file")
            continue
        holder = shapes.ward_at(ward.latitude, ward.longitude)
        if holder != code:
            where = f"in {city.wards[holder].name}" if holder else "outside of all of them"
            yield f"the point of {ward.name} in the city's file lies {where}"
    if far:
        raise NotUsable(far)


def _overlaps(city: City, shapes: WardShapes) -> Iterator[str]:
    much: list[str] = []
    for code, ward in city.wards.items():
        west, south, east, north = shapes.box(code)
        own, others = 0, Counter[str]()
        for column in range(_LOOKED_AT):
            for row in range(_LOOKED_AT):
                x = west + (east - west) * (column + 0.5) / _LOOKED_AT
                y = south + (north - south) * (row + 0.5) / _LOOKED_AT
                holders = shapes.holders(y, x)
                if code in holders:
                    own += 1
                    others.update(holder for holder in holders if holder != code)
        for other, count in others.items():
            share = count / own
            sentence = f"{share:.0%} of {ward.name} lies in {city.wards[other].name}, too"
            if share >= _MUCH:
                much.append(sentence)
            elif share >= _LITTLE:
                yield sentence
        if own == 0:
            much.append(f"{ward.name} encloses nothing")
    if much:
        raise NotUsable(much)
