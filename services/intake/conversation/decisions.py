"""What can come of a message. One of these stands in the inbox for each message, for ever."""

from dataclasses import dataclass

from services.contracts.base import Confidentiality
from services.contracts.intake import AskKind, Wish

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Open:
    """`spans`: the parts of the text that are this complaint's, where a message tells several; empty: all of it."""

    level: Confidentiality | None = None
    spans: Spans = ()
    call: bool = False
    """Its reporter says in the same breath that he may be called."""
    urgent: bool = False
    """It may speak of a danger to life."""
    asks: AskKind | None = None
    """What is asked back as it opens."""


@dataclass(frozen=True, slots=True)
class Add:
    complaint: str


@dataclass(frozen=True, slots=True)
class Done:
    """`hush`: complaints of which the same message wants no more news."""

    complaint: str
    hush: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotDone:
    """`hush`: as of `Done`."""

    complaint: str
    hush: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancel:
    complaint: str


@dataclass(frozen=True, slots=True)
class Raise:
    complaints: tuple[str, ...]
    level: Confidentiality


@dataclass(frozen=True, slots=True)
class MayCall:
    """BOLEH HUBUNGI, or that it is wished no more."""

    complaints: tuple[str, ...]
    may: bool = True


@dataclass(frozen=True, slots=True)
class News:
    """BERHENTI (`wanted` False) or MULAI, for every complaint of this person."""

    complaints: tuple[str, ...]
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Afterword:
    """What is said to the one question after SUDAH."""

    complaint: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Affected:
    """ "Saya juga", of somebody else's complaint."""

    complaint: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Every complaint of this chat, and the chat."""

    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """No event: the notifier answers."""

    kind: AskKind
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """We ask what is meant, and keep the message until it is known. `tells`: False where the question was just put."""

    kind: AskKind
    complaints: tuple[str, ...]
    wish: Wish
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Settle:
    """The answer to what we asked: what waits goes there. `joins`: the answer tells something itself and goes along.

    `complaints` is empty where it opens a new one, or where the wish is dropped.
    """

    wish: Wish
    complaints: tuple[str, ...]
    waiting: tuple[str, ...]
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """One message, several things: each is carried out for itself."""

    parts: "tuple[Open | Add | Done | NotDone, ...]"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Neither event nor answer: a reaction under a message."""


Decision = (
    Open
    | Add
    | Done
    | NotDone
    | Cancel
    | Raise
    | MayCall
    | News
    | Afterword
    | Affected
    | Forget
    | Tell
    | Hold
    | Settle
    | Together
    | Nothing
)
