"""What the reporter wants to hear, and how he says it went."""

from dataclasses import dataclass

from services.complaint.commands.base import Command
from services.complaint.events import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNews(Command):
    """BERHENTI. Without a message: the words stand in another complaint of the same person."""

    party: str
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeNews(Command):
    """MULAI."""

    party: str
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAfterword(Command):
    """The answer to the question after SUDAH; a further message where nothing was confirmed, or a word was given."""

    party: str
    message: Message
    score: int | None = None
