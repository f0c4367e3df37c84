"""What can be asked of a complaint. `cause` is the keyed hash of what asked it; the same cause asks the same thing.

Sealed parts arrive sealed, outcomes of rules (due times, assignments) arrive worked out: deciding needs nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.complaint.events import (
    Assignment,
    ClockName,
    Matter,
    Message,
    ScreeningProposed,
)
from services.contracts.base import ClosureClass, Confidentiality, End
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Command:
    cause: str


# The reporter's side


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenComplaint(_Command):
    ticket: str
    reporter: str
    message: Message
    confidentiality: Confidentiality
    first_level: str | None = None
    forwarder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMessage(_Command):
    """A further message; it answers the offices' open questions, if there are any."""

    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SayDone(_Command):
    """SUDAH: confirms a resolution; before one, a further message."""

    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SayNotDone(_Command):
    """BELUM: reopens after a resolution; before one, a further message."""

    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(_Command):
    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseConfidentiality(_Command):
    """Anyone may raise it; it never falls by this. `message`: the reporter's own words that asked for it."""

    level: Confidentiality
    by: str
    party: str | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseReporter(_Command):
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachEvidence(_Command):
    party: str
    media: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None
    taken_place: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseEvidence(_Command):
    party: str
    reason: Literal["too_large", "wrong_type", "broken", "dangerous", "expired", "unavailable"]


# Screening and assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigning:
    """Who gets it, as the rules or a ruling came out."""

    assignments: tuple[Assignment, ...]
    rule: str
    policy: int
    instruction: Sealed | None = None
    reason: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeScreening(_Command):
    """`straight`: sure enough that it goes through without a person, to these seats."""

    proposal: ScreeningProposed
    straight: Assigning | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(_Command):
    """A person's decision."""

    matter: Matter
    summary: str
    assigning: Assigning
    wording: Sealed | None = None
    notes: Sealed | None = None
    concerned_name: Sealed | None = None
    concerned_place: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(_Command):
    """A new assignment: a coordinator's ruling, or the machine's after a reopening."""

    by: Literal["machine", "person"]
    assigning: Assigning


# Work of the seats


@dataclass(frozen=True, slots=True, kw_only=True)
class _SeatCommand(_Command):
    seat: str
    officer: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(_SeatCommand):
    finish_by: datetime | None = None
    note: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProgress(_SeatCommand):
    text: Sealed
    evidence: tuple[str, ...] = ()
    expected_end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit(_SeatCommand):
    """A seat without a part in the complaint may visit too: a mayor who goes to look."""

    text: Sealed
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReporter(_SeatCommand):
    question: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAssignment(_SeatCommand):
    ground: Literal["not_our_function", "not_our_area", "incomplete", "duplicate"]
    reason: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff(_SeatCommand):
    to: Assignment
    reason: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(_SeatCommand):
    closure: ClosureClass
    text: Sealed
    confirm_by: datetime
    evidence: tuple[str, ...] = ()
    proof_link: str | None = None
    referred_to: Sealed | None = None
    service_off: bool = False
    """The service that this is about is interrupted at its place just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInstruction(_SeatCommand):
    number: int
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainBreach(_SeatCommand):
    note: int
    text: Sealed


# Leaders, coordinators, clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruct(_Command):
    by: str
    seat: str
    text: Sealed
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNote(_Command):
    by: str
    note: int
    ruling: Literal["confirmed", "struck"]
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReply(_Command):
    seat: str
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachClock(_Command):
    """A due time has passed, says the clocks' keeper; decided on the state as it is now."""

    clock: ClockName
    seat: str
    started: int
    superior: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAtTerm(_Command):
    """The time for a further word is over; `on_air` when the answer was given live."""

    end: End | None = None


# What the reporter heard


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTold(_Command):
    party: str
    notice: str
    about: int
    template: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUnreachable(_Command):
    party: str
    notice: str
    about: int
    channel: str
    reason: str


Command = (
    OpenComplaint
    | AddMessage
    | SayDone
    | SayNotDone
    | Withdraw
    | RaiseConfidentiality
    | EraseReporter
    | AttachEvidence
    | RefuseEvidence
    | ProposeScreening
    | Screen
    | Assign
    | Accept
    | ReportProgress
    | RecordVisit
    | AskReporter
    | ReturnAssignment
    | HandOff
    | Resolve
    | AnswerInstruction
    | ExplainBreach
    | Instruct
    | RuleNote
    | SendReply
    | BreachClock
    | CloseAtTerm
    | RecordTold
    | RecordUnreachable
)
