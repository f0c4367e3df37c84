"""Facts about a city's own accounts: kind `door`, id of the door. Whether one can be trusted, and since when not."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from services.contracts.base import Moment, Stored, Token
from services.contracts.envelope import Recorded
from services.contracts.sealed import Sealed

DOOR = "door"
"""The kind of these facts in subjects."""


class AccountCompromised(Stored):
    """`city.account_compromised`: somebody else had the account since `since`. Nothing is sent through it, what came in
    by it since then is suspect."""

    since: Moment
    reason: Sealed | None = None
    """Sealed for `handling` of the door's own key."""
    by: Token


class AccountTrusted(Stored):
    """`city.account_trusted`: it is the city's again, with new credentials; or the door leads to its successor."""

    by: Token


DoorFact = AccountCompromised | AccountTrusted

DOOR_FACTS: dict[str, type[AccountCompromised] | type[AccountTrusted]] = {
    "city.account_compromised": AccountCompromised,
    "city.account_trusted": AccountTrusted,
}

_READERS: dict[str, TypeAdapter[Recorded[DoorFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in DOOR_FACTS.items()
}


def read(event_type: str, body: bytes) -> Recorded[DoorFact] | None:
    """A fact of a door as it was stored; None: it is another's."""
    reader = _READERS.get(event_type)
    return None if reader is None else reader.validate_json(body)


@dataclass(frozen=True, slots=True)
class Lost:
    """A time in which the account was not the city's. `until` None: it still is not."""

    since: datetime
    declared: datetime
    by: str
    n: int
    reason: str | None = None
    cause: str = ""
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Trust:
    n: int = 0
    lost: tuple[Lost, ...] = ()

    @property
    def now(self) -> Lost | None:
        """The time that goes on."""
        return self.lost[-1] if self.lost and self.lost[-1].until is None else None

    def suspect(self, at: datetime) -> bool:
        """Is what came in then doubtful?"""
        return any(one.holds(at) for one in self.lost)

    def after(self, fact: Recorded[DoorFact]) -> "Trust":
        data = fact.data
        match data:
            case AccountCompromised():
                going = self.now
                kept = self.lost if going is None else self.lost[:-1]
                since = data.since if going is None else min(data.since, going.since)
                one = Lost(since, fact.at, data.by, fact.n, data.reason, fact.causation)
                return Trust(fact.n, (*kept, one))
            case AccountTrusted():
                going = self.now
                ended = self.lost if going is None else (*self.lost[:-1], replace(going, until=fact.at))
                return Trust(fact.n, ended)


class Accounts:
    """What is known of every door, in memory."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Trust] = {}

    def take(self, event_type: str, body: bytes) -> None:
        """The next fact; those of something else are left alone."""
        fact = read(event_type, body)
        if fact is not None:
            key = (fact.city, fact.complaint)
            self._known[key] = self._known.get(key, Trust()).after(fact)

    def of(self, city: str, door: str) -> Trust:
        return self._known.get((city, door), Trust())

    def barred(self, city: str, door: str) -> str | None:
        """Why nothing may go through this account now; None: it may."""
        return None if self.of(city, door).now is None else "account_compromised"

    def suspect(self, city: str, door: str, at: datetime) -> bool:
        return self.of(city, door).suspect(at)

    def lost(self) -> list[tuple[str, str, Lost]]:
        """City, door and since when, of each that is not the city's now."""
        return [(city, door, trust.now) for (city, door), trust in self._known.items() if trust.now is not None]
