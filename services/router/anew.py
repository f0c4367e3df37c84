"""Who holds a complaint whose work begins from the beginning, with what clocks. Pure."""

from dataclasses import replace
from datetime import datetime

from services.complaint import events as e
from services.complaint.commands import Assigning
from services.complaint.state import Working
from services.contracts.city import City
from services.router.assignment import case_of, choose
from services.router.clocks import terms
from services.router.dossier import Dossier, door_of
from services.router.rules.assigning import assigning as by_rule


def assigning(
    city: City, dossier: Dossier, state: Working, why: e.Event, *, at: datetime, scale: float, live: bool
) -> Assigning | None:
    """The seats that held it, with clocks anew. One that nobody leads goes where the rules say; None: they name nobody,
    or a lead had returned it, so a coordinator rules."""
    held = tuple(
        terms.assignment(city, seat, hold.role, state.desk.kind, at=at, scale=scale, live=live)
        for seat, hold in state.desk.holds.items()
        if hold.role != "superior"
    )
    if state.desk.lead is not None:
        rule = "unmerged" if isinstance(why, e.ComplaintUnmerged) else "reopened"
        return Assigning(assignments=held, rule=rule, policy=city.policy.version)
    matter = state.desk.matter
    case = case_of(matter, first_level=state.file.first_level, door=door_of(dossier.events), at=at)
    chosen = choose(city, case)
    if chosen is None or any(one.role == "lead" for one in state.desk.returns.values()):
        return None
    made = by_rule(city, chosen, matter.kind, at, scale, live=live)
    named = {one.seat for one in made.assignments}
    return replace(made, assignments=(*made.assignments, *(one for one in held if one.seat not in named)))
