"""What the clocks' keeper says of questions that wait for their answer."""

from dataclasses import dataclass

from services.complaint.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindReporter(Command):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseQuestion(Command):
    number: int
