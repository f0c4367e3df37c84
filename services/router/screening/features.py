"""What a statistical model sees of a message: words, pairs of neighbours, pieces of words, and matters of the lexicon.

Training and scoring both go through this module, so that they can't drift apart. `VERSION` stands in every model
file: a model that was made of other features is refused when it is loaded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from services.router.screening import reading

VERSION = 1

PIECES = (3, 4, 5)
"""Lengths of the pieces of a word: they see through typing errors and affixes."""
PIECE = "~"
"""Before a piece: `~rusa`."""
MATTER = "@"
"""Before the id of a category whose vocabulary was found: `@road_damage`. Counted beside the words, undiluted."""


@dataclass(frozen=True, slots=True)
class Features:
    worded: dict[str, int]
    """Word, `two words` or `~piece` → how often. A model weighs them by rarity and by the length of the message."""
    matters: dict[str, float]
    """`@category` → 0 to 1, how clearly the lexicon found it."""


def of(text: str) -> Features:
    """For training; scoring takes the parts below, word by word."""
    return of_reading(reading.read([text]))


def of_reading(read: reading.Reading) -> Features:
    worded: Counter[str] = Counter()
    for word in dict.fromkeys(read.spoken):
        worded.update(of_word(word))
    worded.update(set(read.neighbours))
    return Features(dict(worded), matters(read.scores))


def spoken(words: Sequence[str]) -> list[str]:
    """Words without numbers, which tell one address from another, not one matter from another."""
    return [word for word in words if not word.isdigit()]


@lru_cache(maxsize=4_096)
def of_word(word: str) -> Sequence[str]:
    """The word itself and its pieces. Two models ask for the same words, one soon after the other."""
    if len(word) < 4:
        return (word,)
    marked = f"^{word}$"
    whole = len(marked) + 1
    return (word, *[PIECE + marked[at : at + length] for length in PIECES for at in range(whole - length)])


def pairs(words: Sequence[str]) -> Iterator[str]:
    for first, second in pairwise(words):
        yield f"{first} {second}"


def matters(scores: Mapping[str, float]) -> dict[str, float]:
    return {f"{MATTER}{category}": min(score, reading.SURE) / reading.SURE for category, score in scores.items()}
