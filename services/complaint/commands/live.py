"""What is asked of a complaint that came up in a LIVE session."""

from dataclasses import dataclass

from services.complaint.commands.base import Command
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOnAir(Command):
    session: str
    seat: str
    text: Sealed
    settles: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoEntry(Command):
    """A moderator takes back what was entered by mistake."""

    by: str
