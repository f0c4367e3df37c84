"""What the seats that hold a complaint ask."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.complaint.commands.base import Command, SeatCommand
from services.complaint.commands.checks import SignOffAsked
from services.complaint.events import Assignment, Mark
from services.contracts.base import ClosureClass, End
from services.contracts.city.working_days import WorkingDays
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(SeatCommand):
    finish_by: datetime | None = None
    note: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProgress(SeatCommand):
    text: Sealed
    evidence: tuple[str, ...] = ()
    expected_end: datetime | None = None
    marks: tuple[Mark, ...] = ()
    """What was found against the evidence."""
    policy: int = 0
    """The version by which that was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit(SeatCommand):
    """A seat without a part in the complaint may visit too: a mayor who goes to look."""

    text: Sealed
    evidence: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    policy: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReporter(SeatCommand):
    question: Sealed
    days: WorkingDays | None = None
    remind_at: datetime | None = None
    lapse_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAssignment(SeatCommand):
    """`most_bounces`: after so many only a coordinator may move it; None: no such rule."""

    ground: Literal["not_our_function", "not_our_area", "incomplete", "duplicate"]
    reason: Sealed
    most_bounces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff(SeatCommand):
    """`most_bounces`: as of a return."""

    to: Assignment
    reason: Sealed
    most_bounces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(SeatCommand):
    closure: ClosureClass
    text: Sealed
    confirm_by: datetime
    evidence: tuple[str, ...] = ()
    proof_link: str | None = None
    referred_to: Sealed | None = None
    service_off: bool = False
    """The service that this is about is interrupted at its place just now."""
    marks: tuple[Mark, ...] = ()
    policy: int = 0
    """The version by which marks and signature were decided."""
    sign_off: SignOffAsked | None = None
    """Another seat must look before the reporter is asked."""
    days: WorkingDays | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAtTerm(Command):
    """The time for a further word is over; `on_air` when the answer was given live."""

    end: End | None = None
