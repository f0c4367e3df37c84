"""The facts about one seat as a stream of the log. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.contracts import ids, subjects
from services.contracts.envelope import Recorded
from services.contracts.facts.seats import (
    SEAT,
    SEAT_FACTS,
    SeatActive,
    SeatFact,
    SeatFoundVacant,
    SeatHeld,
    SeatVacated,
    Sitting,
)
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.vault import IdKeys

SeatDecider = Decider[Sitting, SeatFact, SeatFact]

_NAMES: dict[type[Any], str] = {cls: name for name, cls in SEAT_FACTS.items()}
_READERS: dict[str, TypeAdapter[Recorded[SeatFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in SEAT_FACTS.items()
}


class SeatAggregate:
    """The command is the fact itself. See `services.runtime.deciding.Aggregate`."""

    initial = Sitting()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[SeatFact]:
        if event_type not in _READERS or schema != 1:
            raise ValueError(f"{event_type} schema {schema}")
        return _READERS[event_type].validate_json(body)

    def encode(self, event: Recorded[SeatFact]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, event: SeatFact) -> tuple[str, int]:
        return _NAMES[type(event)], 1

    def evolve(self, state: Sitting, event: Recorded[SeatFact]) -> Sitting:
        return state.after(event)

    def decide(self, state: Sitting, command: SeatFact, at: datetime) -> tuple[SeatFact, ...]:
        """What stands already is not said again."""
        match command:
            case SeatHeld():
                return (command,)
            case SeatVacated():
                return () if state.vacated == command.since else (command,)
            case SeatFoundVacant():
                return () if state.vacant(at) else (command,)
            case SeatActive():
                return (command,) if state.unread is not None else ()


SEAT_FACT = SeatAggregate()


def decider(log: Log, keys: IdKeys, clock: Callable[[], datetime]) -> SeatDecider:
    """`log`: CITY."""
    return Decider(log, SEAT_FACT, lambda city, seat: subjects.city_fact(city, SEAT, seat), keys, clock)


def seat_key(id_key: bytes, seat: str) -> str:
    """Whose key seals what is said of a seat's holders."""
    return ids.derive(id_key, "seat", seat)
