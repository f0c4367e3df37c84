"""What happened, in plain values that a template may use: the event without what is sealed. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.complaint import events as e
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.notifier.story import Happened

Event = Recorded[e.Event]


def title_of(city: City, seat: str | None) -> str:
    known = None if seat is None else city.seats.get(seat)
    return known.title if known is not None else "Petugas"


def seat_of(data: e.Event) -> str | None:
    seat: str | None = getattr(data, "seat", None)
    return seat


def sealed_words(data: e.Event) -> str | None:
    """The office's words."""
    match data:
        case e.QuestionAsked():
            return data.question
        case e.ProgressReported() | e.PlaceVisited() | e.ReplySent() | e.ComplaintResolved() | e.WorkPlanned():
            return data.text
        case _:
            return None


def asked_about(event: Event, events: Sequence[Event]) -> Event | None:
    """The last of the questions that a reminder is about."""
    if not isinstance(event.data, e.QuestionReminded):
        return None
    last = max(event.data.numbers, default=0)
    return next((x for x in events if isinstance(x.data, e.QuestionAsked) and x.data.number == last), None)


def field_of(data: e.Event) -> str:
    return "question" if isinstance(data, e.QuestionAsked) else "text"


def happening(city: City, event: Event, events: Sequence[Event]) -> Happened:
    """The event in plain values, without what is sealed."""
    data = event.data
    base = Happened(
        seat=title_of(city, seat_of(data)),
        earlier=sum(1 for other in events if other.type == event.type and other.n < event.n),
    )
    match data:
        case e.ComplaintReceived():
            return replace(base, urgent=data.urgent is True)
        case e.ScreeningProposed():
            return replace(base, **_where(city, events))
        case e.ComplaintAssigned():
            lead = next((a.seat for a in data.assignments if a.role == "lead"), None)
            beside = tuple(title_of(city, a.seat) for a in data.assignments if a.role != "lead")
            return replace(base, to=title_of(city, lead), beside=beside)
        case e.AssignmentAccepted():
            return replace(base, when=data.finish_by)
        case e.ProgressReported():
            return replace(base, when=data.expected_end, pictures=len(data.evidence))
        case e.AssignmentReturned():
            return replace(base, ground=data.ground)
        case e.LeadHandedOff():
            return replace(base, to=title_of(city, data.to.seat))
        case e.ExtensionRuled():
            seat = next((clock.seat for clock in data.moved), None)
            return replace(base, seat=title_of(city, seat), to=title_of(city, data.by), when=data.until)
        case e.ReturnRefused():
            return replace(base, to=title_of(city, data.by))
        case e.WorkPlanned():
            return replace(base, when=data.wakes, earlier=data.moves)
        case e.QuestionAsked():
            return replace(base, when=data.lapse_at)
        case e.QuestionReminded():
            asked = asked_about(event, events)
            question = asked.data if asked is not None else None
            if not isinstance(question, e.QuestionAsked):
                return base
            return replace(base, seat=title_of(city, question.seat), when=question.lapse_at)
        case e.ClockBreached():
            superior = None if data.superior is None else title_of(city, data.superior)
            return replace(base, when=data.due, to=superior, clock=data.clock)
        case e.ComplaintResolved():
            return replace(base, when=data.confirm_by, closure=data.closure, link=data.proof_link)
        case e.ComplaintReopened():
            return replace(base, round=data.round)
        case e.ConfidentialityRaised():
            return replace(base, level=data.level)
        case e.AccountLost():
            return replace(base, account=next((d.label for d in city.doors if d.id == data.door), None))
        case _:
            return base


def _where(city: City, events: Sequence[Event]) -> dict[str, Any]:
    """What the last proposal says of the place: names between which the reporter may choose, or that it is outside."""
    last = next(event.data for event in reversed(events) if isinstance(event.data, e.ScreeningProposed))
    found = last.whereabouts
    if found is None:
        return {}
    wards = [city.wards[c.ward_code].name for c in found.candidates if c.ward_code in city.wards]
    return {"places": tuple(wards[:3]) if len(wards) > 1 else (), "outside": found.how == "outside"}
