"""What decisions need to know of a complaint, in one model per phase. Everything else is a read model."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.complaint import events as e
from services.complaint.events.checks import Audience
from services.complaint.events.contact import ContactGround
from services.contracts.base import ClosureClass, Confidentiality, End, Kind
from services.contracts.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class RunningClock:
    """`started` is the `n` of the event that started it: complaint, name, seat and `started` identify a clock."""

    name: e.ClockName
    seat: str
    started: int
    since: datetime
    due: datetime
    breached: bool = False
    calendar: str | None = None
    """It counts working days, by this calendar."""
    extended: datetime | None = None
    """When its date was set anew: what it had waited before is no matter any more."""
    escalates_at: datetime | None = None
    """Breached, and when the next superior gets it; None: nobody does, or somebody answered."""
    level: int = 0
    """How many steps up the line it has gone."""
    raised_to: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A seat's part in the complaint, with its clocks that still run."""

    role: e.Role
    clocks: tuple[RunningClock, ...] = ()
    accepted: bool = False
    finish_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A proposed performance note."""

    seat: str
    superior: str | None
    explained: bool = False
    ruled: bool = False
    gone: bool = False
    """Struck, or cancelled because the complaint was not the seat's."""
    clock: e.ClockName | None = None
    started: int | None = None


@dataclass(frozen=True, slots=True)
class Instruction:
    seat: str
    given: int
    """`n` of the event that gave it."""
    answered: bool = False


OwnEnd = End | Literal["withdrawn"]


@dataclass(frozen=True, slots=True)
class Shared:
    """What a complaint has to do with others about the same matter. As a main one: who is handled here, and where its
    own reporter stands when the handling goes on because of the others."""

    joined: frozenset[str] = frozenset()
    cluster: str | None = None
    alone: bool = False
    """Was taken out of a merge: the machine never merges it again."""
    not_same: frozenset[str] = frozenset()
    affected: frozenset[str] = frozenset()
    ended: OwnEnd | None = None
    """The end that its own reporter came to before another one had the handling reopened."""
    word_until: datetime | None = None
    """Its own reporter was asked before that, and may still say his word to that resolution."""

    @property
    def quiet(self) -> bool:
        """Its own reporter hears nothing of the handling just now: it goes on because of others."""
        return self.ended is not None or self.word_until is not None


@dataclass(frozen=True, slots=True)
class Question:
    """An open question to the reporter."""

    asked: datetime
    remind_at: datetime | None = None
    """None: no reminder is due any more."""
    lapse_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A seat's wish for more time."""

    seat: str
    clock: e.ClockName
    started: int
    until: datetime
    superior: str | None
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """What a seat had before it returned the complaint; its clocks as they stood then, none of them paused."""

    seat: str
    ground: str
    role: e.Role
    clocks: tuple[RunningClock, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Subtask:
    seat: str
    by: str
    given: int
    """`n` of the event that gave it."""
    standing: Literal["open", "done", "declined", "dropped"] = "open"


@dataclass(frozen=True, slots=True)
class Plan:
    """The work has its date, set first at `since`; event `started` set the one that stands."""

    seat: str
    since: datetime
    started: int
    wakes: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """A resolution that waits for another seat's word."""

    n: int
    """Of the event that submitted it."""
    since: datetime
    seat: str
    to: str
    """The seat that is asked now."""
    asked: int
    """`n` of the event that asked it."""
    due: datetime
    closure: ClosureClass
    evidence: tuple[str, ...]
    proof_link: str | None
    without_proof: bool


@dataclass(frozen=True, slots=True)
class ContactWish:
    """A seat wants to know how to reach the reporter."""

    seat: str
    party: str
    ground: ContactGround
    granted: bool | None = None
    """None: nobody has ruled yet."""
    until: datetime | None = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """`over`: sent or dropped."""

    by: str
    seat: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What is shown in public of one resolution. `posted`: account → the sealed id of its post."""

    by: str
    round: int
    pictures: tuple[str, ...]
    standing: Literal["drafted", "approved", "dropped", "withdrawn"] = "drafted"
    accounts: tuple[str, ...] = ()
    posted: dict[str, str] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    link: str | None = None
    """Of an office's own post."""


@dataclass(frozen=True, slots=True)
class Call:
    party: str
    about: int
    tries: int = 0


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
    spoken: frozenset[int] = frozenset()
    """`n` of the events that brought a message of the reporter's."""
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
    shared: Shared = Shared()
    callable: frozenset[str] = frozenset()
    """Parties that allowed to be called."""
    contacts: dict[int, ContactWish] = field(default_factory=dict)
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
    """`end` None: withdrawn by the reporter. `desk` None: withdrawn before it was screened."""

    file: File
    desk: Desk | None
    end: End | None


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
