"""What the notifier asks the read models each morning: `figures.<city>.morning`. Counts and seats, never a person.

The answer holds nothing of a secret complaint but that it counts; in a seat's own list its ticket and clock.
"""

from pydantic import Field

from services.contracts.base import Moment, Received, Stored, Token

MOST_LISTED = 8
"""Tasks named in a seat's list; the rest are counted."""

MOST_SILENT = 3
"""Seats named among the silent; the rest are counted."""


class MorningRequest(Received):
    """`seats`: those whose lists are wanted."""

    since: Moment
    """What came from then on is new."""
    seats: tuple[Token, ...] = Field(default=(), max_length=2_000)


class Silent(Stored):
    """A seat, and how many complaints wait for its first response although that is overdue."""

    seat: Token
    complaints: int


class Listed(Stored):
    """One task. `about` is made by rule, empty for a secret one."""

    ticket: str
    about: str
    due: Moment | None = None


class SeatList(Stored):
    """Each task stands in one of the three."""

    new: int = 0
    """Waits for the first response, in time."""
    soon: int = 0
    """Due within a day."""
    late: int = 0
    tasks: tuple[Listed, ...] = ()
    """The most pressing of them."""

    @property
    def empty(self) -> bool:
        return self.new + self.soon + self.late == 0


class Morning(Stored):
    since: Moment
    at: Moment
    """When it was counted."""
    new: int
    """Received since `since`."""
    late: int
    """Open ones with a clock that is over."""
    silent: tuple[Silent, ...] = ()
    """The first response is overdue; most complaints first, at most `MOST_SILENT`."""
    silent_more: int = 0
    """Further such seats."""
    resolved: int
    """Said to be done, and the reporter has not spoken yet."""
    danger: int
    """Open ones with a life at risk."""
    lists: dict[str, SeatList] = {}
    """By seat, for those that were asked about."""
