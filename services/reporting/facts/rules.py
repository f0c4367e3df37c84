"""Each city's rules and table of who hears what, in force, kept in memory from the facts of the cities."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from services.contracts.city.in_force import hearing_of, rules_of
from services.contracts.city.rules import Rules
from services.contracts.envelope import Recorded
from services.contracts.facts import PolicyPutInForce
from services.contracts.hearing.rules import Hearing
from services.runtime.log import Entry

_TYPE = "city.policy_put_in_force"
_READ: TypeAdapter[Recorded[PolicyPutInForce]] = TypeAdapter(Recorded[PolicyPutInForce])


@dataclass(frozen=True)
class InForce:
    version: int
    since: datetime
    rules: Rules
    hearing: Hearing | None = None
    """None: put in force before who hears what was part of it."""


@dataclass
class RulesInForce:
    _known: dict[str, InForce] = field(default_factory=dict)

    def of(self, city: str) -> InForce | None:
        """None: nothing was put in force yet, or before rules were part of it."""
        return self._known.get(city)

    def take(self, entry: Entry) -> None:
        """One fact of a city; others than policies are left alone."""
        if entry.type != _TYPE:
            return
        fact = _READ.validate_json(entry.body)
        rules = rules_of(fact.data)
        before = self._known.get(fact.city)
        if rules is not None and (before is None or fact.data.version >= before.version):
            self._known[fact.city] = InForce(fact.data.version, fact.at, rules, hearing_of(fact.data))
