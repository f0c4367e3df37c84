"""What can happen in a complaint's life. Stored for ever: fields may be added with a default, never changed or taken.

Free text, names, exact places and provider ids are `Sealed`; the field's name is part of what a seal is bound to.
Seats, agencies, districts and our own vocabulary stand in clear. Times that follow from a rule (due times) are
recorded as they came out, together with the rule, the policy and the calendar that they came from.
"""

from typing import Literal

from pydantic import Field

from services.contracts.base import (
    ActorName,
    Channel,
    ClosureClass,
    Confidentiality,
    End,
    Function,
    Kind,
    Moment,
    Party,
    Stored,
    Token,
    Urgency,
)
from services.contracts.sealed import Sealed

Form = Literal[
    "text", "image", "video", "document", "voice", "location", "button", "sticker", "reaction", "contact", "other"
]
ClockName = Literal["first_response", "resolve", "instruction"]
Role = Literal["lead", "supporting", "territorial"]
Decider = Literal["machine", "person"]


class Message(Stored):
    """One message of a person, as it lies in the log."""

    channel: Channel
    door: Token
    form: Form
    text: Sealed | None = None
    text_blob: str | None = None
    """Name of the sealed blob that holds the whole of a text above 16 kB; `text` then holds its beginning."""
    place: Sealed | None = None
    """JSON `{"latitude", "longitude", "label"}`."""
    provider_id: Sealed | None = None
    media: int = 0
    """How many files came with it; each follows as `evidence_attached` or `evidence_refused`."""
    forwarded: bool = False
    sent_at: Moment | None = None
    """The provider's time: shown, never used for order or clocks."""


class Clock(Stored):
    """A due time as it came out, with what it came from."""

    name: ClockName
    seat: Token
    due: Moment
    rule: str
    """`24h`, `14wd` (working days), `at` (a date that someone set)."""
    policy: int
    calendar: str | None = None


class Assignment(Stored):
    seat: Token
    role: Role
    clocks: tuple[Clock, ...] = ()


class Candidate(Stored):
    """One alternative of a proposal."""

    category: Token
    function: Function
    p: float


class Matter(Stored):
    """What screening found: what it is, where, how urgent, who may see it."""

    kind: Kind
    category: Token
    function: Function
    district_code: str | None = None
    ward_code: str | None = None
    urgency: Urgency
    confidentiality: Confidentiality
    on_behalf: bool = False


# The reporter's side


class ComplaintReceived(Stored):
    ticket: str
    reporter: Party
    message: Message
    confidentiality: Confidentiality
    first_level: Token | None = None
    """The seat that the door belongs to, when a sub-district has a number of its own."""
    forwarder: Token | None = None
    """The seat of an official who passed it on: never the reporter."""


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


# Screening


class ScreeningProposed(Stored):
    """What the machine thinks, and why, in our own words: the reporter's stand nowhere in clear."""

    matter: Matter
    confidence: float
    alternatives: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    """Ids of the rules that spoke, each with our own word that it found: `drain:mampet`."""
    summary: str
    abstains: bool
    """Too unsure to say: a person decides."""
    based_on: int
    """The `n` up to which it has read."""
    model: str
    policy: int


class ComplaintScreened(Stored):
    matter: Matter
    by: Decider
    summary: str
    """The field brief that rules made of category and place."""
    wording: Sealed | None = None
    """`handling`: the reporter's words as a screener cleared them for the field."""
    notes: Sealed | None = None
    """`handling`: what was checked, with whom."""
    corrected: bool = False
    """A person decided otherwise than the machine had proposed."""


class ConcernedRecorded(Stored):
    """The person the report is about, when that is not the reporter. Sealed for `concerned`."""

    name: Sealed | None = None
    place: Sealed | None = None


# Work


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


class MovedClock(Stored):
    name: ClockName
    seat: Token
    started: int
    """`n` of the event that started it."""
    due: Moment


class QuestionAnswered(Stored):
    numbers: tuple[int, ...]
    party: Party
    message: Message
    moved: tuple[MovedClock, ...] = ()
    """The clocks that had paused, later by the time that the answer took."""


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


class InstructionGiven(Stored):
    number: int = Field(ge=1)
    by: Token
    seat: Token
    text: Sealed
    due: Moment


class InstructionAnswered(Stored):
    number: int
    seat: Token
    text: Sealed
    officer: Sealed | None = None


class ClockBreached(Stored):
    """A due time passed. For a first response a performance note is proposed, which the superior rules on."""

    clock: ClockName
    seat: Token
    started: int
    """`n` of the event that started the clock."""
    due: Moment
    note: int | None = None
    superior: Token | None = None


class BreachExplained(Stored):
    note: int
    seat: Token
    text: Sealed
    officer: Sealed | None = None


class NoteRuled(Stored):
    note: int
    by: Token
    ruling: Literal["confirmed", "struck"]
    text: Sealed


class ReplySent(Stored):
    """An answer to the reporter in own words, signed by role."""

    seat: Token
    text: Sealed


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


# What the reporter heard


class ReporterTold(Stored):
    party: Party
    notice: str
    about: int
    """`n` of the event that the notice was about."""
    template: str
    channel: Channel


class ReporterUnreachable(Stored):
    party: Party
    notice: str
    about: int
    channel: Channel
    reason: str
    """Our word for the provider's reason: `not_on_channel`, `window_closed`, `blocked`, …"""


Event = (
    ComplaintReceived
    | MessageAdded
    | EvidenceAttached
    | EvidenceRefused
    | ResolutionConfirmed
    | ComplaintReopened
    | ComplaintWithdrawn
    | ConfidentialityRaised
    | ReporterErased
    | ScreeningProposed
    | ComplaintScreened
    | ConcernedRecorded
    | ComplaintAssigned
    | AssignmentAccepted
    | ProgressReported
    | PlaceVisited
    | QuestionAsked
    | QuestionAnswered
    | AssignmentReturned
    | LeadHandedOff
    | InstructionGiven
    | InstructionAnswered
    | ClockBreached
    | BreachExplained
    | NoteRuled
    | ReplySent
    | ComplaintResolved
    | ComplaintClosed
    | ReporterTold
    | ReporterUnreachable
)

TYPES: dict[str, type[Event]] = {
    "complaint.received": ComplaintReceived,
    "complaint.message_added": MessageAdded,
    "complaint.evidence_attached": EvidenceAttached,
    "complaint.evidence_refused": EvidenceRefused,
    "complaint.confirmed": ResolutionConfirmed,
    "complaint.reopened": ComplaintReopened,
    "complaint.withdrawn": ComplaintWithdrawn,
    "complaint.confidentiality_raised": ConfidentialityRaised,
    "complaint.reporter_erased": ReporterErased,
    "complaint.screening_proposed": ScreeningProposed,
    "complaint.screened": ComplaintScreened,
    "complaint.concerned_recorded": ConcernedRecorded,
    "complaint.assigned": ComplaintAssigned,
    "complaint.accepted": AssignmentAccepted,
    "complaint.progressed": ProgressReported,
    "complaint.visited": PlaceVisited,
    "complaint.question_asked": QuestionAsked,
    "complaint.question_answered": QuestionAnswered,
    "complaint.returned": AssignmentReturned,
    "complaint.handed_off": LeadHandedOff,
    "complaint.instructed": InstructionGiven,
    "complaint.instruction_answered": InstructionAnswered,
    "complaint.clock_breached": ClockBreached,
    "complaint.breach_explained": BreachExplained,
    "complaint.note_ruled": NoteRuled,
    "complaint.replied": ReplySent,
    "complaint.resolved": ComplaintResolved,
    "complaint.closed": ComplaintClosed,
    "complaint.reporter_told": ReporterTold,
    "complaint.reporter_unreachable": ReporterUnreachable,
}
"""The stored name of each event; names are for ever, classes may be renamed."""

SCHEMA: dict[str, int] = dict.fromkeys(TYPES, 1)
"""Each type's current schema."""
