"""Makes the base model of our own texts. Needs scikit-learn; nothing that runs imports this."""

from pathlib import Path

from services.router.knowledge.texts import PRIOR, own_texts
from services.router.screening.model import Model, save
from services.router.screening.training import Example, Recipe, fit

VERSION = "base-1"
RECIPE = Recipe(prior=PRIOR)


def examples() -> list[Example]:
    """Our own texts with the weight of each; what is learned of a city joins them."""
    return [Example(one.text, one.function, 0.5 if one.framed else 1.0) for one in own_texts()]


def build() -> Model:
    return fit(examples(), VERSION, RECIPE)


def write(path: Path) -> Model:
    model = build()
    save(model, path)
    return model
