"""From a message to a proposal: what it is, whose work, how urgent, who must be protected; and why we think so.

The model of words says whose work it is, with what probability; the lexicon says which matter of that office; signs
say the rest. A proposal carries ids of rules and words of our own vocabulary, never the reporter's words.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from services.contracts.base import Confidentiality, Function, Kind, Mark, Urgency
from services.router.knowledge import base_model, marks_model
from services.router.screening import competence, joining, signs, words
from services.router.screening.categories import AKIN, BY_ID, FUNCTION_OF, OTHER
from services.router.screening.competence import Authority
from services.router.screening.model import Model
from services.router.screening.reading import STRONG, SURE, WEAK, Reading, read

About = signs.About

ACCUSED = 0.92
"""Probability where a rule alone decides: an official is accused."""
SURE_OF_WORK = 0.5
"""From here on whose work it is stays as the words say, if only the model of marks hears a danger."""
AT_LENGTH, SURE_AT_LENGTH = 60, 0.8
"""Who is in danger writes few words. In a longer message it stays urgent, but whose work it is say the words, if they
are as sure as that."""
LEAST = 0.3
"""Below this the model only guesses what is frequent."""
LEAST_WITHOUT_WORDS = 0.55
"""Likewise, if no word of the lexicon was found."""
LEAST_NAMED = 0.15
"""Likewise, if the lexicon names the same function by itself."""
SHOWN = 5
"""Words beside the lexicon's entries that a proposal gives as reasons, at most."""
TELLING = 4
"""Letters of such a word at least: shorter ones hold sentences together."""
ALTERNATIVES = 4


class Ranked(NamedTuple):
    """A function with its probability; all of a message's sum to 1."""

    function: Function
    p: float


@dataclass(frozen=True)
class Candidate:
    category: str
    function: Function
    p: float


@dataclass(frozen=True)
class Proposal:
    kind: Kind
    category: str | None
    """None: nobody could say what it is about."""
    function: Function | None
    urgency: Urgency
    confidentiality: Confidentiality
    """What its content needs; the reporter's or the door's wish can only raise it."""
    on_behalf: bool
    """The report is about somebody in need who is not the reporter."""
    about: About | None
    """The official or office that is complained about."""
    authority: Authority | None
    """Who is responsible, if it is not the city."""
    perhaps: Authority | None
    """Who may be, though it looks like the city's."""
    functions: tuple[Ranked, ...]
    """All that the model knows, the likeliest first."""
    alternatives: tuple[Candidate, ...]
    """The likeliest functions with the matter of each, the proposed one first; at most four."""
    confidence: float
    """Probability that the proposed function is right; 0 if none is proposed."""
    rules: tuple[str, ...]
    words: tuple[str, ...]
    """Entries of our vocabulary that were found."""
    model: str
    """Version of the model that said so."""
    spam: bool = False
    """Looks like advertising or fraud; a person decides."""
    hoax: bool = False
    """Looks like a chain letter; a person decides."""
    unsure: tuple[Mark, ...] = ()
    """Marks that it may bear, though not surely enough to set them: a person looks first."""
    several: bool = False
    """Two works in one message, such as a drain and a road: a person says which, or splits it."""

    @property
    def abstains(self) -> bool:
        return self.category is None or self.spam or self.hoax


def propose(texts: Iterable[str], model: Model | None = None) -> Proposal:
    """The proposal for everything that the reporter wrote so far, oldest first; by the base model unless given one."""
    model = model or base_model()
    seen = read(texts)
    grams, rules = seen.grams, list(seen.rules)
    marked = marks_model().marked(seen)
    danger = joining.endangered(seen, marked)
    about = signs.about(grams)
    functions = _ranked(model, seen)
    known = _categories(seen)
    category, confidence = _matter(functions, seen, known)
    if category == "power_cut" and signs.leans(grams):
        category = "other_power_utility"  # a danger to come, and nobody is without power
    why = _words(seen, model, functions)
    told_at_length = seen.length > AT_LENGTH and confidence >= SURE_AT_LENGTH
    rescue = danger is not None and (danger.ruled or confidence < SURE_OF_WORK) and not told_at_length
    if danger is not None:
        # A life at risk is the matter, whatever else the message speaks of, unless only the model of marks hears it.
        if rescue:
            category, confidence = danger.category, _borne_out(danger, functions)
        rules.append(danger.rule)
        why = tuple(dict.fromkeys((*danger.words, *why)))
    elif about is not None:
        # The matter is somebody's conduct; whose work it otherwise is says the model, except for RT, RW, lurah, camat.
        category, confidence = "official_conduct", max(confidence, ACCUSED)
    if about is not None:
        rules.append(f"about.{about}")
    function = BY_ID[category].function if category else None
    if about in ("official", "agency", "mayor"):
        function = functions[0].function
    elif (rescue or (about and danger is None)) and function is not None:
        functions = _lifted(functions, function, confidence)
    kind, kind_rule = signs.kind(grams, category)
    protect, protect_rule = joining.protection(seen, category, marked, accused=about is not None)
    several = danger is None and about is None and category is not None and _several(category, seen)
    spam, hoax = joining.sent(seen, marked) if danger is None else (False, False)
    helped = joining.on_behalf(grams, category, marked)
    bears: dict[Mark, bool] = {
        "danger": danger is not None, "secret": protect != "normal", "behalf": helped, "unwanted": spam or hoax
    }  # fmt: skip
    unsure = joining.unsure(seen, marked, bears)
    authority = competence.authority(function, grams) if function else None
    perhaps = competence.perhaps(function, grams) if function else None
    rules += [kind_rule, *protect_rule]
    rules += [mark for mark, found in (("spam", spam), ("hoax", hoax), ("several", several)) if found]
    rules += [f"{joining.UNSURE}{mark}" for mark in unsure]
    rules += [f"authority.{authority.id}"] if authority else []
    rules += [f"perhaps.{perhaps.id}"] if perhaps else []
    return Proposal(
        kind=kind,
        category=category,
        function=function,
        urgency="danger" if danger else "urgent" if "danger" in unsure else signs.urgency(grams),
        confidentiality=protect,
        on_behalf=helped,
        about=about,
        authority=authority,
        perhaps=perhaps,
        functions=functions,
        alternatives=_alternatives(category, functions, known),
        confidence=round(confidence, 3),
        rules=tuple(dict.fromkeys(rules)),
        words=tuple(dict.fromkeys((*(word for one in marked.values() for word in one.words), *why))),
        model=model.version,
        spam=spam,
        hoax=hoax,
        unsure=unsure,
        several=several,
    )


def _ranked(model: Model, seen: Reading) -> tuple[Ranked, ...]:
    ranked = sorted(zip(model.functions, model.probabilities(seen), strict=True), key=itemgetter(1), reverse=True)
    return tuple(map(Ranked._make, ranked))


def _borne_out(danger: joining.Endangered, functions: Sequence[Ranked]) -> float:
    """Probability that the work is that of the danger: what says danger, and what the words say, as two witnesses."""
    words = next((one.p for one in functions if one.function == BY_ID[danger.category].function), 0.0)
    return min(joining.CERTAIN, 1 - (1 - danger.p) * (1 - words))


def _matter(functions: Sequence[Ranked], seen: Reading, known: Mapping[Function, str]) -> tuple[str | None, float]:
    best = functions[0]
    for_it = sum([score for name, score in seen.scores.items() if FUNCTION_OF[name] == best.function])
    found = any(score >= 2 * WEAK for score in seen.scores.values())
    least = LEAST_NAMED if for_it >= STRONG else LEAST if found else LEAST_WITHOUT_WORDS
    if best.p < least:
        return None, 0.0
    return known.get(best.function, OTHER[best.function]), best.p


def _categories(seen: Reading) -> dict[Function, str]:
    """Each function's matter that the lexicon found most of; what says no more than the function is none."""
    found: dict[Function, tuple[float, str]] = {}
    for name, score in seen.scores.items():
        function, one = FUNCTION_OF[name], (-score, name)
        if name != OTHER[function] and (function not in found or one < found[function]):
            found[function] = one
    return {function: name for function, (_, name) in found.items()}


def _several(category: str, seen: Reading) -> bool:
    """Whether words of their own name another matter that is not akin to this one: of the same office by a phrase, of
    another office twice over."""
    function = BY_ID[category].function
    told = _words_for(category, seen)
    return any(
        score >= (STRONG if BY_ID[name].function == function else SURE)
        and name != category
        and not any({name, category} <= kin for kin in AKIN)
        and len(_words_for(name, seen) - told) >= 2
        for name, score in seen.scores.items()
    )


def _words_for(category: str, seen: Reading) -> set[str]:
    entries = (entry for entry, categories in seen.found.items() if category in categories)
    return set(itertools.chain.from_iterable(entry.replace("+", " ").split() for entry in entries))


def _alternatives(
    category: str | None, functions: Sequence[Ranked], known: Mapping[Function, str]
) -> tuple[Candidate, ...]:
    found = [Candidate(known.get(function, OTHER[function]), function, p) for function, p in functions[:ALTERNATIVES]]
    if category is not None:
        found[0] = Candidate(category, functions[0].function, functions[0].p)
    return tuple(found)


def _lifted(functions: Sequence[Ranked], function: Function, p: float) -> tuple[Ranked, ...]:
    """With `function` at `p`, and the rest sharing what is left as before."""
    rest = sum(one.p for one in functions if one.function != function) or 1.0
    others = [Ranked(one.function, one.p * (1 - p) / rest) for one in functions if one.function != function]
    return (Ranked(function, p), *others)


def _words(seen: Reading, model: Model, functions: Sequence[Ranked]) -> tuple[str, ...]:
    """Why: entries of the lexicon that speak for the likeliest functions, then words of our own texts for the first."""
    likely = {one.function for one in functions[:ALTERNATIVES]}
    entries = [
        entry for entry, named in seen.found.items() if not likely.isdisjoint([FUNCTION_OF[name] for name in named])
    ]
    own = base_model()
    best = functions[0].function
    told = set(itertools.chain.from_iterable(entry.split() for entry in entries))
    others = own.known(set(seen.words)) - told - words.EMPTY
    weighed = [(-weight, word) for word in others if len(word) >= TELLING and (weight := model.weight(word, best)) > 0]
    return (*entries, *(word for _, word in sorted(weighed)[:SHOWN]))
