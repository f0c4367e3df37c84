"""Commands of agencies (`command.<city>.agency.<agency>`) and staff (`command.<city>.staff`), request and reply.

Repeat a command with the same `id` until it is answered: a repeat gets what it led to the first time; one that was
refused is decided anew. An agency's actor is the subject it may publish on, never the body; a staff command carries the
token that the login signed for it.
"""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.base import (
    ClosureClass,
    Confidentiality,
    Function,
    Id,
    Kind,
    Moment,
    Received,
    Stored,
    Token,
    Urgency,
)

Text = Annotated[str, Field(min_length=1, max_length=8_000)]
MediaReference = Annotated[str, Field(min_length=1, max_length=200)]
Evidence = Annotated[tuple[MediaReference, ...], Field(max_length=20)]


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
    proof_link: Annotated[str, Field(max_length=500, pattern=r"^https://")] | None = None
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


SeatAction = Annotated[
    Accept | Progress | Visit | AskReporter | Return | HandOff | Resolve | AnswerInstruction | ExplainBreach,
    Field(discriminator="do"),
]
"""What the office that holds a task can do, be it a program with its own credentials or a person at the console."""


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


class Assign(Received):
    """A coordinator's new assignment: after a return, or a ruling over the rules."""

    do: Literal["assign"]
    lead: Token
    supporting: tuple[Token, ...] = ()
    reason: Text
    instruction: Text | None = None


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


class RuleNote(Received):
    """The superior's ruling on a proposed performance note."""

    do: Literal["rule_note"]
    note: int = Field(ge=1)
    ruling: Literal["confirmed", "struck"]
    text: Text


class RaiseConfidentiality(Received):
    do: Literal["raise_confidentiality"]
    level: Literal["anonymous", "secret"]


class EraseReporter(Received):
    """The data-protection officer carries out a request for erasure that came on paper or at the desk."""

    do: Literal["erase_reporter"]
    party: Annotated[str, Field(pattern=r"^reporter:[1-9][0-9]*$")] = "reporter:1"


class InterruptService(Received):
    """A city fact: a service is off in some wards; class `explained` is refused for it until it is restored."""

    do: Literal["interrupt_service"]
    function: Function
    ward_codes: tuple[str, ...] = ()
    """Empty: the whole city."""
    text: Text
    expected_end: Moment | None = None


class RestoreService(Received):
    do: Literal["restore_service"]
    interruption: Id


StaffAction = Annotated[
    Accept | Progress | Visit | AskReporter | Return | HandOff | Resolve | AnswerInstruction | ExplainBreach
    | Screen | Assign | Instruct | Reply | RuleNote | RaiseConfidentiality | EraseReporter
    | InterruptService | RestoreService,
    Field(discriminator="do"),
]  # fmt: skip

CommandId = Annotated[str, Field(min_length=1, max_length=200)]


class AgencyCommand(Received):
    version: Literal[1] = 1
    id: CommandId
    """Yours, unique among your commands; the same id is the same command for ever."""
    complaint: Id
    officer: str | None = Field(default=None, max_length=200)
    """Your own reference of the person who acts; kept sealed."""
    expected_n: int | None = Field(default=None, ge=1)
    """Refuse (`changed_meanwhile`) unless the complaint still stands where you saw it."""
    action: SeatAction


class StaffCommand(Received):
    version: Literal[1] = 1
    id: CommandId
    complaint: Id | None = None
    """None only for the facts of the city (`interrupt_service`, `restore_service`)."""
    expected_n: int | None = Field(default=None, ge=1)
    action: StaffAction
    token: str = Field(max_length=2_000)
    """Signed by the login (`contracts.tokens`): seat, roles and area of the person who acts."""


RefusalCode = Literal[
    "invalid", "unknown_complaint", "not_allowed", "not_yours", "wrong_state", "changed_meanwhile", "service_is_off",
    "evidence_unknown", "unknown_seat", "unknown_number", "class_does_not_fit", "token_invalid", "token_expired",
    "too_many", "unavailable",
]  # fmt: skip
"""Closed list. Only `unavailable` and `too_many` are worth repeating unchanged."""


class Refusal(Stored):
    code: RefusalCode
    message: str
    """One Indonesian sentence that can be shown to the person who acted."""
    field: str | None = None


class CommandReply(Stored):
    version: Literal[1] = 1
    id: str
    n: int | None = None
    """Position in the complaint's life that the command led to; the current one if it changed nothing."""
    fact: str | None = None
    """Id of the city fact that the command led to."""
    refusal: Refusal | None = None
