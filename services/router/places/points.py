"""Which kelurahan a pin is in when all that is known of each is one point in its middle."""

import math
from collections.abc import Sequence

_AT_LEAST_KM = 1.0
_NEIGHBOURS = 4
EARTH_KM = 111.2
"""Kilometres of a degree of latitude."""


class Points:
    """Nearest point wins. A pin farther from it than the kelurahan's neighbours are is outside the city."""

    def __init__(self, points: Sequence[tuple[str, float, float]]) -> None:
        """(code, latitude, longitude), WGS 84."""
        self._points = list(points)
        self._reach = {code: self._reach_of(code, latitude, longitude) for code, latitude, longitude in points}

    def _reach_of(self, code: str, latitude: float, longitude: float) -> float:
        others = sorted(kilometres(latitude, longitude, a, o) for other, a, o in self._points if other != code)
        near = others[:_NEIGHBOURS]
        return max(near[-1], _AT_LEAST_KM) if near else math.inf

    def nearest(self, latitude: float, longitude: float) -> list[tuple[str, float]]:
        """Codes with kilometres, the nearest three; empty if it is outside."""
        found = sorted((kilometres(latitude, longitude, a, o), code) for code, a, o in self._points)[:3]
        if not found or not found[0][0] <= self._reach[found[0][1]]:
            return []
        return [(code, distance) for distance, code in found]


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Flat-earth distance: within a city the error is below a metre in a hundred."""
    north = (latitude - other_latitude) * EARTH_KM
    east = (longitude - other_longitude) * EARTH_KM * math.cos(math.radians(latitude))
    return math.hypot(north, east)
