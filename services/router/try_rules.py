"""`python -m services.router.try_rules RULES.yaml --city CITY [--last N] [--from-log] [--json]`: a dry run.

What other rules would have done with the last complaints that were given out, beside what the rules in force do.
Changes nothing. `--from-log` reads the whole log instead of what the router keeps for this: slower, and complete where
the router of an earlier release kept nothing. Exit code 1: the rules can't be used.
"""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from typing import NoReturn

import asyncpg
import nats
from nats.aio.client import Client

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.router.in_force import InForce
from services.router.rules import history
from services.router.rules.history import Routed
from services.router.rules.review import review
from services.router.rules.trying import Tried, tried
from services.runtime import cities
from services.runtime.log import Log
from services.runtime.settings import Settings

_LOOKED_AT = frozenset({"complaint.received", "complaint.screened", "complaint.assigned"})


async def run(settings: Settings, given: argparse.Namespace) -> tuple[City, Tried]:
    """The city with the rules that are tried, and what they would do."""
    client = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    try:
        in_force = InForce(cities.load(settings.cities_dir), Log(client, subjects.CITY))
        await in_force.look()
        today = in_force.cities[given.city]
        wanted = cities.remade(today, rules=cities.read_rules(given.rules, today))
        found = await (_of_log(client, given) if given.from_log else _kept(settings, given))
        return wanted, tried(today, wanted, found)
    finally:
        await client.close()


async def _kept(settings: Settings, given: argparse.Namespace) -> list[Routed]:
    connection = await asyncpg.connect(settings.database_url)
    try:
        return await history.last(connection, given.city, given.last)
    finally:
        await connection.close()


async def _of_log(client: Client, given: argparse.Namespace) -> list[Routed]:
    lives: dict[str, list[Recorded[e.Event]]] = {}
    done: dict[str, history.Row] = {}
    async for entries in Log(client, subjects.COMPLAINTS).pages(f"complaint.{given.city}.*.*"):
        for entry in entries:
            complaint = entry.subject.rpartition(".")[2]
            if entry.type not in _LOOKED_AT or complaint in done:
                continue
            life = lives.setdefault(complaint, [])
            life.append(COMPLAINT.decode(entry.type, entry.schema, entry.body))
            row = history.row(given.city, complaint, life) if entry.type == "complaint.assigned" else None
            if row is not None:
                done[complaint] = row
                del lives[complaint]
    rows = sorted(done.values(), key=lambda row: row[3], reverse=True)[: given.last]
    return [history.routed(row) for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas route try", description=__doc__)
    parser.add_argument("rules", type=Path)
    parser.add_argument("--city", required=True)
    parser.add_argument("--last", type=int, default=100_000)
    parser.add_argument("--from-log", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    settings = Settings()
    if given.city not in cities.load(settings.cities_dir):
        _end(f"there is no city {given.city}", 2)
    if not given.rules.exists():
        _end(f"{given.rules} is not there", 2)
    began = time.perf_counter()
    try:
        wanted, found = asyncio.run(run(settings, given))
    except cities.CityFileWrong as error:
        _end(str(error), 1)
    seconds = time.perf_counter() - began
    doubts = [{"rule": one.rule, "says": one.says} for one in review(wanted)]
    if given.json:
        told = {"city": given.city, **found.as_json(), "doubts": doubts, "seconds": round(seconds, 3)}
        _say(json.dumps(told, ensure_ascii=False, indent=1))
        return
    _tell(given.city, found, seconds)
    for doubt in doubts:
        _say(f"  doubt: {doubt['rule'] or 'offices'}: {doubt['says']}")


def _tell(city: str, found: Tried, seconds: float) -> None:
    _say(
        f"{found.looked_at} complaints of {city} in {seconds:.1f} s: {found.changed} would go elsewhere. "
        f"{found.recorded_differs} went otherwise than today's rules say: people ruled, or older rules did."
    )
    for change in found.changes:
        _say(f"  {change.count:>7}  {change.was}  ->  {change.would}  by {change.rule or 'nobody'}")
        _say(f"           such as {', '.join(change.tickets)}")
    if found.never:
        _say(f"  spoke for none of them: {', '.join(found.never)}")


def _say(line: str) -> None:
    print(line)  # a command's answer


def _end(line: str, code: int) -> NoReturn:
    print(line, file=sys.stderr)  # a command's answer
    sys.exit(code)


if __name__ == "__main__":
    main()
