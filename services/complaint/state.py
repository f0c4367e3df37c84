"""What decisions need to know of a complaint, in one model per phase. Everything else is a read model."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.complaint import events as e
from services.contracts.base import Confidentiality, End, Kind


@dataclass(frozen=True, slots=True)
class RunningClock:
    """`started` is the `n` of the event that started it: complaint, name, seat and `started` identify a clock."""

    name: e.ClockName
    seat: str
    started: int
    since: datetime
    due: datetime
    breached: bool = False


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
class File:
    """What is known of a complaint in every phase after it was received."""

    ticket: str
    city: str
    n: int
    causes: frozenset[str]
    """Every cause that led to an event: the same command again yields nothing."""
    confidentiality: Confidentiality
    first_level: str | None = None
    media: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    """Notices that a provider took."""
    given_up: frozenset[str] = frozenset()
    """Notices that did not get through; a provider may say so after it had taken one."""
    unreachable: bool = False
    """The last notice did not get through, and nothing was heard of the reporter since."""
    shared: Shared = Shared()


@dataclass(frozen=True, slots=True)
class Desk:
    """The offices' work on a screened complaint."""

    matter: e.Matter
    round: int = 1
    holds: dict[str, Hold] = field(default_factory=dict)
    questions: dict[int, datetime] = field(default_factory=dict)
    """Open ones, with when each was asked; while there is one, clocks pause."""
    asked: int = 0
    instructions: dict[int, Instruction] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)

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
