"""Every phrase that any rule of screening looks for: of a message's runs of words only these are kept."""

from collections import defaultdict
from functools import cache

from services.router.screening import behalf, competence, dangers, guarding, perils, signs, unwanted

RULES = (behalf, competence, dangers, guarding, perils, signs, unwanted)


@cache
def phrases() -> frozenset[str]:
    return frozenset().union(*(rules.ASKED for rules in RULES))


def lengths(known: frozenset[str]) -> dict[str, dict[str, tuple[int, ...]]]:
    """First word → second word → how many words the phrases have that begin with these two; a first word that only
    stands alone has none."""
    found: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for phrase in known:
        first, *rest = phrase.split()
        then = found[first]
        if rest:
            then[rest[0]].add(len(rest) + 1)
    return {first: {second: tuple(sorted(many)) for second, many in then.items()} for first, then in found.items()}
