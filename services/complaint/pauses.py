"""When a clock stands still, and where it stands after that, to the second.

An open question to the reporter and a resolution that waits for a signature hold every clock; a plan holds that of the
resolution; where several do, the time counts once. A clock around the clock is due later by the time that passed. One
that counts working days is due later by the working time that passed: a question over a weekend costs it nothing,
because the weekend was no time of its own.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from services.complaint import events as e
from services.complaint.state import Desk, RunningClock
from services.contracts.city.working_days import WorkingDays


def paused(desk: Desk, clock: RunningClock) -> bool:
    return bool(_starts(desk, clock))


def due(desk: Desk, clock: RunningClock, at: datetime) -> datetime:
    """Where the clock would stand if it went on from `at`."""
    starts = _starts(desk, clock)
    return later(clock, desk.days, _began(clock, min(starts)), at) if starts else clock.due


def ended(
    desk: Desk, at: datetime, *, questions: Collection[int] = (), plan: bool = False, signature: bool = False
) -> tuple[e.MovedClock, ...]:
    """The clocks that move when these questions, the plan or the signature hold them no longer. Of one that was
    breached it is when its breach goes up the line."""
    found: list[e.MovedClock] = []
    for hold in desk.holds.values():
        for clock in hold.clocks:
            before = _starts(desk, clock)
            if not before or (clock.breached and clock.escalates_at is None):
                continue
            after = _starts(desk, clock, without=questions, unplanned=plan, unsigned=signature)
            began = _began(clock, min(before))
            stopped = _began(clock, min(after)) if after else at
            if stopped > began or not after:
                found.append(_moved(desk, clock, began, stopped))
    return tuple(found)


def apart(desk: Desk, merged: datetime, at: datetime) -> tuple[e.MovedClock, ...]:
    """What a leader or the lead asked of a seat, where it stands when a merge is undone: whatever had held it ended
    with the merge, and the merge itself held it."""
    found: list[e.MovedClock] = []
    for hold in desk.holds.values():
        for clock in hold.clocks:
            if clock.name in ("instruction", "subtask"):
                starts = _starts(desk, clock)
                found.append(_moved(desk, clock, _began(clock, min(starts, default=merged)), at))
    return tuple(found)


def later(clock: RunningClock, days: WorkingDays | None, began: datetime, stopped: datetime) -> datetime:
    """Where it is due after it stood still for that time."""
    if clock.calendar is None or days is None:
        return clock.due + max(stopped - began, timedelta())  # our clock may have been put back meanwhile
    return days.after(clock.due, days.between(began, stopped))


def _moved(desk: Desk, clock: RunningClock, began: datetime, stopped: datetime) -> e.MovedClock:
    up = clock.escalates_at
    return e.MovedClock(
        name=clock.name,
        seat=clock.seat,
        started=clock.started,
        due=clock.due if clock.breached else later(clock, desk.days, began, stopped),
        escalates_at=None if up is None else up + max(stopped - began, timedelta()),
    )


def _began(clock: RunningClock, start: datetime) -> datetime:
    return max(start, clock.since, clock.extended or clock.since)


def _starts(
    desk: Desk, clock: RunningClock, *, without: Collection[int] = (), unplanned: bool = False, unsigned: bool = False
) -> list[datetime]:
    """Since when each reason holds the clock."""
    found = [question.asked for number, question in desk.questions.items() if number not in without]
    if clock.name == "resolve" and desk.plan is not None and not unplanned:
        found.append(desk.plan.since)
    if desk.submission is not None and not unsigned:
        found.append(desk.submission.since)
    return found
