"""A place that comes when a complaint is at work already: offices see it, its camat or lurah hears of it. Pure."""

from datetime import datetime

from services.complaint.commands import Assigning, Locate
from services.complaint.events import Assignment, ComplaintAssigned, ComplaintScreened, Matter
from services.complaint.state import Working
from services.contracts.city import City
from services.router import brief
from services.router.assignment import case_of, choose
from services.router.clocks import terms
from services.router.dossier import Dossier, door_of, ward_of
from services.router.places import Gazetteer
from services.router.places.chosen import chosen
from services.router.words_in_clear import Heard

RULE = "placed"


def waits_for_place(dossier: Dossier) -> bool:
    """The machine sent it to work without a place. What a person has screened is a person's to correct."""
    state = dossier.state
    if not isinstance(state, Working) or state.desk.matter.district_code is not None:
        return False
    screened = next((ev.data for ev in reversed(dossier.events) if isinstance(ev.data, ComplaintScreened)), None)
    return screened is not None and screened.by == "machine"


def located(
    city: City, gazetteer: Gazetteer, dossier: Dossier, heard: Heard, *, cause: str, at: datetime, scale: float
) -> Locate | None:
    """None: still nobody knows."""
    state = dossier.state
    place = chosen(city, gazetteer.find(heard.texts, heard.pins), ward_of(dossier.events))
    if not isinstance(state, Working) or place.district_code is None:
        return None
    before = state.desk.matter
    matter = Matter.model_validate(
        {**before.model_dump(), "district_code": place.district_code, "ward_code": place.ward_code}
    )
    summary = brief.summary(
        city,
        kind=matter.kind,
        category=matter.category,
        urgency=matter.urgency,
        district_code=matter.district_code,
        ward_code=matter.ward_code,
    )
    assigning = _with_territorial(city, dossier, state, matter, at=at, scale=scale)
    return Locate(cause=cause, matter=matter, summary=summary, assigning=assigning)


def _with_territorial(
    city: City, dossier: Dossier, state: Working, matter: Matter, *, at: datetime, scale: float
) -> Assigning | None:
    """Whoever holds it goes on as before, the clocks too."""
    case = case_of(matter, first_level=state.file.first_level, door=door_of(dossier.events), at=at)
    chosen = choose(city, case)
    holds = state.desk.holds
    if chosen is None or chosen.territorial is None or chosen.territorial in holds or state.desk.lead is None:
        return None
    last = next(ev.data for ev in reversed(dossier.events) if isinstance(ev.data, ComplaintAssigned))
    units = {one.seat: one.unit for one in last.assignments}
    return Assigning(
        assignments=(
            *(Assignment(seat=seat, role=hold.role, unit=units.get(seat)) for seat, hold in holds.items()),
            terms.assignment(city, chosen.territorial, "territorial", matter.kind, at=at, scale=scale),
        ),
        rule=RULE,
        policy=city.policy.version,
    )
