"""What is said in a LIVE session, and what was taken down there by mistake."""

from services.contracts.base import Id, Stored, Token
from services.contracts.sealed import Sealed


class AnsweredOnAir(Stored):
    """Somebody answered on air. It stops no office's clock; one that settles the matter is followed by its end."""

    session: Id
    seat: Token
    """Who answered: the session's host."""
    text: Sealed
    settles: bool = False
    by: Token
    """The seat that wrote it down."""


class EntryUndone(Stored):
    """A moderator took back what was entered by mistake; it counts nowhere."""

    by: Token


Event = AnsweredOnAir | EntryUndone

TYPES: dict[str, type[Event]] = {
    "complaint.answered_on_air": AnsweredOnAir,
    "complaint.entry_undone": EntryUndone,
}
