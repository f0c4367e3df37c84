"""A kind of stream that is as small as one can be: numbers are noted, and the total must not pass a limit."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from services.contracts.base import Stored
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.ids import derive
from services.runtime.deciding import Decider
from services.runtime.log import Log

KEY = b"k" * 32
NOON = datetime(2026, 3, 17, 12, 0, tzinfo=UTC)


class Noted(Stored):
    amount: int


class LimitReached(Stored):
    total: int


Event = Noted | LimitReached

_READ: dict[str, TypeAdapter[Any]] = {
    "ledger.noted": TypeAdapter(Recorded[Noted]),
    "ledger.limit_reached": TypeAdapter(Recorded[LimitReached]),
}


@dataclass(frozen=True)
class Note:
    amounts: tuple[int, ...]


class Ledger:
    """State is the total; at 100 nothing more is noted, and reaching it is an event of its own."""

    initial: int = 0

    def decode(self, event_type: str, schema: int, body: bytes) -> Recorded[Event]:
        read: Recorded[Event] = _READ[event_type].validate_json(body)
        return read

    def encode(self, event: Recorded[Event]) -> bytes:
        return event.model_dump_json(by_alias=True).encode()

    def type_of(self, event: Event) -> tuple[str, int]:
        return ("ledger.noted" if isinstance(event, Noted) else "ledger.limit_reached"), 1

    def evolve(self, state: int, event: Recorded[Event]) -> int:
        return state + event.data.amount if isinstance(event.data, Noted) else state

    def decide(self, state: int, command: Note, at: datetime) -> tuple[Event, ...] | Refusal:
        if state >= 100:
            return Refusal(code="wrong_state", message="Sudah penuh.")
        noted: tuple[Event, ...] = tuple(Noted(amount=amount) for amount in command.amounts)
        total = state + sum(command.amounts)
        return (*noted, LimitReached(total=total)) if total >= 100 else noted


class OneKey:
    async def id_key(self, city: str) -> bytes:
        return KEY


def subject(city: str, ledger: str) -> str:
    return f"ledger.{city}.{ledger}"


def cause(name: str) -> str:
    return derive(KEY, "cause", name)


def decider(log: Log, patience: float = 10.0) -> Decider[int, Note, Event]:
    return Decider(log, Ledger(), subject, OneKey(), lambda: NOON, patience)
