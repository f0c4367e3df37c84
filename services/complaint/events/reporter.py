"""The reporter's side: what was said and sent, confirmed, reopened, withdrawn, kept secret, forgotten."""

from typing import Literal

from services.complaint.events.values import Message, MovedClock, Past
from services.contracts.base import ActorName, Confidentiality, Id, Kind, Party, Stored, Token
from services.contracts.sealed import Sealed


class ComplaintReceived(Stored):
    ticket: str
    reporter: Party
    message: Message
    confidentiality: Confidentiality
    first_level: Token | None = None
    """The seat that the door belongs to, when a sub-district has a number of its own."""
    forwarder: Token | None = None
    """The seat of an official who passed it on: never the reporter."""
    split_from: Id | None = None
    """The complaint that it was a part of, until a person told them apart."""
    kind: Kind | None = None
    """What the reporter calls it, where a form asked."""
    session: Id | None = None
    """The LIVE session that it came up in."""
    handle: Sealed | None = None
    """What the person is called there, as a moderator wrote it down."""
    reachable: bool | None = None
    """False: it was taken down from what was said, and there is no way to answer."""
    urgent: bool | None = None
    """True: its words may speak of a danger to life. It is acknowledged without a term of days."""
    past: Past | None = None
    """It ended elsewhere before it came here: it is closed from the beginning."""


class MessageAdded(Stored):
    party: Party
    message: Message


class EvidenceAttached(Stored):
    party: Party
    media: str
    """Our keyed name of the content: sent twice by the same party, a picture has the same name."""
    content_type: str
    size: int
    """Bytes, after re-encoding."""
    width: int | None = None
    height: int | None = None
    taken_place: Sealed | None = None
    """Where the picture itself said it was taken; a suggestion."""


class EvidenceRefused(Stored):
    party: Party
    reason: Literal["too_large", "wrong_type", "broken", "dangerous", "expired", "unavailable"]


class QuestionAnswered(Stored):
    numbers: tuple[int, ...]
    party: Party
    message: Message
    moved: tuple[MovedClock, ...] = ()
    """The clocks that had paused, later by the time that the answer took."""


class ResolutionConfirmed(Stored):
    party: Party
    message: Message | None = None


class ComplaintReopened(Stored):
    party: Party
    round: int
    """2 for the first reopening."""
    message: Message | None = None


class ComplaintWithdrawn(Stored):
    party: Party
    message: Message | None = None


class ConfidentialityRaised(Stored):
    level: Confidentiality
    by: ActorName
    message: Message | None = None


class ReporterErased(Stored):
    """From here on the party's key and contact are destroyed; what was sealed for it can't be opened any more."""

    party: Party


Event = (
    ComplaintReceived
    | MessageAdded
    | EvidenceAttached
    | EvidenceRefused
    | QuestionAnswered
    | ResolutionConfirmed
    | ComplaintReopened
    | ComplaintWithdrawn
    | ConfidentialityRaised
    | ReporterErased
)

TYPES: dict[str, type[Event]] = {
    "complaint.received": ComplaintReceived,
    "complaint.message_added": MessageAdded,
    "complaint.evidence_attached": EvidenceAttached,
    "complaint.evidence_refused": EvidenceRefused,
    "complaint.question_answered": QuestionAnswered,
    "complaint.confirmed": ResolutionConfirmed,
    "complaint.reopened": ComplaintReopened,
    "complaint.withdrawn": ComplaintWithdrawn,
    "complaint.confidentiality_raised": ConfidentialityRaised,
    "complaint.reporter_erased": ReporterErased,
}
