"""The work of the seats, from the assignment to the end."""

from typing import Literal

from pydantic import Field

from services.complaint.events.values import Assignment, ClockName, Decider, MovedClock
from services.contracts.base import ClosureClass, End, Moment, Stored, Token
from services.contracts.city.working_days import WorkingDays
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
    """Seats that a rule named, or that had it in hand, and do not get it: the complaint is about them or theirs."""
    bound: bool | None = None
    """True: the lead was named by a forced ruling and may not give it away."""
    misassigned: tuple[Token, ...] | None = None
    """Seats that it had been given to wrongly, as this rules."""
    cancelled: tuple[int, ...] | None = None
    """Their performance notes, which are void by that."""
    moved: tuple[MovedClock, ...] | None = None
    """Clocks that go on: a resolution waited for a signature and does so no more, and held them until now."""


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
    """To the reporter, through the notifier. All clocks pause until the answer, or until the question lapses."""

    number: int = Field(ge=1)
    seat: Token
    question: Sealed
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()
    days: WorkingDays | None = None
    """The calendar by which clocks that count working days go on after the answer; None: they wait like the others."""
    remind_at: Moment | None = None
    lapse_at: Moment | None = None


class AssignmentReturned(Stored):
    seat: Token
    ground: Literal["not_our_function", "not_our_area", "incomplete", "duplicate"]
    reason: Sealed
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()
    number: int | None = None
    """What a coordinator rules on; events from before there were rulings have none, and count all the same."""
    bounce: int | None = None
    """The how-manieth time that a lead gave it away; None: it was not the lead."""
    forced: bool | None = None
    """True: it bounced so often that only a coordinator may move it now."""


class LeadHandedOff(Stored):
    seat: Token
    to: Assignment
    reason: Sealed
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()
    bounce: int | None = None
    forced: bool | None = None
    """As of a return."""


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
