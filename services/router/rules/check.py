"""`python -m services.router.rules.check [CITY] [--json]`: a city's files held against themselves.

Reads `TUNTAS_CITIES_DIR` (deploy/cities). Exit code 1: a file can't be used. Doubts alone end with 0.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from services.contracts.city import City
from services.router.rules.review import Doubt, review
from services.runtime import cities


@dataclass(frozen=True)
class Told:
    city: str
    version: int
    rules: int
    doubts: list[Doubt]


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas city check", description=__doc__)
    parser.add_argument("city", nargs="?")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = Path(os.environ.get("TUNTAS_CITIES_DIR", "deploy/cities"))
    try:
        known = cities.load(folder)
    except cities.CityFileWrong as error:
        _say(json.dumps({"wrong": str(error).splitlines()}) if given.json else str(error))
        sys.exit(1)
    if given.city is not None and given.city not in known:
        _say(f"there is no city {given.city}; there are {', '.join(sorted(known))}")
        sys.exit(2)
    told = [_told(known[name]) for name in ([given.city] if given.city else sorted(known))]
    if given.json:
        _say(json.dumps([asdict(one) for one in told], ensure_ascii=False, indent=1))
        return
    for one in told:
        _say(f"{one.city:<14} version {one.version}, {one.rules} rules, {len(one.doubts)} doubts")
        for doubt in one.doubts:
            _say(f"  {doubt.rule or 'offices'}: {doubt.says}")


def _told(city: City) -> Told:
    return Told(city.id, city.policy.version, len(city.rules.rules), review(city))


def _say(line: str) -> None:
    print(line)  # a command's answer


if __name__ == "__main__":
    main()
