"""What a card is made of."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

WaitsOn = Literal["screening", "sign_off", "office", "coordinator", "reporter", "plan", "word", "main", "nobody"]
"""`plan`: for the date that the work is planned for."""


Standing = Literal["open", "done", "declined", "dropped"]


@dataclass(frozen=True, slots=True)
class Note:
    seat: str
    superior: str | None
    explained: bool = False
    ruling: str | None = None


@dataclass(frozen=True, slots=True)
class Instruction:
    by: str
    seat: str
    given: int
    due: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """A seat's wish for more time. `ruling` None: nobody has ruled."""

    seat: str
    clock: str
    started: int
    until: datetime
    superior: str | None
    ruling: str | None = None


@dataclass(frozen=True, slots=True)
class ContactWish:
    """A seat wants to know how to reach the reporter. `granted` None: nobody has ruled."""

    seat: str
    ground: str
    granted: bool | None = None
    by: str | None = None
    until: datetime | None = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Subtask:
    seat: str
    by: str
    given: int
    due: datetime
    standing: Standing = "open"


@dataclass(frozen=True, slots=True)
class Plan:
    """The work waits for this date."""

    seat: str
    wakes: datetime
    moves: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """A reply that waits for whoever signs it."""

    by: str
    seat: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Work that is shown in public. `posted`: account → link, empty where there is none."""

    by: str
    round: int
    standing: Literal["drafted", "approved", "posted", "linked", "dropped", "withdrawn"] = "drafted"
    pictures: tuple[str, ...] = ()
    posted: dict[str, str] = field(default_factory=dict)
    link: str | None = None
    by_hand: tuple[str, ...] = ()
    """Accounts that it still stands on and only their own people reach; empty name: the office's own post."""
