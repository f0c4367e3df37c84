"""A linear model over the functions: its file, and scoring without a numerical library.

All weights of one feature (one per function) are packed into the lanes of one Python integer (`lanes`), so that a
message costs one addition per word and per pair of neighbours. The file is text, gzipped: a JSON header, then one line
per feature, its name and its integer in hexadecimal.
"""

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from services.contracts.base import Function
from services.router.screening import features, lanes
from services.router.screening.reading import SURE, Reading

FORMAT = 2
_ZERO = 128
"""What stands for a weight of 0: lanes hold no signs. Weights take 8 bits of a lane."""
_REMEMBERED = 20_000
"""Words whose weights are kept unpacked: those that are asked for as reasons."""
_NEVER = 1e-300

FUNCTIONS: tuple[Function, ...] = get_args(Function)


class BadModel(Exception):
    """The file is no model, or one made of other features or for other functions than this program knows."""


@dataclass(frozen=True)
class Header:
    """All numbers of a model but its weights."""

    version: str
    """Stands in every proposal: `base-1`, `bengkulu-7`."""
    functions: tuple[Function, ...]
    bias: tuple[float, ...]
    """One per function."""
    scale: float
    """Worth of one step of a stored weight of words."""
    matter_scale: float
    """Likewise for matters of the lexicon."""
    square_scale: float
    """Likewise for the squared rarity of a word, which measures a message's length."""
    temperature: float
    """Scores are divided by it before they become probabilities: calibration."""
    floor: tuple[float, ...] = ()
    """Share of all texts that go to each function whatever their words say; what is left is the model's to give."""


@dataclass(frozen=True)
class Weights:
    """What training found: one row of a number per function each."""

    worded: Mapping[str, Sequence[float]]
    """Weight times rarity."""
    rarity: Mapping[str, float]
    """Of the same features; above 0."""
    matters: Mapping[str, Sequence[float]]


class Model:
    """Scores readings. Not for several threads at once."""

    def __init__(self, header: Header, packed: dict[str, int]) -> None:
        self.header = header
        self.version = header.version
        self.functions = header.functions
        self._at = {function: at for at, function in enumerate(header.functions)}
        self._packed = packed
        lanes_ = len(header.functions) + 1
        self._one = 1 << (lanes.LANE * lanes_)
        """Counts features, in a lane above the others."""
        self._shares = lanes.Shares(packed, self._one.__or__)
        self._unpacked, self._counted = lanes.unpacking(lanes_), lanes.unpacking(lanes_ + 1)
        self._rows: dict[str, tuple[int, ...]] = {}
        self._matters = {
            name.removeprefix(features.MATTER): value
            for name, value in packed.items()
            if name.startswith(features.MATTER)
        }
        self._left = 1.0 - sum(header.floor)
        self._floor = header.floor or (0.0,) * len(header.functions)

    def scores(self, read: Reading) -> list[float]:
        """Natural logarithm of each function's probability, in the order of `functions`; they sum to 1."""
        return [math.log(max(p, _NEVER)) for p in self.probabilities(read)]

    def probabilities(self, read: Reading) -> list[float]:
        """Of each function, in the order of `functions`."""
        packed = self._packed
        total = sum(map(self._shares.__getitem__, set(read.spoken)))
        pairs = packed.keys() & set(read.neighbours)
        total += sum(map(packed.__getitem__, pairs)) + len(pairs) * self._one
        *sums, square, count = self._counted(total)
        unit, zero = self.header.scale / math.sqrt(max(square, 1) * self.header.square_scale), _ZERO * count
        levels, matters = 0, 0
        for name in self._matters.keys() & read.scores.keys():
            # All scores of the lexicon are whole numbers.
            level = int(min(read.scores[name], SURE))
            levels += level
            matters += level * self._matters[name]
        step, none = self.header.matter_scale / SURE, _ZERO * levels
        scores = [
            bias + (one - zero) * unit + (matter - none) * step
            for bias, one, matter in zip(self.header.bias, sums, self._unpacked(matters), strict=False)
        ]
        return self._shared_out(scores)

    def _shared_out(self, scores: Sequence[float]) -> list[float]:
        heat, top = self.header.temperature, max(scores)
        powers = [math.exp((score - top) / heat) for score in scores]
        left = self._left / sum(powers)
        return [left * power + least for power, least in zip(powers, self._floor, strict=True)]

    def weight(self, word: str, function: Function) -> float:
        """How much one word of a message speaks for a function; weights of all functions sum to 0. 0 if unknown."""
        if word not in self._packed:
            return 0.0
        row = self._rows.get(word)
        if row is None:
            if len(self._rows) >= _REMEMBERED:
                self._rows.clear()
            row = self._rows[word] = self._unpacked(self._packed[word])
        return (row[self._at[function]] - _ZERO) * self.header.scale

    def knows(self, word: str) -> bool:
        """Whether it was learned as a word, or a pair of words."""
        return word in self._packed

    def known(self, words: AbstractSet[str]) -> AbstractSet[str]:
        """Those that it knows."""
        return self._packed.keys() & words

    def weights(self) -> Weights:
        """As they were packed, rounded: for a training that goes on from here."""
        header = self.header
        rows = {name: self._unpacked(value) for name, value in self._packed.items()}
        worded = {name: row for name, row in rows.items() if not name.startswith(features.MATTER)}
        return Weights(
            worded={name: [(q - _ZERO) * header.scale for q in row[:-1]] for name, row in worded.items()},
            rarity={name: math.sqrt(row[-1] * header.square_scale) for name, row in worded.items()},
            matters={
                f"{features.MATTER}{name}": [(q - _ZERO) * header.matter_scale for q in self._unpacked(value)[:-1]]
                for name, value in self._matters.items()
            },
        )

    def __len__(self) -> int:
        return len(self._packed)


def pack(header: Header, weights: Weights) -> Model:
    """Rounds weights to 8 bits each. The header's scales say what a step is worth (`scales`)."""
    packed: dict[str, int] = {}
    for name, row in weights.worded.items():
        square = min(255, max(1, round(weights.rarity[name] ** 2 / header.square_scale)))
        packed[name] = lanes.packed([*_steps(row, header.scale), square])
    for name, row in weights.matters.items():
        packed[name] = lanes.packed([*_steps(row, header.matter_scale), 0])
    return Model(header, packed)


def named(model: Model, version: str) -> Model:
    """The same under another name."""
    return Model(replace(model.header, version=version), model._packed)


def with_floor(model: Model, floor: tuple[float, ...]) -> Model:
    """The same with another floor; () has none."""
    return Model(replace(model.header, floor=floor), model._packed)


def scales(weights: Weights) -> tuple[float, float, float]:
    """`scale`, `matter_scale` and `square_scale` that lose least: the largest number takes the last step."""
    return (
        max((abs(w) for row in weights.worded.values() for w in row), default=1.0) / 127,
        max((abs(w) for row in weights.matters.values() for w in row), default=1.0) / 127,
        max((r**2 for r in weights.rarity.values()), default=1.0) / 255,
    )


def _steps(row: Sequence[float], scale: float) -> list[int]:
    return [_ZERO + max(-127, min(127, round(weight / scale))) for weight in row]


def save(model: Model, path: Path) -> None:
    """`OSError` if it can't be written."""
    path.write_bytes(dumps(model))


def dumps(model: Model) -> bytes:
    """The same model makes the same bytes."""
    header = {"format": FORMAT, "features": features.VERSION, **model.header.__dict__}
    lines = [json.dumps(header, sort_keys=True)]
    lines += [f"{name}\t{value:x}" for name, value in sorted(model._packed.items())]
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def load(path: Path) -> Model:
    """`BadModel` if it can't be used; `OSError` if it can't be read."""
    return loads(path.read_bytes(), path.name)


def loads(content: bytes, name: str) -> Model:
    """`name` is what a `BadModel` calls it."""
    try:
        first, *rest = gzip.decompress(content).decode().split("\n")
        header = json.loads(first)
        if (header.pop("format"), header.pop("features")) != (FORMAT, features.VERSION):
            raise BadModel(f"{name}: made for another version of this program")
        header["functions"] = tuple(header["functions"])
        header["bias"] = tuple(header["bias"])
        header["floor"] = tuple(header.get("floor", ()))
        known = Header(**header)
        packed = {feature: int(value, 16) for feature, _, value in (line.partition("\t") for line in rest)}
    except (gzip.BadGzipFile, EOFError, ValueError, KeyError, TypeError) as problem:
        raise BadModel(f"{name}: {problem}") from problem
    if not set(known.functions) <= set(FUNCTIONS) or len(known.bias) != len(known.functions):
        raise BadModel(f"{name}: functions that this program does not know")
    return Model(known, packed)
