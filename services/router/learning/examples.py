"""What is learned from: a person's words and the functions that they belong to by somebody's decision."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.contracts.base import Function
from services.router.screening.words import normal

Source = Literal["history", "screened", "corrected", "ruled", "handed_off", "carried_out"]
"""Where a label comes from: a city's past; a person's screening, which agreed with the proposal or corrected it; a
coordinator's ruling; a hand-off; work that the office took on or finished without a word against it."""


@dataclass(frozen=True, slots=True)
class Example:
    """`texts` as the reporter wrote them, the oldest first: they live as long as the training does, in memory."""

    texts: tuple[str, ...]
    functions: frozenset[Function]
    """Usually one. Several where an office has several and nobody said which: one of them is right."""
    weight: float
    """How much the decision says: 1 for a person who read it and decided."""
    source: Source
    at: datetime | None = None
    """When it was decided, UTC."""

    @property
    def digest(self) -> str:
        """Of the words in their plain form: the same text twice is one example. Not kept: texts can be guessed."""
        return hashlib.sha256("\n".join(normal(text) for text in self.texts).encode()).hexdigest()
