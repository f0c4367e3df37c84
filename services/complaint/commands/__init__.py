"""What can be asked of a complaint. `cause` is the keyed hash of what asked it; the same cause asks the same thing.

Sealed parts arrive sealed, outcomes of rules (due times, assignments) arrive worked out: deciding needs nothing else.
"""

from services.complaint.commands.leading import (
    AnswerInstruction,
    BreachClock,
    ExplainBreach,
    Instruct,
    RuleNote,
    SendReply,
)
from services.complaint.commands.merging import (
    CountAffected,
    DismissDuplicate,
    HearAdvance,
    HearResolution,
    JoinMerge,
    LeaveMerge,
    Merge,
    ReopenMatter,
    Unmerge,
)
from services.complaint.commands.reporter import (
    AddMessage,
    AttachEvidence,
    EraseReporter,
    OpenComplaint,
    RaiseConfidentiality,
    RefuseEvidence,
    SayDone,
    SayNotDone,
    Withdraw,
)
from services.complaint.commands.screening import Assign, Assigning, ProposeScreening, Screen
from services.complaint.commands.told import RecordTold, RecordUnreachable
from services.complaint.commands.work import (
    Accept,
    AskReporter,
    CloseAtTerm,
    HandOff,
    RecordVisit,
    ReportProgress,
    Resolve,
    ReturnAssignment,
)

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
    | CloseAtTerm
    | Instruct
    | AnswerInstruction
    | BreachClock
    | ExplainBreach
    | RuleNote
    | SendReply
    | RecordTold
    | RecordUnreachable
    | Merge
    | Unmerge
    | JoinMerge
    | LeaveMerge
    | HearAdvance
    | HearResolution
    | ReopenMatter
    | DismissDuplicate
    | CountAffected
)

__all__ = [
    "Accept",
    "AddMessage",
    "AnswerInstruction",
    "AskReporter",
    "Assign",
    "Assigning",
    "AttachEvidence",
    "BreachClock",
    "CloseAtTerm",
    "Command",
    "CountAffected",
    "DismissDuplicate",
    "EraseReporter",
    "ExplainBreach",
    "HandOff",
    "HearAdvance",
    "HearResolution",
    "Instruct",
    "JoinMerge",
    "LeaveMerge",
    "Merge",
    "OpenComplaint",
    "ProposeScreening",
    "RaiseConfidentiality",
    "RecordTold",
    "RecordUnreachable",
    "RecordVisit",
    "RefuseEvidence",
    "ReopenMatter",
    "ReportProgress",
    "Resolve",
    "ReturnAssignment",
    "RuleNote",
    "SayDone",
    "SayNotDone",
    "Screen",
    "SendReply",
    "Unmerge",
    "Withdraw",
]
