"""What a person makes of the reporter's messages: two matters told apart, spoken words written down."""

from dataclasses import dataclass

from services.complaint.commands.base import Command
from services.complaint.events import Message
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribe(Command):
    """What is said in the voice note of message `of`: `message` holds the words, sealed for the reporter."""

    of: int
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Command):
    """`into`: id of the complaint that is to begin with copies of `messages` (`n` of the events that brought them) and
    of `pictures` that show this matter too."""

    into: str
    messages: tuple[int, ...]
    pictures: tuple[int, ...] = ()
    reason: Sealed | None = None
