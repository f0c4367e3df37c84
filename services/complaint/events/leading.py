"""What leaders say and what follows from a due time that passed."""

from typing import Literal

from pydantic import Field

from services.complaint.events.values import ClockName
from services.contracts.base import Moment, Stored, Token
from services.contracts.sealed import Sealed


class InstructionGiven(Stored):
    number: int = Field(ge=1)
    by: Token
    seat: Token
    text: Sealed
    due: Moment


class InstructionAnswered(Stored):
    number: int
    seat: Token
    text: Sealed
    officer: Sealed | None = None


class ClockBreached(Stored):
    """A due time passed. For a first response a performance note is proposed, which the superior rules on."""

    clock: ClockName
    seat: Token
    started: int
    """`n` of the event that started the clock."""
    due: Moment
    note: int | None = None
    superior: Token | None = None
    escalates_at: Moment | None = None
    """When the superior gets it, if nothing comes of it until then."""
    vacant: bool | None = None
    """Nobody sat there, so there is no note."""


class BreachExplained(Stored):
    note: int
    seat: Token
    text: Sealed
    officer: Sealed | None = None


class NoteRuled(Stored):
    note: int
    by: Token
    ruling: Literal["confirmed", "struck"]
    text: Sealed


class ReplySent(Stored):
    """An answer to the reporter in own words, signed by role."""

    seat: Token
    text: Sealed
    draft: int | None = None
    """The draft that it was made of, and whose that was."""
    drafted_by: Token | None = None


class SeatsMentioned(Stored):
    """An internal note, and the seats that are to read it. Of a secret matter only those that have it in hand."""

    by: Token
    seats: tuple[Token, ...]
    text: Sealed


Event = (
    InstructionGiven | InstructionAnswered | ClockBreached | BreachExplained | NoteRuled | ReplySent | SeatsMentioned
)

TYPES: dict[str, type[Event]] = {
    "complaint.instructed": InstructionGiven,
    "complaint.instruction_answered": InstructionAnswered,
    "complaint.clock_breached": ClockBreached,
    "complaint.breach_explained": BreachExplained,
    "complaint.note_ruled": NoteRuled,
    "complaint.replied": ReplySent,
    "complaint.seats_mentioned": SeatsMentioned,
}
