"""A message as the rules look at it. Pure."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import pairwise

from services.contracts import buttons
from services.contracts.intake import IntakeMessage
from services.intake.conversation.chat import Heard
from services.intake.conversation.phrases import read
from services.intake.conversation.remembering import marking

READ_AT_MOST = 4_000
"""Characters of a message that the rules look at: a wish stands at its beginning, if anywhere."""

_CLAUSES = 6
"""Clauses of which the words are told apart: a longer text is a story."""


def marker(id_key: bytes) -> Callable[[str], str]:
    """Hashes a word so that only a holder of the key can try words out."""

    def mark(word: str) -> str:
        return blake2b(word.encode(), key=id_key[:64], digest_size=6, person=b"mark").hexdigest()

    return mark


_BEFORE_A_NAME = frozenset({"jalan", "jl", "gang", "simpang", "komplek", "kompleks", "perum", "perumahan", "lorong"})


def _streets(words: Sequence[str]) -> list[str]:
    return [after for word, after in pairwise(words) if word in _BEFORE_A_NAME]


_CODE = re.compile(r"(?i)\b[a-z]{2,4}-?[0-9a-z]{8}-?[0-9a-z]\b|https?://\S+|#[\w-]+")
"""Ticket codes, addresses and tags are no words."""


def _without_codes(text: str) -> str:
    """Of the same length, so that places in it stay what they are."""
    return _CODE.sub(lambda found: " " * len(found[0]) if any(c.isdigit() for c in found[0]) else found[0], text)


def hear(  # all that can be known of a message
    message: IntakeMessage,
    *,
    at: datetime,
    key: str,
    about: str | None,
    cited: str | None,
    mine: Collection[str],
    mark: Callable[[str], str],
) -> Heard:
    """`about`: complaint of the message that it answers; `cited`: the one whose ticket code stands in its text."""
    reading = read(_without_codes((message.text or "")[:READ_AT_MOST]))
    own = cited if cited in mine else about if about in mine else None
    return Heard(
        at=at,
        reading=reading,
        form=message.form,
        carries=bool(message.media) or message.pin is not None or message.form == "contact",
        pressed=buttons.read(message.button) if message.button else None,
        about=own,
        stranger=None if own is not None else cited or about,
        cited=cited is not None,
        forwarded=message.forwarded,
        key=key,
        marks=frozenset(mark(word) for word in marking(reading.words)),
        streets=frozenset(mark(word) for word in marking(_streets(reading.words))),
        clause_marks=tuple(
            frozenset(mark(word) for word in marking(one.clause.words)) for one in reading.said[:_CLAUSES]
        )
        if len(reading.said) > 1
        else (),
        wish=message.wish,
    )
