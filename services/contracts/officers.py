"""An officer who works from his own chat: what he may want there, and what he is answered.

A number belongs to the holder of a seat once its owner has typed back the code that was sent to it. What is then said
from it is either one of a few wishes or, like anybody's words, a complaint of his own.
"""

import re
from typing import Literal, NamedTuple, cast

from services.contracts.base import Moment, Stored
from services.contracts.ids import derive

HOLDER = "holder"
"""The party under which a seat's contact stands in the vault; the owner is the contact itself."""

OfficerDo = Literal["list", "show", "accept", "return", "progress", "resolve"]

COMMANDS: frozenset[str] = frozenset({"accept", "return", "progress", "resolve"})
"""What a token signed for a chat is good for, and nothing else."""

ReturnGround = Literal["not_our_function", "not_our_area", "incomplete", "duplicate"]

_SHAPE = re.compile(r"seat\.(list|show|accept|return|progress|resolve):([a-z2-7]{26}|-)(?::([a-z0-9_]{1,20}))?")


def claim_key(id_key: bytes, city: str, code: str) -> str:
    """Of the code that the console shows to the holder of a seat and that he says from his chat; any case."""
    return derive(id_key, "holder-claim", city, code.lower())


class Pressed(NamedTuple):
    do: OfficerDo
    complaint: str | None
    more: str | None
    """Days until a promised date, or the ground of a return."""


def payload(do: OfficerDo, complaint: str | None = None, more: str | None = None) -> str:
    """`seat.accept:<complaint>:3`: a wish, not a right; whoever reads it asks who pressed."""
    return f"seat.{do}:{complaint or '-'}{f':{more}' if more else ''}"


def read(sent_back: str) -> Pressed | None:
    """None for a button that is none of these."""
    found = _SHAPE.fullmatch(sent_back)
    if found is None:
        return None
    return Pressed(cast("OfficerDo", found[1]), None if found[2] == "-" else found[2], found[3])


Standing = Literal["new", "open", "waiting_reporter", "planned", "waiting_sign_off", "resolved"]


class OfficerTask(Stored):
    """One line of an officer's list; no word of the reporter but what a screener cleared."""

    complaint: str
    ticket: str
    summary: str
    wording: str | None = None
    standing: Standing
    due: Moment | None = None
    late: bool = False
    instruction: str | None = None
    """The last one that is not answered yet."""
    seat: str | None = None
    """Title of the seat, where the chat speaks for several."""


Said = Literal[
    "list", "task", "which", "nothing", "when", "why", "photo", "words", "done", "refused", "unavailable", "late_photo",
    "no_such", "unclear", "voice", "one_each",
]  # fmt: skip
"""`when`, `why`, `photo` and `words` ask for what is still missing: a date, a ground, a picture, a sentence."""


class OfficerAnswer(Stored):
    """What became of an officer's message; intake seals it, the notifier puts it into words."""

    version: Literal[1] = 1
    what: Said
    do: OfficerDo
    title: str
    """Of the seat."""
    tasks: tuple[OfficerTask, ...] = ()
    until: Moment | None = None
    """The date that was promised."""
    pictures: int = 0
    sentence: str | None = None
    """Of a refusal."""
