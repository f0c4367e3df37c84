"""Places in a router that runs: boundaries put in force by the command, landmarks learned from what people decided."""

import asyncio
import itertools
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.complaint import events as e
from tests.conftest import ROOT, Stack
from tests.router.cities import read
from tests.router.harness import Town, eventually
from tests.router.places.drawn import geojson, squares

CITY = read("kupang")
DRAIN = "parit tersumbat depan {} sudah seminggu, bau"
_numbers = itertools.count(1)


def command(stack: Stack, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`tuntas city boundaries` as its service's own process, with the router's settings."""
    environment = {**os.environ, **stack.installation.environment("router"), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "services.router.boundaries", *arguments]
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)


def nowhere() -> str:
    """A landmark that no other run of a test has spoken of."""
    return f"toko rejeki {next(_numbers)}"


async def proposal(town: Town, text: str, pin: tuple[float, float] | None = None) -> e.ScreeningProposed:
    complaint = await town.hear(CITY.id, text, pin=pin)
    events = await town.until(CITY.id, complaint, "complaint.screening_proposed")
    return next(event.data for event in events if isinstance(event.data, e.ScreeningProposed))


async def until_placed(town: Town, text: str, ward: str, pin: tuple[float, float] | None = None) -> None:
    async def look() -> Any:
        found = await proposal(town, text, pin)
        return found if found.matter.ward_code == ward else None

    await eventually(look, f"{text} in {ward}")


async def test_what_a_person_says_of_a_landmark_is_known_for_the_next_reporter(town: Town) -> None:
    place = nowhere()
    complaint = await town.hear(CITY.id, DRAIN.format(place))
    await town.until(CITY.id, complaint, "complaint.screening_proposed")
    first = (await town.until(CITY.id, complaint, "complaint.screening_proposed"))[-1].data
    assert isinstance(first, e.ScreeningProposed)
    assert first.matter.ward_code is None
    assert first.whereabouts is not None
    assert first.whereabouts.ask
    ward = CITY.wards["53.71.04.1010"]
    reply = await town.screen(CITY.id, complaint, category="drain", function="public_works", ward_code=ward.code)
    assert reply.refusal is None
    await until_placed(town, DRAIN.format(place.upper()), ward.code)


async def test_a_place_that_is_said_late_reaches_the_office_and_its_camat(town: Town) -> None:
    complaint = await town.hear(CITY.id, "sampah menumpuk tidak diangkut, bau busuk")
    await town.until(CITY.id, complaint, "complaint.screening_proposed")
    town.clock.ahead += timedelta(seconds=91)
    events = await town.until(CITY.id, complaint, "complaint.assigned")
    before = next(event.data for event in events if isinstance(event.data, e.ComplaintAssigned))
    await town.hear(CITY.id, "di kelurahan Liliba pak", complaint=complaint)
    events = await town.until(CITY.id, complaint, "complaint.assigned", times=2)
    screened, assigned = [event.data for event in events][-2:]
    assert isinstance(screened, e.ComplaintScreened)
    assert isinstance(assigned, e.ComplaintAssigned)
    assert (screened.by, screened.matter.ward_code) == ("machine", "53.71.04.1010")
    assert "Kelurahan Liliba" in screened.summary
    lead = next(one.seat for one in before.assignments if one.role == "lead")
    roles = {one.role: one for one in assigned.assignments}
    assert roles["lead"].seat == lead
    assert roles["lead"].clocks == ()
    assert [clock.name for clock in roles["territorial"].clocks] == ["first_response"]
    task = await town.task(CITY.id, lead, complaint, at_least=events[-1].n)
    assert task.place is not None
    assert task.place.ward == "Liliba"
    assert any(clock.name == "resolve" for clock in task.clocks)
    await town.hear(CITY.id, "eh bukan, di Oesapa", complaint=complaint)
    await town.task(CITY.id, roles["territorial"].seat, complaint)
    await asyncio.sleep(0.5)
    assert sum(event.type == "complaint.screened" for event in await town.events(CITY.id, complaint)) == 2


async def test_boundaries_put_in_force_reach_the_router_that_runs(town: Town, tmp_path: Path) -> None:
    ward = CITY.wards["53.71.01.1011"]
    corner = (ward.latitude + 0.0004, ward.longitude + 0.0004)
    beyond = (ward.latitude + 0.01, ward.longitude + 0.01)
    file = tmp_path / "batas.geojson"
    file.write_bytes(geojson(squares(CITY, 0.0005)))
    checked = await asyncio.to_thread(command, town.stack, CITY.id, str(file), "--check")
    assert checked.returncode == 0, checked.stderr
    assert "nothing was changed" in checked.stdout
    done = await asyncio.to_thread(command, town.stack, CITY.id, str(file), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"version": 1' in done.stdout

    async def outside() -> Any:
        found = (await proposal(town, "parit tersumbat", beyond)).whereabouts
        return found if found is not None and found.how == "outside" else None

    await eventually(outside, "boundaries in force")
    place = nowhere()
    assert (await proposal(town, DRAIN.format(place), corner)).matter.ward_code == ward.code
    await until_placed(town, DRAIN.format(place), ward.code)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["atlantis", "{file}"], "no city atlantis"), (["kupang", "{file}"], "no JSON"), (["kupang", "/none"], "")],
)
async def test_what_can_not_be_put_in_force_ends_with_one_and_says_why(
    town: Town, tmp_path: Path, arguments: list[str], said: str
) -> None:
    file = tmp_path / "batas.geojson"
    file.write_text("nothing")
    given = [argument.format(file=file) for argument in arguments]
    ended = await asyncio.to_thread(command, town.stack, *given)
    assert ended.returncode == 1
    assert said in ended.stdout + ended.stderr
