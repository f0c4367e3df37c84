"""From a message to a proposal: what it is, whose work, how urgent, who must be protected; and why we think so.

A proposal carries the ids of the rules that fired and words of our own vocabulary, never the reporter's words.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from services.contracts.base import OUT_OF_COMPETENCE, Confidentiality, Function, Kind, Urgency
from services.router.screening import signs
from services.router.screening.categories import BY_ID, CATEGORIES
from services.router.screening.words import normal, tokens

STRONG, PAIR, WEAK = 4.0, 4.0, 1.0
NEAR = 6
"""Words between the two halves of a pair, at most."""
LONGEST = 4
"""Words of the longest phrase."""
MOST = 1_200
"""Words looked at; longer messages say what they are about before that."""

About = signs.About


@dataclass(frozen=True)
class Candidate:
    category: str
    function: Function
    score: float


@dataclass(frozen=True)
class Proposal:
    kind: Kind
    category: str | None
    """None: no rule knows what it is about."""
    function: Function | None
    urgency: Urgency
    confidentiality: Confidentiality
    """What its content needs; the reporter's or the door's wish can only raise it."""
    on_behalf: bool
    """The report is about somebody in need who is not the reporter."""
    about: About | None
    """The official or office that is complained about."""
    out_of_competence: bool
    alternatives: tuple[Candidate, ...]
    """Ranked, the proposed one first; at most four."""
    confidence: float
    """0 to 1; how far the best matter stands above the next of another function, and above nothing at all."""
    rules: tuple[str, ...]
    words: tuple[str, ...]
    """Entries of our vocabulary that were found."""
    spam: bool = False
    """Looks like advertising or fraud; a person decides."""

    @property
    def abstains(self) -> bool:
        return self.category is None or self.spam


@dataclass(frozen=True)
class _Vocabulary:
    phrases: dict[str, tuple[tuple[str, float], ...]]
    halves: dict[str, tuple[tuple[int, int], ...]]
    """word → (pair number, half 0 or 1)."""
    pairs: tuple[str, ...]
    """Category of each pair."""


@dataclass(frozen=True)
class _Read:
    """What was found in a message."""

    scores: dict[str, float]
    words: tuple[str, ...]
    rules: list[str]
    grams: dict[str, int]
    danger: bool
    about: About | None


@cache
def _vocabulary() -> _Vocabulary:
    phrases: dict[str, list[tuple[str, float]]] = {}
    halves: dict[str, list[tuple[int, int]]] = {}
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
                    halves.setdefault(normal(word), []).append((number, half))
    return _Vocabulary(
        {phrase: tuple(found) for phrase, found in phrases.items()},
        {word: tuple(found) for word, found in halves.items()},
        tuple(pairs),
    )


def propose(texts: Iterable[str]) -> Proposal:
    """The proposal for everything that the reporter wrote so far, oldest first."""
    words = list(itertools.islice(itertools.chain.from_iterable(tokens(text) for text in texts), MOST))
    grams = _grams(words)
    scores, found, rules = _matters(words, grams)
    danger = signs.danger(grams)
    if danger is not None:
        # A life at risk is the matter, whatever else the message speaks of.
        rules.append(danger.rule)
        found[danger.phrase] = None
        scores[danger.category] = scores.get(danger.category, 0.0) + 2 * STRONG
    about = signs.about(grams)
    if about is not None:
        rules.append(f"about.{about}")
        scores["official_conduct"] = scores.get("official_conduct", 0.0) + 2 * STRONG
    return _weigh(_Read(scores, tuple(found), rules, grams, danger is not None, about))


def _grams(words: Sequence[str]) -> dict[str, int]:
    """Every run of one to four words, with the place of its first occurrence."""
    grams: dict[str, int] = {}
    for length in range(1, LONGEST + 1):
        for start in range(len(words) - length + 1):
            grams.setdefault(" ".join(words[start : start + length]) if length > 1 else words[start], start)
    return grams


def _matters(words: Sequence[str], grams: dict[str, int]) -> tuple[dict[str, float], dict[str, None], list[str]]:
    vocabulary = _vocabulary()
    scores: dict[str, float] = {}
    found: dict[str, None] = {}
    rules: list[str] = []
    for phrase in grams.keys() & vocabulary.phrases.keys():
        for category, weight in vocabulary.phrases[phrase]:
            scores[category] = scores.get(category, 0.0) + weight
            rules.append(f"{'strong' if weight == STRONG else 'weak'}.{category}")
        found[phrase] = None
    places: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for at, word in enumerate(words):
        for half in vocabulary.halves.get(word, ()):
            places.setdefault(half, []).append((at, word))
    for number, category in enumerate(vocabulary.pairs):
        near = _near(places.get((number, 0), ()), places.get((number, 1), ()))
        if near is not None:
            scores[category] = scores.get(category, 0.0) + PAIR
            rules.append(f"pair.{category}")
            found[f"{near[0]} + {near[1]}"] = None
    return scores, dict.fromkeys(sorted(found)), sorted(set(rules))


def _near(first: Sequence[tuple[int, str]], second: Sequence[tuple[int, str]]) -> tuple[str, str] | None:
    for at, word in first:
        for other_at, other in second:
            if 0 < abs(at - other_at) <= NEAR:
                return word, other
    return None


def _weigh(read: _Read) -> Proposal:
    scores, rules, grams, about = read.scores, read.rules, read.grams, read.about
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    kind, kind_rule = signs.kind(grams, ranked[0][0] if ranked else None)
    rules.append(kind_rule)
    spam = signs.spam(grams)
    if spam:
        rules.append("spam")
    best = BY_ID[ranked[0][0]] if ranked and ranked[0][1] >= 2 * WEAK else None
    confidence = 0.0
    if best is not None:
        top = ranked[0][1]
        rival = max((score for name, score in ranked if BY_ID[name].function != best.function), default=0.0)
        confidence = round(top / (top + 0.8 * rival + 1.0), 3)
    sensitive = best is not None and best.id in signs.SENSITIVE
    secret = best is not None and best.id in signs.SECRET
    return Proposal(
        kind=kind,
        category=best.id if best else None,
        function=best.function if best else None,
        urgency="danger" if read.danger else signs.urgency(grams),
        confidentiality="secret" if secret else "anonymous" if sensitive or about is not None else "normal",
        on_behalf=best is not None and best.id in signs.ON_BEHALF and not signs.speaks_of_self(grams),
        about=about,
        out_of_competence=best is not None and best.function in OUT_OF_COMPETENCE,
        alternatives=tuple(Candidate(name, BY_ID[name].function, score) for name, score in ranked[:4]),
        confidence=confidence,
        rules=tuple(dict.fromkeys(rules)),
        words=read.words,
        spam=spam,
    )
