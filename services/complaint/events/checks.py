"""Honest closing: what was found of pictures, who besides the doer looked at the work, and who may see a picture."""

from typing import Literal

from services.complaint.events.values import ClockName, MovedClock
from services.contracts.base import ClosureClass, Id, Moment, Stored, Token
from services.contracts.city.working_days import WorkingDays
from services.contracts.sealed import Sealed

Audience = Literal["hidden", "offices", "public"]
"""Who may see a picture: those who screen, the offices at work on it too, or everybody."""

MarkReason = Literal["like_before", "like_another", "used_before", "far_away", "taken_before"]
SignOffReason = Literal["flagged", "category", "without_proof", "share"]


class Mark(Stored):
    """What speaks against one picture. Missing data speaks against none: a messenger strips place and time."""

    media: str
    reason: MarkReason
    """Like the reporter's own picture; like one of another complaint, or of an earlier round of this one; taken far
    from the place; taken before the complaint (or its reopening)."""
    bits: int | None = None
    """How many of the fingerprint's 64 bits differ."""
    other: Id | None = None
    """The other complaint."""
    km: int | None = None
    """Whole kilometres between where it was taken and where the complaint is."""


class EvidenceCleared(Stored):
    """A person looked at the picture and says who else may. The last word counts."""

    media: str
    audience: Audience
    seat: Token


class EvidenceFlagged(Stored):
    """Something speaks against pictures that an office gives as proof; a person must look."""

    seat: Token
    marks: tuple[Mark, ...]
    policy: int


class ResolutionSubmitted(Stored):
    """The office says it is done, and another must look before the reporter is asked. Clocks pause meanwhile."""

    seat: Token
    closure: ClosureClass
    text: Sealed
    evidence: tuple[str, ...] = ()
    proof_link: str | None = None
    referred_to: Sealed | None = None
    without_proof: bool = False
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()
    to: Token
    """The seat that is asked to sign."""
    why: tuple[SignOffReason, ...]
    due: Moment
    rule: str
    """`48h`: where `due` comes from."""
    policy: int
    days: WorkingDays | None = None
    """The city's calendar, by which clocks in working days go on if it is not approved."""


class SignOffEscalated(Stored):
    """The seat that was asked let its time pass; its superior is asked instead."""

    seat: Token
    to: Token
    due: Moment
    rule: str
    policy: int


class SignOffRecorded(Stored):
    """The second seat's word: approved, and the resolution follows; or not, and the work goes on."""

    seat: Token
    submitted: int
    """`n` of the submission."""
    approved: bool
    text: Sealed
    moved: tuple[MovedClock, ...] = ()
    """When it goes on: the clocks that had paused, later by the time that the looking took."""


class AuditDrawn(Stored):
    """By chance that no office can foresee, this resolution is looked at by an auditor."""

    round: int
    share: float
    """Of all resolutions, 0 to 1, as the policy had it."""
    policy: int


class AuditRecorded(Stored):
    """The auditor's finding; a failed one reopens the work unless the reporter has confirmed it."""

    seat: Token
    round: int
    passed: bool
    text: Sealed


Event = (
    EvidenceCleared
    | EvidenceFlagged
    | ResolutionSubmitted
    | SignOffEscalated
    | SignOffRecorded
    | AuditDrawn
    | AuditRecorded
)

TYPES: dict[str, type[Event]] = {
    "complaint.evidence_cleared": EvidenceCleared,
    "complaint.evidence_flagged": EvidenceFlagged,
    "complaint.resolution_submitted": ResolutionSubmitted,
    "complaint.sign_off_escalated": SignOffEscalated,
    "complaint.sign_off_recorded": SignOffRecorded,
    "complaint.audit_drawn": AuditDrawn,
    "complaint.audit_recorded": AuditRecorded,
}
