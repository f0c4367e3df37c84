"""What is asked where one complaint holds two matters."""

from dataclasses import dataclass

from services.complaint.commands.base import Command
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Command):
    """`into`: id of the complaint that is to begin with copies of `messages` (`n` of the events that brought them)."""

    into: str
    messages: tuple[int, ...]
    reason: Sealed | None = None
