"""A text as words with what stands around them: small letters for comparing, and where capitals and breaks were."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|[.,;:!?()\n]|(?<=[\s\]])[-=](?=\s)")
_DRAWN_OUT = re.compile(r"([A-Za-z])\1{2,}")
_BREAKS = frozenset(".!?\n")
_PAUSES = frozenset(",;:()-=")
_SIGNS = _BREAKS | _PAUSES
_LABELS = frozenset(":-=")
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-"})
_LONGEST_ABBREVIATION = 4
"""Letters before a full stop that is none: `Kel. Pd. Harapan`, `Psr. Baru`."""
_CUT_SHORT = frozenset({"tangk", "blkng", "kampg"})
"""Longer ones."""

MOST = 1_200
"""Words looked at; longer messages say where they are about before that."""


@dataclass(frozen=True, slots=True)
class Read:
    words: Sequence[str]
    """Small letters, without accents, without letters drawn out."""
    capitals: Sequence[bool]
    """Written with a capital letter where that says something: not in a text that is all capitals, nor at its start."""
    breaks: frozenset[int]
    """Indices of words that begin a sentence."""
    pauses: frozenset[int]
    """Indices of words with a comma or a bracket before them."""
    labelled: frozenset[int] = frozenset()
    """Indices of words behind a colon or a dash: what stands before it says what they are about."""


def read(texts: Sequence[str]) -> Read:
    """Several messages are read one behind the other, each beginning a sentence."""
    words: list[str] = []
    capitals: list[bool] = []
    breaks: set[int] = set()
    pauses: set[int] = set()
    labelled: set[int] = set()
    for text in texts:
        first = len(words)
        breaks.add(first)
        pieces = _PIECE.findall(_plain(text))
        said = [piece for piece in pieces if piece not in _SIGNS]
        words += map(str.lower, said)
        capitals += [word[0].isupper() for word in said]
        signs = [(at, piece) for at, piece in enumerate(pieces, start=first) if piece in _SIGNS]
        for before, (at, sign) in enumerate(signs):
            behind = at - before
            if sign in _PAUSES:
                pauses.add(behind)
                if sign in _LABELS:
                    labelled.add(behind)
            elif sign != "." or behind == first or not _cut_short(words[behind - 1]):
                breaks.add(behind)
        if sum(capitals[first:]) * 2 > len(words) - first:
            capitals[first:] = [False] * (len(words) - first)
        if len(words) > MOST:
            break
    for at in breaks:
        if at < len(capitals):
            capitals[at] = False
    return Read(words[:MOST], capitals[:MOST], frozenset(breaks), frozenset(pauses), frozenset(labelled))


def _cut_short(word: str) -> bool:
    return len(word) <= _LONGEST_ABBREVIATION or word in _CUT_SHORT


def _plain(text: str) -> str:
    if not text.isascii():
        text = text.translate(_DASHES)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _DRAWN_OUT.sub(r"\1", text)
