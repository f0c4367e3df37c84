"""What rules found and what the model of marks says, as one: each mark set or left to a person, with reasons. Pure.

A rule decides alone: it names what it found. What only the model says is set where it is sure enough; what it is less
sure of changes nothing that goes out, but a person looks first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.contracts.base import Confidentiality, Mark
from services.router.screening import behalf, concepts, dangers, guarding, unwanted
from services.router.screening.marking import MARKS, Marked
from services.router.screening.near import Grams, listed

CERTAIN = 0.97
"""Probability where a rule alone decides: a life at risk."""
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

_OVER_OR_FEARED = listed(
    "kemarin|tahun lalu|bulan lalu|minggu lalu|dulu|pernah|sebelum|rawan|antisipasi|mencegah|simulasi|pelatihan|pasca|"
    "jangan sampai|supaya|kadang|hampir|sudah dievakuasi|potensi"
)
"""A danger that only the model hears is no sure one beside these."""
_SOMETHING_TOLD = 8
"""Words of a chain letter at least: `sebarkan jadwal vaksin` asks for something."""
_PERILOUS = frozenset(
    f"{concepts.SENSE}{sense}"
    for sense in (
        *("body", "harm", "faint", "birth", "weapon", "strike", "threat", "beast", "bite", "drown", "crush", "inside"),
        "wire",
    )
)
_NO_PERIL = listed("mati|kepala|kasar|kayu|listrik|tiang|pln|lantai|dalam|kamar")
"""Too often of something else: `air mati`, `kepala dinas`, `tiang listrik`."""
_FLAMES = listed(
    "api|asap|terbakar|kebakaran|kebakar|tabaka|tabakar|meledak|meledug|bocor|percikan|hangus|gosong|kabakaran"
)
_WATERS = listed(
    "banjir|arus|ombak|gelombang|perahu|kapal|sampan|laut|sungai|leher|dada|pinggang|seatap|evakuasi|hilang|tersesat|"
    "kolam|tambak|gunung|hutan|pantai|tanggul"
)
_WHOLE: dict[str, frozenset[str]] = {"fire": _FLAMES, "flood_rescue": _WATERS}


def endangered(grams: Grams, found: Found) -> Endangered | None:
    """A life at risk, and the matter that it makes likely."""
    ruled = dangers.danger(grams)
    if ruled is not None:
        return Endangered(ruled.category, CERTAIN, ruled.rule, (ruled.phrase,), True)
    told = _sure(found, "danger")
    if told is not None and not (_OVER_OR_FEARED.isdisjoint(grams) and _perilous(grams, told.part)):
        return None
    return None if told is None else Endangered(told.part, min(told.p, CERTAIN), f"{TOLD}danger", told.words, False)


def protection(grams: Grams, category: str | None, found: Found, *, accused: bool) -> tuple[Confidentiality, list[str]]:
    level, rules = guarding.protection(grams, category, accused=accused)
    if level == "normal" and not accused and _sure(found, "secret") and not guarding.only_talked_of(grams):
        return "secret", [f"{TOLD}secret"]
    return level, rules


def on_behalf(grams: Grams, category: str | None, found: Found) -> bool:
    return behalf.on_behalf(grams, category) or _sure(found, "behalf") is not None


def sent(grams: Grams, found: Found) -> tuple[bool, bool]:
    """(advertising or fraud, chain letter)."""
    spam, hoax = unwanted.spam(grams), unwanted.hoax(grams)
    told = _sure(found, "unwanted")
    if spam or hoax or told is None or unwanted.spoken_of(grams):
        return spam, hoax
    return told.part != "hoax", told.part == "hoax" and max(grams.values()) >= _SOMETHING_TOLD


def unsure(grams: Grams, found: Found, bears: Mapping[Mark, bool]) -> tuple[Mark, ...]:
    """What a person must look at first. `bears`: the marks that are set."""
    return tuple(
        mark
        for mark in MARKS
        if mark in found and not bears[mark] and (mark != "danger" or _perilous(grams, found[mark].part))
    )


def _perilous(grams: Grams, part: str) -> bool:
    """Does it name what kills? `listrik padam` and `nenek tidak punya air` do not, however alike they sound."""
    if part in _WHOLE and not _WHOLE[part].isdisjoint(grams):
        return True
    words = (sense for word in grams if word not in _NO_PERIL for sense in concepts.of_word(word))
    return not _PERILOUS.isdisjoint(words)


def _sure(found: Found, mark: Mark) -> Marked | None:
    told = found.get(mark)
    return told if told is not None and told.sure else None
