"""Commands of agencies (`command.<city>.agency.<agency>`) and staff (`command.<city>.staff`), request and reply.

Repeat a command with the same `id` until it is answered: a repeat gets the first reply, a refusal too (for 30 days;
`unavailable`, `too_many` and `unknown_complaint` are decided anew). An agency's actor is the subject it may publish on,
never the body; a staff command carries the token that the login signed for it.
"""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.actions.accounts import DeclareCompromised, TrustAccount
from services.contracts.actions.calling import RecordCall
from services.contracts.actions.checks import Audit, ClearEvidence, SignOff
from services.contracts.actions.contact import AskContact, RuleContact, ShowContact
from services.contracts.actions.leading import Instruct, Mention, Reply, RuleNote
from services.contracts.actions.live import (
    AnswerOnAir,
    CheckInLive,
    EndLive,
    PlanLive,
    SetLiveRoster,
    StartLive,
    UndoEntry,
)
from services.contracts.actions.merging import DismissDuplicate, DissolveCluster, Merge, Split, Transcribe, Unmerge
from services.contracts.actions.publishing import (
    ApproveProof,
    ConfirmRemoval,
    DraftProof,
    DraftReply,
    DropDraft,
    DropProof,
    LinkProof,
    SendDraft,
)
from services.contracts.actions.screening import Assign, ConcernedPerson, EraseReporter, RaiseConfidentiality, Screen
from services.contracts.actions.seats import (
    Accept,
    AnswerInstruction,
    AskReporter,
    ExplainBreach,
    HandOff,
    Progress,
    Resolve,
    Return,
    Visit,
)
from services.contracts.actions.services_off import InterruptService, RestoreService
from services.contracts.actions.sitting import HoldSeat, VacateSeat
from services.contracts.actions.work import (
    AskExtension,
    DeclineSubtask,
    Dispose,
    DropSubtask,
    FinishSubtask,
    GiveSubtask,
    PlanWork,
    RefuseReturn,
    RuleExtension,
)
from services.contracts.base import (
    Id,
    Received,
    Stored,
)

SeatAction = Annotated[
    Accept | Progress | Visit | AskReporter | Return | HandOff | Resolve | AnswerInstruction | ExplainBreach
    | AskExtension | GiveSubtask | FinishSubtask | DeclineSubtask | DropSubtask | PlanWork | Dispose,
    Field(discriminator="do"),
]  # fmt: skip
"""What the office that holds a task can do, be it a program with its own credentials or a person at the console."""


StaffAction = Annotated[
    Accept | Progress | Visit | AskReporter | Return | HandOff | Resolve | AnswerInstruction | ExplainBreach
    | AskExtension | GiveSubtask | FinishSubtask | DeclineSubtask | DropSubtask | PlanWork | Dispose
    | RuleExtension | RefuseReturn | Screen | Assign | Instruct | Mention | Reply | RuleNote | RaiseConfidentiality
    | EraseReporter | Merge | Unmerge | Split | Transcribe | DismissDuplicate | DissolveCluster | ClearEvidence
    | SignOff | Audit
    | InterruptService | RestoreService | AskContact | RuleContact | ShowContact
    | HoldSeat | VacateSeat
    | AnswerOnAir | UndoEntry
    | PlanLive | SetLiveRoster | CheckInLive | StartLive | EndLive
    | RecordCall
    | ApproveProof | DraftProof | DraftReply | DropDraft
    | DropProof | LinkProof | SendDraft | ConfirmRemoval
    | DeclareCompromised | TrustAccount,
    Field(discriminator="do"),
]  # fmt: skip

CommandId = Annotated[str, Field(min_length=1, max_length=200)]


class AgencyCommand(Received):
    version: Literal[1] = 1
    id: CommandId
    """Yours, unique among your commands; the same id is the same command for ever."""
    complaint: Id
    officer: str | None = Field(default=None, max_length=200)
    """Your own reference of the person who acts; kept sealed."""
    expected_n: int | None = Field(default=None, ge=1)
    """Refuse (`changed_meanwhile`) unless the complaint still stands where you saw it."""
    action: SeatAction


class StaffCommand(Received):
    version: Literal[1] = 1
    id: CommandId
    complaint: Id | None = None
    """None only for the facts of the city (a service that is off, a LIVE session, who holds a seat)."""
    expected_n: int | None = Field(default=None, ge=1)
    action: StaffAction
    token: str = Field(max_length=2_000)
    """Signed by the login (`contracts.tokens`): seat, roles and area of the person who acts."""


class SeatWorkRequest(Received):
    """`command.<city>.staff.open_work`: what the token's seat has in hand. `id` is the one the token was signed for.

    `complaint`: one that the officer speaks of. It is among the answer if it is his, also when his list, which follows
    the log, does not have it yet or has no room for it.
    """

    version: Literal[1] = 1
    id: CommandId
    complaint: Id | None = None
    token: str = Field(max_length=2_000)


RefusalCode = Literal[
    "invalid", "unknown_complaint", "not_allowed", "not_yours", "wrong_state", "changed_meanwhile", "service_is_off",
    "evidence_unknown", "evidence_reused", "unknown_seat", "unknown_number", "class_does_not_fit",
    "token_invalid", "token_expired", "too_many", "unavailable", "conflict_of_interest", "needs_ruling",
]  # fmt: skip
"""Closed list. Only `unavailable` and `too_many` are worth repeating unchanged."""


class Refusal(Stored):
    code: RefusalCode
    message: str
    """One Indonesian sentence that can be shown to the person who acted."""
    field: str | None = None


class CommandReply(Stored):
    version: Literal[1] = 1
    id: str
    n: int | None = None
    """Position in the complaint's life that the command led to; the current one if it changed nothing."""
    fact: str | None = None
    """Id of the city fact that the command led to."""
    refusal: Refusal | None = None


__all__ = [
    "Accept",
    "AgencyCommand",
    "AnswerInstruction",
    "AnswerOnAir",
    "ApproveProof",
    "AskContact",
    "AskExtension",
    "AskReporter",
    "Assign",
    "Audit",
    "CheckInLive",
    "ClearEvidence",
    "CommandId",
    "CommandReply",
    "ConcernedPerson",
    "ConfirmRemoval",
    "DeclareCompromised",
    "DeclineSubtask",
    "DismissDuplicate",
    "Dispose",
    "DissolveCluster",
    "DraftProof",
    "DraftReply",
    "DropDraft",
    "DropProof",
    "DropSubtask",
    "EndLive",
    "EraseReporter",
    "ExplainBreach",
    "FinishSubtask",
    "GiveSubtask",
    "HandOff",
    "HoldSeat",
    "Instruct",
    "InterruptService",
    "LinkProof",
    "Mention",
    "Merge",
    "PlanLive",
    "PlanWork",
    "Progress",
    "RaiseConfidentiality",
    "RecordCall",
    "Refusal",
    "RefusalCode",
    "RefuseReturn",
    "Reply",
    "Resolve",
    "RestoreService",
    "Return",
    "RuleContact",
    "RuleExtension",
    "RuleNote",
    "Screen",
    "SeatAction",
    "SeatWorkRequest",
    "SendDraft",
    "SetLiveRoster",
    "ShowContact",
    "SignOff",
    "Split",
    "StaffAction",
    "StaffCommand",
    "StartLive",
    "Transcribe",
    "TrustAccount",
    "UndoEntry",
    "Unmerge",
    "VacateSeat",
    "Visit",
]
