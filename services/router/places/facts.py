"""Facts about places as streams of the log: what may be appended to them, and what changes nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from services.contracts import subjects
from services.contracts.envelope import Recorded
from services.contracts.facts.places import (
    PLACE_FACTS,
    BoundariesPutInForce,
    LandmarkConfirmed,
    PlaceFact,
    WardBoundaryDrawn,
)
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.vault import IdKeys

Kind = Literal["boundary", "boundaries", "landmark"]
PlaceDecider = Decider[tuple[PlaceFact, ...], PlaceFact, PlaceFact]

_NAMES: dict[type[Any], str] = {cls: name for name, cls in PLACE_FACTS.items()}
_READERS: dict[str, TypeAdapter[Recorded[PlaceFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in PLACE_FACTS.items()
}


class PlaceFactAggregate:
    """One stream: a kelurahan's border, the city's boundaries, or one landmark. The command is the fact itself.

    See `services.runtime.deciding.Aggregate`.
    """

    initial: tuple[PlaceFact, ...] = ()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[PlaceFact]:
        if event_type not in _READERS or schema != 1:
            raise ValueError(f"{event_type} schema {schema}")
        return _READERS[event_type].validate_json(body)

    def encode(self, event: Recorded[PlaceFact]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, event: PlaceFact) -> tuple[str, int]:
        return _NAMES[type(event)], 1

    def evolve(self, state: tuple[PlaceFact, ...], event: Recorded[PlaceFact]) -> tuple[PlaceFact, ...]:
        return (*state, event.data)

    def decide(self, state: tuple[PlaceFact, ...], command: PlaceFact, at: datetime) -> tuple[PlaceFact, ...]:
        """What stands already is not said again; boundaries in force are numbered on."""
        del at
        match command:
            case WardBoundaryDrawn() | BoundariesPutInForce():
                last = state[-1] if state else None
                if getattr(last, "drawing", None) == command.drawing:
                    return ()
                if isinstance(command, BoundariesPutInForce):
                    return (BoundariesPutInForce(version=len(state) + 1, drawing=command.drawing, wards=command.wards),)
                return (command,)
            case LandmarkConfirmed():
                return () if command in state else (command,)


PLACE_FACT = PlaceFactAggregate()


def decider(kind: Kind, log: Log, keys: IdKeys, clock: Callable[[], datetime]) -> PlaceDecider:
    """For one kind of these facts. `log`: CITY."""
    return Decider(log, PLACE_FACT, lambda city, fact: subjects.city_fact(city, kind, fact), keys, clock)
