"""Which seats nobody sits on, kept in memory from the facts of the cities."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from services.contracts.envelope import Recorded
from services.contracts.facts.seats import SEAT_FACTS, SeatFact, Sitting
from services.runtime.log import Entry

_READ: dict[str, TypeAdapter[Recorded[SeatFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in SEAT_FACTS.items()
}


@dataclass
class Vacancies:
    _known: dict[tuple[str, str], Sitting] = field(default_factory=dict)

    def of(self, city: str, at: datetime) -> dict[str, Sitting]:
        """The vacant seats of a city."""
        return {seat: known for (of, seat), known in self._known.items() if of == city and known.vacant(at)}

    def known(self, city: str) -> dict[str, Sitting]:
        """Every seat of a city about which something was said."""
        return {seat: known for (of, seat), known in self._known.items() if of == city}

    def take(self, entry: Entry) -> None:
        """One fact of a city; those that are of no seat are left alone."""
        reader = _READ.get(entry.type)
        if reader is None:
            return
        fact = reader.validate_json(entry.body)
        key = (fact.city, fact.complaint)
        self._known[key] = self._known.get(key, Sitting()).after(fact)
