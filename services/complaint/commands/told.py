"""What the notifier has to say of what the reporter heard."""

from dataclasses import dataclass

from services.complaint.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTold(Command):
    party: str
    notice: str
    about: int
    template: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUnreachable(Command):
    party: str
    notice: str
    about: int
    channel: str
    reason: str
