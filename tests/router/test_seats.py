"""Who sits on a seat, and what happens while nobody does."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from services.complaint import events as e
from services.contracts import subjects
from services.contracts.envelope import Recorded
from services.contracts.facts.seats import (
    SEAT_FACTS,
    SeatActive,
    SeatFact,
    SeatFoundVacant,
    SeatHeld,
    SeatVacated,
    Sitting,
)
from services.contracts.ids import derive
from services.router.clocks.calendar import working_days
from services.router.seats.facts import SEAT_FACT
from services.runtime.log import Log
from tests.conftest import ROOT
from tests.router.harness import Town, eventually
from tests.router.place import Place, stop

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NAME = f"A256GCM.{'a' * 26}/handling.AAAA"
FOUND = SeatFoundVacant(unread_since=NOW - 5 * DAY, unread=3, hours=72, policy=1)
HELD = SeatHeld(holder=NAME, since=NOW, by="administrator")
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
CITY = "bengkulu"


@dataclass
class Seat:
    """A seat's facts as they come."""

    state: Sitting = SEAT_FACT.initial

    def when(self, *facts: SeatFact) -> "Seat":
        for fact in facts:
            for said in SEAT_FACT.decide(self.state, fact, NOW):
                recorded = Recorded[SeatFact](
                    id=derive(b"t", "x", str(self.state.n)), complaint="dlh", n=self.state.n + 1,
                    type=SEAT_FACT.type_of(said)[0], schema=1, city=CITY, at=NOW, actor="service:test",
                    causation=derive(b"t", "c", str(self.state.n)), data=said,
                )  # fmt: skip
                read = SEAT_FACT.decode(recorded.type, 1, SEAT_FACT.encode(recorded))
                self.state = SEAT_FACT.evolve(self.state, read)
        return self


@pytest.mark.parametrize(
    ("facts", "vacant"),
    [
        ((), False),  # nothing was said: somebody sits there
        ((HELD,), False),
        ((SeatVacated(since=NOW - DAY, by="administrator"),), True),
        ((SeatVacated(since=NOW + DAY, by="administrator"),), False),  # not yet
        ((SeatVacated(since=NOW - DAY, by="administrator"), HELD), False),
        ((SeatHeld(holder=NAME, since=NOW - DAY, until=NOW + DAY, acting=True, by="administrator"),), False),
        ((SeatHeld(holder=NAME, since=NOW - DAY, until=NOW, acting=True, by="administrator"),), True),  # Plt. is over
        ((FOUND,), True),
        ((FOUND, SeatActive(seen_at=NOW)), False),
        ((FOUND, HELD), False),
    ],
)
def test_a_seat_is_vacant_when_nobody_is_named_or_nobody_reads(facts: tuple[SeatFact, ...], vacant: bool) -> None:
    assert Seat().when(*facts).state.vacant(NOW) == vacant


def test_what_stands_already_is_not_said_again() -> None:
    assert Seat().when(FOUND, FOUND).state.n == 1
    assert Seat().when(SeatActive(seen_at=NOW)).state.n == 0
    assert Seat().when(SeatVacated(since=NOW, by="a"), FOUND).state.n == 1, "empty by what was said already"


STORED = {
    "city.seat_held": f'{{"holder":"{NAME}","since":"2026-11-23T03:00:00Z","acting":true,'
    '"until":"2026-12-23T03:00:00Z","by":"administrator"}',
    "city.seat_vacated": '{"since":"2026-11-23T03:00:00Z","by":"administrator"}',
    "city.seat_vacant": '{"unread_since":"2026-11-23T03:00:00Z","unread":3,"hours":72.0,"policy":1}',
    "city.seat_active": '{"seen_at":"2026-11-23T03:00:00Z"}',
}


@pytest.mark.parametrize("name", SEAT_FACTS)
def test_what_was_stored_of_a_seat_loads_and_is_written_the_same(name: str) -> None:
    assert SEAT_FACTS[name].model_validate_json(STORED[name]).model_dump_json(exclude_none=True) == STORED[name]


def _working(town: Town, span: timedelta) -> timedelta:
    """So many days from now that this much of them is working time, whatever week or feast this runs in."""
    city, now = town.stack.cities[CITY], town.clock()
    week = working_days(city, now)
    return next(one for n in range(9, 60) if week.between(now, now + (one := timedelta(days=n))) >= span)


async def test_an_unread_queue_is_found_its_superior_acts_and_a_sign_of_life_ends_it(place: Place) -> None:
    """The office reads nothing for more than the policy's time on working days; then it asks for its work."""
    place.seats_every, town = 1.0, place.town
    router = await place.start()
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    town.clock.ahead += _working(town, timedelta(days=5))

    async def acted() -> e.Escalated | None:
        for event in await town.events(CITY, complaint):
            if isinstance(event.data, e.Escalated) and event.data.reason == "vacant" and event.data.seat == "dlh":
                return event.data
        return None

    step = await eventually(acted, "the superior of the vacant office", patience=30)
    # Its clocks were breached in those days too: who has got it for that already does not get it again.
    assert step.to in ("asisten-2", "sekda", "walikota")
    assert (await town.task(CITY, step.to, complaint)).role == "superior"
    assert await facts_of(town, "dlh") == ["city.seat_vacant"]

    other = await town.hear(CITY, GARBAGE)
    await town.until(CITY, other, "complaint.assigned")
    town.clock.ahead += timedelta(hours=24, seconds=1)
    late = await town.until(CITY, other, "complaint.clock_breached", 2)
    mine = next(ev.data for ev in late if isinstance(ev.data, e.ClockBreached) and ev.data.seat == "dlh")
    assert (mine.note, mine.vacant) == (None, True)

    assert (await town.agency(CITY, "dlh", other, do="accept", note="Kami kembali.")).refusal is None

    async def active() -> bool | None:
        return True if await facts_of(town, "dlh") == ["city.seat_vacant", "city.seat_active"] else None

    assert await eventually(active, "the office is back", patience=30)
    await stop(*router)


async def facts_of(town: Town, seat: str) -> list[str]:
    return [entry.type for entry in await Log(town.intake, subjects.CITY).load(subjects.city_fact(CITY, "seat", seat))]


async def test_an_administrator_names_holders_whose_names_stand_sealed(town: Town) -> None:
    environment = town.stack.installation.environment("router")

    def seat(*arguments: str) -> list[dict[str, object]]:
        done = subprocess.run(
            [sys.executable, "-m", "services.router.seats", "--json", *arguments],
            env={**environment, "PATH": "/usr/bin:/bin"}, cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        found: list[dict[str, object]] = json.loads(done.stdout)
        return found

    seat("hold", CITY, "disdik", "Ibu Contoh", "--acting", "--until", "2099-01-01")
    row = next(row for row in seat("ls", CITY) if row["seat"] == "disdik")
    assert (row["holder"], row["acting"], row["vacant"]) == ("Ibu Contoh", True, False)
    seat("vacate", CITY, "disdik", "--since", "2026-01-01")
    row = next(row for row in seat("ls", CITY) if row["seat"] == "disdik")
    assert (row["vacant"], "holder" in row) == (True, False)
    admin = await town.stack.connect()
    answer = await admin.request(f"$JS.API.DIRECT.GET.CITY.city.{CITY}.seat.disdik", b"", timeout=30)
    await admin.close()
    assert b"Contoh" not in answer.data
