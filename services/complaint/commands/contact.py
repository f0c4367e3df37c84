"""Whether the reporter may be called, and who is shown how."""

from dataclasses import dataclass
from datetime import datetime

from services.complaint.commands.base import Command
from services.complaint.events import Message
from services.complaint.events.contact import ContactGround
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowContact(Command):
    """BOLEH HUBUNGI; it answers the offices' open questions too. Said again, it is a further message.

    Without a message it was said in the words that opened the complaint.
    """

    party: str
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisallowContact(Command):
    """Takes it back; where it was never allowed, a further message."""

    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class AskContact(Command):
    seat: str
    ground: ContactGround
    reason: Sealed
    party: str = "reporter:1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleContact(Command):
    """`protects`: who rules answers for personal data, and may say yes without the reporter's word."""

    by: str
    number: int
    granted: bool
    until: datetime
    policy: int
    protects: bool = False
    reason: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowContact(Command):
    seat: str
    number: int
