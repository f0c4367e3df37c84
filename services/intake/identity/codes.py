"""SAMBUNG: the words by which a person joins two of his chats. Pure.

A code is asked for in one channel and sent from the other. Forty bits, once, for half an hour.
"""

import re
from datetime import timedelta

from services.contracts import ids

GOOD_FOR = timedelta(minutes=30)
_LENGTH = 8
_GIVEN = re.compile(rf"(?i)\bsambung(?:kan)?[\s:]+([a-z2-7]{{{_LENGTH}}})\b")
_ASKED = re.compile(
    r"(?i)^\W*(?:minta\s+)?(?:kode\s+)?sambung(?:kan)?(?:\s+(?:nomor|akun|chat|wa|laporan|kode|saya|lain|ini|ke|dengan)){0,5}\W*$"
)


def of(id_key: bytes, cause: str) -> str:
    """The code for a request: always the same for the same one, and nothing that anybody else could work out."""
    return ids.derive(id_key, "join-code", cause)[:_LENGTH].upper()


def lookup(id_key: bytes, code: str) -> str:
    """By what a code is kept."""
    return ids.derive(id_key, "join-lookup", code.upper())


def given(text: str) -> str | None:
    """The code that somebody sends, or a word of eight letters in its place: `sure` tells."""
    found = _GIVEN.search(text)
    return found[1].upper() if found is not None else None


def sure(text: str) -> bool:
    """It is written as we show it, or with a digit. `sambung selokan` may be about a pipe."""
    found = _GIVEN.search(text)
    return found is not None and (found[1].isupper() or any(char.isdigit() for char in found[1]))


def asked(text: str) -> bool:
    return bool(_ASKED.match(text))
