"""What decisions need to know of a complaint, in one model per phase. Everything else is a read model."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.complaint import events as e
from services.complaint.events.checks import Audience
from services.complaint.parts import (
    ALONE,
    Call,
    ContactWish,
    Draft,
    Extension,
    Hold,
    Instruction,
    Note,
    OwnEnd,
    Plan,
    Proof,
    Question,
    Returned,
    RunningClock,
    Shared,
    Submission,
    Subtask,
)
from services.contracts.base import Confidentiality, End, Kind
from services.contracts.city.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a complaint in every phase after it was received."""

    ticket: str
    city: str
    n: int
    causes: frozenset[str]
    """Every cause that led to an event: the same command again yields nothing."""
    confidentiality: Confidentiality
    first_level: str | None = None
    session: str | None = None
    """The LIVE session that it came up in."""
    lost: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    """Doors that it came by and that were not the city's: since when, and whether something came in since."""
    media: frozenset[str] = frozenset()
    """What reporters sent."""
    brought: dict[int, str] = field(default_factory=dict)
    """`n` of the events that brought it, with its name."""
    spoken: frozenset[int] = frozenset()
    """`n` of the events that brought a message of the reporter's."""
    voices: frozenset[int] = frozenset()
    """Of these, the ones that are to be listened to: what is said in them stands in no text."""
    split_off: frozenset[frozenset[int]] = frozenset()
    """Messages that began a complaint of their own."""
    proofs: dict[str, int] = field(default_factory=dict)
    """What offices gave as proof, with the round it was last given in."""
    cleared: dict[str, Audience] = field(default_factory=dict)
    """Who may see a picture, where somebody has said so."""
    erased: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    """Notices that a provider took."""
    told_by: dict[str, str] = field(default_factory=dict)
    """By which rung, where that is known: one that a provider took back may be told by the next."""
    given_up: frozenset[str] = frozenset()
    """Notices that did not get through; a provider may say so after it had taken one."""
    calls: dict[str, Call] = field(default_factory=dict)
    """Notices that somebody is to tell by telephone."""
    called: frozenset[str] = frozenset()
    """Those that somebody has called for."""
    unreachable: bool = False
    """The last notice did not get through, and nothing was heard of the reporter since."""
    shared: Shared = ALONE
    callable: frozenset[str] = frozenset()
    """Parties that allowed to be called."""
    contacts: dict[int, ContactWish] = field(default_factory=dict)
    hushed: frozenset[str] = frozenset()
    """Parties that want no news unasked."""
    asked: bool = False
    """The closing question of the latest resolution went out to the complaint's own reporter."""
    afterwords: frozenset[str] = frozenset()
    """Parties that have said how it went since they last confirmed."""
    drafts: dict[int, Draft] = field(default_factory=dict)
    """Of replies that somebody else signs."""
    publications: dict[int, Proof] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """The offices' work on a screened complaint."""

    matter: e.Matter
    round: int = 1
    holds: dict[str, Hold] = field(default_factory=dict)
    questions: dict[int, Question] = field(default_factory=dict)
    """Open ones; while there is one, clocks pause."""
    days: WorkingDays | None = None
    """The calendar as it stood when clocks were last made to wait."""
    asked: int = 0
    instructions: dict[int, Instruction] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    extensions: dict[int, Extension] = field(default_factory=dict)
    subtasks: dict[int, Subtask] = field(default_factory=dict)
    plan: Plan | None = None
    plans: int = 0
    """How often a date was set, over the whole life."""
    returns: dict[int, Returned] = field(default_factory=dict)
    """Those that no coordinator has ruled on yet."""
    returned: int = 0
    bounces: int = 0
    """Times that the lead gave it away since the last forced ruling."""
    forced: bool = False
    """It bounced so often that only a coordinator may move it."""
    bound: frozenset[str] = frozenset()
    """Seats that a ruling bound to it: they may not give it away."""
    submission: Submission | None = None
    """While there is one, clocks pause."""
    audits: dict[int, bool | None] = field(default_factory=dict)
    """Rounds whose resolution was drawn: whether it passed, None while nobody has looked."""

    @property
    def lead(self) -> str | None:
        return next((seat for seat, hold in self.holds.items() if hold.role == "lead"), None)

    @property
    def kind(self) -> Kind:
        return self.matter.kind


@dataclass(frozen=True, slots=True)
class Unopened:
    """Nothing has happened yet."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Received; nobody has decided yet what it is and whose."""

    file: File
    proposal: e.ScreeningProposed | None = None
    clock: RunningClock | None = None
    """That of the seat that screens."""


@dataclass(frozen=True, slots=True)
class Working:
    """With the offices. `desk.lead` is None after the lead returned it, until a coordinator rules."""

    file: File
    desk: Desk


@dataclass(frozen=True, slots=True)
class Resolved:
    """The office says it is done; the reporter has the word."""

    file: File
    desk: Desk
    closure: str
    confirm_by: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """`end` None: withdrawn by the reporter. `desk` None: withdrawn before it was screened, or it had ended at another
    system (`elsewhere`) before it came here."""

    file: File
    desk: Desk | None
    end: End | Literal["elsewhere"] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The closing question to a merged complaint's own reporter."""

    n: int
    """Of the event that asked."""
    until: datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """Handled under another complaint, with a ticket, a reporter and an end of its own."""

    file: File
    before: Screening | Working
    """Where it goes on from when it is taken out again."""
    into: str
    since: int
    """`n` of the event that merged it."""
    at: datetime
    """When it was merged first: clocks stand still from then on."""
    cluster: str | None = None
    heard: int = 0
    """`n` in the main complaint up to which this reporter was told."""
    asked: Asked | None = None
    ended: OwnEnd | None = None
    round: int = 1

    @property
    def matter(self) -> e.Matter | None:
        if isinstance(self.before, Working):
            return self.before.desk.matter
        return None if self.before.proposal is None else self.before.proposal.matter


State = Unopened | Screening | Working | Resolved | Closed | Merged
Opened = Screening | Working | Resolved | Closed
"""Every phase in which offices, or the screening, have the complaint itself in hand."""

INITIAL: State = Unopened()

__all__ = [
    "INITIAL",
    "Asked",
    "Call",
    "Closed",
    "ContactWish",
    "Desk",
    "Draft",
    "Extension",
    "File",
    "Hold",
    "Instruction",
    "Merged",
    "Note",
    "Opened",
    "OwnEnd",
    "Plan",
    "Proof",
    "Question",
    "Resolved",
    "Returned",
    "RunningClock",
    "Screening",
    "Shared",
    "State",
    "Submission",
    "Subtask",
    "Unopened",
    "Working",
]
