"""What it is and who gets it: a screener's decision, a coordinator's ruling."""

from dataclasses import replace

from services.complaint import commands as c
from services.complaint.events import Assignment, Matter
from services.complaint.state import Merged, Screening, State, Unopened, Working
from services.contracts import commands as outside
from services.contracts.base import About
from services.contracts.city import City
from services.contracts.city.conflicts import conflict_free
from services.contracts.commands import Refusal
from services.router import brief
from services.router.acting import refusals
from services.router.acting.meanings.frame import Frame
from services.router.assignment import Case, Chosen, case_of, choose, with_lead
from services.router.dossier import matter_of
from services.router.proposing import about_of
from services.router.rules.accused import about_seat, accused
from services.router.rules.assigning import assigning, instruction, seats


def screen(frame: Frame, action: outside.Screen) -> c.Command | Refusal:
    city, state = frame.city, frame.state
    if isinstance(state, Unopened):
        return refusals.UNKNOWN
    place = _place(city, action.district_code, action.ward_code)
    if isinstance(place, Refusal):
        return place
    district, ward = place
    whose = _whose(city, action, state, district, ward)
    if isinstance(whose, Refusal):
        return whose
    about, against = whose
    concerned = action.concerned
    matter = Matter(
        kind=action.kind,
        category=action.category,
        function=action.function,
        district_code=district,
        ward_code=ward,
        urgency=action.urgency,
        confidentiality=action.confidentiality or state.file.confidentiality,
        on_behalf=concerned is not None
        or (isinstance(state, Screening) and state.proposal is not None and state.proposal.matter.on_behalf),
        about=about,
        against=against,
    )
    case = case_of(matter, first_level=state.file.first_level, door=frame.door, at=frame.at)
    chosen = _chosen(city, case, action.lead, action.supporting)
    if isinstance(chosen, Refusal):
        return chosen
    summary = action.summary or brief.summary(
        city,
        kind=action.kind,
        category=action.category,
        urgency=action.urgency,
        district_code=district,
        ward_code=ward,
    )
    given = assigning(city, chosen, action.kind, frame.at, frame.scale, live=frame.live)
    return c.Screen(
        cause=frame.cause,
        matter=matter,
        summary=summary,
        assigning=replace(
            given,
            left_out=_left_out(city, state, matter, given.left_out or ()) or None,
            instruction=frame.seal("instruction", instruction(city, chosen, matter, action.instruction)),
        ),
        wording=frame.seal("wording", action.wording),
        notes=frame.seal("notes", action.notes),
        concerned_name=frame.seal_concerned("name", concerned.name) if concerned else None,
        concerned_place=frame.seal_concerned("place", concerned.place) if concerned else None,
    )


def _left_out(city: City, state: State, matter: Matter, named: tuple[str, ...]) -> tuple[str, ...]:
    """Also those that have it in hand until now, were it only for an answer that they owe: it is about them."""
    holding = state.desk.holds if isinstance(state, Working) else ()
    return tuple(dict.fromkeys((*named, *(seat for seat in holding if not conflict_free(city, matter, seat)))))


def assign(frame: Frame, action: outside.Assign) -> c.Command | Refusal:
    """Seats that hold it already in the same role keep their clocks; new ones get theirs."""
    state = frame.state
    if isinstance(state, Unopened):
        return refusals.UNKNOWN
    if isinstance(state, Screening | Merged) or state.desk is None:
        matter, holds = None, {}
    else:
        matter, holds = state.desk.matter, state.desk.holds
    case = (
        Case(category="", function="community")
        if matter is None
        else case_of(matter, first_level=state.file.first_level, door=frame.door, at=frame.at)
    )
    chosen = _chosen(frame.city, case, action.lead, action.supporting)
    if isinstance(chosen, Refusal):
        return chosen
    if chosen.territorial is not None and chosen.territorial not in holds:
        chosen = replace(chosen, territorial=None)
    kind = matter.kind if matter else "complaint"
    made = tuple(
        Assignment(seat=a.seat, role=a.role, unit=a.unit) if a.seat in holds and holds[a.seat].role == a.role else a
        for a in seats(frame.city, chosen, kind, frame.at, frame.scale, live=frame.live)
    )
    return c.Assign(
        cause=frame.cause,
        by="person",
        misassigned=action.misassigned,
        assigning=c.Assigning(
            assignments=made,
            rule="ruling",
            policy=frame.city.policy.version,
            instruction=frame.seal("instruction", action.instruction),
            reason=frame.seal("reason", action.reason),
        ),
    )


def _chosen(city: City, case: Case, lead: str | None, supporting: tuple[str, ...]) -> Chosen | Refusal:
    if lead is not None and lead not in city.seats:
        return refusals.unknown_seat("lead")
    if any(seat not in city.seats for seat in supporting):
        return refusals.unknown_seat("supporting")
    if lead is not None and not conflict_free(city, case, lead):
        return refusals.conflict("lead")
    if any(not conflict_free(city, case, seat) for seat in supporting):
        return refusals.conflict("supporting")
    if lead is not None:
        return with_lead(city, case, lead, supporting)
    chosen = choose(city, case)
    if chosen is None:
        return refusals.NO_RULE
    others = tuple(seat for seat in dict.fromkeys((*chosen.supporting, *supporting)) if seat != chosen.lead)
    territorial = None if chosen.territorial in others else chosen.territorial
    return replace(chosen, territorial=territorial, supporting=others)


def _whose(
    city: City, action: outside.Screen, state: State, district: str | None, ward: str | None
) -> tuple[About | None, str | None] | Refusal:
    """Whose conduct it is about. What was known before stays unless the person says `nobody`."""
    if action.about == "nobody":
        return None, None
    if action.against is not None and action.against not in city.seats:
        return refusals.ACCUSED_UNKNOWN
    before = matter_of(state)
    known = before.about if before is not None else None
    if known is None and isinstance(state, Screening):
        known = about_of(state)
    about = action.about or (about_seat(city, action.against) if action.against else known)
    against = action.against or accused(city, about, district_code=district, ward_code=ward)
    if against is None and before is not None and before.about == about:
        against = before.against
    return about, against


def _place(city: City, district: str | None, ward: str | None) -> tuple[str | None, str | None] | Refusal:
    if ward is not None:
        if ward not in city.wards:
            return refusals.WARD_UNKNOWN
        return city.district_of(ward).code, ward
    if district is not None and district not in {d.code for d in city.districts}:
        return refusals.DISTRICT_UNKNOWN
    return district, None
