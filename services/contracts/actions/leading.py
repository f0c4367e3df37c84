"""What leaders and superiors do."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.actions.values import Text
from services.contracts.base import Moment, Received, Token


class Instruct(Received):
    """A leader's instruction to a seat; it joins the complaint as supporting if it had no part in it."""

    do: Literal["instruct"]
    seat: Token
    text: Text
    due: Moment


class Reply(Received):
    """An answer to the reporter in one's own words, signed by role."""

    do: Literal["reply"]
    text: Text


class Mention(Received):
    """An internal note that other seats are to read: they hear of it. The reporter never does."""

    do: Literal["mention"]
    seats: Annotated[tuple[Token, ...], Field(min_length=1, max_length=5)]
    text: Text


class RuleNote(Received):
    """The superior's ruling on a proposed performance note."""

    do: Literal["rule_note"]
    note: int = Field(ge=1)
    ruling: Literal["confirmed", "struck"]
    text: Text
