"""What the clocks' keeper asks; every one is decided on the state as it is then."""

from dataclasses import dataclass
from datetime import datetime

from services.complaint.commands.base import Command
from services.complaint.events import ClockName, RecomputedClock


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachClock(Command):
    """A due time has passed."""

    clock: ClockName
    seat: str
    started: int
    superior: str | None = None
    """Who rules on the note."""
    ladder: tuple[str, ...] = ()
    """The superiors without a conflict of interest, the nearest first."""
    escalates_at: datetime | None = None
    """When the first of them gets it, if nobody answers."""
    vacant: bool = False
    """Nobody sits there: a note would be nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Command):
    """A breach has waited long enough for an answer."""

    clock: ClockName
    seat: str
    started: int
    ladder: tuple[str, ...]
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForVacant(Command):
    """`seat` is vacant: its superior gets its part in the complaint."""

    seat: str
    superior: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecomputeClocks(Command):
    from_policy: int
    to_policy: int
    moved: tuple[RecomputedClock, ...]
