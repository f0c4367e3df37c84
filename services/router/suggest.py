"""`tuntas suggest`: what the router would make of texts, one JSON object per line in, one out. Nothing has to run.

In: `{"text": …}`, with `"city"` if the place is wanted. Out: `functions` (ranked, probabilities that sum to 1), `kind`,
`competence` (`within`; if not, whose it is), `place` (null without a city), `why` (rules and words of our vocabulary)
and `model`. A line that can't be read gets `{"error": …, "line": n}`, and the rest goes on; then the exit code is 1.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from services.contracts.city import City
from services.router import brief
from services.router.places import Gazetteer
from services.router.places.describing import described
from services.router.screening.model import BadModel, Model, load
from services.router.screening.propose import Proposal, propose
from services.runtime import cities

LEAST = 0.0005
"""Functions below this probability are left out, behind the first five."""


class Unreadable(Exception):
    """A line is not what it should be; the text says what is wrong."""


class Suggestions:
    """Made once; answers line by line."""

    def __init__(self, known: Mapping[str, City], model: Model | None = None) -> None:
        self._cities = known
        self._model = model
        self._gazetteers: dict[str, Gazetteer] = {}

    def answers(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield self.answer(*_read(line))
            except Unreadable as problem:
                yield {"error": str(problem), "line": number}

    def answer(self, text: str, city: str | None = None) -> dict[str, Any]:
        gazetteer = self._gazetteer(city)
        found = propose([gazetteer.without_names(text) if gazetteer else text], self._model)
        return {
            "functions": [
                {"function": one.function, "p": round(one.p, 4)}
                for rank, one in enumerate(found.functions)
                if rank < 5 or one.p >= LEAST
            ],
            "kind": found.kind,
            "category": found.category,
            "urgency": found.urgency,
            "confidentiality": found.confidentiality,
            "on_behalf": found.on_behalf,
            "spam": found.spam,
            "hoax": found.hoax,
            "unsure": list(found.unsure),
            "abstains": found.abstains,
            "competence": _competence(found),
            "place": self._place(city, gazetteer, text),
            "why": {"rules": list(found.rules), "words": list(found.words)},
            "model": found.model,
        }

    def _gazetteer(self, city: str | None) -> Gazetteer | None:
        if city is None:
            return None
        if city not in self._cities:
            raise Unreadable(f"there is no city {city}; there are {', '.join(sorted(self._cities)) or 'none'}")
        if city not in self._gazetteers:
            self._gazetteers[city] = Gazetteer(self._cities[city])
        return self._gazetteers[city]

    def _place(self, city: str | None, gazetteer: Gazetteer | None, text: str) -> dict[str, Any] | None:
        if city is None or gazetteer is None:
            return None
        found = described(gazetteer, [text])
        name = brief.place_name(self._cities[city], found["district_code"], found["ward_code"])
        return {**found, "name": name}


def _competence(found: Proposal) -> dict[str, Any]:
    if found.authority is not None:
        return {"within": False, "authority": found.authority.name}
    if found.perhaps is not None:
        return {"within": True, "perhaps": found.perhaps.name}
    return {"within": True}


def _read(line: str) -> tuple[str, str | None]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("not JSON") from problem
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise Unreadable('an object with a "text" is needed')
    city = item.get("city")
    if city is not None and not isinstance(city, str):
        raise Unreadable('"city" is the id of a city')
    return item["text"], city


def main() -> int:
    options = argparse.ArgumentParser(prog="tuntas suggest", description="What the router would make of texts.")
    options.add_argument("file", nargs="?", type=Path, help="JSON lines with a text each; without it, standard input")
    options.add_argument("--cities", type=Path, default=Path("deploy/cities"), help="folder of city files")
    options.add_argument("--model", type=Path, help="a learned model's file instead of the base model")
    given = options.parse_args()
    try:
        suggestions = Suggestions(cities.load(given.cities), load(given.model) if given.model else None)
        source = given.file.open(encoding="utf-8-sig", errors="replace") if given.file else _standard_input()
    except FileNotFoundError as missing:
        # A newcomer types the text itself.
        example = '{"text": "Lampu jalan mati"}'
        print(f"there is no file {missing.filename!r}; texts come as JSON lines such as {example}, from a file or "
              "standard input", file=sys.stderr)  # fmt: skip
        return 2
    except (OSError, BadModel, cities.CityFileWrong) as problem:
        print(problem, file=sys.stderr)  # a command's answer
        return 2
    failed = False
    with source:
        for answer in suggestions.answers(source):
            failed = failed or "error" in answer
            print(json.dumps(answer, ensure_ascii=False), flush=True)  # a command's answer
    return 1 if failed else 0


def _standard_input() -> Any:
    sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
    return sys.stdin


if __name__ == "__main__":
    sys.exit(main())
