"""Sending a returned complaint back, and passing one on inside an office."""

from dataclasses import dataclass

from services.complaint.commands.base import Command, SeatCommand
from services.contracts.city.working_days import WorkingDays
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseReturn(Command):
    """A coordinator's ruling on return `number`. `policy`: of the clocks that run on."""

    by: str
    number: int
    reason: Sealed
    policy: int
    days: WorkingDays | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposeInternally(SeatCommand):
    unit: str | None = None
    assignee: Sealed | None = None
    note: Sealed | None = None
