"""What screening and coordinators ask: what it is, and who gets it."""

from dataclasses import dataclass
from typing import Literal

from services.complaint.commands.base import Command
from services.complaint.events import Assignment, Matter, ScreeningProposed
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigning:
    """Who gets it, as the rules or a ruling came out."""

    assignments: tuple[Assignment, ...]
    rule: str
    policy: int
    instruction: Sealed | None = None
    reason: Sealed | None = None
    rules: dict[str, str] | None = None
    left_out: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeScreening(Command):
    """`straight`: sure enough that it goes through without a person, to these seats."""

    proposal: ScreeningProposed
    straight: Assigning | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(Command):
    """A person's decision."""

    matter: Matter
    summary: str
    assigning: Assigning
    wording: Sealed | None = None
    notes: Sealed | None = None
    concerned_name: Sealed | None = None
    concerned_place: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Locate(Command):
    """The reporter has said where it is, after it had gone to work without a place."""

    matter: Matter
    """As it was, with the place."""
    summary: str
    assigning: Assigning | None = None
    """Everybody who holds it and the camat or lurah of the place; None if nobody is added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Command):
    """A new assignment: a coordinator's ruling, or the machine's after a reopening."""

    by: Literal["machine", "person"]
    assigning: Assigning
    misassigned: tuple[str, ...] = ()
    """Seats that it had been given to wrongly, beside those whose return this settles."""
