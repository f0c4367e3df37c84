"""The work of the seats, from the assignment to the end."""

from typing import Literal

from pydantic import Field

from services.complaint.events.values import Assignment, ClockName, Decider
from services.contracts.base import ClosureClass, End, Moment, Stored, Token
from services.contracts.sealed import Sealed


class ComplaintAssigned(Stored):
    """The whole assignment from here on: a seat that is not in it holds the complaint no longer."""

    assignments: tuple[Assignment, ...]
    by: Decider
    rule: str
    """Id of the city's rule that chose, or `ruling`."""
    policy: int
    instruction: Sealed | None = None
    reason: Sealed | None = None
    """A coordinator's words."""
    rules: dict[str, str] | None = None
    """Which rule gave what beside the lead: `supporting`, `territorial`, `unit`, … → its id, where it is another."""
    left_out: tuple[Token, ...] | None = None
    """Seats that a rule named and that did not get it: the complaint is about them or theirs."""


class AssignmentAccepted(Stored):
    seat: Token
    finish_by: Moment | None = None
    note: Sealed | None = None
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()
    """The seat's clocks that this stops."""


class ProgressReported(Stored):
    seat: Token
    text: Sealed
    evidence: tuple[str, ...] = ()
    expected_end: Moment | None = None
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class PlaceVisited(Stored):
    seat: Token
    text: Sealed
    evidence: tuple[str, ...] = ()
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class QuestionAsked(Stored):
    """To the reporter, through the notifier. All clocks pause until the answer."""

    number: int = Field(ge=1)
    seat: Token
    question: Sealed
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class AssignmentReturned(Stored):
    seat: Token
    ground: Literal["not_our_function", "not_our_area", "incomplete", "duplicate"]
    reason: Sealed
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class LeadHandedOff(Stored):
    seat: Token
    to: Assignment
    reason: Sealed
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class ComplaintResolved(Stored):
    seat: Token
    closure: ClosureClass
    text: Sealed
    evidence: tuple[str, ...] = ()
    proof_link: str | None = None
    referred_to: Sealed | None = None
    without_proof: bool = False
    """`fixed`, but neither picture nor public post shows it; counted."""
    confirm_by: Moment
    """Without a word of the reporter until then it closes as `silent`."""
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class ComplaintClosed(Stored):
    end: End


Event = (
    ComplaintAssigned
    | AssignmentAccepted
    | ProgressReported
    | PlaceVisited
    | QuestionAsked
    | AssignmentReturned
    | LeadHandedOff
    | ComplaintResolved
    | ComplaintClosed
)

TYPES: dict[str, type[Event]] = {
    "complaint.assigned": ComplaintAssigned,
    "complaint.accepted": AssignmentAccepted,
    "complaint.progressed": ProgressReported,
    "complaint.visited": PlaceVisited,
    "complaint.question_asked": QuestionAsked,
    "complaint.returned": AssignmentReturned,
    "complaint.handed_off": LeadHandedOff,
    "complaint.resolved": ComplaintResolved,
    "complaint.closed": ComplaintClosed,
}
