"""Our own sentences that bear a mark or only sound so, and the model made of them.

`marks/<mark>.txt`: `+` bears the mark, `-` does not; `[part]` says of the lines below which danger, which kind of
unwanted. Ordinary complaints of the corpus are what bears no mark, but for those that the rules find or whose function
is near to it. Needs scikit-learn; nothing that runs imports this.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from services.contracts.base import Function, Mark
from services.router.knowledge import HERE, base_model
from services.router.knowledge.texts import framed, lines, mistyped, own_texts
from services.router.screening import behalf, concepts, dangers, features, guarding, marking, reading, signs, unwanted
from services.router.screening.marking import MARKS, Header, Marks

FOLDS = 4
STRENGTH = 4.0
"""Inverse of the regularisation."""
SENSES = 1.5
"""How much senses weigh against words."""
SMALLEST = 0.04
"""Features whose weights all stay below this share of the greatest are left out: the file stays small."""
LEAST = 3
"""Texts that a pair or a piece must occur in."""
PRECISE: dict[Mark, float] = {"danger": 0.90, "secret": 0.85, "behalf": 0.80, "unwanted": 0.90}
"""Of the left-out sentences that are marked as sure so many are right, our near misses counted in full."""
LOOKED_AT: dict[Mark, float] = {"danger": 0.70, "secret": 0.70, "behalf": 0.65, "unwanted": 0.70}
"""Likewise of those that are sure or that a person looks at first."""
PARTED: tuple[Mark, ...] = ("danger", "unwanted")
"""Whose parts are told from each other."""
ORDINARY_SURE, ORDINARY_UNSURE = 0.003, 0.015
"""Of ordinary complaints, told at length, no more are marked as sure, or looked at: most of what comes is ordinary."""
UNKNOWN: dict[Mark, frozenset[Function]] = {
    "danger": frozenset({"disaster_fire", "women_children", "police"}),
    "secret": frozenset(
        {"women_children", "police", "personnel", "community", "village_ward", "public_order", "social",
         "national_agency", "education"}
    ),
    "behalf": frozenset({"social", "women_children", "health"}),
    "unwanted": frozenset(),
}  # fmt: skip
"""Functions whose ordinary texts may well bear the mark."""


@dataclass(frozen=True)
class Line:
    text: str
    part: str
    bears: bool
    weight: float = 1.0
    of: str = ""
    """The line that it is a copy of."""


def own_lines(mark: Mark) -> Iterator[Line]:
    part = ""
    for line in lines(HERE / "marks" / f"{mark}.txt"):
        if line.startswith("["):
            part = line.strip("[]-")
        else:
            yield Line(line[2:], part, line.startswith("+ "), of=line[2:])


def version() -> str:
    """`marks-` and a digest of all that the model is made of: sentences, senses, recipe, and the texts and the lexicon
    that the model of functions is named after."""
    recipe = (
        *(STRENGTH, SENSES, SMALLEST, PRECISE, LOOKED_AT, ORDINARY_SURE, ORDINARY_UNSURE),
        *(marking.BREATH, marking.STEADY),
    )
    digest = hashlib.sha256(repr((recipe, base_model().version, concepts.table())).encode())
    for mark in MARKS:
        for line in own_lines(mark):
            worded, senses = _seen(line.text)
            row = [mark, line.part, line.bears, sorted(worded.items()), sorted(senses)]
            digest.update(json.dumps(row).encode())
    return f"marks-{digest.hexdigest()[:8]}"


@cache
def _texts(mark: Mark) -> tuple[Line, ...]:
    found: list[Line] = []
    for line in own_lines(mark):
        found += [
            line,
            Line(framed(line.text), line.part, line.bears, 0.5, line.text),
            Line(mistyped(line.text), line.part, line.bears, 0.5, line.text),
        ]
    for one in own_texts():
        taught = one.function not in UNKNOWN[mark] and (not one.framed or _drawn(one.text) < _TAUGHT)
        if taught and not _RULES[mark](one.text):
            found += [Line(said, "", bears=False, of=one.of) for said in _breaths(one.text)]
    for other in MARKS:
        # What is no report is in no danger; who is in danger does not advertise.
        if other != mark and (mark == "unwanted" or other == "unwanted"):
            found += [Line(line.text, "", bears=False, of=line.text) for line in own_lines(other)]
    return tuple(found)


_TAUGHT, _ASKED = 40, 80
"""Of 256 copies of ordinary texts, told at length, so many are learned from; up to the other, so many ask how often a
mark is false."""


def _drawn(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[1]


def _breaths(text: str) -> Iterator[str]:
    words = text.split()
    return (" ".join(breath) for breath in marking.breaths(words))


def _guarded(text: str) -> bool:
    grams = reading.read([text]).grams
    return guarding.protection(grams, None, accused=signs.about(grams) is not None)[0] != "normal"


def _sent(text: str) -> bool:
    grams = reading.read([text]).grams
    return unwanted.spam(grams) or unwanted.hoax(grams)


_RULES: dict[Mark, Callable[[str], bool]] = {
    "danger": lambda text: dangers.danger(reading.read([text]).grams) is not None,
    "secret": _guarded,
    "behalf": lambda text: behalf.on_behalf(reading.read([text]).grams, None),
    "unwanted": _sent,
}


@cache
def _seen(text: str) -> tuple[dict[str, int], frozenset[str]]:
    read = reading.read([text])
    words = features.spoken(read.words)
    return features.of_reading(read).worded, frozenset(concepts.senses(words) | marking.strong_of(read))


class _Table:
    """Every text as a row of numbers, as `Marks` weighs it."""

    def __init__(self, texts: Sequence[str]) -> None:
        texts = tuple(dict.fromkeys(texts))
        frequency = Counter(name for text in texts for name in _seen(text)[0])
        self.rarity = {
            name: math.log((1 + len(texts)) / (1 + count)) + 1
            for name, count in frequency.items()
            if count >= LEAST or not (" " in name or name.startswith(features.PIECE))
        }
        self._at = {text: at for at, text in enumerate(texts)}
        vectorizer = DictVectorizer(dtype=np.float32)
        self._rows = vectorizer.fit_transform([self._row(text) for text in texts])
        self.names = [str(name) for name in vectorizer.get_feature_names_out()]

    def of(self, texts: Iterable[str]) -> csr_matrix:
        return self._rows[[self._at[text] for text in texts]]

    def _row(self, text: str) -> dict[str, float]:
        worded, senses = _seen(text)
        known = {name: self.rarity[name] for name in worded if name in self.rarity}
        length = math.sqrt(sum(rare**2 for rare in known.values())) or 1.0
        each = SENSES / math.sqrt(len(senses) + marking.STEADY)
        return {name: rare / length for name, rare in known.items()} | dict.fromkeys(senses, each)


@cache
def _table() -> _Table:
    return _Table([line.text for mark in MARKS for line in (*_texts(mark), *_asked(mark))])


Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Learned:
    heads: tuple[str, ...]
    weights: Numbers
    """Feature by head."""
    bias: Numbers


def _learned(mark: Mark, texts: Sequence[Line]) -> Learned:
    rows = _table().of(line.text for line in texts)
    learner = LogisticRegression(C=STRENGTH, max_iter=150, solver="liblinear", random_state=0)
    learner.fit(rows, [line.bears for line in texts], sample_weight=[line.weight for line in texts])
    return Learned((mark,), learner.coef_.T.astype(float), learner.intercept_.astype(float))


def _parted(mark: Mark) -> Learned | None:
    """Which part of it, for what bears it."""
    bearing = [line for line in _texts(mark) if line.bears and line.part]
    if mark not in PARTED:
        return None
    learner = LogisticRegression(C=STRENGTH, max_iter=150)
    learner.fit(_table().of(line.text for line in bearing), [line.part for line in bearing])
    weights, bias = learner.coef_.T.astype(float), learner.intercept_.astype(float)
    if len(learner.classes_) == 2:
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return Learned(tuple(f"{mark}.{part}" for part in learner.classes_), weights, bias)


def fit() -> Marks:
    """Uncalibrated: `calibrated` follows."""
    found = [_learned(mark, _texts(mark)) for mark in MARKS]
    found += [parted for mark in MARKS if (parted := _parted(mark)) is not None]
    heads = [head for one in found for head in one.heads]
    return _pack(heads, np.hstack([one.weights for one in found]), np.hstack([one.bias for one in found]))


def _pack(heads: Sequence[str], weights: Numbers, bias: Numbers) -> Marks:
    table = _table()
    rarity = np.array([table.rarity.get(name, 0.0) for name in table.names])
    worded = rarity > 0
    weights = weights * np.where(worded, rarity, SENSES)[:, None]
    reach = np.abs(weights).max(axis=1)
    scale, sense_scale = reach[worded].max() / marking.STEPS, reach[~worded].max() / marking.STEPS
    kept = ~worded | (reach >= SMALLEST * reach[worded].max())
    square_scale = float((rarity[kept] ** 2).max()) / 255
    packed = {
        table.names[at]: marking.packed(
            weights[at].tolist(),
            scale if worded[at] else sense_scale,
            max(1, round(rarity[at] ** 2 / square_scale)) if worded[at] else 0,
        )
        for at in np.flatnonzero(kept)
    }
    plain = dict.fromkeys(map(str, MARKS), 1.0)
    return Marks(
        Header(
            version="new",
            heads=tuple(heads),
            bias=tuple(round(float(one), 4) for one in bias),
            scale=float(scale),
            sense_scale=float(sense_scale),
            square_scale=square_scale,
            slope=plain,
            offset=dict.fromkeys(plain, 0.0),
            sure=plain,
            unsure=plain,
        ),
        packed,
    )


Breaths = list[float]
"""A text's scores of one mark, one for each breath."""


@dataclass(frozen=True)
class LeftOut:
    """Scores of sentences by models that had not seen them."""

    scores: list[Breaths]
    bears: NDArray[np.bool_]
    ordinary: list[Breaths]
    """Of complaints that bear no mark, told at length."""


def left_out(mark: Mark) -> LeftOut:
    """Of our own lines and their framed copies, and of ordinary texts, a part at a time."""
    found = LeftOut([], np.array([line.bears for _ in range(2) for line in own_lines(mark)]), [])
    by_text: dict[str, Breaths] = {}
    for number in range(FOLDS):
        learned = _learned(mark, [line for line in _texts(mark) if _fold(line.of) != number])
        asked = [line for line in _asked(mark) if _fold(line.of) == number]
        scores = _table().of(line.text for line in asked) @ learned.weights[:, 0] + learned.bias[0]
        told: dict[str, Breaths] = {}
        for line, score in zip(asked, scores, strict=True):
            told.setdefault(line.part, []).append(float(score))
        by_text |= told
    own = [way(line.text) for way in (str, framed) for line in own_lines(mark)]
    found.scores.extend(by_text[text] for text in own)
    found.ordinary.extend(scores for text, scores in by_text.items() if text not in set(own))
    return found


@cache
def _asked(mark: Mark) -> tuple[Line, ...]:
    """Breaths to be scored; `part` is the whole text."""
    own = [(way(line.text), line.text) for way in (str, framed) for line in own_lines(mark)]
    drawn = [
        (one.text, one.of)
        for one in own_texts()
        if one.framed and _TAUGHT <= _drawn(one.text) < _ASKED and one.function not in UNKNOWN[mark]
    ]
    ordinary = [(text, of) for text, of in drawn if not _RULES[mark](text)]
    return tuple(Line(breath, text, bears=False, of=of) for text, of in (*own, *ordinary) for breath in _breaths(text))


def _fold(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % FOLDS


def calibrated(model: Marks, apart: Mapping[Mark, LeftOut]) -> tuple[Marks, dict[Mark, tuple[float, float]]]:
    """With thresholds by what models said of sentences that they had not seen; and the recall at each of the two."""
    slope: dict[str, float] = {}
    offset: dict[str, float] = {}
    sure: dict[str, float] = {}
    unsure: dict[str, float] = {}
    recalls: dict[Mark, tuple[float, float]] = {}
    for mark, one in apart.items():
        line = LogisticRegression(C=1e6).fit([[max(breaths)] for breaths in one.scores], one.bears)
        slope[mark], offset[mark] = round(float(line.coef_[0, 0]), 4), round(float(line.intercept_[0]), 4)

        def p(breaths: Breaths, mark: Mark = mark) -> float:
            logits = (score * slope[mark] + offset[mark] for score in breaths)
            return max(marking.probability(logit, late) for late, logit in enumerate(logits))

        said = np.array([p(breaths) for breaths in one.scores])
        false = np.array([p(breaths) for breaths in one.ordinary])
        sure[mark] = _threshold(said, one.bears, false, PRECISE[mark], ORDINARY_SURE)
        unsure[mark] = min(sure[mark], _threshold(said, one.bears, false, LOOKED_AT[mark], ORDINARY_UNSURE))
        bearing = said[one.bears]
        recalls[mark] = float((bearing >= sure[mark]).mean()), float((bearing >= unsure[mark]).mean())
    header = replace(model.header, slope=slope, offset=offset, sure=sure, unsure=unsure, version=version())
    return Marks(header, model._packed), recalls


def _threshold(said: Numbers, bears: NDArray[np.bool_], ordinary: Numbers, precise: float, most: float) -> float:
    """The lowest probability from which `precise` of the sentences bear the mark, and at `most` that share of the
    ordinary texts is at it or above."""
    order = np.argsort(-said)
    right = np.cumsum(bears[order]) / np.arange(1, len(order) + 1)
    fits = np.flatnonzero(right >= precise)
    by_precision = float(said[order[fits[-1]]]) if len(fits) else 1.0
    return round(max(by_precision, float(np.quantile(ordinary, 1 - most))), 4)


def write(path: Path) -> tuple[Marks, dict[Mark, tuple[float, float]]]:
    made, recalls = calibrated(fit(), {mark: left_out(mark) for mark in MARKS})
    path.write_bytes(marking.dumps(made))
    return made, recalls
