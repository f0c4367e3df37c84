"""What every line of a timeline is made of, and who says it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.complaint import events as e
from services.contracts.city import City
from services.reporting import labels
from services.reporting.labels import Translate
from services.web.i18n import later


@dataclass(frozen=True)
class SealedWords:
    """Something sealed in this event: `name` is the field that it is sealed for."""

    label: str
    name: str
    sealed: str
    of_wish: bool = False
    """The reason of a wish for the reporter's contact: whoever may grant it must read it."""


@dataclass(frozen=True)
class Line:
    """`tone`: good, bad, wait or empty."""

    title: str
    tone: str = ""
    facts: tuple[str, ...] = ()
    due: datetime | None = None
    words: tuple[SealedWords, ...] = ()
    media: tuple[str, ...] = ()
    link: str | None = None
    routine: bool = False
    """Says little to a reader who is in a hurry (a delivery, a proposal of the machine)."""


@dataclass(frozen=True)
class Voice:
    """One city in one language. `when` writes a moment in the city's time."""

    city: City
    tr: Translate
    when: Callable[[datetime], str]

    def seat(self, seat: str | None) -> str:
        return labels.seat(self.city, seat) or "—"

    def unit(self, seat: str, unit: str | None) -> str | None:
        """A bidang or UPT inside the office; one that the city has no more is shown by its id."""
        known = None if unit is None else self.city.unit(seat, unit)
        return unit if known is None else known.name

    def message(self, message: e.Message | None) -> tuple[SealedWords, ...]:
        if message is None:
            return ()
        found = []
        if message.text:
            found.append(SealedWords(self.tr(later("Kata pelapor")), "text", message.text))
        if message.place:
            found.append(SealedWords(self.tr(later("Titik lokasi")), "place", message.place))
        return tuple(found)

    def some(self, *pairs: tuple[str, str, str | None]) -> tuple[SealedWords, ...]:
        return tuple(SealedWords(self.tr(label), name, sealed) for label, name, sealed in pairs if sealed)


def earliest(clocks: tuple[e.Clock, ...]) -> datetime | None:
    return min((clock.due for clock in clocks), default=None)
