"""Every phrase that any rule of screening looks for: of a message's runs of words only these are kept."""

from collections import defaultdict
from functools import cache

from services.router.screening import behalf, competence, dangers, guarding, perils, signs, unwanted

RULES = (behalf, competence, dangers, guarding, perils, signs, unwanted)


@cache
def phrases() -> frozenset[str]:
    return frozenset().union(*(rules.ASKED for rules in RULES))


def lengths(known: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """First word → how many words the phrases have that begin with it."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in known:
        first, *rest = phrase.split()
        found[first].add(len(rest) + 1)
    return {first: tuple(sorted(many)) for first, many in found.items()}
