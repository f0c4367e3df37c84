"""A cluster's own stream in the city's facts: opened, grown, closed. See `services.runtime.deciding.Aggregate`."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.facts import ClusterClosed, ClusterGrown, ClusterOpened

ClusterFact = ClusterOpened | ClusterGrown | ClusterClosed

TYPES: dict[str, type[ClusterFact]] = {
    "city.cluster_opened": ClusterOpened,
    "city.cluster_grown": ClusterGrown,
    "city.cluster_closed": ClusterClosed,
}
_NAMES: dict[type[Any], str] = {cls: name for name, cls in TYPES.items()}
_READERS: dict[str, TypeAdapter[Recorded[ClusterFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in TYPES.items()
}

STEPS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Reporters at which a cluster's growth is written down: coarse, so that its stream stays short."""


@dataclass(frozen=True, slots=True)
class Clustered:
    opened: ClusterOpened | None = None
    count: int = 0
    closed: ClusterClosed | None = None


@dataclass(frozen=True, slots=True)
class Open:
    fact: ClusterOpened


@dataclass(frozen=True, slots=True)
class Grow:
    count: int


@dataclass(frozen=True, slots=True)
class Close:
    fact: ClusterClosed


class ClusterAggregate:
    initial = Clustered()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[ClusterFact]:
        if event_type not in _READERS or schema != 1:
            raise ValueError(f"{event_type} schema {schema}")
        return _READERS[event_type].validate_json(body)

    def encode(self, event: Recorded[ClusterFact]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, event: ClusterFact) -> tuple[str, int]:
        return _NAMES[type(event)], 1

    def evolve(self, state: Clustered, event: Recorded[ClusterFact]) -> Clustered:
        match event.data:
            case ClusterOpened():
                return Clustered(event.data, event.data.count)
            case ClusterGrown():
                return replace(state, count=event.data.count)
            case ClusterClosed():
                return replace(state, closed=event.data)

    def decide(self, state: Clustered, command: Open | Grow | Close, at: datetime) -> tuple[ClusterFact, ...] | Refusal:
        del at
        match command:
            case Open():
                return () if state.opened is not None else (command.fact,)
            case Grow():
                going = state.opened is not None and state.closed is None
                return (ClusterGrown(count=command.count),) if going and command.count > state.count else ()
            case Close():
                going = state.opened is not None and state.closed is None
                return (command.fact,) if going else ()


CLUSTER = ClusterAggregate()


def step(count: int, before: int) -> int | None:
    """The highest step that was passed since `before`."""
    return max((one for one in STEPS if before < one <= count), default=None)
