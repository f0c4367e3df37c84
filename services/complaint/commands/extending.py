"""Asking for more time, and ruling on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.complaint.commands.base import Command, SeatCommand
from services.complaint.events.values import ClockName
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExtension(SeatCommand):
    """`number`: of the instruction or the sub-task; None: of this kind the one that is due first."""

    clock: ClockName
    until: datetime
    reason: Sealed
    number: int | None = None
    superior: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExtension(Command):
    """`coordinates`: who rules may rule on everybody's. `until` None: as it was asked for."""

    by: str
    coordinates: bool
    number: int
    ruling: Literal["granted", "refused"]
    reason: Sealed
    until: datetime | None = None
