"""Our own labelled texts, plain and as people frame them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from services.contracts.base import Function
from services.router.knowledge import HERE

JOINED = (2, 3)
"""Copies of each text that tell it together with so many of the same function, within a greeting, an address and a
closing: people write at length, and what stands around a matter must teach a model nothing."""

MISTYPED_FROM = 5
"""Letters of a word that people mistype."""

PRIOR: dict[Function, float] = {
    "public_works": 0.20, "transport": 0.15, "civil_registry": 0.09, "village_ward": 0.08, "health": 0.07,
    "housing_lighting": 0.06, "public_order": 0.06, "environment": 0.06, "water_utility": 0.04, "social": 0.04,
    "education": 0.035, "trade_markets": 0.025, "manpower": 0.025, "licensing": 0.02, "disaster_fire": 0.02,
    "agriculture_food": 0.02, "tourism_sport": 0.02, "personnel": 0.02, "community": 0.02, "communication": 0.015,
    "revenue": 0.015, "women_children": 0.01, "police": 0.015, "power_utility": 0.015, "national_insurance": 0.01,
    "national_agency": 0.015,
}  # fmt: skip
"""How often each is what people write to a city about: roads first, then traffic, then papers."""


FLOOR: dict[Function, float] = {
    function: 0.03 if function == "village_ward" else round(0.02 * share, 5) for function, share in PRIOR.items()
}
"""Of a hundred complaints three are given to the kelurahan for the place's sake, and two to anywhere."""


@dataclass(frozen=True)
class Text:
    text: str
    function: Function
    framed: bool
    """A copy with something around it, or mistyped."""
    of: str
    """The line that it is a copy of."""


def own_texts() -> Iterator[Text]:
    """Every text of the corpus with its copies, joined and mistyped, always in the same order."""
    frames = _frames()
    for function in get_args(Function):
        listed = lines(HERE / "corpus" / f"{function}.txt")
        for line in listed:
            yield Text(line, function, False, line)
            for many in JOINED:
                yield Text(_joined(line, listed, many, frames), function, True, line)
            yield Text(mistyped(line), function, True, line)


def corpus() -> Iterator[str]:
    """Every text as it was written, of all functions."""
    for function in get_args(Function):
        yield from lines(HERE / "corpus" / f"{function}.txt")


def lines(path: Path) -> list[str]:
    """Without empty lines and comments."""
    read = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in read if line.strip() and not line.startswith("#")]


def mistyped(line: str) -> str:
    """The same with some words typed wrong."""
    return " ".join(_mistyped(word, line) for word in line.split())


def framed(line: str) -> str:
    """The same within a greeting, an address and a closing."""
    return _joined(line, [], 1, _frames())


def _joined(line: str, listed: list[str], many: int, frames: dict[str, list[str]]) -> str:
    """The address stands behind the first of them, wherever the line itself stands."""
    chance = hashlib.sha256(f"{many}{line}".encode()).digest()

    def pick(among: list[str], at: int) -> str:
        return among[int.from_bytes(chance[at : at + 3], "big") % len(among)]

    parts = [pick(listed, 3 * other) for other in range(1, many)]
    parts.insert(chance[0] % many, line)
    return ", ".join(
        (pick(frames["open"], 16), parts[0], pick(frames["place"], 19), *parts[1:], pick(frames["close"], 22))
    )


def _mistyped(word: str, line: str) -> str:
    """About a third of the longer words lose a vowel, have letters changed over or a letter twice; in another line
    another third."""
    chance = hashlib.sha256(f"{word} {line}".encode()).digest()
    if len(word) < MISTYPED_FROM or not word.isalpha() or chance[0] % 3:
        return word
    vowels = [at for at in range(1, len(word) - 1) if word[at] in "aeiou"]
    at = 1 + chance[2] % (len(word) - 2)
    if chance[1] % 4 < 2 and vowels:
        lost = vowels[chance[2] % len(vowels)]
        return word[:lost] + word[lost + 1 :]
    if chance[1] % 4 == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:]


@cache
def _frames() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in lines(HERE / "frames.txt"):
        if line.startswith("["):
            sections[line.strip("[]")] = []
        else:
            sections[list(sections)[-1]].append(line)
    return sections
