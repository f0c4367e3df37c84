"""Services that are off: facts of the city, and whether one covers a complaint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pydantic import TypeAdapter

from services.contracts.base import Function
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.facts import FACT_TYPES, CityFact, PolicyPutInForce, ServiceInterrupted, ServiceRestored
from services.router.acting import refusals
from services.runtime.delivery import Delivery

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

Phase = Literal["none", "off", "restored"]

_NAMES: dict[type[Any], str] = {cls: name for name, cls in FACT_TYPES.items()}
_READERS: dict[str, TypeAdapter[Recorded[CityFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in FACT_TYPES.items()
}


@dataclass(frozen=True, slots=True)
class Interruption:
    phase: Phase = "none"
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Interrupt:
    fact: ServiceInterrupted


@dataclass(frozen=True, slots=True)
class Restore:
    by: str


class InterruptionAggregate:
    """One interruption's stream: off, then restored. See `services.runtime.deciding.Aggregate`."""

    initial = Interruption()

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[CityFact]:
        if event_type not in _READERS or schema != 1:
            raise ValueError(f"{event_type} schema {schema}")
        return _READERS[event_type].validate_json(body)

    def encode(self, event: Recorded[CityFact]) -> bytes:
        return event.model_dump_json(by_alias=True, exclude_none=True).encode()

    def type_of(self, event: CityFact) -> tuple[str, int]:
        return _NAMES[type(event)], 1

    def evolve(self, state: Interruption, event: Recorded[CityFact]) -> Interruption:
        match event.data:
            case ServiceInterrupted():
                return Interruption("off", event.data.function)
            case ServiceRestored():
                return Interruption("restored", state.function)
            case PolicyPutInForce():
                return state

    def decide(self, state: Interruption, command: Interrupt | Restore, at: datetime) -> tuple[CityFact, ...] | Refusal:
        del at
        match command:
            case Interrupt():
                return (command.fact,) if state.phase == "none" else ()
            case Restore() if state.phase == "none":
                return refusals.NO_INTERRUPTION
            case Restore():
                return (ServiceRestored(by=command.by),) if state.phase == "off" else ()


INTERRUPTION = InterruptionAggregate()


class Executes(Protocol):
    """A pool or a connection."""

    async def execute(self, query: str, *args: object) -> str: ...


class ServicesOff:
    """Follows CITY into a table, and answers from it."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def handle(self, batch: Sequence[Delivery]) -> None:
        for delivery in batch:
            if delivery.type in ("city.service_interrupted", "city.service_restored"):
                await self.keep(INTERRUPTION.decode(delivery.type, delivery.schema, delivery.body))

    async def keep(self, event: Recorded[CityFact]) -> None:
        """May be repeated."""
        await self.write(self._pool, event)

    @staticmethod
    async def write(connection: "Executes", event: Recorded[CityFact]) -> None:
        """As `keep`, on a connection of the caller's."""
        match event.data:
            case ServiceInterrupted():
                await connection.execute(
                    "insert into router.interruption (id, city, function, ward_codes, expected_end, at) "
                    "values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                    event.complaint,
                    event.city,
                    event.data.function,
                    list(event.data.ward_codes),
                    event.data.expected_end,
                    event.at,
                )
            case ServiceRestored():
                await connection.execute(
                    "update router.interruption set restored_at = $2 where id = $1 and restored_at is null",
                    event.complaint,
                    event.at,
                )
            case _:
                return

    async def covers(self, city: str, function: str, ward_code: str | None) -> bool:
        """Is this service off there now? Where the kelurahan is unknown any interruption in the city counts: nobody
        can say that the explanation is enough."""
        found = await self._pool.fetchval(
            "select exists (select 1 from router.interruption where city = $1 and function = $2 "
            "and restored_at is null and (ward_codes = '{}' or $3::text is null or $3 = any(ward_codes)))",
            city,
            function,
            ward_code,
        )
        return bool(found)
