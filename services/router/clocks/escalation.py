"""Up the line: who gets a breach that nobody answers, and when. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta

from services.contracts.city import City, conflicts
from services.contracts.city.conflicts import Accusing

Vacant = Callable[[str, str], bool]
"""City and seat: does nobody sit there now?"""


def ladder(city: City, matter: Accusing, seat: str, vacant: Vacant) -> tuple[str, ...]:
    """The superiors of a seat, the nearest first: none with a conflict of interest, none whose seat is vacant.

    Lurah → camat → Sekda → mayor, office → assistant → Sekda → mayor, as the city file says. Empty where the city's
    policy lets nothing go up.
    """
    return () if city.policy.escalate_hours <= 0 else line(city, matter, seat, vacant)


def line(city: City, matter: Accusing, seat: str, vacant: Vacant) -> tuple[str, ...]:
    """As `ladder`, whatever the policy says of breaches."""
    steps: list[str] = []
    below = seat
    while (above := conflicts.superior(city, matter, below)) is not None and above not in (seat, *steps):
        steps.append(above)
        below = above
    return tuple(step for step in steps if not vacant(city.id, step))


def next_step(city: City, at: datetime) -> datetime:
    """The policy's hours come scaled."""
    return at + timedelta(hours=city.policy.escalate_hours)
