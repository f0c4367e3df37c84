"""`python -m tests.bench.places [--json]`: what finding a place costs, in processor time of one process, and how often
it is right. Needs nothing that runs.

us_per_text        a text of some 60 letters for its place, first time seen
us_per_long_text   one of some 600 letters
us_per_pin         a pin among polygons
found, wrong       shares of sentences that name a kelurahan, by city
invented           sentences without a place that were given one
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from services.router.places import Gazetteer
from services.router.places.shapes import WardShapes
from tests.router.cities import read
from tests.router.places import texts
from tests.router.places.drawn import polygon, squares

CITIES = ("bengkulu", "bukittinggi", "kupang", "pekanbaru")
TIMES = 3
"""Runs of which the quickest counts: the machine may be busy with others."""


def figures() -> dict[str, Any]:
    cities = {name: _of(name) for name in CITIES}
    shares = {what: {name: one[what] for name, one in cities.items()} for what in ("found", "wrong", "invented")}
    worst = {what: round(max(one[what] for one in cities.values())) for what in _TIMES}
    return {**shares, **worst}


_TIMES = ("us_per_text", "us_per_long_text", "us_per_pin")


def _of(name: str) -> dict[str, float]:
    city = read(name)
    named = list(texts.named(city, texts.HELD_OUT))
    codes, said = [code for code, _, _ in named], [text for _, _, text in named]
    stories = [". ".join([*texts.NOWHERE[at : at + 12], said[at]]) for at in range(80)]
    gazetteer = Gazetteer(city)
    answers = [gazetteer.find([text]).ward_code for text in said]
    shapes = WardShapes({code: [polygon(one)] for code, one in squares(city).items()})
    wards = list(city.wards.values())
    return {
        "found": _share([answer == code for answer, code in zip(answers, codes, strict=True)]),
        "wrong": _share([answer not in (code, None) for answer, code in zip(answers, codes, strict=True)]),
        "invented": _share([gazetteer.find([text]).known for text in texts.NOWHERE]),
        "us_per_text": _micros(lambda: _read_all(Gazetteer(city), said), len(said)),
        "us_per_long_text": _micros(lambda: _read_all(Gazetteer(city), stories), len(stories)),
        "us_per_pin": _micros(lambda: [shapes.ward_at(w.latitude, w.longitude) for w in wards], len(wards)),
    }


def _read_all(gazetteer: Gazetteer, said: Sequence[str]) -> None:
    for text in said:
        gazetteer.find([text])


def _micros(work: Callable[[], object], count: int) -> float:
    least = float("inf")
    for _ in range(TIMES):
        began = time.process_time()
        work()
        least = min(least, time.process_time() - began)
    return least * 1e6 / count


def _share(answers: Sequence[bool]) -> float:
    return round(sum(answers) / len(answers), 4)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(), indent=None if "--json" in sys.argv else 1) + "\n")
