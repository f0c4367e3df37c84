"""More time, asked for and ruled on."""

from typing import Literal

from pydantic import Field

from services.complaint.events.values import ClockName, MovedClock
from services.contracts.base import Moment, Stored, Token
from services.contracts.sealed import Sealed


class ExtensionAsked(Stored):
    """Asked for before the clock was due. Until somebody rules on it the clock goes on."""

    number: int = Field(ge=1)
    seat: Token
    clock: ClockName
    started: int
    """`n` of the event that started the clock."""
    due: Moment
    """Where the clock stood when it was asked."""
    until: Moment
    superior: Token | None = None
    """Who may rule on it beside the coordinators."""
    reason: Sealed
    officer: Sealed | None = None


class ExtensionRuled(Stored):
    number: int
    by: Token
    ruling: Literal["granted", "refused"]
    until: Moment | None = None
    """The new date, when granted; it may differ from the one that was asked for."""
    reason: Sealed
    moved: tuple[MovedClock, ...] = ()
    """Where the clock stands from here on. A breach of it that came before is not taken back; it may come again."""


Event = ExtensionAsked | ExtensionRuled

TYPES: dict[str, type[Event]] = {
    "complaint.extension_asked": ExtensionAsked,
    "complaint.extension_ruled": ExtensionRuled,
}
