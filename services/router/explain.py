"""`python -m services.router.explain --city CITY --complaint ID [--json]`: why it went where it did.

Called by `tuntas route explain TICKET`, which finds the complaint and records who looked. Exit code 1: none such.
"""

import argparse
import asyncio
import json
import sys
from itertools import groupby

import nats

from services.complaint.aggregate import COMPLAINT
from services.contracts import subjects
from services.contracts.city import City
from services.router.clocks import sentences
from services.router.in_force import InForce
from services.router.rules.explaining import Decision, Explanation, Proposal, explain
from services.router.rules.passed_on import Passed
from services.runtime import cities
from services.runtime.log import Log
from services.runtime.settings import Settings


async def run(settings: Settings, city: str, complaint: str) -> tuple[City, Explanation | None]:
    client = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    try:
        in_force = InForce(cities.load(settings.cities_dir), Log(client, subjects.CITY))
        await in_force.look()
        entries = await Log(client, subjects.COMPLAINTS).load(subjects.complaint(city, complaint))
    finally:
        await client.close()
    events = [COMPLAINT.decode(entry.type, entry.schema, entry.body) for entry in entries]
    today = in_force.cities[city]
    return today, explain(events, today, lambda version: in_force.at(city, version))


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas route explain", description=__doc__)
    parser.add_argument("--city", required=True)
    parser.add_argument("--complaint", required=True)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    city, found = asyncio.run(run(Settings(), given.city, given.complaint))
    if found is None:
        print("no such complaint", file=sys.stderr)  # a command's answer
        sys.exit(1)
    if given.json:
        _say(json.dumps(found.as_json(), ensure_ascii=False, indent=1, default=lambda moment: moment.isoformat()))
        return
    _tell(city, found)


def _tell(city: City, found: Explanation) -> None:
    door = f" by {found.door}" if found.door else ""
    _say(f"{found.ticket}, received {sentences.when(city, found.received_at)}{door}")
    if found.first_level:
        _say(f"  the door belongs to {found.first_level}")
    if found.proposal is not None:
        _proposal(found.proposal)
    if found.screened_by:
        _say(f"  screened by {found.screened_by}{', who corrected the proposal' if found.corrected else ''}")
    steps: list[Decision | Passed] = [*found.decisions, *found.passed_on]
    for step in sorted(steps, key=lambda one: one.n):
        if isinstance(step, Decision):
            _decision(city, step)
        else:
            _say(f"{step.n}. {step.what}, {sentences.when(city, step.at)}")
    if found.today is not None:
        _say(f"With today's rules (version {found.today_policy}): {found.today}")


def _proposal(one: Proposal) -> None:
    unsure = ", too unsure to say" if one.abstains else ""
    _say(f"  proposed by {one.model}: {one.category} ({one.confidence:.2f}{unsure}), {one.place or 'place unknown'}")
    if one.reasons:
        _say(f"    because {', '.join(one.reasons)}")
    others = [f"{category} ({p:.2f})" for category, p in one.alternatives if category != one.category]
    if others:
        _say(f"    or {', '.join(others)}")
    if one.about:
        _say(f"    about {one.about}{f': {one.against}' if one.against else ''}, who never hear of it")


def _decision(city: City, one: Decision) -> None:
    _say(f"{one.n}. {one.what} {sentences.when(city, one.at)} by {one.by}: rule {one.rule}, version {one.policy}")
    for seat, role in one.seats:
        _say(f"  {role:<12} {seat}{f', unit {one.unit}' if one.unit and role == 'lead' else ''}")
    if one.left_out:
        _say(f"  left out, because it is about them or theirs: {', '.join(one.left_out)}")
    for clock in one.clocks:
        _say(f"  {clock}")
    for fits, alike in groupby(one.rules or (), key=lambda looked: looked.fits or looked.not_because):
        if fits is True:
            for looked in alike:
                said = f" and gave {', '.join(looked.said)}" if looked.said else ", but its parts were given already"
                _say(f"    fits    {looked.rule}{said}: {looked.why}")
        else:
            several = list(alike)
            names = ", ".join(looked.rule for looked in several)
            _say(f"    not     {names}: other {', '.join(several[0].not_because)}")
    if one.agrees is False:
        _say("  A person chose otherwise than these rules.")


def _say(line: str) -> None:
    print(line)  # a command's answer


if __name__ == "__main__":
    main()
