"""One complaint that turned out to hold two matters: some of its messages begin a complaint of their own."""

from pydantic import Field

from services.contracts.base import Id, Stored
from services.contracts.sealed import Sealed


class ComplaintSplit(Stored):
    """Copies of these messages, sealed anew, open `into`; here they stay as they are. Merging `into` undoes it."""

    into: Id
    messages: tuple[int, ...] = Field(min_length=1)
    """`n` of the events that brought them."""
    reason: Sealed | None = None


Event = ComplaintSplit

TYPES: dict[str, type[Event]] = {"complaint.split": ComplaintSplit}
