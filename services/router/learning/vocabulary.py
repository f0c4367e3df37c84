"""Which words a city's model may learn: those that several people use in several ways, and never a name. Pure.

A model's file keeps words, so a name that somebody signed with would stand in it. A word beyond the model before is
learned only if all of this holds:

- it stands in at least `LEAST` texts;
- it has at least two different words before it and two behind it: what stands only in one person's signature, or
  always in the same turn of phrase, tells of that person and not of a matter;
- it is not written like a name (a capital inside an ordinary sentence) more often than not;
- it is none of the usual given names, does not follow a title or `nama`, and holds no digit.

Pieces and pairs of words come only from words that may be learned: a piece of a name is the name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from services.router.screening import features, reading, words

LEAST = 3
"""Different texts that a new word, pair or piece must occur in."""
_WAYS = 2
"""Different neighbours on each side."""
_EDGE = ""
"""Stands for the beginning or the end of a text: one neighbour like any other."""
_SHOUTED = 0.4
"""From this share of words with a capital on, capitals say nothing."""

_NAMED = 3
"""Words behind a title that may be a name."""
_BEFORE_NAMES = frozenset({
    "nama", "bernama", "atasnama", "an", "pak", "bapak", "bpk", "ibu", "bu", "buk", "mas", "mbak", "bang", "abang",
    "uda", "uni", "om", "tante", "kakak", "kak", "sdr", "sdri", "saudara", "saudari", "haji", "hj", "ustad", "ustadz",
    "almarhum", "alm", "drs", "ir", "dr",
})  # fmt: skip
"""In the plain form of `screening.words`; titles and ways to introduce oneself."""

_NAMES = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8")
GIVEN: frozenset[str] = frozenset(_NAMES.split()) | frozenset(words.tokens(_NAMES))
"""Common given and family names of the archipelago. What is a usual word as well (`indah`, `tanjung`) is known to the
common model and needs not be learned."""


@dataclass(frozen=True, slots=True)
class Said:
    """One example: its words in plain form, as `reading` has them, and the texts as they were typed."""

    words: Sequence[str]
    typed: Sequence[str]


@dataclass(slots=True)
class _Use:
    texts: int = 0
    before: set[str] = field(default_factory=set)
    behind: set[str] = field(default_factory=set)


def nameless(read: reading.Reading, known: frozenset[str]) -> reading.Reading:
    """Without the words right behind a title or `nama` (`nama saya …`), unless everybody uses them."""
    kept: list[str] = []
    hidden = 0
    for word in read.words:
        if hidden == 0 or word in known or word in _BEFORE_NAMES:
            kept.append(word)
        hidden = _NAMED if word in _BEFORE_NAMES else max(hidden - 1, 0)
    return replace(read, words=kept)


def learnable(said: Iterable[Said], known: frozenset[str]) -> frozenset[str]:
    """The words beyond `known` that may be learned."""
    uses: defaultdict[str, _Use] = defaultdict(_Use)
    named: Counter[str] = Counter()
    for one in said:
        spoken = features.spoken(one.words)
        for word in set(spoken):
            uses[word].texts += 1
        for before, word, behind in zip([_EDGE, *spoken], spoken, [*spoken[1:], _EDGE], strict=False):
            uses[word].before.add(before)
            uses[word].behind.add(behind)
        named.update(written_as_names(one.typed))
    return frozenset(
        word
        for word, use in uses.items()
        if word not in known
        and use.texts >= LEAST
        and len(use.before) >= _WAYS
        and len(use.behind) >= _WAYS
        and named[word] * 2 <= use.texts
        and word not in GIVEN
    )


def written_as_names(typed: Iterable[str]) -> set[str]:
    """Words with a capital that does not begin a sentence, of texts where most words have none; in plain form."""
    found: set[str] = set()
    for text in typed:
        tokens = text.split()
        letters = [token for token in tokens if token[:1].isalpha()]
        capitals = sum(token[0].isupper() for token in letters)
        if not letters or capitals > _SHOUTED * len(letters):
            continue
        begins = True
        for token in tokens:
            bare = token.strip("()[]\"'“”‘’,;:*")
            if bare[:1].isupper() and not begins:
                found.update(words.tokens(bare))
            begins = token[-1] in ".!?"
    return found


def of(words_: Sequence[str], allowed: frozenset[str], known: frozenset[str]) -> dict[str, int]:
    """The features of a text that a model may have: all that the model before knows, and those of allowed words."""
    spoken = features.spoken(words_)
    worded: Counter[str] = Counter()
    for word in dict.fromkeys(spoken):
        worded.update(name for name in features.of_word(word) if word in allowed or name in known)
    pairs = {pair for pair in features.pairs(spoken) if pair in known}
    free = allowed | known
    pairs |= {pair for pair in features.pairs(spoken) if all(word in free for word in pair.split())}
    worded.update(pairs)
    return dict(worded)
