"""From a message to a proposal: what it is, whose work, how urgent, who must be protected; and why we think so.

A proposal carries the ids of the rules that fired and words of our own vocabulary, never the reporter's words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.contracts.base import OUT_OF_COMPETENCE, Confidentiality, Function, Kind, Urgency
from services.router.screening import signs
from services.router.screening.categories import BY_ID
from services.router.screening.reading import STRONG, WEAK, read

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
class _Read:
    """What was found in a message."""

    scores: dict[str, float]
    words: tuple[str, ...]
    rules: list[str]
    grams: dict[str, int]
    danger: bool
    about: About | None


def propose(texts: Iterable[str]) -> Proposal:
    """The proposal for everything that the reporter wrote so far, oldest first."""
    seen = read(texts)
    grams, scores, rules = seen.grams, dict(seen.scores), list(seen.rules)
    found = dict.fromkeys(seen.found)
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


def _weigh(seen: _Read) -> Proposal:
    scores, rules, grams, about = seen.scores, seen.rules, seen.grams, seen.about
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
        urgency="danger" if seen.danger else signs.urgency(grams),
        confidentiality="secret" if secret else "anonymous" if sensitive or about is not None else "normal",
        on_behalf=best is not None and best.id in signs.ON_BEHALF and not signs.speaks_of_self(grams),
        about=about,
        out_of_competence=best is not None and best.function in OUT_OF_COMPETENCE,
        alternatives=tuple(Candidate(name, BY_ID[name].function, score) for name, score in ranked[:4]),
        confidence=confidence,
        rules=tuple(dict.fromkeys(rules)),
        words=seen.words,
        spam=spam,
    )
