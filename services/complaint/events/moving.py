"""Where the work goes: sent back to the seat that returned it, passed on inside an office."""

from services.complaint.events.values import Assignment
from services.contracts.base import Stored, Token
from services.contracts.sealed import Sealed


class ReturnRefused(Stored):
    """A coordinator ruled that it is this seat's after all: it holds the complaint again and may not return it."""

    number: int
    seat: Token
    by: Token
    to: Assignment
    """Its part again, with the clocks that ran when it returned, later by the time that the ruling took."""
    reason: Sealed


class DisposedInternally(Stored):
    """Passed on inside an office. The seat answers for it as before, and its clocks go on."""

    seat: Token
    unit: Token | None = None
    """A bidang or UPT of the city's list."""
    assignee: Sealed | None = None
    """The person inside who does it."""
    note: Sealed | None = None
    officer: Sealed | None = None


Event = ReturnRefused | DisposedInternally

TYPES: dict[str, type[Event]] = {
    "complaint.return_refused": ReturnRefused,
    "complaint.disposed_internally": DisposedInternally,
}
