"""Makes the base model of our own texts. Needs scikit-learn; nothing that runs imports this."""

import hashlib
import json
from pathlib import Path

from services.router.knowledge.texts import FLOOR, PRIOR, own_texts
from services.router.screening import features
from services.router.screening.model import Model, save
from services.router.screening.training import Example, Recipe, fit

RECIPE = Recipe(prior=PRIOR, floor=FLOOR, temperature=0.8)
"""The temperature: without it the model says less than it is right."""


def examples() -> list[Example]:
    """Our own texts with the weight of each; what is learned of a city joins them."""
    return [Example(one.text, one.function, 0.5 if one.framed else 1.0) for one in own_texts()]


def version() -> str:
    """`base-` and a digest of all that the model is made of: texts, the lexicon's findings in them, the recipe."""
    digest = hashlib.sha256(repr(RECIPE).encode())
    for example in examples():
        seen = features.of(example.text)
        row = [example.function, example.weight, sorted(seen.worded.items()), sorted(seen.matters.items())]
        digest.update(json.dumps(row).encode())
    return f"base-{digest.hexdigest()[:8]}"


def write(path: Path) -> Model:
    model = fit(examples(), version(), RECIPE)
    save(model, path)
    return model
