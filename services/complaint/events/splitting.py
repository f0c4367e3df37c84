"""One complaint that turned out to hold two matters: some of its messages begin a complaint of their own."""

from pydantic import Field

from services.contracts.base import Id, Stored
from services.contracts.sealed import Sealed


class ComplaintSplit(Stored):
    """Copies of these messages, sealed anew, open `into`; here they stay as they are. Merging `into` undoes it.
    The files that came with them go along."""

    into: Id
    messages: tuple[int, ...] = Field(min_length=1)
    """`n` of the events that brought them."""
    pictures: tuple[int, ...] | None = None
    """`n` of the events that brought files which go along too: they came with other messages, and show both matters."""
    reason: Sealed | None = None


Event = ComplaintSplit

TYPES: dict[str, type[Event]] = {"complaint.split": ComplaintSplit}
