"""Two kinds of word that say together what neither says alone (`api` … `dapur`), and words that take it back. Pure.

Rules over `Reading.grams`: phrases in plain form in the order of the message, each with the place of the first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.router.screening.words import normal

Grams = Mapping[str, int]


def listed(phrases: str) -> frozenset[str]:
    """Of phrases separated by `|`, as they stand in a message that was read."""
    return frozenset(normal(phrase) for phrase in phrases.split("|"))


def first(grams: Grams, phrases: frozenset[str]) -> str | None:
    """The one that stands first in the message."""
    return next((phrase for phrase in grams if phrase in phrases), None)


@dataclass(frozen=True)
class Pair:
    one: frozenset[str]
    other: frozenset[str]
    near: int = 5
    """Words between them, at most."""
    but: frozenset[str] = frozenset()
    """Anywhere in the message: then it speaks of something else."""
    rule: str = ""
    """What it is found as, and of which matter, where that is asked."""
    category: str = ""


def pair(one: str, other: str, near: int = 5, but: str = "", *, rule: str = "", category: str = "") -> Pair:
    """`one`, `other`, `but`: phrases separated by `|`."""
    return Pair(listed(one), listed(other), near, listed(but) if but else frozenset(), rule, category)


class Pairs:
    """Many of them, looked up by the words of a message: most messages hold no half of any."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._by_word: dict[str, list[Pair]] = {}
        for two in pairs:
            for word in two.one:
                self._by_word.setdefault(word, []).append(two)
        every = [two for pairs in self._by_word.values() for two in pairs]
        self.words = frozenset(self._by_word).union(*(two.other for two in every))
        self.asked = self.words.union(*(two.but for two in every))
        """Every phrase that they look for, also to be taken back."""

    def found(self, grams: Grams) -> Iterator[tuple[Pair, str, str]]:
        """Each pair that stands together, with its words; the same place is no pair. In the message's order."""
        for word in [word for word in grams if word in self._by_word]:
            at = grams[word]
            for two in self._by_word[word]:
                if two.other.isdisjoint(grams):
                    continue
                for other, there in grams.items():
                    if other in two.other and 0 < abs(at - there) <= two.near and two.but.isdisjoint(grams):
                        yield two, word, other

    def any(self, grams: Grams) -> bool:
        return next(self.found(grams), None) is not None
