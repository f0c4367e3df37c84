"""When something goes out: the table as each city has it in force, its quiet hours and lists.

A file of a city decides until a fact says otherwise; a version that is put in force counts from the next event on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from services.contracts.city import City
from services.contracts.city.in_force import hearing_of
from services.contracts.envelope import Recorded
from services.contracts.facts import PolicyPutInForce
from services.contracts.hearing.rows import When
from services.contracts.hearing.rules import Hearing
from services.contracts.hearing.timing import goes_out
from services.runtime.cities import awake
from services.runtime.log import Entry

SUBJECT = "city.*.policy.*"
_TYPE = "city.policy_put_in_force"
_READ: TypeAdapter[Recorded[PolicyPutInForce]] = TypeAdapter(Recorded[PolicyPutInForce])

Waits = Literal["later", "quiet", "digest"]


@dataclass(frozen=True, slots=True)
class Hour:
    """`at` None: at once. `waits`: why not before `at`."""

    at: datetime | None = None
    waits: Waits | None = None


NOW = Hour()


class Timetable:
    def __init__(self, cities: Mapping[str, City], *, quiet_hours: bool = True) -> None:
        """`quiet_hours` False: nothing waits for an hour of the day, whatever is put in force."""
        self._cities = cities
        self._quiet_hours = quiet_hours
        self._hearing = {n: city.hearing if quiet_hours else awake(city.hearing) for n, city in cities.items()}
        self._versions: dict[str, int] = {}

    def take(self, entry: Entry) -> None:
        """The next fact of a city; others than policies are left alone."""
        if entry.type != _TYPE:
            return
        fact = _READ.validate_json(entry.body)
        hearing = hearing_of(fact.data)
        if hearing is None or fact.city not in self._hearing:
            return
        if fact.data.version >= self._versions.get(fact.city, 0):
            self._versions[fact.city] = fact.data.version
            self._hearing[fact.city] = hearing if self._quiet_hours else awake(hearing)

    def city(self, city: str) -> City:
        return self._cities[city]

    def hearing(self, city: str) -> Hearing:
        return self._hearing[city]

    def when(self, city: str, row: str, channel: str) -> When:
        """As the city has this row of the table on this channel."""
        return self._hearing[city].table[row].on(channel)

    def hour(self, city: str, when: When, now: datetime, *, seat: bool = False) -> Hour:
        """`when` is not `never`."""
        if not self._quiet_hours:
            return NOW
        hearing, zone = self._hearing[city], self._cities[city].zone
        at = goes_out(when, hearing, zone, now, seat=seat)
        if at is None:
            return NOW
        return Hour(at, "digest" if seat else "quiet")
