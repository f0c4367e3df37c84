"""What a complaint's state is made of: clocks, parts of the work, wishes, notes, drafts. No decision is made here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.complaint import events as e
from services.complaint.events.contact import ContactGround
from services.contracts.base import ClosureClass, End


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


ALONE = Shared()
"""No other complaint is about the same matter."""


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
    by_hand: frozenset[str | None] = frozenset()
    """Where somebody still has to take it away; None: the office's own post."""
    link: str | None = None
    """Of an office's own post."""


@dataclass(frozen=True, slots=True)
class Call:
    party: str
    about: int
    tries: int = 0
