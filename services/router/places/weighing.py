"""From everything that points somewhere to one place, or to several between which the reporter must choose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from services.router.places.landmarks import Phrase
from services.router.places.mentions import Mention
from services.router.places.place import Candidate, Place

ENOUGH = 0.5
"""Weight from which words alone say where it is."""
APART = 0.2
"""Two places nearer to each other than this are both possible."""
MOST = 6
_INSIDE = 0.3
"""What the kecamatan, named too, adds to its kelurahan."""
_LANDMARK, _STREET = 0.7, 0.4
"""Where a landmark was confirmed; a street says which kelurahan it may be, and runs on into the next."""

_Weights = dict[str, tuple[float, str]]
"""Code → weight and reason."""


def weighed(
    found: Sequence[Mention], district_of: Mapping[str, str], known: Iterable[tuple[Phrase, frozenset[str]]] = ()
) -> Place:
    """`known`: landmarks and streets that the message names, each with the kelurahan that it was confirmed for."""
    meant = _meant(found, district_of)
    districts = _districts(meant)
    wards = _wards(meant, district_of, districts)
    for phrase, codes in known:
        for code in codes & district_of.keys():
            weight, reason = (_STREET, "street") if phrase.street else (_LANDMARK, "landmark")
            _note(wards, code, weight / len(codes), reason)
    ranked = sorted(wards.items(), key=lambda item: (-item[1][0], item[0]))
    candidates = _candidates(ranked, districts, district_of)
    best = [
        (code, reason) for code, (weight, reason) in ranked if weight >= ENOUGH and ranked[0][1][0] - weight < APART
    ]
    if len(best) == 1:
        code, reason = best[0]
        return Place(code, district_of[code], "landmark" if reason == "landmark" else "named", candidates)
    shared = {district_of[code] for code, _ in best} or {c for c, (weight, _) in districts.items() if weight >= ENOUGH}
    if len(shared) == 1:
        return Place(None, shared.pop(), "district", candidates)
    return Place(how="ambiguous" if candidates else "none", candidates=candidates)


def _meant(found: Sequence[Mention], district_of: Mapping[str, str]) -> list[Mention]:
    """Without where people live, if the matter is somewhere else."""
    matter = [m for m in found if m.role in ("at", "head") and m.supported and m.score >= ENOUGH]

    def elsewhere(lives: Mention) -> bool:
        own = {*lives.name.codes, *(district_of.get(code, "") for code in lives.name.codes)}
        return bool(matter) and not any(own & set(m.name.codes) for m in matter)

    return [m for m in _together(found, district_of) if m.role != "lives" or not elsewhere(m)]


def _together(found: Sequence[Mention], district_of: Mapping[str, str]) -> list[Mention]:
    """A kelurahan and right behind it its kecamatan: `Cinta Raja Sail`. Each says of the other that it is a place."""
    sure = {
        at
        for at, ward in enumerate(found)
        for other, district in enumerate(found)
        if ward.name.kind == "ward" and district.name.kind == "district" and district.first == ward.behind
        and len(ward.name.codes) == 1 and district_of[ward.name.codes[0]] in district.name.codes
        for at in (at, other)
    }  # fmt: skip
    return [replace(m, supported=True) if at in sure else m for at, m in enumerate(found)]


def _districts(found: Sequence[Mention]) -> _Weights:
    districts: _Weights = {}
    for one in found:
        if one.name.kind == "district" and one.supported:
            for code in one.name.codes:
                _note(districts, code, one.score, one.reason)
    return districts


def _wards(found: Sequence[Mention], district_of: Mapping[str, str], districts: _Weights) -> _Weights:
    wards: _Weights = {}
    for one in found:
        if one.name.kind == "district":
            continue
        if one.name.kind == "landmark":
            _note(wards, one.name.codes[0], _LANDMARK, "landmark")
            continue
        for code in one.name.codes:
            inside = district_of[code] in districts
            if inside and _is_its_district(code, one, found, district_of):
                continue
            inside = inside and not _same_words(one, found)
            if one.supported or inside:
                _note(wards, code, one.score + (_INSIDE if inside else 0.0), one.reason)
    return wards


def _same_words(one: Mention, found: Sequence[Mention]) -> bool:
    """Is its kecamatan only there because it is called the same?"""
    return all(other.first == one.first for other in found if other.name.kind == "district")


def _is_its_district(code: str, one: Mention, found: Sequence[Mention], district_of: Mapping[str, str]) -> bool:
    """`Oebufu, Oebobo`: behind another of its kelurahan the name is the kecamatan's, not that of a kelurahan, too."""
    district = district_of[code]
    same = any(o.first == one.first and o.name.kind == "district" and district in o.name.codes for o in found)
    return same and any(
        (o.supported or o.behind == one.first) and o.first != one.first
        and o.name.kind == "ward" and len(o.name.codes) == 1 and o.score >= ENOUGH
        and district_of[o.name.codes[0]] == district and o.name.codes[0] != code
        for o in found
    )  # fmt: skip


def _note(weights: _Weights, code: str, weight: float, reason: str) -> None:
    if code not in weights or weights[code][0] < weight:
        weights[code] = (weight, reason)


def _candidates(
    ranked: Sequence[tuple[str, tuple[float, str]]], districts: _Weights, district_of: Mapping[str, str]
) -> tuple[Candidate, ...]:
    """Kelurahan, then kecamatan none of whose kelurahan is among them."""
    wards = [Candidate(district_of[code], code, _rounded(weight), reason) for code, (weight, reason) in ranked[:MOST]]
    inside = {one.district_code for one in wards}
    bare = [Candidate(c, None, _rounded(w), reason) for c, (w, reason) in districts.items() if c not in inside]
    return (*wards, *bare)[:MOST]


def _rounded(weight: float) -> float:
    return round(min(weight, 1.0), 2)
