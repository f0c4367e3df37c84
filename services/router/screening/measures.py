"""How good ranked proposals are, against labels. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.router.screening.propose import Ranked

BINS = 10
COVERAGES = (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Judged:
    label: str
    ranked: tuple[Ranked, ...]
    """The likeliest first; at least one."""

    @property
    def right(self) -> bool:
        return self.ranked[0].function == self.label

    @property
    def p(self) -> float:
        return self.ranked[0].p


@dataclass(frozen=True)
class Bin:
    """Proposals of like probability: if it means what it says, `accuracy` is near `p`."""

    above: float
    count: int
    p: float
    accuracy: float


@dataclass(frozen=True)
class Covered:
    coverage: float
    """Share of the texts, those with the highest probability."""
    least_p: float
    accuracy: float


@dataclass(frozen=True)
class Scored:
    function: str
    count: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Confusion:
    label: str
    proposed: str
    count: int


@dataclass(frozen=True)
class Measures:
    count: int
    accuracy: float
    top3: float
    macro_f1: float
    """Mean over the labels that occur."""
    ece: float
    """Expected calibration error: how far probability and accuracy lie apart, mean over the texts."""
    reliability: tuple[Bin, ...]
    coverage: tuple[Covered, ...]
    functions: tuple[Scored, ...]
    confusions: tuple[Confusion, ...]
    """The most frequent first, at most fifteen."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measure(judged: Sequence[Judged]) -> Measures:
    """`ValueError` if there is nothing to measure."""
    if not judged:
        raise ValueError("no labelled text")
    whole = len(judged)
    bins = _reliability(judged)
    functions = _functions(judged)
    wrong = Counter((one.label, one.ranked[0].function) for one in judged if not one.right)
    return Measures(
        count=whole,
        accuracy=_mean([one.right for one in judged]),
        top3=_mean([one.label in [r.function for r in one.ranked[:3]] for one in judged]),
        macro_f1=_mean([one.f1 for one in functions]),
        ece=sum(abs(b.accuracy - b.p) * b.count for b in bins) / whole,
        reliability=bins,
        coverage=_coverage(judged),
        functions=functions,
        confusions=tuple(
            Confusion(label, proposed, count)
            for (label, proposed), count in sorted(wrong.items(), key=lambda item: (-item[1], item[0]))[:15]
        ),
    )


def _reliability(judged: Sequence[Judged]) -> tuple[Bin, ...]:
    groups: defaultdict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[min(int(one.p * BINS), BINS - 1)].append(one)
    return tuple(
        Bin(at / BINS, len(group), _mean([one.p for one in group]), _mean([one.right for one in group]))
        for at, group in sorted(groups.items())
    )


def _coverage(judged: Sequence[Judged]) -> tuple[Covered, ...]:
    surest = sorted(judged, key=lambda one: -one.p)
    found = []
    for coverage in COVERAGES:
        taken = surest[: max(1, round(coverage * len(surest)))]
        found.append(Covered(coverage, taken[-1].p, _mean([one.right for one in taken])))
    return tuple(found)


def _functions(judged: Sequence[Judged]) -> tuple[Scored, ...]:
    labels = Counter(one.label for one in judged)
    proposed: Counter[str] = Counter(one.ranked[0].function for one in judged)
    hits = Counter(one.label for one in judged if one.right)
    scored = []
    for label, count in sorted(labels.items(), key=lambda item: (-item[1], item[0])):
        precision = hits[label] / proposed[label] if proposed[label] else 0.0
        recall = hits[label] / count
        f1 = 2 * precision * recall / (precision + recall) if hits[label] else 0.0
        scored.append(Scored(label, count, precision, recall, f1))
    return tuple(scored)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
