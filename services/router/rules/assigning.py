"""From what the rules chose to the assignment as it is recorded."""

from datetime import datetime

from services.complaint.commands import Assigning
from services.complaint.events import Assignment, Matter
from services.contracts.base import Kind
from services.contracts.city import City
from services.router import brief
from services.router.clocks import terms
from services.router.rules.case import Chosen


def assigning(city: City, chosen: Chosen, kind: Kind, at: datetime, scale: float, *, live: bool = False) -> Assigning:
    """Seats with their clocks and the lead's unit, the rules that gave each part, who was left out. No words yet."""
    return Assigning(
        assignments=seats(city, chosen, kind, at, scale, live=live),
        rule=chosen.rule,
        policy=city.policy.version,
        rules={str(part): by for part, by in chosen.rules.items()} or None,
        left_out=chosen.left_out or None,
    )


def seats(
    city: City, chosen: Chosen, kind: Kind, at: datetime, scale: float, *, live: bool = False
) -> tuple[Assignment, ...]:
    made = terms.assignments(city, chosen, kind, at, scale, live=live)
    if chosen.unit is None:
        return made
    return tuple(
        Assignment(seat=one.seat, role=one.role, clocks=one.clocks, unit=chosen.unit) if one.role == "lead" else one
        for one in made
    )


def instruction(city: City, chosen: Chosen, matter: Matter, said: str | None = None) -> str | None:
    """What the rules have to say to the offices, before what a person says."""
    if chosen.instruction is None:
        return said
    place = brief.place_name(city, matter.district_code, matter.ward_code) or "tempat yang belum diketahui"
    ruled = chosen.instruction.format(category=brief.label(matter.category), place=place)
    return ruled if said is None else f"{ruled} {said}"
