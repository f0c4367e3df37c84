"""One training from end to end: what is held back, what is learned on what, and how the outcome compares.

Held back of a city's past is what the digest of its words says, a fifth: the same text is held back for ever, so that
a later training on more of the same table is not compared on what the model in force has learned. Of the log's
decisions it is the newest fifth, which the model in force can't have seen either; each training reads all older ones
anew. What was compared is what takes over: it is not trained again on what was held back.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.facts import ModelPutInForce
from services.router.knowledge.texts import PRIOR, own_texts
from services.router.learning import comparing, training
from services.router.learning.comparing import Comparison, Truth
from services.router.learning.examples import Example
from services.router.learning.training import Labelled, Recipe
from services.router.learning.versions import Made
from services.router.screening import reading
from services.router.screening.model import Model

MOST_HELD_BACK = 2_000
"""More would make no figure truer."""

_ONE_IN = 5


class NothingToLearn(Exception):
    """No decision of anybody; the text says what was looked at."""


@dataclass(frozen=True, slots=True)
class Given:
    common: Model
    in_force: Model
    root: Model | None
    """The model of the city's past, if there is one."""
    past: Sequence[Example] = ()
    """Of a table, not learned before."""
    decisions: Sequence[Example] = ()
    """Of the log, in order."""
    read_until: int = 0


@dataclass(frozen=True, slots=True)
class Taught:
    made: Made
    comparison: Comparison
    learned: int
    held_back: int


def held_back(example: Example) -> bool:
    return int(example.digest[:8], 16) % _ONE_IN == 0


def parted(given: Given) -> tuple[list[Example], list[Example], list[Example]]:
    """Of the past and of the decisions what is learned, and of both what is held back."""
    past = [example for example in given.past if not held_back(example)]
    apart = [example for example in given.past if held_back(example)]
    newest = min(-(-len(given.decisions) // _ONE_IN), MOST_HELD_BACK) if given.decisions else 0
    older = list(given.decisions[: len(given.decisions) - newest])
    return past, older, [*apart[:MOST_HELD_BACK], *given.decisions[len(older) :]]


def teach(given: Given, recipe: Recipe | None = None) -> Taught:
    """`NothingToLearn` without examples. The outcome's `comparison.objections` say whether it takes over."""
    past, decisions, apart = parted(given)
    if not past and not decisions:
        raise NothingToLearn("there is no labelled text and no decision of a person to learn from")
    recipe = recipe or Recipe()
    common = training.shared(((one.text, one.function) for one in own_texts() if not one.framed), PRIOR)
    root = given.root
    if past:
        root = _learned(past, common, root, given.common, recipe)
    model = _learned(decisions, common, root, given.common, recipe) if decisions else root
    assert model is not None
    learned = Counter(example.source for example in (*past, *decisions))
    comparison = compared(given.in_force, model, apart, common)
    told = ModelPutInForce(
        version=model.version,
        root=(root or given.common).version,
        learned=dict(sorted(learned.items())),
        held_back=len(apart),
        before=comparison.before.as_dict(),
        after=comparison.after.as_dict(),
        read_until=given.read_until,
    )
    return Taught(Made(model, root, told), comparison, len(past) + len(decisions), len(apart))


def _learned(
    examples: Sequence[Example], common: Sequence[Labelled], root: Model | None, base: Model, recipe: Recipe
) -> Model:
    before = root or base
    return training.fit(training.labelled(examples, before), common, before, recipe)


def compared(before: Model, after: Model, apart: Sequence[Example], common: Sequence[Labelled]) -> Comparison:
    """On whole texts, names and all, as they will come."""
    truths: list[Truth] = [example.functions for example in apart]
    readings = [reading.read(example.texts) for example in apart]
    known: list[Truth] = [frozenset((one.function,)) for one in common]

    def of(model: Model, read: Sequence[reading.Reading], right: Sequence[Truth]) -> comparing.Figures:
        return comparing.figures(model.functions, [model.scores(one) for one in read], right)

    said = [one.read for one in common]
    return Comparison(
        of(before, readings, truths),
        of(after, readings, truths),
        of(before, said, known),
        of(after, said, known),
        comparing.most_frequent(truths),
    )
