"""What every command of a complaint carries."""

from dataclasses import dataclass

from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCommand(Command):
    seat: str
    officer: Sealed | None = None
