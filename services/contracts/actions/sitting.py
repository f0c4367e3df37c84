"""Who holds a seat: facts of the city that an administrator says."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.base import Moment, Received, Token


class HoldSeat(Received):
    """Somebody holds the seat from `since` on; whoever held it before holds it no longer."""

    do: Literal["hold_seat"]
    seat: Token
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    """Kept sealed."""
    since: Moment | None = None
    """Left out: now."""
    acting: bool = False
    """Plt.: for a time, beside another seat."""
    until: Moment | None = None
    """Nobody holds it after that, unless somebody is named."""


class VacateSeat(Received):
    """Nobody holds it from `since` on: what comes to it goes up the line."""

    do: Literal["vacate_seat"]
    seat: Token
    since: Moment | None = None
    """Left out: now."""
