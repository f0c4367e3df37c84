"""Who is logged in: a seat of a city, with the roles and area that the city file gives it today."""

from dataclasses import dataclass

from services.contracts.city import City, Seat
from services.contracts.tokens import Role


@dataclass(frozen=True)
class Staff:
    """One logged-in seat. Roles and area are read from the city at each request, so a change counts at once."""

    city: City
    seat: Seat
    holder: str | None
    csrf: str
    session: bytes

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(self.seat.roles)

    @property
    def area(self) -> tuple[str, ...]:
        """Kemendagri codes as prefixes; empty: the whole city."""
        return (self.seat.area,) if self.seat.area else ()

    def has(self, *roles: Role) -> bool:
        """True if the seat has one of the roles."""
        return not self.roles.isdisjoint(roles)
