"""Parts of the work that the lead gives to other seats."""

from pydantic import Field

from services.complaint.events.values import ClockName
from services.contracts.base import Moment, Stored, Token
from services.contracts.sealed import Sealed


class SubtaskGiven(Stored):
    """The seat joins the complaint as supporting if it had no part in it."""

    number: int = Field(ge=1)
    by: Token
    seat: Token
    text: Sealed
    due: Moment


class SubtaskDone(Stored):
    number: int
    seat: Token
    text: Sealed
    evidence: tuple[str, ...] = ()
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class SubtaskDeclined(Stored):
    number: int
    seat: Token
    reason: Sealed
    officer: Sealed | None = None
    met: tuple[ClockName, ...] = ()


class SubtaskDropped(Stored):
    """Whoever leads says why it is not needed any more."""

    number: int
    by: Token
    reason: Sealed


Event = SubtaskGiven | SubtaskDone | SubtaskDeclined | SubtaskDropped

TYPES: dict[str, type[Event]] = {
    "complaint.subtask_given": SubtaskGiven,
    "complaint.subtask_done": SubtaskDone,
    "complaint.subtask_declined": SubtaskDeclined,
    "complaint.subtask_dropped": SubtaskDropped,
}
