"""Two models on decisions that neither has seen: which is better, in figures; and whether the new one takes over. Pure.

The order of the comparison is fixed before anyone sees a figure: a new version takes over only if nothing speaks
against it. On a few rows chance alone makes one model look better than another, so too few rows end it.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from services.contracts.base import Function

LEAST = 30
"""Decisions held back: on fewer, one row more or less is three points."""
ABOVE_GUESSING = 0.1
"""So much more often right than by always naming the most frequent function must a model be: labels that have nothing
to do with the words teach no more than how often each occurs."""
KNOWN_LOSS = 0.05
"""So much it may lose on the common examples: a city's own ways count, but what everybody knows is not unlearned."""
SLACK, MORE_SURPRISED = 0.01, 0.1
"""What it may lose in macro-F1 and in log loss (nats) for being right more often: no more than chance does."""
_BINS = 10


@dataclass(frozen=True, slots=True)
class Figures:
    rows: int
    accuracy: float
    top3: float
    macro_f1: float
    """Mean over the functions that occur in the rows."""
    calibration: float
    """Expected calibration error, 0 to 1: how far stated probability and hit rate lie apart, in ten equal steps."""
    surprise: float
    """Mean of the negative logarithm of the probability given to what was right."""

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


Truth = frozenset[Function]
"""One function, or several of which one is right."""


def figures(functions: Sequence[Function], scored: Sequence[Sequence[float]], truths: Sequence[Truth]) -> Figures:
    """`scored`: the natural logarithm of each function's probability, a row for each truth."""
    hits: list[bool] = []
    sure: list[float] = []
    third = 0
    surprise = 0.0
    pairs: list[tuple[Function, Function]] = []
    for row, truth in zip(scored, truths, strict=True):
        ranked = sorted(range(len(functions)), key=lambda at: -row[at])
        best = functions[ranked[0]]
        right = best in truth
        hits.append(right)
        sure.append(math.exp(row[ranked[0]]))
        third += any(functions[at] in truth for at in ranked[:3])
        given = sum(math.exp(row[at]) for at in ranked if functions[at] in truth)
        surprise -= math.log(max(given, 1e-6))
        meant = next((functions[at] for at in ranked if functions[at] in truth), min(truth))
        pairs.append((best, meant))
    rows = len(truths)
    if rows == 0:
        return Figures(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return Figures(rows, sum(hits) / rows, third / rows, _macro_f1(pairs), _calibration(sure, hits), surprise / rows)


def _macro_f1(pairs: Sequence[tuple[Function, Function]]) -> float:
    meant = {truth for _, truth in pairs}
    total = 0.0
    for function in meant:
        right = sum(said == truth == function for said, truth in pairs)
        wrong = sum((said == function) != (truth == function) for said, truth in pairs)
        total += 2 * right / (2 * right + wrong)
    return total / len(meant)


def _calibration(sure: Sequence[float], hits: Sequence[bool]) -> float:
    error = 0.0
    for step in range(_BINS):
        inside = [at for at, p in enumerate(sure) if min(int(p * _BINS), _BINS - 1) == step]
        if inside:
            error += abs(sum(sure[at] for at in inside) - sum(hits[at] for at in inside))
    return error / len(sure)


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Figures
    """The model in force, on the rows held back."""
    after: Figures
    """The new one, on the same rows."""
    known_before: Figures
    """Likewise on the common examples, which both were trained on: what a new one gets wrong there, it unlearned."""
    known_after: Figures
    most_frequent: float
    """Share of the most frequent function among the rows held back."""

    @property
    def objections(self) -> list[str]:
        """Why the new one does not take over; empty if it does."""
        before, after = self.before, self.after
        if after.rows < LEAST:
            return [f"{after.rows} decisions held back say too little; at least {LEAST} are needed"]
        found: list[str] = []
        if after.accuracy < self.most_frequent + ABOVE_GUESSING:
            found.append(
                f"right in {after.accuracy:.0%}, where naming the most frequent function always would be right in "
                f"{self.most_frequent:.0%}: do these labels belong to these words?"
            )
        if after.accuracy < before.accuracy:
            found.append("it is right less often than the model in force")
        if after.macro_f1 < before.macro_f1 - SLACK:
            found.append("it serves the rarer functions worse than the model in force (macro-F1)")
        if after.surprise > before.surprise + MORE_SURPRISED:
            found.append("its probabilities fit worse than those of the model in force (log loss)")
        if (
            after.accuracy <= before.accuracy
            and after.macro_f1 <= before.macro_f1
            and after.surprise >= before.surprise
        ):
            found.append("it is better in nothing")
        if self.known_after.rows and self.known_after.accuracy < self.known_before.accuracy - KNOWN_LOSS:
            found.append(
                f"it unlearned what every city knows: {self.known_after.accuracy:.0%} of the common examples right, "
                f"{self.known_before.accuracy:.0%} before"
            )
        return found


def most_frequent(truths: Sequence[Truth]) -> float:
    """Of the functions that a row may stand for, each counts."""
    counts: dict[Function, int] = {}
    for truth in truths:
        for function in truth:
            counts[function] = counts.get(function, 0) + 1
    return max(counts.values(), default=0) / max(len(truths), 1)
