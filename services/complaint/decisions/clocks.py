"""What follows when a due time passes, when nobody answers, when nobody sits there, when the policy changes."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Opened, RunningClock, Screening, Working

ClockCommand = c.BreachClock | c.Escalate | c.ActForVacant | c.RecomputeClocks


def decide(state: Opened, command: ClockCommand, at: datetime) -> Decision:
    match command:
        case c.BreachClock():
            return breach(state, command, at)
        case c.Escalate():
            return escalate(state, command, at)
        case c.ActForVacant():
            return act_for(state, command)
        case c.RecomputeClocks():
            return recompute(state, command)
        case _:
            assert_never(command)


def breach(state: Opened, command: c.BreachClock, at: datetime) -> Decision:
    """Only a clock that still runs, is due and does not stand still; once, unless it has been extended since. A danger
    to life goes up at once.

    The performance note is proposed for a first response alone, and never to a vacant seat.
    """
    clock = _running(state, command)
    if clock is None or clock.breached or clock.due > at:
        return NOTHING
    if not isinstance(state, Working):  # still with the screeners
        return (e.ClockBreached(clock=clock.name, seat=clock.seat, started=clock.started, due=clock.due),)
    desk = state.desk
    at_once = desk.matter.urgency == "danger" and bool(command.ladder)
    note = len(desk.notes) + 1 if command.clock == "first_response" and not command.vacant else None
    breached = e.ClockBreached(
        clock=clock.name,
        seat=clock.seat,
        started=clock.started,
        due=clock.due,
        note=note,
        superior=None if note is None else command.superior,
        escalates_at=command.escalates_at if command.ladder and not at_once else None,
        vacant=command.vacant or None,
    )
    if not at_once:
        return (breached,)
    return breached, _step(clock, command.ladder, command.escalates_at, "danger")


def escalate(state: Opened, command: c.Escalate, at: datetime) -> Decision:
    """One step up, if the breach is still unanswered when its time is over."""
    clock = _running(state, command)
    if clock is None or clock.escalates_at is None or clock.escalates_at > at:
        return NOTHING
    if clock.level >= len(command.ladder):
        return NOTHING
    return (_step(clock, command.ladder, command.next_at, "unanswered"),)


def act_for(state: Opened, command: c.ActForVacant) -> Decision:
    if not isinstance(state, Working):
        return NOTHING
    holds = state.desk.holds
    if command.seat not in holds or command.superior in holds:
        return NOTHING
    return (e.Escalated(reason="vacant", seat=command.seat, from_seat=command.seat, to=command.superior, level=1),)


def recompute(state: Opened, command: c.RecomputeClocks) -> Decision:
    """Clocks that were met or breached meanwhile stay as they are."""
    if not isinstance(state, Working):
        return NOTHING
    running = {
        (clock.name, clock.seat, clock.started)
        for hold in state.desk.holds.values()
        for clock in hold.clocks
        if not clock.breached
    }
    moved = tuple(m for m in command.moved if (m.name, m.seat, m.started) in running)
    if not moved:
        return NOTHING
    return (e.ClocksRecomputed(from_policy=command.from_policy, to_policy=command.to_policy, moved=moved),)


def _running(state: Opened, command: c.BreachClock | c.Escalate) -> RunningClock | None:
    """The clock, unless it stands still or is gone."""
    if isinstance(state, Screening) and state.clock is not None:
        mine = (state.clock.name, state.clock.seat, state.clock.started)
        return state.clock if mine == (command.clock, command.seat, command.started) else None
    if not isinstance(state, Working):
        return None
    hold = state.desk.holds.get(command.seat)
    identity = (command.clock, command.started)
    found = None if hold is None else next((k for k in hold.clocks if (k.name, k.started) == identity), None)
    return None if found is None or pauses.paused(state.desk, found) else found


def _step(clock: RunningClock, ladder: tuple[str, ...], next_at: datetime | None, reason: e.Why) -> e.Escalated:
    return e.Escalated(
        reason=reason,
        seat=clock.seat,
        from_seat=clock.raised_to or clock.seat,
        to=ladder[clock.level],
        level=clock.level + 1,
        clock=clock.name,
        started=clock.started,
        next_at=next_at if clock.level + 1 < len(ladder) else None,
    )
