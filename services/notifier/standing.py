"""Where a complaint stands as its reporter would say it: phase, whose turn, and by when. Pure, over the state."""

from datetime import datetime

from services.complaint import events as e
from services.complaint.state import Closed, Desk, Merged, Opened, Resolved, Screening, State, Working
from services.contracts.base import Kind
from services.notifier.story import Phase


def about_mayor(state: State) -> bool:
    desk = getattr(state, "desk", None)
    return isinstance(desk, Desk) and desk.matter.about == "mayor"


def kind_of(state: State) -> Kind:
    if isinstance(state, Merged):
        return "complaint" if state.matter is None else state.matter.kind
    desk = getattr(state, "desk", None)
    return desk.matter.kind if isinstance(desk, Desk) else "complaint"


def _stand_of_merged(state: Merged) -> tuple[Phase, str | None, datetime | None, bool]:
    """Where its own reporter stands; who works on it is the main complaint's to say."""
    if state.ended is not None:
        return ("withdrawn" if state.ended == "withdrawn" else "closed"), None, None, False
    if state.asked is not None:
        return "resolved", None, state.asked.until, False
    return "working", None, None, False


def stand(state: Opened | Merged, now: datetime) -> tuple[Phase, str | None, datetime | None, bool]:
    """Phase, lead's seat, what is due when, and whether that has passed."""
    match state:
        case Screening():
            return "screening", None, None, False
        case Merged():
            return _stand_of_merged(state)
        case Resolved():
            return "resolved", state.desk.lead, state.confirm_by, False
        case Closed():
            return ("withdrawn" if state.end is None else "closed"), None, None, False
        case Working():
            lead = state.desk.lead
            if lead is None:
                return "leaderless", None, None, False
            due = _due(state.desk, lead)
            if state.desk.questions:
                return "waiting", lead, due, False
            if state.desk.plan is not None:
                return "planned", lead, state.desk.plan.wakes, False
            return "working", lead, due, due is not None and due <= now


def _due(desk: Desk, lead: str) -> datetime | None:
    """What the reporter may wait for next: the first response, else the promised or ruled end."""
    hold = desk.holds[lead]
    first = [clock.due for clock in hold.clocks if clock.name == "first_response"]
    if first:
        return min(first)
    if hold.finish_by is not None:
        return hold.finish_by
    ends = [clock.due for clock in hold.clocks if clock.name == "resolve"]
    return min(ends) if ends else None


def promised(data: e.ComplaintAssigned | e.LeadHandedOff | e.ReturnRefused) -> datetime | None:
    """The first response that this event itself set, if it still lies where it was set."""
    assignments = data.assignments if isinstance(data, e.ComplaintAssigned) else (data.to,)
    due = [c.due for a in assignments if a.role == "lead" for c in a.clocks if c.name == "first_response"]
    return min(due) if due else None
