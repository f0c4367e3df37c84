"""Which surges go on, kept in memory from the facts of the cities."""

from dataclasses import dataclass, field

from pydantic import TypeAdapter

from services.contracts.envelope import Recorded
from services.contracts.facts import ClusterClosed, ClusterGrown, ClusterOpened
from services.runtime.log import Entry

_READ: dict[
    str,
    TypeAdapter[Recorded[ClusterOpened]] | TypeAdapter[Recorded[ClusterGrown]] | TypeAdapter[Recorded[ClusterClosed]],
] = {
    "city.cluster_opened": TypeAdapter(Recorded[ClusterOpened]),
    "city.cluster_grown": TypeAdapter(Recorded[ClusterGrown]),
    "city.cluster_closed": TypeAdapter(Recorded[ClusterClosed]),
}


@dataclass
class Surges:
    _going: dict[str, tuple[str, str]] = field(default_factory=dict)

    def of(self, city: str) -> list[str]:
        """The main complaint of each surge of a city, the latest last."""
        return [main for of, main in self._going.values() if of == city]

    def take(self, entry: Entry) -> None:
        """One fact of a city; those that are of no surge are left alone."""
        reader = _READ.get(entry.type)
        if reader is None:
            return
        fact = reader.validate_json(entry.body)
        if isinstance(fact.data, ClusterOpened):
            self._going[fact.complaint] = fact.city, fact.data.main
        elif isinstance(fact.data, ClusterClosed):
            self._going.pop(fact.complaint, None)
