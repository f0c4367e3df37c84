"""Honest closing: pictures, the second seat's signature, the audit."""

from dataclasses import dataclass
from datetime import datetime

from services.complaint.commands.base import Command
from services.complaint.events.checks import Audience, SignOffReason
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffAsked:
    """Who must look before the reporter is asked, until when and why, as policy and rules came out."""

    to: str
    due: datetime
    rule: str
    policy: int
    why: tuple[SignOffReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearEvidence(Command):
    seat: str
    media: str
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff(Command):
    """`resolution`: the submitted words, sealed anew under this cause, for the resolution that an approval leads to."""

    seat: str
    approved: bool
    text: Sealed
    resolution: Sealed
    referred_to: Sealed | None
    officer: Sealed | None
    confirm_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateSignOff(Command):
    """The time to sign is over, says the clocks' keeper. `asked`: `n` of the event that asked the present seat."""

    asked: int
    to: str
    due: datetime
    rule: str
    policy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawAudit(Command):
    round: int
    share: float
    policy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAudit(Command):
    seat: str
    passed: bool
    text: Sealed
