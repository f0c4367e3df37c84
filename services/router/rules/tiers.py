"""Whom a seat may hand a complaint to: up and down its own line, and beyond it only where a rule lets it.

RT → RW → kelurahan → kecamatan → office → mayor. The step from the kecamatan to the offices goes to those that serve
the matter's function. Sideways between offices is a coordinator's ruling, unless the city's rules say otherwise.
"""

from collections.abc import Iterator

from services.contracts.city import City
from services.router.rules.case import Case
from services.router.rules.choosing import book

_FREE = frozenset({"screener", "coordinator"})
"""Roles that assign anyway."""


def may_hand_off(city: City, case: Case, giver: str, to: str) -> bool:
    """Conflicts of interest are asked apart (`contracts.conflicts`). Unknown seats: no."""
    here, there = city.seats.get(giver), city.seats.get(to)
    if here is None or there is None:
        return False
    if not _FREE.isdisjoint(here.roles) or giver in _line(city, to) or to in _line(city, giver):
        return True
    if here.kind == "district" and there.kind == "agency" and case.function in there.functions:
        return True
    return _ruled(city, case, giver, to)


def _ruled(city: City, case: Case, giver: str, to: str) -> bool:
    rules = book(city)
    for one in city.rules.hand_offs:
        if one.function is not None and case.function not in one.function:
            continue
        if giver in rules.seats(one.giver, case) and to in rules.seats(one.to, case):
            return True
    return False


def _line(city: City, seat: str) -> Iterator[str]:
    """The seats above it, the nearest first."""
    seen = {seat}
    above = city.seats[seat].superior
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = city.seats[above].superior if above in city.seats else None
