"""Whom a seat may hand a complaint to: up and down its own line, and beyond it only where a rule of the city lets it.

RT → RW → kelurahan → kecamatan → office → mayor. The step from the kecamatan to the offices goes to those that serve
the matter's function. Sideways between offices is a coordinator's ruling, unless the city's rules say otherwise.

The router decides by this, and the console offers what the router would accept. Conflicts of interest are asked apart
(`city.conflicts`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.contracts.base import Function
from services.contracts.city import Agency, City, conflicts
from services.contracts.city.rules import Rules

_FREE = frozenset({"screener", "coordinator"})
"""Roles that assign anyway."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What it depends on. `district_code` also where only the kelurahan is known, if the city knows that."""

    function: Function
    district_code: str | None = None
    ward_code: str | None = None
    first_level: str | None = None

    def district(self, city: City) -> str | None:
        if self.ward_code is not None and self.ward_code in city.wards:
            return city.district_of(self.ward_code).code
        return self.district_code


def may_hand_off(city: City, rules: Rules, handed: Handed, giver: str, to: str) -> bool:
    """Unknown seats: no."""
    here, there = city.seats.get(giver), city.seats.get(to)
    if here is None or there is None:
        return False
    if not _FREE.isdisjoint(here.roles) or giver in _line(city, to) or to in _line(city, giver):
        return True
    if here.kind == "district" and there.kind == "agency" and handed.function in there.functions:
        return True
    return any(
        (one.function is None or handed.function in one.function)
        and giver in meant(city, one.giver, handed)
        and to in meant(city, one.to, handed)
        for one in rules.hand_offs
    )


def meant(city: City, names: Sequence[str], handed: Handed) -> frozenset[str]:
    """What these seats and seat words mean for this complaint, whether or not it is about them."""
    district = handed.district(city)

    def served() -> Sequence[Agency]:
        return serving(city, handed.function, district, handed.ward_code)

    found = (seat(city, name, district, handed.ward_code, handed.first_level, served) for name in names)
    return frozenset(one for one in found if one is not None)


def seat(  # noqa: PLR0917 - a complaint's place, door and offices, always asked together
    city: City,
    name: str,
    district: str | None,
    ward: str | None,
    first_level: str | None,
    served: Callable[[], Sequence[Agency]],
) -> str | None:
    """One seat or seat word (`city.rules`). `served`: the offices that serve the matter here."""
    match name:
        case "camat":
            found = city.territorial.get(district) if district else None
            return found.id if found else None
        case "lurah":
            found = city.territorial.get(ward) if ward else None
            return found.id if found else None
        case "first_level":
            return first_level
        case "inspector":
            return conflicts.inspector(city)
        case "serves":
            offices = served()
            return offices[0].id if len(offices) == 1 else None
        case _:
            return name


def serving(city: City, function: Function, district: str | None, ward: str | None) -> list[Agency]:
    """The offices that declare this function for this place; one that names the place goes before one for all."""
    return nearest(city, [agency for agency in city.agencies if function in agency.functions], district, ward)


def nearest(city: City, offices: Sequence[Agency], district: str | None, ward: str | None) -> list[Agency]:
    near = [o for o in offices if o.areas and city.covers(o.areas, district=district, ward=ward)]
    return near or [office for office in offices if not office.areas]


def _line(city: City, below: str) -> Iterator[str]:
    """The seats above it, the nearest first."""
    seen = {below}
    above = city.seats[below].superior
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = city.seats[above].superior if above in city.seats else None
