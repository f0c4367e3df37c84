"""What an action of an office or a person means for the complaint: the complaint's own command, with its words sealed.

Pure but for sealing: seats, places and rules are looked up in the city, due times are worked out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint.events import Assignment, Matter
from services.complaint.state import Screening, State, Unopened
from services.contracts import commands as outside
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.router import brief
from services.router.acting import refusals
from services.router.assignment import Case, Chosen, choose, with_lead
from services.router.clocks import terms
from services.router.proposing import about_of

ComplaintAction = (
    outside.SeatAction
    | outside.Screen
    | outside.Assign
    | outside.Instruct
    | outside.Reply
    | outside.RuleNote
    | outside.RaiseConfidentiality
    | outside.EraseReporter
)

Sealer = Callable[[str, str | None], str | None]
"""Field and clear text → sealed for `handling` under this command's cause; None stays None."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds one command."""

    city: City
    seat: str
    cause: str
    at: datetime
    scale: float
    state: State
    seal: Sealer
    seal_concerned: Sealer
    officer: str | None = None
    """Clear; sealed with the command."""
    service_off: bool = False

    def sealed(self, field: str, clear: str) -> str:
        found = self.seal(field, clear)
        assert found is not None
        return found


def meaning(frame: Frame, action: ComplaintAction) -> c.Command | Refusal:
    match action:
        case outside.Screen():
            return _screen(frame, action)
        case outside.Assign():
            return _assign(frame, action)
        case outside.Instruct():
            if action.seat not in frame.city.seats:
                return refusals.unknown_seat("seat")
            text = frame.sealed("text", action.text)
            return c.Instruct(cause=frame.cause, by=frame.seat, seat=action.seat, text=text, due=action.due)
        case outside.Reply():
            return c.SendReply(cause=frame.cause, seat=frame.seat, text=frame.sealed("text", action.text))
        case outside.RuleNote():
            text = frame.sealed("text", action.text)
            return c.RuleNote(cause=frame.cause, by=frame.seat, note=action.note, ruling=action.ruling, text=text)
        case outside.RaiseConfidentiality():
            return c.RaiseConfidentiality(cause=frame.cause, level=action.level, by=f"seat:{frame.seat}")
        case outside.EraseReporter():
            return c.EraseReporter(cause=frame.cause, party=action.party)
        case _:
            return _seat_action(frame, action)


def _seat_action(frame: Frame, action: outside.SeatAction) -> c.Command | Refusal:
    cause, seat, officer = frame.cause, frame.seat, frame.seal("officer", frame.officer)
    match action:
        case outside.Accept():
            note = frame.seal("note", action.note)
            return c.Accept(cause=cause, seat=seat, officer=officer, finish_by=action.finish_by, note=note)
        case outside.Progress():
            return c.ReportProgress(
                cause=cause,
                seat=seat,
                officer=officer,
                text=frame.sealed("text", action.text),
                evidence=action.evidence,
                expected_end=action.expected_end,
            )
        case outside.Visit():
            text = frame.sealed("text", action.text)
            return c.RecordVisit(cause=cause, seat=seat, officer=officer, text=text, evidence=action.evidence)
        case outside.AskReporter():
            question = frame.sealed("question", action.question)
            return c.AskReporter(cause=cause, seat=seat, officer=officer, question=question)
        case outside.Return():
            reason = frame.sealed("reason", action.reason)
            return c.ReturnAssignment(cause=cause, seat=seat, officer=officer, ground=action.ground, reason=reason)
        case outside.HandOff():
            return _hand_off(frame, action, officer)
        case outside.Resolve():
            return c.Resolve(
                cause=cause,
                seat=seat,
                officer=officer,
                closure=action.closure,
                text=frame.sealed("text", action.text),
                confirm_by=terms.confirm_by(frame.city, frame.at, frame.scale),
                evidence=action.evidence,
                proof_link=action.proof_link,
                referred_to=frame.seal("referred_to", action.referred_to),
                service_off=frame.service_off,
            )
        case outside.AnswerInstruction():
            text = frame.sealed("text", action.text)
            return c.AnswerInstruction(cause=cause, seat=seat, officer=officer, number=action.number, text=text)
        case outside.ExplainBreach():
            text = frame.sealed("text", action.text)
            return c.ExplainBreach(cause=cause, seat=seat, officer=officer, note=action.note, text=text)
        case _:
            assert_never(action)


def _hand_off(frame: Frame, action: outside.HandOff, officer: str | None) -> c.Command | Refusal:
    if action.to not in frame.city.seats:
        return refusals.unknown_seat("to")
    desk = None if isinstance(frame.state, Unopened | Screening) else frame.state.desk
    kind = "complaint" if desk is None else desk.kind
    to = terms.assignment(frame.city, action.to, "lead", kind, at=frame.at, scale=frame.scale)
    reason = frame.sealed("reason", action.reason)
    return c.HandOff(cause=frame.cause, seat=frame.seat, officer=officer, to=to, reason=reason)


def _screen(frame: Frame, action: outside.Screen) -> c.Command | Refusal:
    city, state = frame.city, frame.state
    if isinstance(state, Unopened):
        return refusals.UNKNOWN
    place = _place(city, action.district_code, action.ward_code)
    if isinstance(place, Refusal):
        return place
    district, ward = place
    case = Case(
        category=action.category,
        function=action.function,
        urgency=action.urgency,
        district_code=district,
        ward_code=ward,
        about=about_of(state) if isinstance(state, Screening) and action.category == "official_conduct" else None,
        first_level=state.file.first_level,
    )
    chosen = _chosen(city, case, action.lead, action.supporting)
    if isinstance(chosen, Refusal):
        return chosen
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
    )
    summary = action.summary or brief.summary(
        city,
        kind=action.kind,
        category=action.category,
        urgency=action.urgency,
        district_code=district,
        ward_code=ward,
    )
    return c.Screen(
        cause=frame.cause,
        matter=matter,
        summary=summary,
        assigning=c.Assigning(
            assignments=terms.assignments(city, chosen, action.kind, frame.at, frame.scale),
            rule=chosen.rule,
            policy=city.policy.version,
            instruction=frame.seal("instruction", action.instruction),
        ),
        wording=frame.seal("wording", action.wording),
        notes=frame.seal("notes", action.notes),
        concerned_name=frame.seal_concerned("name", concerned.name) if concerned else None,
        concerned_place=frame.seal_concerned("place", concerned.place) if concerned else None,
    )


def _chosen(city: City, case: Case, lead: str | None, supporting: tuple[str, ...]) -> Chosen | Refusal:
    if lead is not None and lead not in city.seats:
        return refusals.unknown_seat("lead")
    if any(seat not in city.seats for seat in supporting):
        return refusals.unknown_seat("supporting")
    if lead is not None:
        return with_lead(city, case, lead, supporting)
    chosen = choose(city, case)
    if chosen is None:
        return refusals.NO_RULE
    others = tuple(seat for seat in dict.fromkeys((*chosen.supporting, *supporting)) if seat != chosen.lead)
    territorial = None if chosen.territorial in others else chosen.territorial
    return Chosen(chosen.lead, chosen.rule, territorial, others)


def _place(city: City, district: str | None, ward: str | None) -> tuple[str | None, str | None] | Refusal:
    if ward is not None:
        if ward not in city.wards:
            return refusals.WARD_UNKNOWN
        return city.district_of(ward).code, ward
    if district is not None and district not in {d.code for d in city.districts}:
        return refusals.DISTRICT_UNKNOWN
    return district, None


def _assign(frame: Frame, action: outside.Assign) -> c.Command | Refusal:
    """Seats that hold it already in the same role keep their clocks; new ones get theirs."""
    state = frame.state
    if isinstance(state, Unopened):
        return refusals.UNKNOWN
    if isinstance(state, Screening) or state.desk is None:
        matter, holds = None, {}
    else:
        matter, holds = state.desk.matter, state.desk.holds
    case = Case(
        category=matter.category if matter else "",
        function=matter.function if matter else "community",
        urgency=matter.urgency if matter else "normal",
        district_code=matter.district_code if matter else None,
        ward_code=matter.ward_code if matter else None,
        first_level=state.file.first_level,
    )
    chosen = _chosen(frame.city, case, action.lead, action.supporting)
    if isinstance(chosen, Refusal):
        return chosen
    if chosen.territorial is not None and chosen.territorial not in holds:
        chosen = Chosen(chosen.lead, chosen.rule, None, chosen.supporting)
    kind = matter.kind if matter else "complaint"
    made = tuple(
        Assignment(seat=a.seat, role=a.role) if a.seat in holds and holds[a.seat].role == a.role else a
        for a in terms.assignments(frame.city, chosen, kind, frame.at, frame.scale)
    )
    return c.Assign(
        cause=frame.cause,
        by="person",
        assigning=c.Assigning(
            assignments=made,
            rule="ruling",
            policy=frame.city.policy.version,
            instruction=frame.seal("instruction", action.instruction),
            reason=frame.seal("reason", action.reason),
        ),
    )
