"""Facts about who sits on a city's seats: kind `seat`, id of the seat. A seat outlives its holders."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import Field

from services.contracts.base import Moment, Stored, Token
from services.contracts.envelope import Recorded
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


@dataclass(frozen=True, slots=True)
class Sitting:
    """Of a seat about which nothing was said it is taken that somebody sits there."""

    n: int = 0
    held: Recorded[SeatFact] | None = None
    """The fact that names the holder."""
    vacated: datetime | None = None
    unread: SeatFoundVacant | None = None
    found_at: datetime | None = None

    def vacant(self, at: datetime) -> bool:
        return self.unread is not None or self._nobody(at)

    def _nobody(self, at: datetime) -> bool:
        """By what was said of its holders."""
        holding = self.held.data if self.held is not None else None
        if isinstance(holding, SeatHeld):
            return holding.until is not None and holding.until <= at
        return self.vacated is not None and self.vacated <= at

    def after(self, event: Recorded[SeatFact]) -> "Sitting":
        match event.data:
            case SeatHeld():
                return Sitting(event.n, held=event)
            case SeatVacated():
                return Sitting(event.n, vacated=event.data.since)
            case SeatFoundVacant():
                return replace(self, n=event.n, unread=event.data, found_at=event.at)
            case SeatActive():
                return replace(self, n=event.n, unread=None, found_at=None)
