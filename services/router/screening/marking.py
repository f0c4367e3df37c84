"""Marks that no list of words can end: danger to life, what must be closed, another's need, what is no report.

Rules (`dangers`, `guarding`, `behalf`, `unwanted`) find what they name and next to nothing else; of new wordings they
miss most. This model learned from sentences of our own (`knowledge/marks`) and joins them. Like the model of functions
it is linear: words, neighbours and pieces of words, and beside them the senses of words (`concepts`). A message longer
than a breath is read breath by breath, and the surest counts: a danger told between greeting and address is one.

Two thresholds a mark, chosen on sentences left out (`knowledge/marks.py`): `sure`, from which the mark is set, and
`unsure`, from which a person looks first. Nothing is ever dropped for a mark.
"""

import gzip
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from services.contracts.base import Mark
from services.router.screening import concepts, features, lanes
from services.router.screening.model import BadModel
from services.router.screening.reading import STRONG, Reading
from services.router.screening.words import EMPTY

MARKS: tuple[Mark, ...] = get_args(Mark)

FORMAT = 1
BREATH = 24
"""Words that are read together; the next breath begins half of it later."""
SPARE = 8
"""Words beyond a first breath that it still takes."""
STEADY = 4
"""A message of few senses is no surer for that."""
ZERO = 32_768
"""What stands for a weight of 0: lanes hold no signs."""
STEPS = ZERO - 1
SHOWN = 3
"""Words that a mark gives as reasons, at most."""
_TELLING = 3
"""Letters of such a word, at least."""


@dataclass(frozen=True)
class Header:
    version: str
    heads: tuple[str, ...]
    """The marks, then `mark.part` for each part of a mark: which danger, which kind of unwanted."""
    bias: tuple[float, ...]
    scale: float
    """Worth of one step of a weight of words."""
    sense_scale: float
    square_scale: float
    """Of the squared rarity of a word, which measures a breath's length."""
    slope: Mapping[str, float]
    """Mark → what its score is multiplied by, and `offset` added, to be the logit of a probability."""
    offset: Mapping[str, float]
    sure: Mapping[str, float]
    """Mark → probability from which it is set."""
    unsure: Mapping[str, float]
    """Likewise, from which a person looks first."""


@dataclass(frozen=True)
class Marked:
    p: float
    sure: bool
    unsure: bool
    part: str
    """The likeliest part of it; empty where it has none."""
    words: tuple[str, ...]
    """Of our own texts, that speak for it most; at most `SHOWN`."""


class Marks:
    """Scores readings. Not for several threads at once."""

    def __init__(self, header: Header, packed: dict[str, int]) -> None:
        self.header = header
        self._packed = packed
        self._marks = _Heads(packed, len(MARKS), len(header.heads))
        self._all = _Heads(packed, len(header.heads), len(header.heads))
        self._parts = {
            mark: [(at, head) for at, head in enumerate(header.heads) if head.startswith(f"{mark}.")] for mark in MARKS
        }
        self._asked = [(mark, header.slope[mark], header.offset[mark], logit(header.unsure[mark])) for mark in MARKS]

    def marked(self, read: Reading) -> dict[Mark, Marked]:
        """What it may bear, by mark; a mark of which a person need not think is left out."""
        strong = strong_of(read)
        parts = list(zip(breaths(read.spoken), breaths(read.neighbours, fewer=1), strict=True))
        said = [self._scores(*one, strong, self._marks) for one in parts]
        found: dict[Mark, Marked] = {}
        for at, (mark, slope, offset, least) in enumerate(self._asked):
            late, most = 0, -math.inf
            for number, scores in enumerate(said):
                one = scores[at] * slope + offset - math.log1p(number)
                if one > most:
                    late, most = number, one
            if most < least:
                continue
            p = probability(most, 0)
            sure = p >= self.header.sure[mark]
            scores = self._scores(*parts[late], strong, self._all) if self._parts[mark] else said[late]
            part = max(((scores[at], head) for at, head in self._parts[mark]), default=(0.0, "."))[1]
            found[mark] = Marked(p, sure, not sure, part.partition(".")[2], self._why(mark, parts[late][0]))
        return found

    def knows(self, word: str) -> bool:
        """Whether it stands in our own texts."""
        return word in self._packed

    def _scores(self, words: Sequence[str], pairs: Sequence[str], strong: set[str], heads: "_Heads") -> list[float]:
        """`pairs`: of neighbours among the words."""
        header, packed = self.header, self._packed
        total = sum(map(heads.shares.__getitem__, set(words)))
        total += sum(map(heads.known.__getitem__, packed.keys() & set(pairs)))
        *sums, square, count = heads.unpacked(total)
        unit, zero = header.scale / math.sqrt(max(square, 1) * header.square_scale), ZERO * count
        senses = concepts.senses(words)
        senses |= strong
        *felt, _, count = heads.unpacked(sum(map(heads.known.__getitem__, senses)))
        sense_unit, sense_zero = header.sense_scale / math.sqrt(len(senses) + STEADY), ZERO * count
        return [
            bias + (one - zero) * unit + (other - sense_zero) * sense_unit
            for bias, one, other in zip(header.bias, sums, felt, strict=False)
        ]

    def _why(self, mark: Mark, words: Sequence[str]) -> tuple[str, ...]:
        at = MARKS.index(mark)
        weighed = {}
        for word in dict.fromkeys(words):
            if len(word) < _TELLING or word in EMPTY or word not in self._packed:
                continue
            *sums, _, count = self._marks.unpacked(self._marks.shares[word])
            own = (sums[at] - ZERO * count) * self.header.scale
            for sense in concepts.of_word(word):
                *felt, _, known = self._marks.unpacked(self._marks.known[sense])
                own += (felt[at] - ZERO * known) * self.header.sense_scale
            if own > 0:
                weighed[word] = own
        return tuple(sorted(weighed, key=lambda word: (-weighed[word], word))[:SHOWN])


class _Heads:
    """The first so many of a model's heads: of most messages only the marks are asked for, not their parts."""

    def __init__(self, packed: Mapping[str, int], many: int, every: int) -> None:
        low, square, one = (1 << (lanes.LANE * many)) - 1, lanes.LANE * every, 1 << (lanes.LANE * (many + 1))

        def told(value: int) -> int:
            """A feature's weights for these, its share of the length, and 1, by which features are counted."""
            return value & low | value >> square << (lanes.LANE * many) | one

        self.shares = lanes.Shares(packed, told)
        self.known = _Known(packed, told)
        self.unpacked = lanes.unpacking(many + 2)


class _Known(dict[str, int]):
    """Pair of words, sense or matter → what it says; a sense or matter that the model does not know says nothing: of
    these there are some hundreds. Only known pairs may be asked for."""

    def __init__(self, packed: Mapping[str, int], told: Callable[[int], int]) -> None:
        super().__init__()
        self._packed, self._told = packed, told

    def __missing__(self, name: str) -> int:
        known = self[name] = self._told(self._packed[name]) if name in self._packed else 0
        return known


def breaths(words: Sequence[str], fewer: int = 0) -> Iterator[Sequence[str]]:
    """The words in overlapping parts of `BREATH`; all of them at once if they are few. `fewer`: 1 if pairs of
    neighbours are given, of which there is one fewer in each part."""
    whole = len(words) + fewer
    if whole <= BREATH + SPARE:
        yield words
        return
    step = BREATH // 2
    for at in range(0, whole - step, step):
        yield words[at : at + BREATH - fewer]


def strong_of(read: Reading) -> set[str]:
    """Matters that the lexicon names, as features."""
    return {f"{features.MATTER}{name}" for name, score in read.scores.items() if score >= STRONG}


def logit(p: float) -> float:
    return math.log(p / (1 - p)) if 0 < p < 1 else math.copysign(math.inf, p - 0.5)


def probability(logit: float, late: int) -> float:
    """Of what is said in breath number `late`, from 0: the more breaths, the more often one only sounds so, and what
    matters is said first."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit - math.log1p(late)))))


def packed(row: Sequence[float], scale: float, square: int) -> int:
    """Weights of one feature, and how much of a breath's length it is."""
    steps = [ZERO + max(-STEPS, min(STEPS, round(weight / scale))) for weight in row]
    return lanes.packed([*steps, square])


def dumps(marks: Marks) -> bytes:
    """The same model makes the same bytes."""
    header = {"format": FORMAT, "features": features.VERSION, **marks.header.__dict__}
    lines = [json.dumps(header, sort_keys=True)]
    lines += [f"{name}\t{value:x}" for name, value in sorted(marks._packed.items())]
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def load(path: Path) -> Marks:
    """`BadModel` if it can't be used; `OSError` if it can't be read."""
    try:
        first, *rest = gzip.decompress(path.read_bytes()).decode().split("\n")
        header = json.loads(first)
        if (header.pop("format"), header.pop("features")) != (FORMAT, features.VERSION):
            raise BadModel(f"{path.name}: made for another version of this program")
        header["heads"], header["bias"] = tuple(header["heads"]), tuple(header["bias"])
        return Marks(Header(**header), {name: int(value, 16) for name, _, value in (x.partition("\t") for x in rest)})
    except (gzip.BadGzipFile, EOFError, ValueError, KeyError, TypeError) as problem:
        raise BadModel(f"{path.name}: {problem}") from problem
