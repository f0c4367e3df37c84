"""Clocks that waited for the reporter go on with what was left of them, to the second.

A clock around the clock is due later by the time that passed. One that counts working days is due later by the working
time that passed: a question over a weekend costs it nothing, because the weekend was no time of its own.
"""

from datetime import datetime, timedelta

from services.complaint import events as e
from services.complaint.state import Desk, RunningClock


def resumed(desk: Desk, at: datetime) -> tuple[e.MovedClock, ...]:
    """Where every clock that still runs stands when all open questions are answered at `at`."""
    asked = min(desk.questions.values())
    return tuple(
        e.MovedClock(name=clock.name, seat=clock.seat, started=clock.started, due=_due(desk, clock, asked, at))
        for hold in desk.holds.values()
        for clock in hold.clocks
        if not clock.breached
    )


def _due(desk: Desk, clock: RunningClock, asked: datetime, at: datetime) -> datetime:
    began = max(asked, clock.since)
    if clock.calendar is None or desk.days is None:
        return clock.due + max(at - began, timedelta())  # our clock may have been put back meanwhile
    return desk.days.after(clock.due, desk.days.between(began, at))
