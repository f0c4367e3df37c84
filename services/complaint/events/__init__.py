"""What can happen in a complaint's life. Stored for ever: fields may be added with a default, never changed or taken.

Free text, names, exact places and provider ids are `Sealed`; the field's name is part of what a seal is bound to.
Seats, agencies, districts and our own vocabulary stand in clear. Times that follow from a rule (due times) are
recorded as they came out, together with the rule, the policy and the calendar that they came from.

One module per subject, each with its events, their union and their stored names.
"""

from services.complaint.events import (
    accounts,
    checks,
    clocks,
    contact,
    extending,
    leading,
    live,
    merging,
    moving,
    news,
    planning,
    proofs,
    questions,
    replies,
    reporter,
    screening,
    splitting,
    subtasks,
    told,
    work,
)
from services.complaint.events.accounts import AccountLost
from services.complaint.events.checks import (
    Audience,
    AuditDrawn,
    AuditRecorded,
    EvidenceCleared,
    EvidenceFlagged,
    Mark,
    ResolutionSubmitted,
    SignOffEscalated,
    SignOffRecorded,
)
from services.complaint.events.clocks import ClocksRecomputed, Escalated, RecomputedClock, Why
from services.complaint.events.contact import (
    ContactAllowed,
    ContactAsked,
    ContactDisallowed,
    ContactRuled,
    ContactShown,
)
from services.complaint.events.extending import ExtensionAsked, ExtensionRuled
from services.complaint.events.leading import (
    BreachExplained,
    ClockBreached,
    InstructionAnswered,
    InstructionGiven,
    NoteRuled,
    ReplySent,
    SeatsMentioned,
)
from services.complaint.events.live import AnsweredOnAir, EntryUndone
from services.complaint.events.merging import (
    AffectedCounted,
    ComplaintMerged,
    ComplaintUnmerged,
    DuplicateDismissed,
    MatterAdvanced,
    MatterClosed,
    MatterReopened,
    MatterResolved,
    MergeJoined,
    MergeLeft,
)
from services.complaint.events.moving import DisposedInternally, ReturnRefused
from services.complaint.events.news import AfterwordGiven, NewsResumed, NewsStopped
from services.complaint.events.planning import PlanWoke, WorkPlanned
from services.complaint.events.proofs import (
    ProofApproved,
    ProofDrafted,
    ProofDropped,
    ProofLinked,
    ProofNotPosted,
    ProofPosted,
    ProofRemoved,
    ProofWithdrawn,
)
from services.complaint.events.questions import QuestionLapsed, QuestionReminded
from services.complaint.events.replies import (
    ReplyDraftDropped,
    ReplyDrafted,
)
from services.complaint.events.reporter import (
    ComplaintReceived,
    ComplaintReopened,
    ComplaintWithdrawn,
    ConfidentialityRaised,
    EvidenceAttached,
    EvidenceRefused,
    MessageAdded,
    QuestionAnswered,
    ReporterErased,
    ResolutionConfirmed,
)
from services.complaint.events.screening import ComplaintScreened, ConcernedRecorded, ScreeningProposed
from services.complaint.events.splitting import ComplaintSplit
from services.complaint.events.subtasks import SubtaskDeclined, SubtaskDone, SubtaskDropped, SubtaskGiven
from services.complaint.events.told import CallOutcome, CallWanted, ReporterCalled, ReporterTold, ReporterUnreachable
from services.complaint.events.values import (
    Assignment,
    Candidate,
    Clock,
    ClockName,
    Decider,
    Duplicate,
    Form,
    Matter,
    Message,
    MovedClock,
    Past,
    PlaceCandidate,
    Role,
    Whereabouts,
)
from services.complaint.events.work import (
    AssignmentAccepted,
    AssignmentReturned,
    ComplaintAssigned,
    ComplaintClosed,
    ComplaintResolved,
    LeadHandedOff,
    PlaceVisited,
    ProgressReported,
    QuestionAsked,
)

Event = (
    clocks.Event
    | reporter.Event
    | screening.Event
    | work.Event
    | questions.Event
    | moving.Event
    | extending.Event
    | subtasks.Event
    | planning.Event
    | leading.Event
    | live.Event
    | accounts.Event
    | checks.Event
    | told.Event
    | merging.Event
    | splitting.Event
    | contact.Event
    | news.Event
    | proofs.Event
    | replies.Event
)

TYPES: dict[str, type[Event]] = {
    **clocks.TYPES,
    **reporter.TYPES,
    **screening.TYPES,
    **work.TYPES,
    **questions.TYPES,
    **moving.TYPES,
    **extending.TYPES,
    **subtasks.TYPES,
    **planning.TYPES,
    **leading.TYPES,
    **live.TYPES,
    **accounts.TYPES,
    **checks.TYPES,
    **told.TYPES,
    **merging.TYPES,
    **splitting.TYPES,
    **contact.TYPES,
    **news.TYPES,
    **proofs.TYPES,
    **replies.TYPES,
}
"""The stored name of each event; names are for ever, classes may be renamed."""

SCHEMA: dict[str, int] = dict.fromkeys(TYPES, 1)
"""Each type's current schema."""

__all__ = [
    "SCHEMA",
    "TYPES",
    "AccountLost",
    "AffectedCounted",
    "AfterwordGiven",
    "AnsweredOnAir",
    "Assignment",
    "AssignmentAccepted",
    "AssignmentReturned",
    "Audience",
    "AuditDrawn",
    "AuditRecorded",
    "BreachExplained",
    "CallOutcome",
    "CallWanted",
    "Candidate",
    "Clock",
    "ClockBreached",
    "ClockName",
    "ClocksRecomputed",
    "ComplaintAssigned",
    "ComplaintClosed",
    "ComplaintMerged",
    "ComplaintReceived",
    "ComplaintReopened",
    "ComplaintResolved",
    "ComplaintScreened",
    "ComplaintSplit",
    "ComplaintUnmerged",
    "ComplaintWithdrawn",
    "ConcernedRecorded",
    "ConfidentialityRaised",
    "ContactAllowed",
    "ContactAsked",
    "ContactDisallowed",
    "ContactRuled",
    "ContactShown",
    "Decider",
    "DisposedInternally",
    "Duplicate",
    "DuplicateDismissed",
    "EntryUndone",
    "Escalated",
    "Event",
    "EvidenceAttached",
    "EvidenceCleared",
    "EvidenceFlagged",
    "EvidenceRefused",
    "ExtensionAsked",
    "ExtensionRuled",
    "Form",
    "InstructionAnswered",
    "InstructionGiven",
    "LeadHandedOff",
    "Mark",
    "Matter",
    "MatterAdvanced",
    "MatterClosed",
    "MatterReopened",
    "MatterResolved",
    "MergeJoined",
    "MergeLeft",
    "Message",
    "MessageAdded",
    "MovedClock",
    "NewsResumed",
    "NewsStopped",
    "NoteRuled",
    "Past",
    "PlaceCandidate",
    "PlaceVisited",
    "PlanWoke",
    "ProgressReported",
    "ProofApproved",
    "ProofDrafted",
    "ProofDropped",
    "ProofLinked",
    "ProofNotPosted",
    "ProofPosted",
    "ProofRemoved",
    "ProofWithdrawn",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionLapsed",
    "QuestionReminded",
    "RecomputedClock",
    "ReplyDraftDropped",
    "ReplyDrafted",
    "ReplySent",
    "ReporterCalled",
    "ReporterErased",
    "ReporterTold",
    "ReporterUnreachable",
    "ResolutionConfirmed",
    "ResolutionSubmitted",
    "ReturnRefused",
    "Role",
    "ScreeningProposed",
    "SeatsMentioned",
    "SignOffEscalated",
    "SignOffRecorded",
    "SubtaskDeclined",
    "SubtaskDone",
    "SubtaskDropped",
    "SubtaskGiven",
    "Whereabouts",
    "Why",
    "WorkPlanned",
]
