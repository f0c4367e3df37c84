"""What a city says of who hears what: `deploy/cities/<city>/hearing.yaml`, one version with its policy and rules."""

from datetime import time
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from services.contracts.base import Received, Token
from services.contracts.city.rules import Hours, Tokens, Why
from services.contracts.hearing.rows import Row, When
from services.contracts.hearing.table import BY_ID


def _clock(given: object) -> object:
    """YAML reads 07:30 as a number of base 60."""
    return f"{given // 60:02}:{given % 60:02}" if isinstance(given, int) and not isinstance(given, bool) else given


def _known(given: str) -> str:
    if given not in BY_ID:
        raise ValueError(f"the table has no row {given}")
    return given


Clock = Annotated[time, BeforeValidator(_clock)]
"""In the city's zone: `07:30`."""


class Change(Received):
    """One row of the table, otherwise than elsewhere."""

    row: Annotated[str, AfterValidator(_known)]
    when: When
    channels: Tokens | None = None
    """On these only; left out: on all."""
    why: Why
    """One Indonesian sentence that can be read aloud in a meeting."""

    @model_validator(mode="after")
    def _may_be_changed(self) -> "Change":
        row = BY_ID[self.row]
        if row.firm and self.when != "now":
            raise ValueError(f"{self.row} is never kept waiting or left out, in no city")
        if self.when == "digest" and row.hears == "reporter":
            raise ValueError(f"{self.row}: a reporter has no list of tasks; quiet lets it wait for the morning")
        return self


class Morning(Received):
    """The leaders' five lines."""

    at: Clock = time(6, 30)
    seats: tuple[Token, ...] = ()
    """Of leaders; a seat gets it on the numbers that its holder confirmed. None named: nobody."""


class Digest(Received):
    """A seat's list: what is new, what is soon late, and what waited for it."""

    at: Clock = time(7, 0)
    daily: bool = False
    """Each morning, also when nothing waited. False: only what waited for it is sent."""


class Hearing(Received):
    quiet: Hours | None = "21:00-06:00"
    """In the city's zone; what can wait goes out when they end. None: there are none."""
    digest: Digest = Digest()
    morning: Morning = Morning()
    changes: tuple[Change, ...] = Field(default=())
    """Of several about one row and channel the last counts."""

    @cached_property
    def table(self) -> dict[str, Row]:
        """Every row by its id, as this city has it."""
        return {name: self._row(name) for name in BY_ID}

    def _row(self, name: str) -> Row:
        row = BY_ID[name]
        for change in self.changes:
            if change.row != name:
                continue
            if change.channels is None:
                row = _with(row, change.when, {})
            else:
                row = _with(row, row.when, {**row.by, **dict.fromkeys(change.channels, change.when)})
        return row


def _with(row: Row, when: When, by: dict[str, When]) -> Row:
    return Row(
        row.id, row.event, row.hears, row.template, row.what, when, by, row.case, row.holds, row.at, row.once, row.firm
    )
