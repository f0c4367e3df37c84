"""What people and programs send, made fit to store and show without changing what it says."""

import re
import unicodedata
from typing import Any

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 without tab and line feed; PostgreSQL's text can't hold NUL
    "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff"  # soft hyphen, joiners and spaces that nobody sees, byte-order mark
    "\u115f\u1160\u3164\uffa0"  # fillers: letters that show nothing
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional controls: they make a sentence read as another
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations, tag characters
    "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINES = re.compile("\r\n?|[\u2028\u2029\u0085]")
_MARKS = re.compile("([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
                    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip
"""More than four marks on one letter are no writing, and to bring a million of them into order takes for ever."""
_LONG_RUN = 30


def clean(text: str) -> str:
    """Lone surrogates become U+FFFD, invisible controls go, towers of marks are cut, the rest is NFC. Joiners inside
    emoji stay. Takes time in proportion to the text, whatever is in it."""
    if text.isascii() and text.isprintable():  # nearly every message, and nothing to do
        return text
    lines = _LINES.sub("\n", _SURROGATES.sub("�", text))
    return unicodedata.normalize("NFC", _without_towers(_MARKS.sub(r"\1", _CONTROLS.sub("", lines))))


def _without_towers(text: str) -> str:
    """Marks of other scripts: a run is put into order in quadratic time, so none is longer than 30."""
    if text.isascii() or not any(unicodedata.combining(char) for char in text):
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _LONG_RUN:
            kept.append(char)
    return "".join(kept)


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
