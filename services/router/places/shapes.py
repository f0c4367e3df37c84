"""Which kelurahan a pin is in by their polygons: WGS 84, holes and several parts, never nothing on a border."""

import math
from array import array
from collections.abc import Mapping, Sequence

from services.router.places.points import EARTH_KM

Position = tuple[float, float]
"""Longitude, latitude: the order of RFC 7946, section 3.1.1."""
Ring = Sequence[Position]
Polygons = Sequence[Sequence[Ring]]
"""As a MultiPolygon's coordinates: of each polygon the outer ring, then its holes."""

BESIDE_KM = 0.1
"""So far beyond every border a pin still counts: phones err, and borders were drawn by hand."""


class _Ring:
    """One closed line. Arrays: a city has thousands of corners, and a router may hold many cities."""

    __slots__ = ("x", "y")

    def __init__(self, ring: Ring) -> None:
        self.x = array("d", [position[0] for position in ring])
        self.y = array("d", [position[1] for position in ring])

    def crossings(self, x: float, y: float) -> int:
        """How often a line to the east crosses it."""
        xs, ys, count = self.x, self.y, 0
        before_x, before_y = xs[-1], ys[-1]
        for here_x, here_y in zip(xs, ys, strict=True):
            if (here_y > y) != (before_y > y):
                at = here_x + (y - here_y) * (before_x - here_x) / (before_y - here_y)
                count += x < at
            before_x, before_y = here_x, here_y
        return count

    def distance(self, x: float, y: float, shrink: float) -> float:
        """Kilometres to the line. `shrink`: length of a degree of longitude there by one of latitude."""
        xs, ys = self.x, self.y
        least = math.inf
        before_x, before_y = (xs[-1] - x) * shrink, ys[-1] - y
        for corner_x, corner_y in zip(xs, ys, strict=True):
            here_x, here_y = (corner_x - x) * shrink, corner_y - y
            along_x, along_y = here_x - before_x, here_y - before_y
            length = along_x * along_x + along_y * along_y
            share = 0.0 if length == 0.0 else -(before_x * along_x + before_y * along_y) / length
            share = min(max(share, 0.0), 1.0)
            least = min(least, math.hypot(before_x + share * along_x, before_y + share * along_y))
            before_x, before_y = here_x, here_y
        return least * EARTH_KM


class _Ward:
    def __init__(self, polygons: Polygons) -> None:
        self.rings = [_Ring(ring) for polygon in polygons for ring in polygon]
        self.west = min(min(ring.x) for ring in self.rings)
        self.east = max(max(ring.x) for ring in self.rings)
        self.south = min(min(ring.y) for ring in self.rings)
        self.north = max(max(ring.y) for ring in self.rings)

    def near(self, x: float, y: float, margin: float) -> bool:
        """Degrees of margin around its box."""
        return self.west - margin <= x <= self.east + margin and self.south - margin <= y <= self.north + margin

    def holds(self, x: float, y: float) -> bool:
        """Holes and parts alike: inside is what an odd number of lines lies around."""
        return bool(sum(ring.crossings(x, y) for ring in self.rings) % 2)

    def distance(self, x: float, y: float) -> float:
        shrink = math.cos(math.radians(y))
        return min(ring.distance(x, y, shrink) for ring in self.rings)


class WardShapes:
    """The polygons of a city's kelurahan. A look-up takes some tens of microseconds."""

    def __init__(self, polygons: Mapping[str, Polygons]) -> None:
        """By the kelurahan's code. Every kelurahan has at least one polygon."""
        self._wards = {code: _Ward(one) for code, one in sorted(polygons.items())}

    def ward_at(self, latitude: float, longitude: float) -> str | None:
        """The kelurahan that the point is in; where two overlap, the one whose border is farther away; in a gap or
        just beyond the city's border the nearest. None: outside."""
        x, y = longitude, latitude
        inside = [code for code, ward in self._wards.items() if ward.near(x, y, 0.0) and ward.holds(x, y)]
        if len(inside) == 1:
            return inside[0]
        if inside:
            return max(inside, key=lambda code: self._wards[code].distance(x, y))
        margin = 2 * BESIDE_KM / EARTH_KM
        beside = [
            (distance, code)
            for code, ward in self._wards.items()
            if ward.near(x, y, margin) and (distance := ward.distance(x, y)) <= BESIDE_KM
        ]
        return min(beside)[1] if beside else None

    def holders(self, latitude: float, longitude: float) -> list[str]:
        """Every kelurahan whose polygon holds the point."""
        x, y = longitude, latitude
        return [code for code, ward in self._wards.items() if ward.near(x, y, 0.0) and ward.holds(x, y)]

    def box(self, code: str) -> tuple[float, float, float, float]:
        """West, south, east, north of one kelurahan."""
        ward = self._wards[code]
        return ward.west, ward.south, ward.east, ward.north
