"""What a channel with a webhook is for the HTTP door: who may call it, and what its bodies say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.intake.doors.provider_json import Translated


@dataclass(frozen=True, slots=True)
class Unproven:
    """The call does not prove that it comes from the provider. `code` is stable, `sentence` for who set it up."""

    code: str
    sentence: str


class Webhook(Protocol):
    """One city's account at one provider."""

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """The answer to the provider's handshake by GET; None: refused, or the provider knows none."""
        ...

    def unproven(self, headers: Mapping[str, str], raw: bytes) -> Unproven | None:
        """None: it comes from the provider. Header names are in lower case."""
        ...

    def translate(self, raw: bytes) -> list[Translated]:
        """Everything in one call, in its order; empty for what is known to concern nobody. Raises NotJsonError."""
        ...

    def answer(self, stored: Sequence[Translated]) -> dict[str, object]:
        """The JSON of the 200 that says that all of it is stored."""
        ...
