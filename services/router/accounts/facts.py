"""The facts of one door as a stream of the log. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.contracts import ids, subjects
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.facts import doors as door_facts
from services.contracts.facts.doors import DOOR, DOOR_FACTS, AccountCompromised, AccountTrusted, DoorFact, Trust
from services.router.acting import refusals
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.vault import IdKeys

DoorDecider = Decider[Trust, DoorFact, DoorFact]

_NAMES: dict[type[Any], str] = {cls: name for name, cls in DOOR_FACTS.items()}


class DoorAggregate:
    """The command is the fact itself. See `services.runtime.deciding.Aggregate`."""

    initial = Trust()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[DoorFact]:
        found = door_facts.read(event_type, body) if schema == 1 else None
        if found is None:
            raise ValueError(f"{event_type} schema {schema}")
        return found

    def encode(self, event: Recorded[DoorFact]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, event: DoorFact) -> tuple[str, int]:
        return _NAMES[type(event)], 1

    def evolve(self, state: Trust, event: Recorded[DoorFact]) -> Trust:
        return state.after(event)

    def decide(self, state: Trust, command: DoorFact, at: datetime) -> tuple[DoorFact, ...] | Refusal:
        """An earlier beginning may be found out; a later one takes nothing back."""
        match command:
            case AccountCompromised() if command.since > at:
                return refusals.SINCE_WHEN
            case AccountCompromised():
                known = state.now is not None and state.now.since <= command.since
                return () if known else (command,)
            case AccountTrusted():
                return (command,) if state.now is not None else ()


DOOR_ACCOUNT = DoorAggregate()


def decider(log: Log, keys: IdKeys, clock: Callable[[], datetime]) -> DoorDecider:
    """`log`: CITY."""
    return Decider(log, DOOR_ACCOUNT, lambda city, door: subjects.city_fact(city, DOOR, door), keys, clock)


def door_key(id_key: bytes, door: str) -> str:
    """Whose key seals what is said of a door."""
    return ids.derive(id_key, "door", door)
