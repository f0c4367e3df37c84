"""The facts about one seat as a stream of the log. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.contracts import ids, subjects
from services.contracts.envelope import Recorded
from services.contracts.seat_facts import SEAT, SEAT_FACTS, SeatActive, SeatFact, SeatFoundVacant, SeatHeld, SeatVacated
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.vault import IdKeys

SeatDecider = Decider["Sitting", SeatFact, SeatFact]

_NAMES: dict[type[Any], str] = {cls: name for name, cls in SEAT_FACTS.items()}
_READERS: dict[str, TypeAdapter[Recorded[SeatFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in SEAT_FACTS.items()
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """Of a seat about which nothing was said it is taken that somebody sits there."""

    n: int = 0
    held: Recorded[SeatFact] | None = None
    """The fact that names the holder."""
    vacated: datetime | None = None
    unread: SeatFoundVacant | None = None
    found_at: datetime | None = None

    def vacant(self, at: datetime) -> bool:
        return self.unread is not None or self._nobody(at)

    def _nobody(self, at: datetime) -> bool:
        """By what was said of its holders."""
        holding = self.held.data if self.held is not None else None
        if isinstance(holding, SeatHeld):
            return holding.until is not None and holding.until <= at
        return self.vacated is not None and self.vacated <= at


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
        match event.data:
            case SeatHeld():
                return Sitting(event.n, held=event)
            case SeatVacated():
                return Sitting(event.n, vacated=event.data.since)
            case SeatFoundVacant():
                return replace(state, n=event.n, unread=event.data, found_at=event.at)
            case SeatActive():
                return replace(state, n=event.n, unread=None, found_at=None)

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
