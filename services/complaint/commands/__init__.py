"""What can be asked of a complaint. `cause` is the keyed hash of what asked it; the same cause asks the same thing.

Sealed parts arrive sealed, outcomes of rules (due times, assignments) arrive worked out: deciding needs nothing else.
"""

from services.complaint.commands.checks import (
    ClearEvidence,
    DrawAudit,
    EscalateSignOff,
    RecordAudit,
    SignOff,
    SignOffAsked,
)
from services.complaint.commands.clocks import ActForVacant, BreachClock, Escalate, RecomputeClocks
from services.complaint.commands.contact import AllowContact, AskContact, DisallowContact, RuleContact, ShowContact
from services.complaint.commands.extending import AskExtension, RuleExtension
from services.complaint.commands.leading import (
    AnswerInstruction,
    ExplainBreach,
    Instruct,
    MentionSeats,
    RuleNote,
    SendReply,
)
from services.complaint.commands.live import AnswerOnAir, UndoEntry
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
from services.complaint.commands.moving import DisposeInternally, RefuseReturn
from services.complaint.commands.news import GiveAfterword, ResumeNews, StopNews
from services.complaint.commands.planning import PlanWork, WakePlan
from services.complaint.commands.publishing import (
    ApproveProof,
    ConfirmRemoval,
    DraftProof,
    DraftReply,
    DropDraft,
    DropProof,
    LinkProof,
    RecordPost,
    RecordWithdrawal,
    SendDraft,
)
from services.complaint.commands.questions import LapseQuestion, RemindReporter
from services.complaint.commands.reporter import (
    AddMessage,
    AttachEvidence,
    EraseReporter,
    OpenComplaint,
    RaiseConfidentiality,
    RecordConcerned,
    RefuseEvidence,
    SayDone,
    SayNotDone,
    Withdraw,
)
from services.complaint.commands.screening import Assign, Assigning, Locate, ProposeScreening, Screen
from services.complaint.commands.splitting import Split, Transcribe
from services.complaint.commands.subtasks import DeclineSubtask, DropSubtask, FinishSubtask, GiveSubtask
from services.complaint.commands.told import AskForCall, RecordAccountLost, RecordCall, RecordTold, RecordUnreachable
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
    | RecordConcerned
    | ProposeScreening
    | Screen
    | Locate
    | Assign
    | Accept
    | ReportProgress
    | RecordVisit
    | AskReporter
    | ReturnAssignment
    | HandOff
    | Resolve
    | CloseAtTerm
    | RemindReporter
    | LapseQuestion
    | RefuseReturn
    | DisposeInternally
    | AskExtension
    | RuleExtension
    | GiveSubtask
    | FinishSubtask
    | DeclineSubtask
    | DropSubtask
    | PlanWork
    | WakePlan
    | Instruct
    | MentionSeats
    | AnswerInstruction
    | BreachClock
    | Escalate
    | ActForVacant
    | RecomputeClocks
    | ExplainBreach
    | RuleNote
    | SendReply
    | AnswerOnAir
    | UndoEntry
    | ClearEvidence
    | SignOff
    | EscalateSignOff
    | DrawAudit
    | RecordAudit
    | RecordTold
    | AskForCall
    | RecordCall
    | RecordUnreachable
    | RecordAccountLost
    | Merge
    | Unmerge
    | JoinMerge
    | LeaveMerge
    | HearAdvance
    | HearResolution
    | ReopenMatter
    | DismissDuplicate
    | CountAffected
    | Split
    | Transcribe
    | AllowContact
    | ApproveProof
    | ConfirmRemoval
    | DraftProof
    | DraftReply
    | DropDraft
    | DropProof
    | LinkProof
    | RecordPost
    | RecordWithdrawal
    | SendDraft
    | DisallowContact
    | StopNews
    | ResumeNews
    | GiveAfterword
    | AskContact
    | RuleContact
    | ShowContact
)

__all__ = [
    "Accept",
    "ActForVacant",
    "AddMessage",
    "AllowContact",
    "AnswerInstruction",
    "AnswerOnAir",
    "ApproveProof",
    "AskContact",
    "AskExtension",
    "AskForCall",
    "AskReporter",
    "Assign",
    "Assigning",
    "AttachEvidence",
    "BreachClock",
    "ClearEvidence",
    "CloseAtTerm",
    "Command",
    "ConfirmRemoval",
    "CountAffected",
    "DeclineSubtask",
    "DisallowContact",
    "DismissDuplicate",
    "DisposeInternally",
    "DraftProof",
    "DraftReply",
    "DrawAudit",
    "DropDraft",
    "DropProof",
    "DropSubtask",
    "EraseReporter",
    "Escalate",
    "EscalateSignOff",
    "ExplainBreach",
    "FinishSubtask",
    "GiveAfterword",
    "GiveSubtask",
    "HandOff",
    "HearAdvance",
    "HearResolution",
    "Instruct",
    "JoinMerge",
    "LapseQuestion",
    "LeaveMerge",
    "LinkProof",
    "Locate",
    "MentionSeats",
    "Merge",
    "OpenComplaint",
    "PlanWork",
    "ProposeScreening",
    "RaiseConfidentiality",
    "RecomputeClocks",
    "RecordAccountLost",
    "RecordAudit",
    "RecordCall",
    "RecordConcerned",
    "RecordPost",
    "RecordTold",
    "RecordUnreachable",
    "RecordVisit",
    "RecordWithdrawal",
    "RefuseEvidence",
    "RefuseReturn",
    "RemindReporter",
    "ReopenMatter",
    "ReportProgress",
    "Resolve",
    "ResumeNews",
    "ReturnAssignment",
    "RuleContact",
    "RuleExtension",
    "RuleNote",
    "SayDone",
    "SayNotDone",
    "Screen",
    "SendDraft",
    "SendReply",
    "ShowContact",
    "SignOff",
    "SignOffAsked",
    "Split",
    "StopNews",
    "Transcribe",
    "UndoEntry",
    "Unmerge",
    "WakePlan",
    "Withdraw",
]
