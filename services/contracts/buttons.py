"""Payloads of the buttons that our notices carry: `<what>:<complaint>`, short and stable.

A provider keeps them as we sent them (WhatsApp allows 256 characters) and gives them back when the person presses, at
any later time, so an old form must stay readable for ever. A payload is a wish, not a right: whoever reads one checks
that the complaint belongs to the chat it came from.
"""

import re
from typing import Literal, NamedTuple, cast

Wish = Literal["confirm", "reopen", "status"]
"""SUDAH · BELUM · STATUS."""

_SHAPE = re.compile(r"(confirm|reopen|status):([a-z2-7]{26})")


class Pressed(NamedTuple):
    wish: Wish
    complaint: str


def payload(wish: Wish, complaint: str) -> str:
    """`confirm:<complaint>`: what to send as the button's id."""
    return f"{wish}:{complaint}"


def read(sent_back: str) -> Pressed | None:
    """None for a button that is none of ours."""
    found = _SHAPE.fullmatch(sent_back)
    return None if found is None else Pressed(cast("Wish", found[1]), found[2])
