"""A place as a person would note it down: kelurahan, street, landmark, RT and RW. In the reporter's own words: nothing
of it may be stored or logged unsealed."""

import re
from collections.abc import Sequence
from typing import Any

from services.router.places.landmarks import phrases
from services.router.places.names import Gazetteer
from services.router.places.place import Pin
from services.router.places.reading import read

_N = r"(\d{1,3}(?!\d)|[ivx]{1,5}\b)"
_BOTH = re.compile(rf"(?<![a-z])rt\W{{0,3}}(?:rw\W{{0,3}})?{_N}\s*/\s*(?:rw\W{{0,3}})?{_N}")
_RT = re.compile(rf"(?<![a-z])(?:rt|rukun tetangga)\W{{0,3}}{_N}")
_RW = re.compile(rf"(?<![a-z])(?:rw|rukun warga)\W{{0,3}}{_N}")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def described(gazetteer: Gazetteer, texts: Sequence[str], pins: Sequence[Pin] = ()) -> dict[str, Any]:
    """JSON-able: `ward_code`, `district_code`, `how`, `candidates`, `street`, `landmark`, `rt`, `rw`, `outside`."""
    place = gazetteer.find(texts, pins)
    said = read(texts)
    spoken_of = phrases(said)
    rt, rw = neighbours(texts)
    return {
        "ward_code": place.ward_code,
        "district_code": place.district_code,
        "how": place.how,
        "candidates": [
            {"ward_code": c.ward_code, "district_code": c.district_code, "score": c.score, "reason": c.reason}
            for c in place.candidates
        ],
        "street": next((" ".join(said.words[p.first : p.behind]) for p in spoken_of if p.street), None),
        "landmark": next((" ".join(said.words[p.first : p.behind]) for p in spoken_of if not p.street), None),
        "rt": rt,
        "rw": rw,
        "outside": place.how == "outside",
    }


def neighbours(texts: Sequence[str]) -> tuple[str | None, str | None]:
    """RT and RW with two digits at least: `rt5 rw2`, `RT.05/02`, `RT/RW 005/002`, `rt 5 rw ii` → `05`, `02`."""
    text = "\n".join(texts).lower()
    both = _BOTH.search(text)
    if both is not None:
        return _number(both.group(1)), _number(both.group(2))
    rt, rw = _RT.search(text), _RW.search(text)
    return _number(rt.group(1)) if rt else None, _number(rw.group(1)) if rw else None


def _number(written: str) -> str:
    if written.isdigit():
        return f"{int(written):02d}"
    values = [_ROMAN[letter] for letter in written]
    behind = [*values[1:], 0]
    return f"{sum(-value if value < then else value for value, then in zip(values, behind, strict=True)):02d}"
