"""Which seat hears of what. A pure table over the event; a seat that does not hold the complaint hears nothing.

`still_told` asks again when the words go out, with the complaint as it stands then.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.complaint import events as e
from services.complaint.state import Closed, Resolved, State, Working
from services.contracts.envelope import Recorded

LEAD = "@lead"
"""In place of a seat: whoever leads it now."""

AFTER_REOPENING = "reopened"

SOON_SHARE = 0.25
"""A clock's reminder comes when a quarter of its time is left, but not for a clock of less than …"""
SOON_LEAST = timedelta(hours=2)
SOON_MOST = timedelta(days=1)
"""… and not earlier than a day before."""


@dataclass(frozen=True, slots=True)
class Told:
    """`at`: not before then; None: at once."""

    template: str
    seat: str
    at: datetime | None = None


def for_seats(event: Recorded[e.Event]) -> tuple[Told, ...]:
    row = TABLE.get(type(event.data))
    return tuple(row(event)) if row is not None else ()


def _assigned(event: Recorded[e.Event]) -> Iterator[Told]:
    assert isinstance(event.data, e.ComplaintAssigned)
    again = event.data.rule == AFTER_REOPENING
    for one in event.data.assignments:
        yield Told("task_reopened" if again else "task", one.seat)
        yield from _soon(event.at, one)


def _handed(event: Recorded[e.Event]) -> Iterator[Told]:
    assert isinstance(event.data, e.LeadHandedOff | e.ReturnRefused)
    yield Told("task" if isinstance(event.data, e.LeadHandedOff) else "task_sent_back", event.data.to.seat)
    yield from _soon(event.at, event.data.to)


def _soon(began: datetime, assignment: e.Assignment) -> Iterator[Told]:
    """One reminder of the clock for the first response; later clocks are of the officer's own making."""
    for clock in assignment.clocks:
        length = clock.due - began
        if clock.name == "first_response" and length >= SOON_LEAST:
            yield Told("clock_soon", assignment.seat, clock.due - min(length * SOON_SHARE, SOON_MOST))


def _breached(event: Recorded[e.Event]) -> Iterator[Told]:
    assert isinstance(event.data, e.ClockBreached)
    yield Told("clock_over", event.data.seat)


def _escalated(event: Recorded[e.Event]) -> Iterator[Told]:
    assert isinstance(event.data, e.Escalated)
    yield Told("escalated", event.data.to)


def _to(template: str) -> Callable[[Recorded[e.Event]], Iterator[Told]]:
    def row(event: Recorded[e.Event]) -> Iterator[Told]:
        seat: str | None = getattr(event.data, "seat", None)
        yield Told(template, seat or LEAD)

    return row


def _to_lead(template: str) -> Callable[[Recorded[e.Event]], Iterator[Told]]:
    def row(_: Recorded[e.Event]) -> Iterator[Told]:
        yield Told(template, LEAD)

    return row


def _extension(event: Recorded[e.Event]) -> Iterator[Told]:
    assert isinstance(event.data, e.ExtensionAsked)
    if event.data.superior is not None:
        yield Told("extension_asked", event.data.superior)


TABLE: dict[type[e.Event], Callable[[Recorded[e.Event]], Iterator[Told]]] = {
    e.ComplaintAssigned: _assigned,
    e.LeadHandedOff: _handed,
    e.ReturnRefused: _handed,
    e.InstructionGiven: _to("instructed"),
    e.SubtaskGiven: _to("subtask"),
    e.QuestionAnswered: _to_lead("answered"),
    e.ClockBreached: _breached,
    e.Escalated: _escalated,
    e.ExtensionAsked: _extension,
    e.PlanWoke: _to("plan_woke"),
    e.ComplaintWithdrawn: _to_lead("withdrawn"),
    e.ResolutionConfirmed: _to_lead("confirmed"),
}  # fmt: skip
"""Every other event interests the seats only when they look."""


def still_told(told: str, seat: str, event: Recorded[e.Event], state: State) -> bool:
    """Whether it is still true and of use to this seat."""
    if told in ("withdrawn", "confirmed"):
        return True
    if not isinstance(state, Working | Resolved | Closed) or state.desk is None or seat not in state.desk.holds:
        return False
    if not isinstance(state, Working):
        return False
    hold = state.desk.holds[seat]
    first = [clock for clock in hold.clocks if clock.name == "first_response"]
    if told == "clock_soon":
        return bool(first) and state.desk.plan is None and not state.desk.questions
    if told == "clock_over" and isinstance(event.data, e.ClockBreached):
        name = event.data.clock
        return any(clock.name == name for clock in hold.clocks)
    return True


def lead_of(state: State) -> str | None:
    desk = getattr(state, "desk", None)
    lead: str | None = getattr(desk, "lead", None)
    return lead
