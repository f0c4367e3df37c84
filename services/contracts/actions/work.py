"""More time, parts of the work, planned work, rulings on what was returned."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.contracts.actions.values import Evidence, Text, readable
from services.contracts.base import Moment, Received, Token

Number = Annotated[int, Field(ge=1)]


class AskExtension(Received):
    """More time for a clock that still runs, asked for before it is due. The clock goes on until somebody rules."""

    do: Literal["ask_extension"]
    clock: Literal["resolve", "instruction", "subtask"] = "resolve"
    number: Number | None = None
    """Of the instruction or the sub-task; left out: the one that is due first."""
    until: Moment
    reason: Text


class RuleExtension(Received):
    """The superior's or a coordinator's ruling. `until` left out: granted as it was asked for."""

    do: Literal["rule_extension"]
    number: Number
    ruling: Literal["granted", "refused"]
    until: Moment | None = None
    reason: Text


class RefuseReturn(Received):
    """A coordinator sends a returned complaint back: the seat holds it again and may not return it."""

    do: Literal["refuse_return"]
    number: Number
    reason: Text


class GiveSubtask(Received):
    """The lead gives a part of the work to another seat, which joins the complaint if it had no part in it."""

    do: Literal["give_subtask"]
    seat: Token
    text: Text
    due: Moment


class FinishSubtask(Received):
    do: Literal["finish_subtask"]
    number: Number
    text: Text
    evidence: Evidence = ()


class DeclineSubtask(Received):
    do: Literal["decline_subtask"]
    number: Number
    reason: Text


class DropSubtask(Received):
    """The lead needs it no more. While one is open, nothing can be resolved as `fixed`."""

    do: Literal["drop_subtask"]
    number: Number
    reason: Text


class Dispose(Received):
    """Passed on inside the office, to a unit or a person of it. The seat answers for it as before."""

    do: Literal["dispose"]
    unit: Token | None = None
    """A bidang or UPT of the city's list."""
    assignee: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """The person who does it; kept sealed."""
    note: Text | None = None


class PlanWork(Received):
    """The work has its place in a programme. Not resolved: on `date` it wakes itself, until then the clock stands."""

    do: Literal["plan"]
    programme: Annotated[str, Field(min_length=1, max_length=300), AfterValidator(readable)]
    """As the reporter will hear it: `Pemeliharaan drainase 2027`."""
    date: Moment
    text: Text
