"""Which services are off now, kept in memory from the facts of the cities."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from services.contracts.envelope import Recorded
from services.contracts.facts import ServiceInterrupted, ServiceRestored
from services.runtime.log import Entry

_READ: dict[str, TypeAdapter[Recorded[ServiceInterrupted]] | TypeAdapter[Recorded[ServiceRestored]]] = {
    "city.service_interrupted": TypeAdapter(Recorded[ServiceInterrupted]),
    "city.service_restored": TypeAdapter(Recorded[ServiceRestored]),
}


@dataclass(frozen=True)
class Interruption:
    id: str
    city: str
    function: str
    ward_codes: tuple[str, ...]
    since: datetime
    expected_end: datetime | None
    text: str
    """Sealed."""
    cause: str


@dataclass
class Interruptions:
    _running: dict[str, Interruption] = field(default_factory=dict)

    def of(self, city: str) -> list[Interruption]:
        return [one for one in self._running.values() if one.city == city]

    def take(self, entry: Entry) -> None:
        """One fact of a city; those that are no interruption are left alone."""
        reader = _READ.get(entry.type)
        if reader is None:
            return
        fact = reader.validate_json(entry.body)
        if isinstance(fact.data, ServiceRestored):
            self._running.pop(fact.complaint, None)
            return
        data = fact.data
        self._running[fact.complaint] = Interruption(
            fact.complaint, fact.city, data.function, data.ward_codes, fact.at, data.expected_end, data.text,
            fact.causation,
        )  # fmt: skip
