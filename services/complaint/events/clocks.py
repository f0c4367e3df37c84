"""What clocks lead to: a breach that nobody answers goes up the line, a new policy moves what still runs."""

from typing import Literal

from pydantic import Field

from services.complaint.events.values import ClockName, MovedClock
from services.contracts.base import Moment, Stored, Token

Why = Literal["unanswered", "danger", "vacant"]


class Escalated(Stored):
    """A superior gets a part in the complaint, to see to it that somebody acts.

    `unanswered`: nothing came of a breach within the policy's time. `danger`: a life is at risk, so at the breach.
    `vacant`: nobody sits at `seat`, so the superior acts for it; no clock belongs to that.
    """

    reason: Why
    seat: Token
    """Whose clock was breached, or which seat is vacant."""
    from_seat: Token
    """Who had it last: `seat` itself, or the superior of the step before."""
    to: Token
    level: int = Field(ge=1)
    clock: ClockName | None = None
    started: int | None = None
    """`n` of the event that started the clock."""
    next_at: Moment | None = None
    """When the next superior gets it, if `to` does nothing either; None: there is none."""


class RecomputedClock(MovedClock):
    """As it stands by the new policy."""

    rule: str
    base: Moment
    """Where the rule alone puts it, without the waits that it had and without grace."""
    calendar: str | None = None


class ClocksRecomputed(Stored):
    """A new policy was put in force for open complaints too."""

    from_policy: int
    to_policy: int
    moved: tuple[RecomputedClock, ...]


Event = Escalated | ClocksRecomputed

TYPES: dict[str, type[Event]] = {
    "complaint.escalated": Escalated,
    "complaint.clocks_recomputed": ClocksRecomputed,
}
