"""The complaint as something that can be loaded, decided on and appended to, whatever does the loading."""

import json
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.complaint import upcast
from services.complaint.commands import Command
from services.complaint.decide import decide
from services.complaint.events import SCHEMA, TYPES, Event
from services.complaint.evolve import evolve
from services.complaint.state import INITIAL, State
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded

_NAMES: dict[type[Any], str] = {cls: name for name, cls in TYPES.items()}

_READERS: dict[str, TypeAdapter[Recorded[Event]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in TYPES.items()
}


class UnknownEvent(Exception):
    """A type that this version does not know: it was written by a later one, so wait for that."""


class ComplaintAggregate:
    """Stateless; see `services.runtime.deciding.Aggregate`."""

    initial: State = INITIAL

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[Event]:
        """An event as it was stored, in whatever schema; fields of later versions are ignored."""
        reader = _READERS.get(event_type)
        if reader is None or schema > SCHEMA[event_type]:
            raise UnknownEvent(f"{event_type} schema {schema}")
        if schema == SCHEMA[event_type]:
            return reader.validate_json(body)
        return reader.validate_python(upcast.to_current(event_type, schema, json.loads(body)))

    def encode(self, event: Recorded[Event]) -> bytes:
        """The stored form: compact JSON, what is None left out."""
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, event: Event) -> tuple[str, int]:
        name = _NAMES[type(event)]
        return name, SCHEMA[name]

    def evolve(self, state: State, event: Recorded[Event]) -> State:
        return evolve(state, event)

    def decide(self, state: State, command: Command, at: datetime) -> tuple[Event, ...] | Refusal:
        return decide(state, command, at)


COMPLAINT = ComplaintAggregate()
