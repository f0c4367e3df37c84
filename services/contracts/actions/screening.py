"""What screeners and coordinators do."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.actions.values import Text
from services.contracts.base import About, Confidentiality, Function, Kind, Received, Token, Urgency


class ConcernedPerson(Received):
    """Whom the report is about, when that is not the reporter."""

    name: str | None = Field(default=None, max_length=300)
    place: str | None = Field(default=None, max_length=1000)


class Screen(Received):
    """A screener's decision; `based_on` is the `n` the screener saw."""

    do: Literal["screen"]
    kind: Kind
    category: Token
    function: Function
    ward_code: str | None = None
    district_code: str | None = None
    urgency: Urgency = "normal"
    confidentiality: Confidentiality | None = None
    summary: str | None = Field(default=None, max_length=500)
    """Left out: made by rules from category and place."""
    wording: Text | None = None
    """The reporter's words as cleared for the field; left out: none are passed on."""
    concerned: ConcernedPerson | None = None
    notes: Text | None = None
    """What was checked, with whom."""
    lead: Token | None = None
    """Left out: the city's rules choose."""
    supporting: tuple[Token, ...] = ()
    instruction: Text | None = None
    about: About | Literal["nobody"] | None = None
    """Whose own conduct it is about; they never hear of it. Left out: as proposed."""
    against: Token | None = None
    """The seat complained about, where it is known which."""


class Assign(Received):
    """A coordinator's new assignment: after a return, or a ruling over the rules."""

    do: Literal["assign"]
    lead: Token
    supporting: tuple[Token, ...] = ()
    reason: Text
    instruction: Text | None = None
    misassigned: tuple[Token, ...] = ()
    """Seats that it had been given to wrongly: their performance notes of this complaint are cancelled. A seat that
    returned it because it is not its function or its area is among them without being named."""


class RaiseConfidentiality(Received):
    do: Literal["raise_confidentiality"]
    level: Literal["anonymous", "secret"]


class EraseReporter(Received):
    """The data-protection officer carries out a request for erasure that came on paper or at the desk."""

    do: Literal["erase_reporter"]
    party: Annotated[str, Field(pattern=r"^reporter:[1-9][0-9]*$")] = "reporter:1"
