"""Work that has its place in a programme and a date: not resolved, and it wakes itself."""

from services.complaint.events.values import ClockName, MovedClock
from services.contracts.base import Moment, Stored, Token
from services.contracts.city.working_days import WorkingDays
from services.contracts.sealed import Sealed


class WorkPlanned(Stored):
    """Until `wakes` the clock of the resolution stands still; the complaint never counts as resolved by this."""

    seat: Token
    programme: Sealed
    """What the reporter hears it called: `Pemeliharaan drainase 2027`."""
    text: Sealed
    wakes: Moment
    moves: int = 0
    """How often this complaint had been planned before."""
    by: Token | None = None
    """A coordinator who set the date, when it was not the lead itself."""
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()
    days: WorkingDays | None = None
    """As of a question: the calendar by which the clock goes on when it wakes."""


class PlanWoke(Stored):
    """The date has come: the work goes on, whoever leads it is told."""

    seat: Token
    started: int
    """`n` of the event that planned it."""
    moved: tuple[MovedClock, ...] = ()
    """The clocks that had stood still, later by the time that they stood."""


Event = WorkPlanned | PlanWoke

TYPES: dict[str, type[Event]] = {
    "complaint.planned": WorkPlanned,
    "complaint.plan_woke": PlanWoke,
}
