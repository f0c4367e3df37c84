"""`tuntas notices try`: what would have been sent for complaints of the past. Sends and writes nothing."""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
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
from services.contracts.hearing.rules import Hearing
from services.notifier.timetable import SUBJECT, Timetable
from services.notifier.trying import WouldSend, would_send
from services.runtime import cities
from services.runtime.log import Log
from services.runtime.settings import Settings

SHOWN = 40


async def run(settings: Settings, given: argparse.Namespace, city: City, hearing: Hearing | None) -> list[WouldSend]:
    """By the given table, else by the one in force."""
    client = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    try:
        by = hearing or await _in_force(client, city)
        lives = await _lives(client, city.id, given.last, given.ticket)
    finally:
        await client.close()
    sends_to = await _numbers(settings, city.id)
    return [one for life in lives for one in would_send(city, by, life, sends_to=sends_to)]


async def _in_force(client: Client, city: City) -> Hearing:
    table = Timetable({city.id: city})
    async for entries in Log(client, subjects.CITY).pages(SUBJECT):
        for entry in entries:
            table.take(entry)
    return table.hearing(city.id)


async def _lives(client: Client, city: str, last: int, ticket: str | None) -> list[list[Recorded[e.Event]]]:
    """The newest complaints whole, the oldest of them first."""
    lives: dict[str, list[Recorded[e.Event]]] = {}
    async for entries in Log(client, subjects.COMPLAINTS).pages(f"complaint.{city}.*.*"):
        for entry in entries:
            event = COMPLAINT.decode(entry.type, entry.schema, entry.body)
            lives.setdefault(event.complaint, []).append(event)
    whole = [life for life in lives.values() if isinstance(life[0].data, e.ComplaintReceived)]
    if ticket is not None:
        whole = [life for life in whole if getattr(life[0].data, "ticket", None) == ticket]
    return sorted(whole, key=lambda life: life[0].at)[-last:]


async def _numbers(settings: Settings, city: str) -> frozenset[str]:
    """Seats that have a confirmed number; no number is read."""
    if settings.vault_url is None:
        return frozenset()
    connection = await asyncpg.connect(settings.vault_url)
    try:
        rows = await connection.fetch(
            "select distinct seat from staff.contact where city = $1 and confirmed_at is not null", city
        )
    finally:
        await connection.close()
    return frozenset(row["seat"] for row in rows)


def summary(found: Sequence[WouldSend]) -> Mapping[str, Counter[str]]:
    """By row of the table: how many at once, how many later, how many not and why."""
    rows: dict[str, Counter[str]] = {}
    for one in found:
        said = f"not: {one.why_not}" if one.why_not else f"later: {one.waits}" if one.waits else "at once"
        rows.setdefault(one.row, Counter())[said] += 1
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas notices try", description=__doc__)
    parser.add_argument("--city", required=True)
    parser.add_argument(
        "--hearing", type=Path, help="A file as deploy/cities/<city>/hearing.yaml; else what is in force."
    )
    parser.add_argument("--last", type=int, default=1_000, help="So many complaints, the newest.")
    parser.add_argument("--ticket", help="This one alone.")
    parser.add_argument("--json", action="store_true", help="For programs.")
    given = parser.parse_args()
    settings = Settings()
    city = cities.load(settings.cities_dir).get(given.city)
    if city is None:
        _end(f"there is no city {given.city}", 2)
    try:
        hearing = None if given.hearing is None else cities.read_hearing(given.hearing, city)
    except cities.CityFileWrong as error:
        _end(str(error), 1)
    except OSError as error:
        _end(f"{given.hearing}: {error.strerror}", 2)
    found = asyncio.run(run(settings, given, city, hearing))
    if given.json:
        told = {"city": given.city, "summary": summary(found), "notices": [one.as_json() for one in found]}
        _say(json.dumps(told, ensure_ascii=False, indent=1))
        return
    _tell(given.city, found)


def _tell(city: str, found: Sequence[WouldSend]) -> None:
    complaints = len({one.complaint for one in found})
    goes = sum(one.why_not is None for one in found)
    kept = len(found) - goes
    _say(f"{complaints} complaints of {city}: {goes} notices would go out, {kept} would not. Nothing was sent.")
    for row, counts in sorted(summary(found).items()):
        _say(f"  {row:<28} {', '.join(f'{count} {said}' for said, count in counts.most_common())}")
    for one in found[-SHOWN:]:
        when = f"{one.goes:%Y-%m-%d %H:%M}Z" if one.goes else "not"
        why = one.why_not or (f"waits for {one.waits}" if one.waits else "at once")
        _say(
            f"{one.ticket}  {one.n:>3} {one.event:<32} {one.who:<28} {one.what:<18} {one.way or '-':<20} {when}  {why}"
        )
    if len(found) > SHOWN:
        _say(f"… the last {SHOWN} of {len(found)}; --json has all")


def _say(line: str) -> None:
    print(line)  # a command's answer


def _end(line: str, code: int) -> NoReturn:
    print(line, file=sys.stderr)  # a command's answer
    sys.exit(code)


if __name__ == "__main__":
    main()
