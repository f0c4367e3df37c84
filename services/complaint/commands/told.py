"""What the notifier has to say of what the reporter heard."""

from dataclasses import dataclass
from datetime import datetime

from services.complaint.commands.base import Command
from services.complaint.events import CallOutcome
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTold(Command):
    party: str
    notice: str
    about: int
    template: str
    channel: str
    rung: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForCall(Command):
    """No message reaches the reporter."""

    party: str
    notice: str
    about: int
    template: str
    channel: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCall(Command):
    """Somebody called for everything that this reporter is to hear by telephone."""

    seat: str
    party: str
    outcome: CallOutcome
    text: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUnreachable(Command):
    party: str
    notice: str
    about: int
    channel: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAccountLost(Command):
    """The account that it came by was not the city's since then."""

    door: str
    since: datetime
    suspect: bool
