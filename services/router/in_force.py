"""The cities as their policy in force makes them: followed from the facts of the cities, swapped without a stop.

`InForce.cities` is the one mapping that everything in the router holds; a new version replaces its city there, so that
the next decision is made by it and names it. What an earlier decision was made by is found by its version (`at`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from services.contracts.city import City
from services.contracts.city.in_force import agencies_of, rules_of
from services.contracts.city.policy import Policy
from services.contracts.envelope import Recorded
from services.contracts.facts import PolicyPutInForce
from services.runtime import cities as city_files
from services.runtime import logs
from services.runtime.log import Entry, Log
from services.runtime.rounds import rounds

LOOK = 1.0
"""Seconds between two looks at the cities' policies: few, and every process of the router looks for itself, so that
one that stands by knows them too when it takes over."""

_FACTS = "city.*.policy.*"
_TYPE = "city.policy_put_in_force"
_READ: TypeAdapter[Recorded[PolicyPutInForce]] = TypeAdapter(Recorded[PolicyPutInForce])

_log = logs.get(__name__)

Hook = Callable[[City], Awaitable[None]]
"""Called with a city once its new policy decides. Also called for each city when the router starts, because a version
may have come while it was away: it must be repeatable."""


@dataclass(frozen=True, slots=True)
class Version:
    """One policy of a city, with the city as it makes it (durations scaled)."""

    city: City
    since: datetime

    @property
    def number(self) -> int:
        return self.city.policy.version


class InForce:
    def __init__(self, files: Mapping[str, City], log: Log, scale: float = 1.0) -> None:
        """`files`: the cities as their files describe them, which decide until a fact says otherwise. `log`: CITY."""
        self.cities: dict[str, City] = dict(files)
        self._log = log
        self._scale = scale
        self._versions: dict[str, dict[int, Version]] = {name: {} for name in files}
        self._hooks: list[Hook] = []
        self._told: dict[str, int] = {}
        self._seen = 0

    def at(self, city: str, version: int) -> City | None:
        """The city with the policy of that version; None if no fact put such a version in force."""
        found = self._versions.get(city, {}).get(version)
        return found.city if found is not None else None

    def versions(self, city: str) -> list[Version]:
        """All that were ever in force, the oldest first."""
        return [version for _, version in sorted(self._versions.get(city, {}).items())]

    def on_change(self, hook: Hook) -> None:
        self._hooks.append(hook)

    async def look(self) -> None:
        """Take up what has come. `log.Unavailable` if the facts can't be read now."""
        async for entries in self._log.pages(_FACTS, after=self._seen):
            for entry in entries:
                self._take(entry)
                self._seen = entry.sequence

    async def run(self, stop: asyncio.Event, every: float = LOOK) -> None:
        """Look again and again, and tell whoever asked to be told. `every`: seconds."""
        await rounds(self._look_and_tell, stop, every, waits="policies_wait")

    async def _look_and_tell(self) -> None:
        await self.look()
        await self.tell()

    def _take(self, entry: Entry) -> None:
        if entry.type != _TYPE:
            return
        fact = _READ.validate_json(entry.body)
        now = self.cities.get(fact.city)
        if now is None:
            return
        version = Version(self._city(now, fact.data), fact.at)
        known = self._versions[fact.city]
        known[version.number] = version
        if version.number == max(known):
            self.cities[fact.city] = version.city

    def _city(self, city: City, fact: PolicyPutInForce) -> City:
        return city_files.remade(
            city, policy=self._policy(fact), rules=rules_of(fact), agencies=agencies_of(city, fact)
        )

    def _policy(self, fact: PolicyPutInForce) -> Policy:
        """As it was put in force, scaled; what only another release knows is left alone."""
        known = {name: value for name, value in fact.policy.items() if name in Policy.model_fields}
        return city_files.scaled(Policy.model_validate(known), self._scale)

    async def tell(self) -> None:
        """Call whoever wants to hear of a version that decides now; each once, unless one of them fails."""
        for name, city in list(self.cities.items()):
            if self._told.get(name) == city.policy.version:
                continue
            for hook in self._hooks:
                await hook(city)
            if name in self._told:
                _log.info("policy_in_force", city=name, version=city.policy.version)
            self._told[name] = city.policy.version
