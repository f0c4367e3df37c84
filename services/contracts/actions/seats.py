"""What the office that holds a task can do, be it a program with its own credentials or a person at the console."""

from typing import Literal

from pydantic import Field

from services.contracts.actions.values import Evidence, Text, WebLink
from services.contracts.base import ClosureClass, Moment, Received, Token


class Accept(Received):
    """Take the task. With `finish_by` it is a first real response and stops that clock; without it is not."""

    do: Literal["accept"]
    finish_by: Moment | None = None
    note: Text | None = None


class Progress(Received):
    """What was done or found. Stops the first-response clock only with evidence or an expected end."""

    do: Literal["progress"]
    text: Text
    evidence: Evidence = ()
    expected_end: Moment | None = None


class Visit(Received):
    """Someone went and looked."""

    do: Literal["visit"]
    text: Text
    evidence: Evidence = ()


class AskReporter(Received):
    """A question to the reporter, relayed: who asks never learns who answers. Pauses the seat's clocks."""

    do: Literal["ask"]
    question: Text


class Return(Received):
    """Give the task back, with a reason a coordinator can rule on."""

    do: Literal["return"]
    ground: Literal["not_our_function", "not_our_area", "incomplete", "duplicate"]
    reason: Text


class HandOff(Received):
    """Pass the lead to another seat: down or up the territorial chain, or to another office."""

    do: Literal["hand_off"]
    to: Token
    reason: Text


class Resolve(Received):
    do: Literal["resolve"]
    closure: ClosureClass
    text: Text
    """What the reporter will read: what was done, in plain words."""
    evidence: Evidence = ()
    proof_link: WebLink | None = None
    """The office's own public post about the work."""
    referred_to: str | None = Field(default=None, max_length=200)
    """For `other_authority`: where it was sent."""


class AnswerInstruction(Received):
    do: Literal["answer_instruction"]
    number: int = Field(ge=1)
    text: Text


class ExplainBreach(Received):
    do: Literal["explain_breach"]
    note: int = Field(ge=1)
    text: Text
