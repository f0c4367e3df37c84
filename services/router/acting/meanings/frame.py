"""What surrounds one command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.complaint.state import State
from services.contracts.city import City
from services.contracts.city.conflicts import conflict_free, superior
from services.contracts.city.working_days import WorkingDays
from services.router.clocks import calendar
from services.router.dossier import matter_of
from services.router.evidence.looking import NOTHING, Found


@dataclass(frozen=True, slots=True)
class Submitted:
    """The words of the resolution that waits for a signature, opened."""

    text: str
    referred_to: str | None
    officer: str | None


Sealer = Callable[[str, str | None], str | None]
"""Field and clear text → sealed for `handling` under this command's cause; None stays None."""


@dataclass(frozen=True, slots=True)
class Frame:
    city: City
    seat: str
    cause: str
    at: datetime
    scale: float
    state: State
    seal: Sealer
    seal_concerned: Sealer
    seal_reporter: Sealer = lambda _field, _clear: None
    """None: the reporter was forgotten, or nothing is to be sealed for him."""
    officer: str | None = None
    """Clear; sealed with the command."""
    service_off: bool = False
    complaint: str = ""
    main: str | None = None
    """The complaint that this one is to be handled under, where that is asked."""
    door: str | None = None
    """The door that it came in by."""
    coordinates: bool = False
    """Who acts rules on the work of others."""
    protects: bool = False
    """Who acts answers for personal data."""
    found: Found = NOTHING
    """What the look at the evidence brought."""
    submitted: Submitted | None = None
    drafted: str | None = None
    """The words of the draft that is to be sent, opened."""
    live: bool = False
    """It came up in a LIVE session that goes on now."""
    host: str | None = None
    """Who hosts the session that it came up in."""
    opened: datetime | None = None
    """When it came in."""

    @property
    def days(self) -> WorkingDays | None:
        """The city's calendar, for clocks that are made to wait; None where time runs faster than the calendar."""
        return calendar.working_days(self.city, self.at) if self.scale == 1.0 else None

    def conflict_free(self, seat: str) -> bool:
        """Whether `seat` may be given a part in this complaint."""
        matter = matter_of(self.state)
        return matter is None or conflict_free(self.city, matter, seat)

    def superior(self, seat: str) -> str | None:
        """The nearest above `seat` whom the complaint is not about."""
        matter = matter_of(self.state)
        if matter is not None:
            return superior(self.city, matter, seat)
        known = self.city.seats.get(seat)
        return known.superior if known is not None else None

    def sealed(self, field: str, clear: str) -> str:
        found = self.seal(field, clear)
        assert found is not None
        return found
