"""What came of a call to a reporter whom no message reaches."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.actions.values import Text
from services.contracts.base import Received


class RecordCall(Received):
    """One call for everything that this reporter is to hear by telephone."""

    do: Literal["record_call"]
    outcome: Literal["reached", "no_answer", "wrong_number", "refused"]
    text: Text | None = None
    """What was said, for the file."""
    party: Annotated[str, Field(pattern=r"^reporter:[1-9][0-9]*$")] = "reporter:1"
