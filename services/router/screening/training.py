"""Makes a model of labelled texts. The only module of screening that needs scikit-learn: never import it in a service
that runs; a process of its own trains.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from services.contracts.base import Function
from services.router.screening import features
from services.router.screening.model import FUNCTIONS, Header, Model, Weights, pack, scales


@dataclass(frozen=True)
class Example:
    text: str
    function: Function
    weight: float = 1.0


@dataclass(frozen=True)
class Recipe:
    """What can be chosen about training."""

    strength: float = 4.0
    """Inverse of the regularisation."""
    least: int = 3
    """Texts that a pair or piece must occur in; words count from the first."""
    smallest: float = 0.04
    """Features whose weights all stay below this share of the greatest are left out: the file stays small."""
    matters: float = 1.0
    """How much the lexicon's matters weigh against words."""
    temperature: float = 1.0
    rounds: int = 60
    """Steps of the optimiser at most."""
    first_rounds: int = 20
    """Likewise while it is only asked which features matter."""
    prior: Mapping[Function, float] | None = None
    """Share of each function among what people bring; None: as among the examples."""
    floor: Mapping[Function, float] | None = None
    """Share of all texts that people give to a function whatever their words say; together below 1."""


def fit(examples: Sequence[Example], version: str, recipe: Recipe | None = None) -> Model:
    """Deterministic: the same examples and recipe give the same model, up to rounding of the last step.

    The first round finds which features matter; the second learns with these alone, so that a message's length is
    measured by the same features as later, when it is scored.
    """
    recipe = recipe or Recipe()
    seen = [features.of(example.text) for example in examples]
    frequency = Counter(name for one in seen for name in one.worded)
    rarity = {
        name: math.log((1 + len(seen)) / (1 + count)) + 1
        for name, count in frequency.items()
        if count >= recipe.least or not (" " in name or name.startswith(features.PIECE))
    }
    functions = tuple(f for f in FUNCTIONS if any(e.function == f for e in examples))
    if len(functions) < 3:
        raise ValueError("examples of fewer than three functions teach nothing")
    targets = [functions.index(example.function) for example in examples]
    balance = _balanced(examples, functions, recipe)
    rows, _ = _learned(seen, rarity, targets, balance, replace(recipe, rounds=recipe.first_rounds))
    strength = {name: max(map(abs, row)) for name, row in rows.items() if name in rarity}
    least = recipe.smallest * max(strength.values(), default=0.0)
    rarity = {name: rarity[name] for name, reach in strength.items() if reach >= least}
    rows, bias = _learned(seen, rarity, targets, balance, recipe)
    weights = Weights(
        worded={name: [w * rarity[name] for w in rows[name]] for name in rarity if name in rows},
        rarity=rarity,
        matters={n: [w * recipe.matters for w in row] for n, row in rows.items() if n.startswith(features.MATTER)},
    )
    scale, matter_scale, square_scale = scales(weights)
    header = Header(
        version=version,
        functions=functions,
        bias=tuple(round(b, 4) for b in bias),
        scale=scale,
        matter_scale=matter_scale,
        square_scale=square_scale,
        temperature=recipe.temperature,
        floor=tuple(recipe.floor.get(f, 1e-4) for f in functions) if recipe.floor else (),
    )
    return pack(header, weights)


def _learned(
    seen: Sequence[features.Features],
    rarity: dict[str, float],
    targets: Sequence[int],
    balance: Sequence[float],
    recipe: Recipe,
) -> tuple[dict[str, list[float]], list[float]]:
    """Feature → a weight per function, and the bias of each function."""
    vectorizer = DictVectorizer(dtype=np.float32)
    rows = vectorizer.fit_transform([_row(one, rarity, recipe.matters) for one in seen])
    learner = LogisticRegression(C=recipe.strength, max_iter=recipe.rounds, tol=1e-4)
    learner.fit(rows, targets, sample_weight=balance)
    names = [str(name) for name in vectorizer.get_feature_names_out()]
    rows_of = learner.coef_.T.astype(float).tolist()
    return dict(zip(names, rows_of, strict=True)), learner.intercept_.astype(float).tolist()


def _row(one: features.Features, rarity: dict[str, float], matters: float) -> dict[str, float]:
    """As `Model.scores` weighs a message: words by rarity, divided by the message's length; matters undiluted."""
    known = {name: count for name, count in one.worded.items() if name in rarity}
    length = math.sqrt(sum(count * rarity[name] ** 2 for name, count in known.items())) or 1.0
    row = {name: count * rarity[name] / length for name, count in known.items()}
    return row | {name: level * matters for name, level in one.matters.items()}


def _balanced(examples: Sequence[Example], functions: Sequence[Function], recipe: Recipe) -> list[float]:
    """Weights by which each function has its share of the prior, whatever the number of its examples."""
    if recipe.prior is None:
        return [example.weight for example in examples]
    sums: defaultdict[Function, float] = defaultdict(float)
    for example in examples:
        sums[example.function] += example.weight
    whole = sum(recipe.prior[f] for f in functions)
    every = sum(sums.values())
    return [e.weight * recipe.prior[e.function] / whole * every / sums[e.function] for e in examples]
