"""The map on the form: an SVG of the city's kelurahan, drawn here. A tap on it is a point, with or without script.

Equirectangular around the city's middle: over the few kilometres of a city nobody sees the difference.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from services.contracts.city import City
from services.contracts.intake import Pin
from services.intake.pages.borders import Drawn, Ring

WIDTH = 320
"""CSS pixels: it is shown in this size, so that a tap's place on it is a place in the city."""
TALLEST = 420
EDGE = 8

_STYLE = (
    "svg{background:#eef0ee}path{fill:#fff;stroke:#4c5a55;stroke-width:.8;fill-rule:evenodd}"
    "text{font:600 9px system-ui,sans-serif;fill:#17201d;text-anchor:middle;paint-order:stroke;"
    "stroke:#fff;stroke-width:2.5}"
    ".at{fill:#a4161a;stroke:#fff;stroke-width:2}path.on{fill:#cfe8e0}"
    "@media(prefers-color-scheme:dark){svg{background:#222b27}path{fill:#18201d;stroke:#adbab4}"
    "text{fill:#eef3f0;stroke:#18201d}path.on{fill:#1d4a40}.at{fill:#ff9d9d}}"
)


@dataclass(frozen=True)
class WardMap:
    """How degrees become pixels and back."""

    west: float
    north: float
    scale: float
    """Pixels a degree of latitude."""
    shrink: float
    height: int

    @classmethod
    def of(cls, drawn: Drawn) -> "WardMap":
        points = [point for rings in drawn.values() for point in max(rings, key=_extent)]  # not every islet far out
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        shrink = math.cos(math.radians((south + north) / 2))
        across, down = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
        scale = min((WIDTH - 2 * EDGE) / across, (TALLEST - 2 * EDGE) / down)
        west -= ((WIDTH - 2 * EDGE) / scale - across) / 2 / shrink
        return cls(west, north, scale, shrink, round(down * scale) + 2 * EDGE)

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = EDGE + (longitude - self.west) * self.shrink * self.scale
        return round(x, 1), round(EDGE + (self.north - latitude) * self.scale, 1)

    def point(self, x: float, y: float) -> Pin | None:
        """None outside of the picture."""
        if not (0 <= x <= WIDTH and 0 <= y <= self.height):
            return None
        longitude = self.west + (x - EDGE) / self.scale / self.shrink
        latitude = self.north - (y - EDGE) / self.scale
        return Pin(latitude=round(latitude, 6), longitude=round(longitude, 6))


def _extent(ring: Ring) -> float:
    xs, ys = zip(*ring, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)))


def ward_at(drawn: Drawn, pin: Pin) -> str | None:
    """The kelurahan that the point is in: what an odd number of lines lies around."""
    for code, rings in drawn.items():
        if sum(_crossings(ring, pin.longitude, pin.latitude) for ring in rings) % 2:
            return code
    return None


def _crossings(ring: Ring, x: float, y: float) -> int:
    count = 0
    before_x, before_y = ring[-1]
    for here_x, here_y in ring:
        if (here_y > y) != (before_y > y):
            count += x < here_x + (y - here_y) * (before_x - here_x) / (before_y - here_y)
        before_x, before_y = here_x, here_y
    return count


def svg(city: City, drawn: Drawn, pin: Pin | None) -> str:
    frame = WardMap.of(drawn)
    here = ward_at(drawn, pin) if pin is not None else None
    size = f'viewBox="0 0 {WIDTH} {frame.height}" width="{WIDTH}" height="{frame.height}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>']
    for code, rings in drawn.items():
        lines = "".join(_line(frame, ring) for ring in rings)
        mark, name = ' class="on"' if code == here else "", escape(city.wards[code].name)
        parts.append(f'<path{mark} d="{lines}"><title>{name}</title></path>')
    parts += _names(frame, city, drawn)
    if pin is not None:
        x, y = frame.pixel(pin.longitude, pin.latitude)
        parts.append(f'<circle class="at" cx="{x}" cy="{y}" r="7"/>')
    return "".join([*parts, "</svg>"])


def _line(frame: WardMap, ring: Ring) -> str:
    """Corners that fall on the same half pixel are one."""
    found: list[tuple[float, float]] = []
    for longitude, latitude in ring:
        x, y = frame.pixel(longitude, latitude)
        corner = round(x * 2) / 2, round(y * 2) / 2
        if not found or found[-1] != corner:
            found.append(corner)
    return "M" + " ".join(f"{x:g},{y:g}" for x, y in found) + "Z"


def _names(frame: WardMap, city: City, drawn: Drawn) -> Iterator[str]:
    """The largest first; a name that would cover another one is left to the list."""
    taken: list[tuple[float, float, float, float]] = []
    middles = sorted(((_middle(frame, max(rings, key=_extent)), code) for code, rings in drawn.items()), reverse=True)
    for (size, x, y), code in middles:
        name = city.wards[code].name
        half = len(name) * 2.6
        box = (x - half, y - 6, x + half, y + 6)
        free = all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in taken)
        if size > 300 and free and box[0] > 0 and box[2] < WIDTH:
            taken.append(box)
            yield f'<text x="{x:.0f}" y="{y + 3:.0f}">{escape(name)}</text>'


def _middle(frame: WardMap, ring: Ring) -> tuple[float, float, float]:
    """Square pixels around it, and its middle."""
    xs, ys = zip(*(frame.pixel(*corner) for corner in ring), strict=True)
    size = (max(xs) - min(xs)) * (max(ys) - min(ys))
    return size, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
