"""What the reporter heard."""

from services.contracts.base import Channel, Party, Stored


class ReporterTold(Stored):
    party: Party
    notice: str
    about: int
    """`n` of the event that the notice was about."""
    template: str
    channel: Channel


class ReporterUnreachable(Stored):
    party: Party
    notice: str
    about: int
    channel: Channel
    reason: str
    """Our word for the provider's reason: `not_on_channel`, `window_closed`, `blocked`, …"""


Event = ReporterTold | ReporterUnreachable

TYPES: dict[str, type[Event]] = {
    "complaint.reporter_told": ReporterTold,
    "complaint.reporter_unreachable": ReporterUnreachable,
}
