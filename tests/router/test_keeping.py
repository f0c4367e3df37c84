"""Each breach once and in time, whatever happens to the router, its clock and its tables."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from functools import partial

import asyncpg

from services.complaint import events as e
from services.contracts import subjects
from services.contracts.envelope import Recorded
from services.router.clocks.keeper import EVERY
from services.router.rebuild import Rebuild, Report
from services.runtime import postgres
from services.runtime.log import Log
from tests.router.harness import eventually
from tests.router.place import Place, stop

CITY = "bengkulu"
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
LATE = timedelta(seconds=2)


def each_once(breaches: list[Recorded[e.Event]]) -> bool:
    seats = [event.data.seat for event in breaches if isinstance(event.data, e.ClockBreached)]
    return len(seats) == len(set(seats)) == 2


async def test_two_routers_a_restart_and_lost_tables_breach_each_clock_once(place: Place) -> None:
    first, second = await place.start(), await place.start()
    complaint = await place.town.hear(CITY, GARBAGE)
    await place.town.until(CITY, complaint, "complaint.assigned")
    other = await place.town.hear(CITY, GARBAGE)
    await place.town.until(CITY, other, "complaint.assigned")
    place.clock.ahead += timedelta(hours=24, seconds=1)
    assert each_once(await place.breaches(complaint))
    await stop(*first)
    await stop(*second)

    third = await place.town.hear(CITY, GARBAGE)
    pool = await postgres.pool(place.stack.installation.database_url("tuntas_router"))
    again = await place.start()
    await place.town.until(CITY, third, "complaint.assigned")
    await eventually(partial(standing, pool, third), "rows of the third")
    await stop(*again)
    await pool.execute("delete from router.clock")
    await pool.execute("delete from router.work")
    place.clock.ahead += timedelta(hours=24, seconds=1)
    again = await place.start()
    await asyncio.sleep(1)
    assert sum(event.type == "complaint.clock_breached" for event in await place.town.events(CITY, third)) == 0
    report = await rebuild(place, pool)
    assert (report.swapped, report.open) == (True, 3)
    assert each_once(await place.breaches(third))
    assert each_once(await place.breaches(complaint)), "nothing twice"
    await stop(*again)
    await pool.close()


async def standing(pool: asyncpg.Pool, complaint: str) -> int | None:
    return await pool.fetchval("select count(*) from router.clock where complaint = $1", complaint) or None


async def rebuild(place: Place, pool: asyncpg.Pool, *, compare: bool = False) -> Report:
    reader = await place.stack.connect("router")
    try:
        settle = {name: timedelta(seconds=city.policy.settle_seconds) for name, city in place.stack.cities.items()}
        work = Rebuild(Log(reader, subjects.COMPLAINTS), Log(reader, subjects.CITY), pool, settle)
        return await work.run(compare=compare)
    finally:
        await reader.close()


async def test_what_a_rebuild_makes_is_what_the_router_keeps(place: Place) -> None:
    router = await place.start()
    pool = await postgres.pool(place.stack.installation.database_url("tuntas_router"))
    asked = await place.town.hear(CITY, GARBAGE)
    await place.town.until(CITY, asked, "complaint.assigned")
    await place.town.agency(CITY, "dlh", asked, do="ask", question="Di sebelah mana persisnya?")
    late = await place.town.hear(CITY, GARBAGE)
    await place.town.until(CITY, late, "complaint.assigned")
    place.clock.ahead += timedelta(hours=24, seconds=1)
    await place.breaches(late)
    done = await place.town.hear(CITY, GARBAGE)
    await place.town.until(CITY, done, "complaint.assigned")
    picture = await place.town.upload()
    await place.town.agency(CITY, "dlh", done, do="resolve", closure="fixed", text="Diangkut.", evidence=[picture])
    await place.town.until(CITY, done, "complaint.resolved")
    unsorted = await place.town.hear(CITY, "tolong")  # for people to sort
    await place.town.until(CITY, unsorted, "complaint.screening_proposed")

    async def level() -> Report | None:
        """The router's rows come a moment after the events."""
        found = await rebuild(place, pool, compare=True)
        return found if found.equal else None

    report = await eventually(level, "the router's rows are those of a rebuild")
    assert report.differences == {"proof": 0, "clock": 0, "work": 0}
    shown = await pool.fetch("select * from router.proof")
    assert [(row["reference"], row["complaint"]) for row in shown] == [(picture, done)]
    since = await pool.fetch("select complaint, seat, since from router.work order by 1, 2")
    assert (await rebuild(place, pool)).swapped
    assert await pool.fetch("select complaint, seat, since from router.work order by 1, 2") == since
    assert await pool.fetch("select * from router.proof") == shown
    await stop(*router)
    await pool.close()


async def test_a_clock_that_jumps_an_hour_and_back_breaches_once_and_not_before_its_time(place: Place) -> None:
    router = await place.start()
    complaint = await place.town.hear(CITY, GARBAGE)
    await place.town.until(CITY, complaint, "complaint.assigned")
    place.clock.ahead += timedelta(hours=22, minutes=59)
    await asyncio.sleep(0.6)
    place.clock.ahead -= timedelta(hours=1)
    await asyncio.sleep(0.6)
    assert not [ev for ev in await place.town.events(CITY, complaint) if ev.type == "complaint.clock_breached"]
    place.clock.ahead += timedelta(hours=2, seconds=61)
    breaches = await place.breaches(complaint)
    for jump in (-timedelta(hours=1), timedelta(hours=1), -timedelta(hours=1)):
        place.clock.ahead += jump
        await asyncio.sleep(0.6)
    assert each_once(await place.breaches(complaint))
    for event in breaches:
        assert isinstance(event.data, e.ClockBreached)
        assert event.at >= event.data.due
    await stop(*router)


async def test_a_breach_is_written_at_most_two_seconds_late(place: Place) -> None:
    """By the clock that the events carry, which stands still but where this test moves it: however long the machine
    takes, a look at or after the due time finds it."""
    router = await place.start()
    complaint = await place.town.hear(CITY, GARBAGE)
    await place.town.until(CITY, complaint, "complaint.assigned")
    due = next(
        clock.due
        for event in await place.town.events(CITY, complaint)
        if isinstance(event.data, e.ComplaintAssigned)
        for clock in event.data.assignments[0].clocks
    )
    place.clock.stands_at = due - timedelta(milliseconds=1)
    await asyncio.sleep(2 * EVERY)
    assert not [ev for ev in await place.town.events(CITY, complaint) if ev.type == "complaint.clock_breached"]
    place.clock.stands_at = due + timedelta(milliseconds=1)
    for event in await place.breaches(complaint):
        assert event.at == due + timedelta(milliseconds=1)
    assert timedelta(seconds=4 * EVERY) <= LATE, "so often it looks"
    await stop(*router)


async def test_a_router_killed_in_the_middle_leaves_the_breach_to_the_next(place: Place) -> None:
    """Each process dies (SIGKILL) as soon as one more breach of many stands; in the end the log has every one once."""
    router = await place.start()
    complaints = [await place.town.hear(CITY, GARBAGE) for _ in range(30)]
    for complaint in complaints:
        await place.town.until(CITY, complaint, "complaint.assigned")
    await asyncio.sleep(0.5)
    await stop(*router)
    ahead = timedelta(hours=24, minutes=5)
    stood = 0
    for _ in range(3):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.router.ahead", str(ahead.total_seconds()),
            env={**os.environ, **place.stack.installation.environment("router")},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        now = stood
        try:
            async with asyncio.timeout(60):
                while process.returncode is None and now <= stood < 2 * len(complaints):
                    now = await breached(place, complaints)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
            await process.wait()
        stood = now
    place.clock.ahead = ahead
    router = await place.start()
    for complaint in complaints:
        assert each_once(await place.breaches(complaint))
    await stop(*router)


async def breached(place: Place, complaints: list[str]) -> int:
    lives = await asyncio.gather(*(place.town.events(CITY, complaint) for complaint in complaints))
    return sum(event.type == "complaint.clock_breached" for life in lives for event in life)
