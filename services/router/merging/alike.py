"""How alike two messages are, told without keeping a word of them: keyed hashes of normalised words and word pairs.

Pure. The hashes of one city mean nothing in another and nothing to whoever has not its id key; they live in memory only
and are made again from the sealed log after a restart.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import cos, hypot, radians

from services.router.screening.words import tokens

MOST_WORDS = 80
"""Words of a message that are looked at; people say what it is about before that."""

NEAR_METRES, APART_METRES = 150.0, 500.0
_METRES_OF_A_DEGREE = 111_320.0

_EMPTY = frozenset(
    word
    for line in (
        "yang dan atau dengan untuk dari ke di ini itu ada tidak sudah belum juga jadi kalau karena saya kami kita",
        "anda bapak ibu pak bu mohon tolong min admin kapan bagaimana kenapa apa ya lagi sangat sekali saja masih",
        "tapi bisa dapat akan pada dalam seperti selamat pagi siang sore malam assalamualaikum terima kasih hari",
        "minggu bulan jam tempat daerah kelurahan kecamatan kota kepada lewat agar supaya segera semua orang warga",
    )
    for word in line.split()
)
"""Words that every second message has."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a message is made of, as keyed hashes. `pairs` are neighbouring words in either order."""

    words: frozenset[int]
    pairs: frozenset[int]


Point = tuple[float, float]
"""Latitude and longitude, degrees."""


def marks(texts: Iterable[str], key: bytes) -> Marks:
    """`key`: the city's id key. The same words in another order and spelling give nearly the same marks."""
    said = [word for text in texts for word in tokens(text) if word not in _EMPTY and len(word) > 1][:MOST_WORDS]
    pairs = {" ".join(sorted(pair)) for pair in itertools.pairwise(said)}
    return Marks(frozenset(_hash(word, key) for word in set(said)), frozenset(_hash(pair, key) for pair in pairs))


def _hash(text: str, key: bytes) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8, key=key[:64], person=b"tuntas-alike").digest())


def likeness(one: Marks, other: Marks) -> float:
    """0 to 1. A short message that says a part of a longer one is like it; two words alone prove little."""
    fewer = min(len(one.words), len(other.words))
    if fewer == 0:
        return 0.0
    shared = len(one.words & other.words)
    if shared == 0:
        return 0.0
    contained = shared / max(fewer, 3)
    all_pairs = len(one.pairs | other.pairs)
    paired = len(one.pairs & other.pairs) / all_pairs if all_pairs else 0.0
    return min(1.0, 0.8 * contained + 0.2 * paired)


def metres(one: Sequence[Point], other: Sequence[Point]) -> float | None:
    """Between the nearest two of them, on a flat map: a city is small. None if either has none."""
    spans = [
        hypot((a[0] - b[0]) * _METRES_OF_A_DEGREE, (a[1] - b[1]) * _METRES_OF_A_DEGREE * cos(radians(a[0])))
        for a in one
        for b in other
    ]
    return min(spans, default=None)
