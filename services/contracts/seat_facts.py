"""Facts about who sits on a city's seats: kind `seat`, id of the seat. A seat outlives its holders."""

from pydantic import Field

from services.contracts.base import Moment, Stored, Token
from services.contracts.sealed import Sealed


class SeatHeld(Stored):
    """`city.seat_held`: somebody holds the seat from `since` on; whoever held it before holds it no longer."""

    holder: Sealed
    """The name, sealed for `handling` of the seat's own key (`seat_key`)."""
    since: Moment
    acting: bool = False
    """Plt.: for a time, beside another seat."""
    until: Moment | None = None
    """Nobody holds it after that, unless somebody is named."""
    by: Token


class SeatVacated(Stored):
    """`city.seat_vacated`: nobody holds it from `since` on."""

    since: Moment
    by: Token


class SeatFoundVacant(Stored):
    """`city.seat_vacant`: what came to it lay unread for the policy's time, so it counts as vacant."""

    unread_since: Moment
    unread: int = Field(ge=1)
    hours: float
    """The policy's, on working days."""
    policy: int


class SeatActive(Stored):
    """`city.seat_active`: somebody there does something again."""

    seen_at: Moment


SeatFact = SeatHeld | SeatVacated | SeatFoundVacant | SeatActive

SEAT_FACTS: dict[str, type[SeatHeld] | type[SeatVacated] | type[SeatFoundVacant] | type[SeatActive]] = {
    "city.seat_held": SeatHeld,
    "city.seat_vacated": SeatVacated,
    "city.seat_vacant": SeatFoundVacant,
    "city.seat_active": SeatActive,
}

SEAT = "seat"
"""The kind of these facts in subjects."""
