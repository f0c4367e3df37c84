"""What is known of a chat when a message comes: its complaints, and what we asked and wait to hear. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.contracts.base import Confidentiality
from services.contracts.buttons import Pressed
from services.contracts.intake import Wish
from services.intake.conversation.phrases import Reading

Phase = Literal["open", "resolved", "closed", "withdrawn"]

Asks = Literal["which", "again", "next", "word"]

ANSWER_WITHIN = timedelta(hours=1)
"""So long we wait to hear which complaint was meant; then the message goes where it most likely belongs."""
WORD_WITHIN = timedelta(days=1)
"""So long after SUDAH the next message is the word that was asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """One complaint of this chat. `asked`: an office waits for the reporter's answer. `marks`: keyed hashes of words
    that were told, to know again what is spoken of. `moved`: when our side last had something to say of it."""

    complaint: str
    phase: Phase
    last_heard: datetime
    asked: bool = False
    topics: frozenset[str] = frozenset()
    opened: datetime | None = None
    marks: frozenset[str] = frozenset()
    moved: datetime | None = None

    @property
    def stirred(self) -> datetime:
        """When it was last spoken of, by whichever side."""
        return max(self.last_heard, self.moved or self.last_heard)


@dataclass(frozen=True, slots=True)
class Question:
    """What we asked. `which`: of `options`, in the order shown; `again`: whether `options[0]`, which is over, is meant
    or something new; `next`: nothing, but the person has announced a new matter; `word`: how it went with
    `options[0]`, which he has just confirmed. `waiting`: message keys that go where
    the answer says."""

    asks: Asks
    wish: Wish
    options: tuple[str, ...]
    waiting: tuple[str, ...]
    since: datetime
    level: Confidentiality | None = None
    """How closed the announced matter is to be."""


@dataclass(frozen=True, slots=True)
class Chat:
    known: tuple[Known, ...] = ()
    question: Question | None = None

    def in_order(self) -> tuple[Known, ...]:
        """As people count them: the first is the one they brought first."""
        return tuple(sorted(self.known, key=lambda one: (one.opened or one.last_heard, one.complaint)))

    def latest_first(self) -> tuple[Known, ...]:
        return tuple(sorted(self.known, key=lambda one: one.stirred, reverse=True))


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as far as the rules look at it. `about`: the complaint that it answers or whose code it names."""

    at: datetime
    reading: Reading
    form: str = "text"
    carries: bool = False
    """A file or a place came with it."""
    pressed: Pressed | None = None
    about: str | None = None
    stranger: str | None = None
    """Complaint of somebody else whose ticket code the text names, or that it is a comment on."""
    cited: bool = False
    """A ticket code stands in its text."""
    forwarded: bool = False
    key: str = ""
    marks: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    """Marks of what stands behind `jl`, `gang`, `simpang`: names of places."""
    clause_marks: tuple[frozenset[str], ...] = ()
    """Of each clause of `reading.said`."""
    wish: Wish | None = None
    """A form says what it is for."""
