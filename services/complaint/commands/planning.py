"""Putting work into a programme with a date, and waking it."""

from dataclasses import dataclass
from datetime import datetime

from services.complaint.commands.base import Command, SeatCommand
from services.contracts.city.working_days import WorkingDays
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWork(SeatCommand):
    """`seat`: who says so, the lead or somebody who `coordinates`. `most_moves`: how often a lead may move the date."""

    programme: Sealed
    text: Sealed
    wakes: datetime
    most_moves: int
    coordinates: bool = False
    days: WorkingDays | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WakePlan(Command):
    """The date has come, says the clocks' keeper; decided on the state as it is now."""

    started: int
