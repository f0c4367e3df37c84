"""What the reporter's side asks."""

from dataclasses import dataclass
from typing import Literal

from services.complaint.commands.base import Command
from services.complaint.events import Message, Past
from services.contracts.base import Confidentiality, Kind
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenComplaint(Command):
    ticket: str
    reporter: str
    message: Message
    confidentiality: Confidentiality
    first_level: str | None = None
    forwarder: str | None = None
    split_from: str | None = None
    kind: Kind | None = None
    session: str | None = None
    handle: Sealed | None = None
    reachable: bool | None = None
    urgent: bool | None = None
    past: Past | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConcerned(Command):
    """Whom the report is about, as whoever took it in wrote it down; sealed for `concerned`."""

    name: Sealed | None = None
    place: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMessage(Command):
    """A further message; it answers the offices' open questions, if there are any."""

    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SayDone(Command):
    """SUDAH: confirms a resolution; before one, a further message."""

    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SayNotDone(Command):
    """BELUM: reopens after a resolution; before one, a further message."""

    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    party: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseConfidentiality(Command):
    """Anyone may raise it; it never falls by this. `message`: the reporter's own words that asked for it."""

    level: Confidentiality
    by: str
    party: str | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseReporter(Command):
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachEvidence(Command):
    party: str
    media: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None
    taken_place: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseEvidence(Command):
    party: str
    reason: Literal["too_large", "wrong_type", "broken", "dangerous", "expired", "unavailable"]
