"""What rules found and what the model of marks says, as one: each mark set or left to a person, with reasons. Pure.

A rule decides alone: it names what it found. What only the model says is set where it is sure enough; what it is less
sure of changes nothing that goes out, but a person looks first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.contracts.base import Confidentiality, Mark
from services.router.screening import behalf, concepts, dangers, guarding, unwanted
from services.router.screening.marking import MARKS, Marked
from services.router.screening.near import Grams
from services.router.screening.perils import FLAMES, NO_PERIL, OVER_OR_FEARED, WATERS
from services.router.screening.reading import Reading

CERTAIN = 0.97
"""No danger is surer of whose work it is."""
RULED = 0.85
"""Probability of whose work it is where a rule alone says it."""
TOLD = "told."
"""Before a mark, as a reason: the model set it. `unsure.`: it left it to a person."""
UNSURE = "unsure."


@dataclass(frozen=True, slots=True)
class Endangered:
    category: str
    p: float
    rule: str
    words: tuple[str, ...]
    ruled: bool
    """By a rule, and not by the model alone."""


Found = Mapping[Mark, Marked]

_SOMETHING_TOLD = 8
"""Words of a chain letter at least: `sebarkan jadwal vaksin` asks for something."""
_PERILOUS = frozenset(
    f"{concepts.SENSE}{sense}"
    for sense in (
        *("body", "harm", "faint", "birth", "weapon", "strike", "threat", "beast", "bite", "drown", "crush", "inside"),
        "wire",
    )
)
_ACTS = ("take", "strike", "intimate", "threat", "harm", "weapon", "money", "deal", "scold", "inside")
_GRAVE = frozenset(f"{concepts.SENSE}{act}" for act in _ACTS)
_WHOLE: dict[str, frozenset[str]] = {"fire": FLAMES, "flood_rescue": WATERS}


def endangered(seen: Reading, found: Found) -> Endangered | None:
    """A life at risk, and the matter that it makes likely."""
    ruled = dangers.danger(seen.grams)
    if ruled is not None:
        return Endangered(ruled.category, RULED, ruled.rule, (ruled.phrase,), True)
    told = _sure(found, "danger")
    if told is not None and not (OVER_OR_FEARED.isdisjoint(seen.grams) and _perilous(seen, told.part)):
        return None
    return None if told is None else Endangered(told.part, min(told.p, CERTAIN), f"{TOLD}danger", told.words, False)


def protection(
    seen: Reading, category: str | None, found: Found, *, accused: bool
) -> tuple[Confidentiality, list[str]]:
    grams = seen.grams
    level, rules = guarding.protection(grams, category, accused=accused)
    if (
        level == "normal"
        and not accused
        and _sure(found, "secret")
        and _grave(seen)
        and not guarding.only_talked_of(grams)
    ):
        return "secret", [f"{TOLD}secret"]
    return level, rules


def on_behalf(grams: Grams, category: str | None, found: Found) -> bool:
    return behalf.on_behalf(grams, category) or (_sure(found, "behalf") is not None and not behalf.of_oneself(grams))


def sent(seen: Reading, found: Found) -> tuple[bool, bool]:
    """(advertising or fraud, chain letter)."""
    grams = seen.grams
    spam, hoax = unwanted.spam(grams), unwanted.hoax(grams)
    told = _sure(found, "unwanted")
    if spam or hoax or told is None or unwanted.spoken_of(grams):
        return spam, hoax
    return told.part != "hoax", told.part == "hoax" and seen.length > _SOMETHING_TOLD


def unsure(seen: Reading, found: Found, bears: Mapping[Mark, bool]) -> tuple[Mark, ...]:
    """What a person must look at first. `bears`: the marks that are set."""
    return tuple(
        mark
        for mark in MARKS
        if mark in found and not bears[mark] and (mark != "danger" or _perilous(seen, found[mark].part))
    )


def _perilous(seen: Reading, part: str) -> bool:
    """Does it name what kills? `listrik padam` and `nenek tidak punya air` do not, however alike they sound."""
    if part in _WHOLE and not _WHOLE[part].isdisjoint(seen.grams):
        return True
    words = (sense for word in seen.words if word not in NO_PERIL for sense in concepts.of_word(word))
    return not _PERILOUS.isdisjoint(words)


def _grave(seen: Reading) -> bool:
    """Does it name an act, or what acts are about? Who writes, and that something is reported, is no secret."""
    senses = (sense for word in seen.words for sense in concepts.of_word(word))
    return not _GRAVE.isdisjoint(senses)


def _sure(found: Found, mark: Mark) -> Marked | None:
    told = found.get(mark)
    return told if told is not None and told.sure else None
