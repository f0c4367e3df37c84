"""What people and programs send, made fit to store and show without changing what it says."""

import re
import unicodedata
from typing import Any

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 without tab and line feed; PostgreSQL's text can't hold NUL
    "\u200b\u2060\ufeff"  # zero-width space, word joiner, byte-order mark
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls: they make a sentence read as another
    "\U000e0000-\U000e007f"  # tag characters
    "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Lone surrogates become U+FFFD, invisible controls go, the rest is NFC. Joiners inside emoji stay."""
    if text.isascii() and text.isprintable():  # nearly every message, and nothing to do
        return text
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _SURROGATES.sub("�", text.replace("\r\n", "\n"))))


def clean_tree(value: Any) -> Any:
    """`clean` over every string, keys too, of parsed JSON."""
    match value:
        case str():
            return clean(value)
        case list():
            return [clean_tree(item) for item in value]
        case dict():
            return {clean(key): clean_tree(item) for key, item in value.items()}
        case _:
            return value
