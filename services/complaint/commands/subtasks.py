"""Giving parts of the work to other seats, and how those end."""

from dataclasses import dataclass
from datetime import datetime

from services.complaint.commands.base import Command, SeatCommand
from services.complaint.events import Mark
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSubtask(Command):
    """`by`: the lead, or somebody who `coordinates`."""

    by: str
    seat: str
    text: Sealed
    due: datetime
    coordinates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishSubtask(SeatCommand):
    number: int
    text: Sealed
    evidence: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    policy: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSubtask(SeatCommand):
    number: int
    reason: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSubtask(Command):
    by: str
    number: int
    reason: Sealed
    coordinates: bool = False
