"""The way to a reporter's contact: asked with a reason, allowed by a second person, shown once.

Only at the console: a program of an office never gets a contact.
"""

from typing import Literal

from pydantic import Field

from services.contracts.actions.values import Text
from services.contracts.base import Received


class AskContact(Received):
    """`call` needs the reporter's own word (BOLEH HUBUNGI); without it a life at risk, or a duty by law."""

    do: Literal["ask_contact"]
    ground: Literal["call", "danger", "law"]
    reason: Text


class RuleContact(Received):
    """The word of a second person; without the reporter's own word only a data-protection officer may say yes."""

    do: Literal["rule_contact"]
    number: int = Field(ge=1)
    granted: bool
    reason: Text | None = None


class ShowContact(Received):
    """Once, to the seat that asked, within the policy's time."""

    do: Literal["show_contact"]
    number: int = Field(ge=1)
