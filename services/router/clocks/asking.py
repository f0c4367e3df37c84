"""What a due time that has passed asks of its complaint. Pure."""

from collections.abc import Callable
from datetime import datetime

from services.complaint.commands import (
    BreachClock,
    CloseAtTerm,
    Command,
    Escalate,
    LapseQuestion,
    RemindReporter,
    WakePlan,
)
from services.complaint.state import RunningClock
from services.contracts import ids
from services.contracts.city import City, conflicts
from services.router import rows
from services.router.clocks import escalation
from services.router.dossier import Dossier, matter_of


def command(
    row: rows.DueRow, dossier: Dossier, city: City, key: bytes, *, at: datetime, vacant: escalation.Vacant
) -> Command | None:
    """None: nothing can come of it. The cause is the row's own, so that the same due time leads to something once.

    `key`: the city's id key.
    """
    purpose = f"{row.clock}.{row.seat}.{row.started}"

    def cause(more: object = "") -> str:
        return ids.wake_key(key, dossier.complaint, f"{purpose}.{more}" if more else purpose)

    match row.clock:
        case rows.CONFIRM:
            return CloseAtTerm(cause=cause())
        case rows.REMIND:
            return RemindReporter(cause=cause(row.due.isoformat()), number=row.started)
        case rows.LAPSE:
            return LapseQuestion(cause=cause(row.due.isoformat()), number=row.started)
        case rows.PLAN:
            return WakePlan(cause=cause(row.due.isoformat()), started=row.started)
        case _:
            return _of_a_seat(row, dossier, city, cause, at=at, vacant=vacant)


def _of_a_seat(
    row: rows.DueRow,
    dossier: Dossier,
    city: City,
    cause: Callable[[object], str],
    *,
    at: datetime,
    vacant: escalation.Vacant,
) -> Command | None:
    """A seat's clock was missed, or nobody answered that."""
    name, goes_up = rows.clock_of(row.clock)
    matter, clock = matter_of(dossier.state), rows.running(dossier.state, name, row.seat, row.started)
    if matter is None or clock is None:
        return None
    line = escalation.ladder(city, matter, row.seat, vacant)
    next_at = escalation.next_step(city, at)
    if goes_up:
        by = cause(f"{_time(clock)}{clock.level}")
        return Escalate(cause=by, clock=name, seat=row.seat, started=row.started, ladder=line, next_at=next_at)
    return BreachClock(
        cause=cause(_time(clock)),
        clock=name,
        seat=row.seat,
        started=row.started,
        superior=conflicts.superior(city, matter, row.seat),
        ladder=line,
        escalates_at=next_at,
        vacant=vacant(city.id, row.seat),
    )


def _time(clock: RunningClock) -> str:
    """A clock that was extended after it had been missed can be missed once more."""
    return "" if clock.extended is None else f"{clock.extended.isoformat()}."
