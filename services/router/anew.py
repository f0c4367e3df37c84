"""Who holds a complaint whose work begins from the beginning, with what clocks. Pure."""

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
    """The seats that held it, with clocks anew. One that was answered on air before anybody held it goes where the
    rules say; None: they name nobody, so a coordinator rules."""
    held = tuple(
        terms.assignment(city, seat, hold.role, state.desk.kind, at=at, scale=scale, live=live)
        for seat, hold in state.desk.holds.items()
        if hold.role != "superior"
    )
    if held:
        rule = "unmerged" if isinstance(why, e.ComplaintUnmerged) else "reopened"
        return Assigning(assignments=held, rule=rule, policy=city.policy.version)
    matter = state.desk.matter
    case = case_of(matter, first_level=state.file.first_level, door=door_of(dossier.events), at=at)
    chosen = choose(city, case)
    return None if chosen is None else by_rule(city, chosen, matter.kind, at, scale, live=live)
