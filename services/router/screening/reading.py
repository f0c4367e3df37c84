"""A message looked up in the lexicon: which matters its words speak for. Pure."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from services.router.screening import asked, whereabouts
from services.router.screening.categories import CATEGORIES
from services.router.screening.words import normal, tokens

STRONG, PAIR, WEAK = 4.0, 4.0, 1.0
SURE = 8.0
"""A matter named twice over; more says nothing more."""
NEAR = 6
"""Words between the two halves of a pair, at most."""
_OF_PLACES = frozenset({"kelurahan", "kecamatan", "desa", "lurah", "camat"})
"""Entries that say nothing if they were all part of an address or a greeting."""
MOST = 1_200
"""Words looked at; longer messages say what they are about before that."""
_LETTERS = 20_000
"""Likewise of one text, so that a whole book costs no more than its first pages."""


@dataclass(frozen=True)
class Reading:
    """What was found in a message."""

    words: list[str]
    """In plain form, without those that only say where: the reporter's, never to be stored."""
    grams: dict[str, int]
    """Phrases of the whole message that some rule or the lexicon looks for (`asked`), with the place of the first."""
    scores: dict[str, float]
    """Category → how strongly its vocabulary was found."""
    found: dict[str, tuple[str, ...]]
    """Entry of our vocabulary → categories that it speaks for."""
    rules: list[str]
    length: int
    """Words of the whole message."""

    @cached_property
    def spoken(self) -> list[str]:
        """Words without numbers, which tell one address from another, not one matter from another."""
        return [word for word in self.words if not word.isdigit()]

    @cached_property
    def neighbours(self) -> list[str]:
        """Every two words that stand together, in order."""
        return [f"{first} {second}" for first, second in itertools.pairwise(self.spoken)]


@dataclass(frozen=True)
class _Vocabulary:
    asked: frozenset[str]
    """Phrases that are kept of a message: the lexicon's and the rules'."""
    lengths: dict[str, dict[str, tuple[int, ...]]]
    """First word → second word → how many words those phrases have that begin with these two."""
    phrases: dict[str, tuple[tuple[str, float], ...]]
    halves: dict[str, tuple[int, int]]
    """Word → the pairs that it is the first half of, and those of whose second: a bit for each pair's number."""
    pairs: tuple[str, ...]
    """Category of each pair."""


@cache
def _vocabulary() -> _Vocabulary:
    phrases: dict[str, list[tuple[str, float]]] = {}
    halves: dict[str, list[int]] = {}
    pairs: list[str] = []
    for category in CATEGORIES:
        for phrase, weight in itertools.chain(
            ((p, STRONG) for p in category.strong), ((p, WEAK) for p in category.weak)
        ):
            phrases.setdefault(normal(phrase), []).append((category.id, weight))
        for sides in category.pairs:
            number = len(pairs)
            pairs.append(category.id)
            for half, side in enumerate(sides):
                for word in side.split():
                    halves.setdefault(normal(word), [0, 0])[half] |= 1 << number
    kept = asked.phrases().union(phrases)
    return _Vocabulary(
        kept,
        asked.lengths(kept),
        {phrase: tuple(found) for phrase, found in phrases.items()},
        {word: (first, second) for word, (first, second) in halves.items()},
        tuple(pairs),
    )


@cache
def own_words() -> frozenset[str]:
    """Every single word of the lexicon: these may stand in an event."""
    vocabulary = _vocabulary()
    entries = itertools.chain(vocabulary.phrases, vocabulary.halves)
    return frozenset(itertools.chain.from_iterable(entry.split() for entry in entries))


def read(texts: Iterable[str]) -> Reading:
    """Everything that the reporter wrote so far, oldest first."""
    said = list(itertools.islice(itertools.chain.from_iterable(tokens(text[:_LETTERS]) for text in texts), MOST))
    vocabulary = _vocabulary()
    grams = _grams(said, vocabulary)
    words = list(whereabouts.matter_of(said, own_words()))
    placed = _OF_PLACES.difference(words) if len(words) < len(said) else frozenset()
    scores: dict[str, float] = {}
    found: dict[str, list[str]] = {}
    rules: set[str] = set()
    for phrase in grams.keys() & vocabulary.phrases.keys():
        if phrase in placed:
            continue
        for category, weight in vocabulary.phrases[phrase]:
            scores[category] = scores.get(category, 0.0) + weight
            rules.add(f"{'strong' if weight == STRONG else 'weak'}.{category}")
            found.setdefault(phrase, []).append(category)
    for number, near in _pairs(words, vocabulary):
        category = vocabulary.pairs[number]
        scores[category] = scores.get(category, 0.0) + PAIR
        rules.add(f"pair.{category}")
        found.setdefault(f"{near[0]} + {near[1]}", []).append(category)
    ordered = {entry: tuple(found[entry]) for entry in sorted(found)}
    return Reading(words, grams, scores, ordered, sorted(rules), len(said))


def _grams(words: Sequence[str], vocabulary: _Vocabulary) -> dict[str, int]:
    kept, lengths, whole = vocabulary.asked, vocabulary.lengths, len(words)
    grams: dict[str, int] = {}
    for start, word in enumerate(words, start=1):
        then = lengths.get(word)
        if then is None:
            continue
        if word in kept and word not in grams:
            grams[word] = start - 1
        if start < whole and (second := words[start]) in then:
            for length in then[second]:
                phrase = " ".join(words[start - 1 : start - 1 + length])
                if phrase in kept and phrase not in grams:
                    grams[phrase] = start - 1
    return grams


def _pairs(words: Sequence[str], vocabulary: _Vocabulary) -> Iterator[tuple[int, tuple[str, str]]]:
    """Each pair whose halves stand near each other, with the two words; in the order of their numbers."""
    halves = vocabulary.halves
    known = [(at, word, *halves[word]) for at, word in enumerate(words) if word in halves]
    firsts = seconds = 0
    for _, _, first, second in known:
        firsts |= first
        seconds |= second
    both = firsts & seconds
    while both:
        bit = both & -both
        both ^= bit
        near = _near(
            [(at, word) for at, word, first, _ in known if first & bit],
            [(at, word) for at, word, _, second in known if second & bit],
        )
        if near is not None:
            yield bit.bit_length() - 1, near


def _near(first: Sequence[tuple[int, str]], second: Sequence[tuple[int, str]]) -> tuple[str, str] | None:
    for at, word in first:
        for other_at, other in second:
            if 0 < abs(at - other_at) <= NEAR:
                return word, other
    return None
