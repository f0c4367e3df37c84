"""What the reporter heard."""

from typing import Literal

from services.contracts.base import Channel, Party, Stored, Token
from services.contracts.sealed import Sealed

CallOutcome = Literal["reached", "no_answer", "wrong_number", "refused"]


class ReporterTold(Stored):
    party: Party
    notice: str
    about: int
    """`n` of the event that the notice was about."""
    template: str
    channel: Channel
    """The one that it went by."""
    rung: Token | None = None
    """How (`contracts.city.sending.Rung`)."""
    why: Token | None = None
    """What spoke against the way before it; None: it was the first."""


class CallWanted(Stored):
    """No message reaches the reporter: the desk is to call."""

    party: Party
    notice: str
    about: int
    template: str
    channel: Channel
    reason: Token
    """As in `ReporterUnreachable`, of the last way that was tried."""


class ReporterCalled(Stored):
    """Somebody of the desk called, and told what there was to tell."""

    party: Party
    seat: Token
    notices: tuple[str, ...]
    outcome: CallOutcome
    text: Sealed | None = None


class ReporterUnreachable(Stored):
    party: Party
    notice: str
    about: int
    channel: Channel
    reason: str
    """Our word for the provider's reason: `not_on_channel`, `window_closed`, `blocked`, …"""


Event = ReporterTold | CallWanted | ReporterCalled | ReporterUnreachable

TYPES: dict[str, type[Event]] = {
    "complaint.reporter_told": ReporterTold,
    "complaint.call_wanted": CallWanted,
    "complaint.reporter_called": ReporterCalled,
    "complaint.reporter_unreachable": ReporterUnreachable,
}
