"""Conflict of interest: a complaint about an office or a person never reaches them.

Asked wherever a seat would get a complaint, be told of it or rule on it: choosing, hand-offs, instructions, escalation,
performance notes, merges, pages. One table, so that all of them say the same.
"""

from collections.abc import Iterator
from typing import Protocol

from services.contracts.base import About
from services.contracts.city import City, Seat, SeatKind
from services.contracts.tokens import Role


class Accusing(Protocol):
    """What conflicts depend on: a `complaint.events.Matter`, or anything with these two."""

    @property
    def about(self) -> About | None: ...

    @property
    def against(self) -> str | None: ...


_PEERS: dict[About, frozenset[SeatKind]] = {
    "rt": frozenset({"rt", "rw"}),
    "rw": frozenset({"rt", "rw"}),
    "lurah": frozenset({"ward", "rt", "rw"}),
    "camat": frozenset({"district", "ward", "rt", "rw"}),
    "agency": frozenset({"agency"}),
    "official": frozenset({"agency", "assistant", "district", "ward", "rt", "rw", "desk"}),
    "mayor": frozenset({"leader", "assistant", "agency", "district", "ward", "rt", "rw", "desk", "screening"}),
}
"""Seats of these kinds are left out: the accused, whoever is below, and colleagues who meet them every day."""

_KNOWN_ONLY: frozenset[About] = frozenset({"agency", "official"})
"""Where the accused seat is known, its own line is enough: other offices are neither it nor below it."""

_GUARDIANS: frozenset[Role] = frozenset({"screener", "clerk", "data_protection", "auditor"})
"""They take complaints in, or watch over those who do: they see one about their superiors, but don't handle it."""


def inspector(city: City) -> str | None:
    """The seat that looks into officials: the city's oversight seat with the auditor's role."""
    return next((s.id for s in city.seats.values() if s.kind == "oversight" and "auditor" in s.roles), None)


def conflict_free(city: City, matter: Accusing, seat: str) -> bool:
    """Whether this seat may hold, support, rule on or be told of this complaint. A seat nobody knows: no."""
    if matter.about is None and matter.against is None:
        return True
    known = city.seats.get(seat)
    if known is None or seat == matter.against:
        return False
    if seat == inspector(city):
        return True
    if matter.against is not None and matter.against in _line(city, known):
        return False
    if matter.about is None or (matter.against is not None and matter.about in _KNOWN_ONLY):
        return True
    return known.kind not in _PEERS[matter.about]


def may_know(city: City, matter: Accusing, seat: str) -> bool:
    """Whether this seat may see that the complaint exists. Never the accused."""
    if conflict_free(city, matter, seat):
        return True
    known = city.seats.get(seat)
    return known is not None and seat != matter.against and not _GUARDIANS.isdisjoint(known.roles)


def superior(city: City, matter: Accusing, seat: str) -> str | None:
    """The nearest seat above `seat` that has no conflict; the inspector where the whole line has one."""
    known = city.seats.get(seat)
    if known is None:
        return inspector(city)
    for above in _line(city, known):
        if conflict_free(city, matter, above):
            return above
    watching = inspector(city)
    has_line = known.superior is not None
    return watching if has_line and watching not in (seat, matter.against) else None


def _line(city: City, seat: Seat) -> Iterator[str]:
    """Its superior, that one's superior, and so on; a circle in the file ends it."""
    seen = {seat.id}
    above = seat.superior
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        found = city.seats.get(above)
        above = found.superior if found else None
