"""What is asked where several complaints are one matter."""

from dataclasses import dataclass
from datetime import datetime

from services.complaint.commands.base import Command
from services.complaint.events import Decider, ScreeningProposed
from services.complaint.events.merging import Advance, Apart
from services.contracts.base import ClosureClass
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Command):
    """`itself`: the complaint that is asked. The machine's never moves what a person or an office has taken up."""

    itself: str
    into: str
    by: Decider
    cluster: str | None = None
    reason: Sealed | None = None
    proposal: ScreeningProposed | None = None
    """Of the machine, in the same decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmerge(Command):
    by: Decider
    why: Apart = "ruling"
    reason: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinMerge(Command):
    """To the main complaint: these are merged into you."""

    complaints: tuple[str, ...]
    cluster: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveMerge(Command):
    """To the main complaint: these are merged into you no longer."""

    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HearAdvance(Command):
    """To a merged complaint: this happened in the main one."""

    main: str
    about: int
    what: Advance


@dataclass(frozen=True, slots=True, kw_only=True)
class HearResolution(Command):
    main: str
    about: int
    seat: str
    closure: ClosureClass
    without_proof: bool
    confirm_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenMatter(Command):
    """To the main complaint: the reporter of this merged one said BELUM."""

    complaint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissDuplicate(Command):
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAffected(Command):
    who: str
    channel: str
