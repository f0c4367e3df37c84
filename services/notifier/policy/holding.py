"""What must still be so when a notice goes out: `holds` in the table, by name. Pure.

A promise that has been overtaken is not sent at all, because a newer notice says how things stand.
"""

from collections.abc import Callable, Mapping

from services.complaint import events as e
from services.complaint.state import Closed, Merged, Resolved, Screening, State, Unopened, Working


def _working(_: e.Event, state: State) -> bool:
    return isinstance(state, Working) or _follows(state)


def _follows(state: State) -> bool:
    """Merged, and its own reporter waits."""
    return isinstance(state, Merged) and state.ended is None and state.asked is None


def _following(_: e.Event, state: State) -> bool:
    return _follows(state)


def _apart(_: e.Event, state: State) -> bool:
    return isinstance(state, Screening | Working)


def _open(_: e.Event, state: State) -> bool:
    return isinstance(state, Screening | Working) or _follows(state)


def _lead_holds(data: e.Event, state: State) -> bool:
    """An acceptance or a hand-off that has been overtaken is not told."""
    seat = data.to.seat if isinstance(data, e.LeadHandedOff) else getattr(data, "seat", None)
    return isinstance(state, Working) and state.desk.lead == seat


def _assigned(data: e.Event, state: State) -> bool:
    leads = [a.seat for a in data.assignments if a.role == "lead"] if isinstance(data, e.ComplaintAssigned) else []
    return isinstance(state, Working) and state.desk.lead in leads


def _asked(data: e.Event, state: State) -> bool:
    return isinstance(state, Working) and isinstance(data, e.QuestionAsked) and data.number in state.desk.questions


def _still_due(data: e.Event, state: State) -> bool:
    """The date that was granted is still the lead's."""
    moved = data.moved if isinstance(data, e.ExtensionRuled) else ()
    return isinstance(state, Working) and any(state.desk.lead == clock.seat for clock in moved)


def _planned(data: e.Event, state: State) -> bool:
    """Only the date that stands."""
    plan = state.desk.plan if isinstance(state, Working) else None
    return plan is not None and isinstance(data, e.WorkPlanned) and plan.wakes == data.wakes


def _unanswered(data: e.Event, state: State) -> bool:
    numbers = data.numbers if isinstance(data, e.QuestionReminded) else ()
    return isinstance(state, Working) and not state.desk.questions.keys().isdisjoint(numbers)


def _leaderless(_: e.Event, state: State) -> bool:
    """Only the lead's return matters to the reporter, and only until a coordinator has ruled."""
    return isinstance(state, Working) and state.desk.lead is None


def _resolved(data: e.Event, state: State) -> bool:
    if isinstance(data, e.MatterResolved):
        return isinstance(state, Merged) and state.asked is not None and state.heard == data.about
    return isinstance(state, Resolved)


def _same_word(data: e.Event, state: State) -> bool:
    """The word to this very resolution, not to a later one."""
    if isinstance(data, e.ComplaintResolved):
        return isinstance(state, Resolved) and state.confirm_by == data.confirm_by
    return _resolved(data, state)


def _closed(_: e.Event, state: State) -> bool:
    """Its own reporter is done with it, whatever goes on for others."""
    if isinstance(state, Merged):
        return state.ended is not None
    return isinstance(state, Closed) or (not isinstance(state, Unopened) and state.file.shared.ended is not None)


def _nowhere(_: e.Event, state: State) -> bool:
    """By what was said since, too."""
    found = state.proposal.whereabouts if isinstance(state, Screening) and state.proposal is not None else None
    return found is not None and found.ask


def _added(_: e.Event, state: State) -> bool:
    """In screening the first message's answer is enough: people send a matter in five messages."""
    return isinstance(state, Working | Resolved | Merged)


def _unended(_: e.Event, state: State) -> bool:
    return not isinstance(state, Unopened | Closed) and not (isinstance(state, Merged) and state.ended is not None)


TO_REPORTER: Mapping[str, Callable[[e.Event, State], bool]] = {
    "open": _open,
    "place_unknown": _nowhere,
    "beyond_screening": _added,
    "worked_on": _working,
    "over": _closed,
    "unended": _unended,
    "lead_of_this": _assigned,
    "lead_holds": _lead_holds,
    "asked": _asked,
    "unanswered": _unanswered,
    "leaderless": _leaderless,
    "date_stands": _still_due,
    "plan_stands": _planned,
    "word_awaited": _resolved,
    "same_word_awaited": _same_word,
    "follows": _following,
    "apart": _apart,
}


def _holds_it(_: e.Event, seat: str, state: State) -> bool:
    return isinstance(state, Working) and seat in state.desk.holds


def _response_awaited(_: e.Event, seat: str, state: State) -> bool:
    """No reminder of a clock that stands still."""
    hold = state.desk.holds.get(seat) if isinstance(state, Working) else None
    if hold is None or not isinstance(state, Working) or state.desk.plan is not None or state.desk.questions:
        return False
    return any(clock.name == "first_response" for clock in hold.clocks)


def _clock_runs(data: e.Event, seat: str, state: State) -> bool:
    hold = state.desk.holds.get(seat) if isinstance(state, Working) else None
    return hold is not None and isinstance(data, e.ClockBreached) and any(c.name == data.clock for c in hold.clocks)


def _wish_open(data: e.Event, seat: str, state: State) -> bool:
    wishes = state.desk.extensions if isinstance(state, Working) else {}
    wish = wishes.get(data.number) if isinstance(data, e.ExtensionAsked) else None
    return wish is not None and not wish.ruled and wish.superior == seat


TO_SEAT: Mapping[str, Callable[[e.Event, str, State], bool]] = {
    "holds_it": _holds_it,
    "response_awaited": _response_awaited,
    "clock_runs": _clock_runs,
    "wish_open": _wish_open,
}
