"""A city's rules in words that a machine can follow: `deploy/cities/<city>/rules.yaml`, read from top to bottom.

A rule says when it fits and what follows. Everything in `when` must hold; in a list, one of its entries. For each part
of `then` (lead, supporting, territorial, unit, instruction, person) the first rule that fits and says it wins, so a
rule may give one part and leave the others to those below. Where no rule names a lead, the office that declares the
function in that area gets it.
"""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from services.contracts.base import About, Confidentiality, Function, Kind, Received, Token, Urgency

SeatWord = Literal["camat", "lurah", "first_level", "serves", "inspector"]
"""Seats that depend on the complaint: camat and lurah of its place, the seat that its door belongs to, the office that
serves its function there, the inspectorate."""

SEAT_WORDS: frozenset[str] = frozenset(get_args(SeatWord))

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

Part = Literal["lead", "supporting", "territorial", "unit", "instruction", "person"]
PARTS: tuple[Part, ...] = get_args(Part)

_HOURS = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")


def _listed(given: object) -> object:
    """`environment` is as good as `[environment]`."""
    return [given] if isinstance(given, str) else given


def _checked_hours(given: str) -> str:
    found = _HOURS.match(given)
    if found is None:
        raise ValueError("hours are written 16:00-07:30")
    if given[:5] == given[6:]:
        raise ValueError("from and to are the same minute")
    return given


Functions = Annotated[tuple[Function, ...], BeforeValidator(_listed)]
Tokens = Annotated[tuple[Token, ...], BeforeValidator(_listed)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Kemendagri codes or names as the city file writes them."""
Hours = Annotated[str, AfterValidator(_checked_hours)]
"""In the city's zone, the first minute counts, the last does not; may go over midnight."""
Why = Annotated[str, StringConstraints(min_length=10, max_length=300, strip_whitespace=True)]


class When(Received):
    """What must hold. Nothing said: always."""

    function: Functions | None = None
    category: Tokens | None = None
    kind: Annotated[tuple[Kind, ...], BeforeValidator(_listed)] | None = None
    urgency: Annotated[tuple[Urgency, ...], BeforeValidator(_listed)] | None = None
    confidentiality: Annotated[tuple[Confidentiality, ...], BeforeValidator(_listed)] | None = None
    about: Annotated[tuple[About, ...], BeforeValidator(_listed)] | None = None
    district: Names | None = None
    ward: Names | None = None
    place: Literal["known", "unknown"] | None = None
    """`known`: at least the kecamatan."""
    door: Tokens | None = None
    first_level: bool | None = None
    """Whether it came in by a door of a seat's own."""
    on_behalf: bool | None = None
    hours: Hours | None = None
    days: Annotated[tuple[Weekday, ...], BeforeValidator(_listed)] | None = None
    working_day: bool | None = None
    """False: weekends, national holidays, cuti bersama, days that the city adds."""

    def said(self) -> dict[str, object]:
        """The conditions that this makes, by name, in the order of the vocabulary."""
        return {name: value for name in When.model_fields if (value := getattr(self, name)) is not None}

    @property
    def timed(self) -> bool:
        return self.hours is not None or self.days is not None or self.working_day is not None


class Then(Received):
    """What follows. Left out: other rules say it."""

    lead: Tokens | None = None
    """Seats or seat words in order: the first that there is, and that the complaint is not about."""
    supporting: Tokens | None = None
    """All of them."""
    territorial: Tokens | None = None
    """As `lead`; an empty list: nobody is put beside it."""
    unit: Token | None = None
    """Part of the lead's office (bidang, UPT); passed over where that office has none of this name."""
    instruction: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None
    """For the offices, with `{category}` and `{place}`."""
    person: bool | None = None
    """True: a person decides before it goes out."""

    def said(self) -> dict[Part, object]:
        return {name: value for name in PARTS if (value := getattr(self, name)) is not None}

    @model_validator(mode="after")
    def _says_something(self) -> "Then":
        if not self.said():
            raise ValueError("a rule must say something: lead, supporting, territorial, unit, instruction or person")
        if self.lead is not None and not self.lead:
            raise ValueError("lead names no seat")
        return self


class Rule(Received):
    id: Token
    why: Why
    """One Indonesian sentence that can be read aloud in a meeting."""
    when: When = When()
    then: Then


class HandOffRule(Received):
    """Beyond its own chain a seat hands on only where a rule lets it."""

    model_config = ConfigDict(populate_by_name=True)

    id: Token
    why: Why
    giver: Tokens = Field(alias="from")
    to: Tokens
    function: Functions | None = None


class Rules(Received):
    rules: tuple[Rule, ...] = ()
    hand_offs: tuple[HandOffRule, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Rules":
        ids = [rule.id for rule in self.rules] + [rule.id for rule in self.hand_offs]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"two rules of one id: {', '.join(twice)}")
        return self


def minutes(hours: Hours) -> tuple[int, int]:
    """`16:00-07:30` → minutes after midnight of its ends."""
    start, _, end = hours.partition("-")
    return int(start[:2]) * 60 + int(start[3:]), int(end[:2]) * 60 + int(end[3:])
