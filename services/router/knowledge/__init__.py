"""What we know of complaints in Indonesian before a city has any history: texts of our own, and the model made of them.

`corpus/<function>.txt` holds one text per line, written by us as people write. `frames.txt` holds greetings, addresses
and closings that surround any of them. `python -m services.router.knowledge` makes `base.model` of both, and
`marks.model` of the sentences of `marks/`.
"""

from functools import cache
from pathlib import Path

from services.router.screening import marking
from services.router.screening.marking import Marks
from services.router.screening.model import Model, load

HERE = Path(__file__).parent
BASE = HERE / "base.model"
MARKS = HERE / "marks.model"


@cache
def base_model() -> Model:
    """What a city starts with."""
    return load(BASE)


@cache
def marks_model() -> Marks:
    """What every city's marks are found by, beside the rules."""
    return marking.load(MARKS)
