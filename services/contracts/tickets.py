"""The code a reporter holds: `BKL-4K7QT9M2-X`. Crockford base32 with a check character, read as people type it."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
"""Characters before the check: 40 bits, so that codes can't be guessed through."""

_SEEN_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_SHAPE = re.compile(rf"^([A-Z]{{2,4}})-?([{ALPHABET}]{{{LENGTH}}})-?([{ALPHABET}])$")


def _check(prefix: str, body: str) -> str | None:
    """Check character, or None where it would be one of the five symbols people can't type on a phone.

    Crockford's modulo 37 catches every single wrong character and every swap of neighbours.
    """
    value = 0
    for char in prefix:
        value = value * 32 + (ord(char) - 65)
    for char in body:
        value = value * 32 + ALPHABET.index(char)
    index = value % 37
    return ALPHABET[index] if index < 32 else None


def make(prefix: str, number: int) -> str | None:
    """The ticket for a random number of 40 bits; None for the one in seven that has no typeable check character."""
    body = "".join(ALPHABET[(number >> shift) & 31] for shift in range((LENGTH - 1) * 5, -1, -5))
    check = _check(prefix, body)
    return None if check is None else f"{prefix}-{body}-{check}"


def read(text: str) -> str | None:
    """The ticket as we write it, from how a person typed it; None if it is none or has a typing error."""
    squeezed = re.sub(r"[\s\-_.]", "", text.upper())
    found = re.match(rf"^([A-Z]{{2,4}}?)([0-9A-Z]{{{LENGTH}}})([0-9A-Z])$", squeezed)
    if found is None:
        return None
    prefix, body, check = found[1], found[2].translate(_SEEN_AS), found[3].translate(_SEEN_AS)
    if not _SHAPE.match(f"{prefix}-{body}-{check}") or _check(prefix, body) != check:
        return None
    return f"{prefix}-{body}-{check}"


def find(text: str) -> str | None:
    """The first valid ticket that stands somewhere in a sentence."""
    for found in re.finditer(rf"(?i)\b[a-z]{{2,4}}[\s-]?[0-9a-z]{{{LENGTH}}}[\s-]?[0-9a-z]\b", text):
        ticket = read(found[0])
        if ticket is not None:
            return ticket
    return None
