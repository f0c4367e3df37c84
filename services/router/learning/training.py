"""A city's model: the one before it, and what the city's own decisions say beyond it. Needs numpy and scipy: for a
process of its own, never for a service that runs.

*Pooling.* The model before it (the common one, or that of the city's past) is the prior: what is learned is how far the
weights of words and matters move from where they stand, and each step away costs (`Recipe.caution`). So a few dozen
decisions shift what is known and hundreds reshape it. The common examples are learned with the city's and weigh as much
as some hundreds of them (`Recipe.common`), so that what the city has not met yet stays as it was: without them a
city whose decisions are all of four functions forgot most of the others. A factor on the whole prior is learned too:
how sure the model before may be here. It is a multinomial logistic regression
with a Gaussian prior whose mean is not zero, which scikit-learn does not offer; the optimiser is scipy's. All stays
linear, so the outcome is one model in the same form (`screening.model`), whatever it was built on.

*Nothing personal is kept.* A model file holds words, pairs and pieces of words, each with a weight per function; no
text, no row, no number, no count of anybody's complaints. But a vocabulary can leak by itself: a name that one person
signed with would stand in it. `vocabulary` says which words may be learned at all. That is also why a model made before
somebody's erasure may go on until the next training: whatever it holds, others brought as well, and no weight says who.
The next training reads the log anew, where the erased one's words can't be opened any more.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax

from services.contracts.base import Function
from services.router.learning import vocabulary
from services.router.learning.examples import Example
from services.router.learning.vocabulary import Said, nameless
from services.router.screening import features, reading
from services.router.screening import model as models
from services.router.screening.model import FUNCTIONS, Header, Model, Weights, pack, scales

_APART = 5
_ENOUGH = 30
_STEADY = 20.0
"""What leaving 1 costs: a few dozen texts are little to say that from."""
_TEMPERATURES = tuple(round(1.0 + 0.05 * step, 2) for step in range(41))
"""Never below 1: a model that has seen a city for a few weeks is not surer than what it learned from."""
_LEAST_P = 1e-4
_ASTRAY = math.log(_LEAST_P)
NEW = "new"
"""Version of a model that no fact has named yet."""
_NEVER_SEEN = -6.0
"""Bias of a function that the model before does not know."""


@dataclass(frozen=True)
class Recipe:
    """What can be chosen about learning; the defaults were found on complaints of other cities."""

    caution: float = 0.25
    """What a step away from the prior costs, against what one example says."""
    common: float = 300.0
    """The common examples together weigh as much as so many decisions of the city."""
    smallest: float = 0.01
    """New features whose weights all stay below this share of the greatest are left out."""
    trust: float = 1.0
    """Factor on the prior. At 1 what is learned corrects what the model before says, and nothing else changes."""
    balance: float = 0.5
    """How far rare functions weigh more than their number: at 0 as often as they occur, at 1 all alike. A city's
    decisions are mostly about roads; learned as they come they taught the model to say so more often, and what occurs
    twice in a hundred was forgotten."""
    rounds: int = 30
    """Steps of the optimiser at most: more only fit the examples closer."""
    temperature: float = 1.0
    """Before it is known how sure the model may say it is."""


@dataclass(frozen=True)
class Labelled:
    """A text as the learner sees it."""

    read: reading.Reading
    seen: features.Features
    function: Function
    weight: float


def labelled(examples: Iterable[Example], before: Model) -> list[Labelled]:
    """Where an office has several functions, the one that the model before holds for likeliest is taken."""
    known = frozenset(before.weights().rarity)
    listed = [(example, nameless(reading.read(example.texts), known)) for example in examples]
    allowed = vocabulary.learnable((Said(read.words, example.texts) for example, read in listed), known)
    found: list[Labelled] = []
    for example, read in listed:
        function = min(example.functions)
        if len(example.functions) > 1:
            scored = dict(zip(before.functions, before.scores(read), strict=True))
            function = max(sorted(example.functions), key=lambda name: scored.get(name, -math.inf))
        seen = features.Features(vocabulary.of(read.words, allowed, known), features.matters(read.scores))
        found.append(Labelled(read, seen, function, example.weight))
    return found


def shared(texts: Iterable[tuple[str, Function]], share: Mapping[Function, float]) -> list[Labelled]:
    """The common examples, which are ours and hold no names. `share`: how often each function is what people write
    about; together they weigh 1."""
    listed = list(texts)
    times = Counter(function for _, function in listed)
    whole = sum(share[function] for function in times)
    found: list[Labelled] = []
    for text, function in listed:
        read = reading.read([text])
        weight = share[function] / whole / times[function]
        found.append(Labelled(read, features.of_reading(read), function, weight))
    return found


def fit(examples: Sequence[Labelled], common: Sequence[Labelled], before: Model, recipe: Recipe) -> Model:
    """Deterministic, but for the last step of a stored weight.

    A fifth is left out first to see how sure the model may say it is (its temperature); then all are learned.
    """
    apart = [one for at, one in enumerate(examples) if at % _APART == 0]
    temperature = 1.0
    if len(apart) >= _ENOUGH:
        rest = [one for at, one in enumerate(examples) if at % _APART]
        temperature = _temperature(_learned(rest, common, before, recipe), apart)
    return _learned(examples, common, before, replace(recipe, temperature=temperature))


def _temperature(model: Model, apart: Sequence[Labelled]) -> float:
    """That by which the logarithms of the probabilities must be divided to fit what was right, on texts left out."""
    plain = models.with_floor(model, ())
    logs = np.array([plain.scores(one.read) for one in apart])
    floor = np.array(model.header.floor or [0.0] * len(model.functions))
    right = [model.functions.index(one.function) if one.function in model.functions else -1 for one in apart]

    def surprise(temperature: float) -> float:
        scaled = logs / temperature
        shares = np.exp(scaled) / np.exp(scaled).sum(axis=1, keepdims=True) * (1.0 - floor.sum()) + floor
        given = sum(math.log(max(shares[row, at], _LEAST_P)) if at >= 0 else _ASTRAY for row, at in enumerate(right))
        return _STEADY * math.log(temperature) ** 2 - float(given)

    return min(_TEMPERATURES, key=surprise)


def _learned(examples: Sequence[Labelled], common: Sequence[Labelled], before: Model, recipe: Recipe) -> Model:
    old = before.weights()
    texts = [*examples, *common]
    present = {one.function for one in texts} | set(before.functions)
    functions = tuple(f for f in FUNCTIONS if f in present)
    table = _Table({**_new_rarity(examples, old), **old.rarity}, before, old, functions)
    x = table.rows([one.seen for one in texts])
    weight = np.array(balanced(examples, recipe) + [one.weight * recipe.common for one in common])
    targets = np.array([functions.index(one.function) for one in texts])
    said = x @ table.prior + table.bias
    moved, shift = _moved(x, targets, weight, said, recipe)
    return table.model(moved, shift, functions, recipe)


def balanced(examples: Sequence[Labelled], recipe: Recipe) -> list[float]:
    """The examples' weights, shared out among functions; their sum stays."""
    sums: defaultdict[Function, float] = defaultdict(float)
    for one in examples:
        sums[one.function] += one.weight
    whole = sum(sums.values())
    shares = [one.weight * (whole / sums[one.function]) ** recipe.balance for one in examples]
    factor = whole / sum(shares) if shares else 1.0
    return [share * factor for share in shares]


Numbers = NDArray[np.float64]


def _moved(
    x: csr_matrix, targets: NDArray[np.int64], weight: Numbers, said: Numbers, recipe: Recipe
) -> tuple[Numbers, Numbers]:
    """How far weights and biases move from the prior, by maximum a posteriori.

    `said`: what the prior alone says of each text."""
    used = np.flatnonzero(np.diff(x.tocsc().indptr))
    rows, many = x[:, used], said.shape[1]
    truth = np.zeros_like(said)
    truth[np.arange(len(targets)), targets] = 1.0
    size = len(used) * many
    prior = said * recipe.trust

    def loss(at: Numbers) -> tuple[float, Numbers]:
        steps, shift = at[:size].reshape(len(used), many), at[size:]
        logs = log_softmax(prior + rows @ steps + shift, axis=1)
        error = (np.exp(logs) - truth) * weight[:, None]
        value = -float((logs[truth > 0] * weight).sum())
        value += recipe.caution / 2 * (float((steps**2).sum()) + float((shift**2).sum()))
        slope = np.concatenate(((rows.T @ error + recipe.caution * steps).ravel(), error.sum(axis=0)))
        slope[size:] += recipe.caution * shift
        return value, slope

    start = np.zeros(size + many)
    found: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": recipe.rounds}).x
    moved = np.zeros((x.shape[1], many))
    moved[used] = found[:size].reshape(len(used), many)
    return moved, found[size:]


def _new_rarity(examples: Sequence[Labelled], old: Weights) -> dict[str, float]:
    frequency = Counter(name for one in examples for name in one.seen.worded)
    return {
        name: math.log((1 + len(examples)) / (1 + count)) + 1
        for name, count in frequency.items()
        if count >= vocabulary.LEAST and name not in old.rarity
    }


class _Table:
    """Texts as rows of numbers, weighed as a model weighs words and matters; and what the model before knows."""

    def __init__(self, rarity: Mapping[str, float], before: Model, old: Weights, functions: Sequence[Function]) -> None:
        self._rarity = rarity
        self._words = sorted(rarity)
        self._matters = sorted(old.matters)
        self._at = {name: at for at, name in enumerate((*self._words, *self._matters))}
        lanes = [functions.index(function) for function in before.functions]
        heat = before.header.temperature
        self.prior = np.zeros((len(self._at), len(functions)))
        for name, row in old.worded.items():
            self.prior[self._at[name], lanes] = np.array(row) / rarity[name] / heat
        for name, row in old.matters.items():
            self.prior[self._at[name], lanes] = np.array(row) / heat
        # What goes to each function whatever the words say goes there after learning too.
        floor = dict(zip(before.functions, before.header.floor, strict=False))
        self.floor = tuple(floor.get(function, 0.0) for function in functions) if floor else ()
        self.bias = np.full(len(functions), _NEVER_SEEN)
        self.bias[lanes] = np.array(before.header.bias) / heat

    def rows(self, seen: Sequence[features.Features]) -> csr_matrix:
        values: list[float] = []
        columns: list[int] = []
        ends = [0]
        for one in seen:
            known = {name: count * self._rarity[name] for name, count in one.worded.items() if name in self._rarity}
            length = math.sqrt(sum(self._rarity[name] ** 2 * one.worded[name] for name in known)) or 1.0
            for name, value in known.items():
                columns.append(self._at[name])
                values.append(value / length)
            for name, level in one.matters.items():
                if name in self._at:
                    columns.append(self._at[name])
                    values.append(level)
            ends.append(len(values))
        return csr_matrix((values, columns, ends), shape=(len(seen), len(self._at)))

    def model(self, moved: Numbers, shift: Numbers, functions: tuple[Function, ...], recipe: Recipe) -> Model:
        """Prior and what was learned beyond it, as one."""
        whole = recipe.trust * self.prior + moved
        size = len(self._words)
        # A function's weights may be raised together without changing anything; small numbers lose least when rounded.
        whole -= whole.mean(axis=1, keepdims=True)
        reach = np.abs(whole).max(axis=1)
        kept = reach[:size] >= recipe.smallest * reach[:size].max(initial=0.0)
        worded = {name: whole[at] * self._rarity[name] for at, name in enumerate(self._words) if kept[at]}
        weights = Weights(
            worded={name: row.tolist() for name, row in worded.items()},
            rarity={name: self._rarity[name] for name in worded},
            matters={name: whole[size + at].tolist() for at, name in enumerate(self._matters)},
        )
        scale, matter_scale, square_scale = scales(weights)
        header = Header(
            version=NEW,
            functions=functions,
            bias=tuple(round(float(b), 4) for b in recipe.trust * self.bias + shift),
            scale=scale,
            matter_scale=matter_scale,
            square_scale=square_scale,
            temperature=recipe.temperature,
            floor=self.floor,
        )
        return pack(header, weights)
