"""What decisions need to know of a complaint, in one model per phase. Everything else is a read model."""

from dataclasses import dataclass, field
from datetime import datetime

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


State = Unopened | Screening | Working | Resolved | Closed
Opened = Screening | Working | Resolved | Closed

INITIAL: State = Unopened()
