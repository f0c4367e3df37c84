"""How clocks' own events change the offices' side of a complaint: breached, gone up the line, moved by a policy."""

from collections.abc import Callable
from datetime import datetime

from services.complaint import events as e
from services.complaint.state import Desk, Hold, Note, RunningClock, Screening
from services.contracts.changing import replace

Identity = tuple[str, str, int]
Change = Callable[[RunningClock], RunningClock]


def _each(desk: Desk, change: Change) -> Desk:
    holds = {seat: replace(hold, clocks=tuple(map(change, hold.clocks))) for seat, hold in desk.holds.items()}
    return replace(desk, holds=holds)


def _one(desk: Desk, name: e.ClockName | None, seat: str, started: int | None, change: Change) -> Desk:
    identity = (name, seat, started)
    return _each(desk, lambda clock: change(clock) if (clock.name, clock.seat, clock.started) == identity else clock)


def proposed(state: Screening, data: e.ScreeningProposed, n: int, at: datetime) -> Screening:
    """A proposal that is renewed gives the screeners no more time."""
    begins, clock = data.screen_by, state.clock
    if clock is None and begins is not None:
        clock = RunningClock(begins.name, begins.seat, n, at, begins.due, calendar=begins.calendar)
    return replace(state, proposal=data, clock=clock)


def breached(desk: Desk, data: e.ClockBreached) -> Desk:
    def change(clock: RunningClock) -> RunningClock:
        return replace(clock, breached=True, escalates_at=data.escalates_at)

    after = _one(desk, data.clock, data.seat, data.started, change)
    if data.note is None:
        return after
    note = Note(data.seat, data.superior, clock=data.clock, started=data.started)
    return replace(after, notes={**desk.notes, data.note: note})


def escalated(desk: Desk, data: e.Escalated) -> Desk:
    """The superior gets a part, unless it has one already."""

    def change(clock: RunningClock) -> RunningClock:
        return replace(clock, level=data.level, raised_to=data.to, escalates_at=data.next_at)

    after = _one(desk, data.clock, data.seat, data.started, change)
    return replace(after, holds={**after.holds, data.to: after.holds.get(data.to, Hold("superior"))})


def moved(desk: Desk, moved: tuple[e.MovedClock, ...]) -> Desk:
    to: dict[Identity, e.MovedClock] = {(m.name, m.seat, m.started): m for m in moved}

    def change(clock: RunningClock) -> RunningClock:
        found = to.get((clock.name, clock.seat, clock.started))
        if found is None:
            return clock
        return replace(clock, due=found.due, escalates_at=found.escalates_at or clock.escalates_at)

    return _each(desk, change)


def recomputed(desk: Desk, data: e.ClocksRecomputed) -> Desk:
    calendars = {(m.name, m.seat, m.started): m.calendar for m in data.moved}
    return _each(
        moved(desk, data.moved),
        lambda clock: replace(clock, calendar=calendars.get((clock.name, clock.seat, clock.started), clock.calendar)),
    )


def excused(desk: Desk, note: Note) -> Desk:
    """An explanation, or a superior who struck the note: the breach goes up no further."""
    return _one(desk, note.clock, note.seat, note.started, lambda clock: replace(clock, escalates_at=None))


def acted(desk: Desk, seat: str | None) -> Desk:
    """Who got it from below does something: it goes up no further."""
    if seat is None or all(clock.raised_to != seat for hold in desk.holds.values() for clock in hold.clocks):
        return desk
    return _each(desk, lambda clock: replace(clock, escalates_at=None) if clock.raised_to == seat else clock)


def actor_of(data: e.Event) -> str | None:
    """The seat whose doing this event is, where that ends a wait for somebody above."""
    match data:
        case e.AssignmentAccepted() | e.ProgressReported() | e.PlaceVisited() | e.QuestionAsked():
            return data.seat
        case e.SubtaskDone() | e.SubtaskDeclined():
            return data.seat
        case e.WorkPlanned():
            return data.by or data.seat
        case e.InstructionGiven() | e.SubtaskGiven() | e.SubtaskDropped() | e.ExtensionRuled() | e.ReturnRefused():
            return data.by
        case _:
            return None
