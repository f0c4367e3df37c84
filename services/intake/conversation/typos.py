"""Slips of the finger: a letter too many, missing or swapped, vowels left out, words run together. Pure.

Only towards the few key words: whatever else people write is left as it stands.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA

from services.intake.conversation import courtesy, sign_words, topics
from services.intake.conversation.lexicon import COMMON, KEY, SPELLINGS
from services.intake.conversation.lexicon_english import ENGLISH
from services.intake.conversation.lexicon_regions import REGIONS
from services.intake.conversation.vocabulary import vocabulary

_STANDARD: dict[str, str] = {typed: word for word, typings in SPELLINGS.items() for typed in typings.split()}
for _more in (*REGIONS, ENGLISH):
    # What the first dictionary has stands: a region's word never changes what was understood before.
    _STANDARD |= {typed: word for word, typings in _more.items() for typed in typings.split() if typed not in _STANDARD}
_STANDARD |= {"terimakasih": "terima-kasih", "batalkan": "batal"}
KNOWN = (
    frozenset(SPELLINGS)
    | frozenset(_STANDARD.values())
    | frozenset(_STANDARD)
    | COMMON
    | courtesy.WORDS
    | sign_words.WORDS
    | topics.WORDS
)

_VOWELS = frozenset("aeiou")
_BONES: dict[str, str] = {}
for _word in KEY:
    _BONES.setdefault("".join(c for c in _word if c not in _VOWELS), _word)

_ALLOWED = ((9, 2), (5, 1))
"""Length of a word from which so many slips are forgiven."""
_PIECE = 3
_PIECES = (
    frozenset(SPELLINGS)
    | topics.WORDS
    | sign_words.GOOD
    | sign_words.BAD
    | vocabulary(
        "blm sdh udh udah dah gmn jln lmp ndak alun iduik idup tolong pak bang kak min kapan makasih terimakasih "
        "laporan lapor sampai mana"
    )
)
"""What may be run together: a word that is only a slip of another is no piece (`sampaikan` is not `sampa ikan`)."""
_SHORT_PIECES = frozenset({"su", "ya", "jg", "sy", "pk", "bu"})
_MOST = 40
"""Letters; longer ones are no words."""


def standard(word: str) -> str | None:
    """The standard word for a typing that is in the dictionary."""
    return _STANDARD.get(word) or (word if word in SPELLINGS else None)


@lru_cache(maxsize=50_000)
def mended(word: str) -> tuple[str, ...]:
    """One word as it was meant; several where people left out the space; itself where nothing is known of it."""
    if word in KNOWN or len(word) < 4 or len(word) > _MOST or not word.isascii() or not word.isalpha():
        return (word,)
    return _boneless(word) or _apart(word) or _near(word) or (word,)


def _boneless(word: str) -> tuple[str, ...] | None:
    """`slsai`, `lpran`: hardly a vowel left."""
    if sum(c in _VOWELS for c in word) > 1:
        return None
    bones = "".join(c for c in word if c not in _VOWELS)
    found = _BONES.get(bones) if len(bones) >= 3 else None
    return None if found is None else (standard(found) or found,)


def _near(word: str) -> tuple[str, ...] | None:
    most = next((slips for length, slips in _ALLOWED if len(word) >= length), 0)
    if most == 0:
        return None
    best: tuple[int, str] | None = None
    for key in KEY:
        if abs(len(key) - len(word)) > most or key[0] not in word[:2]:
            continue
        away = OSA.distance(word, key, score_cutoff=most)
        if away <= most and len(key) >= 5 and (best is None or away < best[0]):
            best = away, key
    return None if best is None else (standard(best[1]) or best[1],)


def _apart(word: str) -> tuple[str, ...] | None:
    """Known words without spaces between them; the fewest pieces win."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(2, len(word) + 1):
        for begin in range(max(0, end - 14), end - 1):
            before, piece = best[begin], word[begin:end]
            if (
                before is None
                or not (len(piece) >= _PIECE or piece in _SHORT_PIECES)
                or (piece not in _PIECES and piece not in _SHORT_PIECES)
            ):
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = (*before, piece)
    found = best[-1]
    if found is None or len(found) < 2 or len(found) > 5:
        return None
    return tuple(standard(piece) or piece for piece in found)
