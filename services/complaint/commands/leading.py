"""What leaders and superiors ask."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.complaint.commands.base import Command, SeatCommand
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruct(Command):
    by: str
    seat: str
    text: Sealed
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInstruction(SeatCommand):
    number: int
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainBreach(SeatCommand):
    note: int
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionSeats(Command):
    """`overseers`: of these seats those that may see the complaint without having it in hand, by role."""

    by: str
    seats: tuple[str, ...]
    overseers: frozenset[str]
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNote(Command):
    by: str
    note: int
    ruling: Literal["confirmed", "struck"]
    text: Sealed
    coordinates: bool = False
    """Whoever rules is a coordinator: needed where nobody stands above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReply(Command):
    seat: str
    text: Sealed
