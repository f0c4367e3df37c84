"""The map of what everybody may see: one dot a kelurahan, about where it lies, with its number. Nothing finer is known
here. SVG made here, without script or inline styles; each dot is a link to its list.

The kelurahan of an old town lie closer than a finger is wide, so dots are pushed apart until each can be read and
touched: who is whose neighbour stays true, distances do not.
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

from markupsafe import Markup

from services.contracts.city import City
from services.contracts.city.parts import Ward

WIDTH, TALLEST, EDGE = 340, 420, 26
"""Units of the drawing; on a phone about a CSS pixel each."""
RADIUS = 13.0
"""A little more than 24 CSS pixels across on a phone (WCAG 2.2, 2.5.8); the same links stand in the list below in full
size."""
_APART = 2 * RADIUS + 1
_ROUNDS = 120
_LETTER = 5.4
"""Width of a letter of a name."""

Spot = tuple[float, float]
Places = Mapping[str, Spot]

_SVG = Markup('<svg class="dots" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>')
_EMPTY = Markup('<circle class="dot-none" cx="{:.1f}" cy="{:.1f}" r="2.5"><title>{}</title></circle>')
_DOT = Markup(
    '<a href="{href}" aria-label="{label}"{current}><title>{label}</title><circle class="dot" cx="{x:.1f}" '
    'cy="{y:.1f}" r="{r:.1f}"/><text class="dot-number" x="{x:.1f}" y="{below:.1f}">{number}</text></a>'
)
_NAME = Markup('<text class="dot-name" x="{:.1f}" y="{:.1f}">{}</text>')


def svg(city: City, counts: Mapping[str, int], link: Callable[[str], str], label: str, chosen: str | None) -> Markup:
    """`counts`: by the kelurahan's code; `link`: the address of one kelurahan's list; `label`: read out for the whole.

    Codes that the city has no more are left out: they stand in the list alone.
    """
    wards = tuple(city.wards.values())
    height, places = _layout(wards)
    parts = [_EMPTY.format(*places[one.code], one.name) for one in wards if not counts.get(one.code)]
    there = sorted((one for one in wards if counts.get(one.code)), key=lambda one: (-counts[one.code], one.name))
    for ward in there:
        (x, y), number = places[ward.code], counts[ward.code]
        parts.append(_DOT.format(
            href=link(ward.code), label=f"{ward.name}: {number}", x=x, y=y, r=RADIUS, below=y + 4, number=number,
            current=Markup(' aria-current="true"') if ward.code == chosen else "",
        ))  # fmt: skip
    return _SVG.format(WIDTH, height, label, Markup("").join([*parts, *_names(places, there, height)]))


@lru_cache(maxsize=64)
def _layout(wards: tuple[Ward, ...]) -> tuple[int, Places]:
    """The drawing's height, and where each dot stands. Worked out once for a city: it asks for nothing but where its
    kelurahan lie."""
    west, east = min(one.longitude for one in wards), max(one.longitude for one in wards)
    south, north = min(one.latitude for one in wards), max(one.latitude for one in wards)
    # Equirectangular around the city's middle: over a few kilometres nobody sees the difference.
    shrink = math.cos(math.radians((south + north) / 2))
    across, down = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
    scale = min((WIDTH - 2 * EDGE) / across, (TALLEST - 2 * EDGE) / down)
    room = math.ceil(len(wards) * _APART * _APART * 1.7 / (WIDTH - 2 * EDGE))
    height = min(max(round(down * scale), room), TALLEST - 2 * EDGE) + 2 * EDGE
    left, top = (WIDTH - across * scale) / 2, (height - down * scale) / 2
    spots = [(left + (one.longitude - west) * shrink * scale, top + (north - one.latitude) * scale) for one in wards]
    return height, dict(zip((one.code for one in wards), _apart(spots, height), strict=True))


def _apart(spots: list[Spot], height: int) -> list[Spot]:
    """Each pair that lies too close gives way by half of what is missing, round by round."""
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    for _ in range(_ROUNDS):
        moved = False
        for a in range(len(spots)):
            for b in range(a):
                dx, dy = xs[a] - xs[b], ys[a] - ys[b]
                if abs(dx) >= _APART or abs(dy) >= _APART:
                    continue
                away = math.hypot(dx, dy)
                if away >= _APART - 0.01:
                    continue
                if away < 0.01:  # on the same spot: each to a side of its own
                    dx, dy, away = math.cos(a), math.sin(a), 1.0
                give = (_APART - min(away, _APART)) / 2 / away
                xs[a], ys[a] = _inside(xs[a] + dx * give, WIDTH), _inside(ys[a] + dy * give, height)
                xs[b], ys[b] = _inside(xs[b] - dx * give, WIDTH), _inside(ys[b] - dy * give, height)
                moved = True
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _inside(at: float, end: float) -> float:
    return min(max(at, RADIUS + 2), end - RADIUS - 2)


def _names(places: Places, wards: list[Ward], height: int) -> list[Markup]:
    """Of those with most first; a name that would lie on a dot or on another name is left to the list."""
    large = {one.code for one in wards}
    taken = [
        (x - r, y - r, x + r, y + r) for code, (x, y) in places.items() for r in [RADIUS if code in large else 3.0]
    ]
    found = []
    for ward in wards:
        x, y = places[ward.code]
        half = len(ward.name) * _LETTER / 2
        x = min(max(x, half + 2), WIDTH - half - 2)
        for base in (y + RADIUS + 10, y - RADIUS - 3):
            box = (x - half, base - 9, x + half, base + 2)
            inside = box[1] > 0 and box[3] < height
            if inside and all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in taken):
                taken.append(box)
                found.append(_NAME.format(x, base, ward.name))
                break
    return found
