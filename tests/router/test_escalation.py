"""Up the line on a real broker and a real database: steps, tasks, who is left out."""

from datetime import timedelta

from services.complaint import events as e
from services.contracts.city import City
from services.router.clocks import escalation
from tests.complaint.given import matter
from tests.router.cities import read
from tests.router.harness import Town, eventually

CITY = "bengkulu"
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
CAMAT = "camat-gading-cempaka"


def nobody(_city: str, _seat: str) -> bool:
    return False


def test_the_line_is_the_citys_own() -> None:
    city, plain = read(CITY), matter()
    assert escalation.ladder(city, plain, "dlh", nobody) == ("asisten-2", "sekda", "walikota")
    assert escalation.ladder(city, plain, "lurah-padang-harapan", nobody) == (CAMAT, "sekda", "walikota")


def test_nobody_with_a_conflict_and_no_vacant_seat_gets_it() -> None:
    city = read(CITY)
    against = matter(about="camat", against=CAMAT)
    assert CAMAT not in escalation.ladder(city, against, "lurah-padang-harapan", nobody)
    about_mayor = matter(about="mayor", against="walikota")
    assert escalation.ladder(city, about_mayor, "inspektorat", nobody) == ()
    assert escalation.ladder(city, matter(), "dlh", lambda _, seat: seat == "asisten-2") == ("sekda", "walikota")


def test_a_policy_without_hours_lets_nothing_go_up() -> None:
    city = read(CITY)
    silent = city.model_copy(update={"policy": city.policy.model_copy(update={"escalate_hours": 0})})
    assert isinstance(silent, City)
    assert escalation.ladder(silent, matter(), "dlh", nobody) == ()


async def raised(town: Town, complaint: str, times: int) -> list[tuple[str, str, int]]:
    async def enough() -> list[tuple[str, str, int]] | None:
        steps = [event.data for event in await town.events(CITY, complaint) if isinstance(event.data, e.Escalated)]
        mine = [(one.from_seat, one.to, one.level) for one in steps if one.seat == "dlh"]
        return mine if len(mine) >= times else None

    return await eventually(enough, f"{times} steps")


async def test_what_nobody_answers_reaches_the_mayor_a_step_a_day_and_each_gets_a_task(town: Town) -> None:
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    town.clock.ahead += timedelta(hours=24, seconds=1)
    await town.until(CITY, complaint, "complaint.clock_breached", 2)
    for times in (1, 2, 3):
        town.clock.ahead += timedelta(hours=24, seconds=1)
        await raised(town, complaint, times)
    steps = await raised(town, complaint, 3)
    assert steps == [("dlh", "asisten-2", 1), ("asisten-2", "sekda", 2), ("sekda", "walikota", 3)]
    task = await town.task(CITY, "walikota", complaint)
    assert (task.role, task.state) == ("superior", "open")
    reply = await town.staff(
        CITY, "walikota", ("leader",), complaint, do="hand_off", to="pupr", reason="Kerjakan hari ini."
    )
    assert reply.refusal is None
    assert (await town.task(CITY, "pupr", complaint)).role == "lead"


async def test_a_superior_who_acts_keeps_it(town: Town) -> None:
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    town.clock.ahead += timedelta(hours=24, seconds=1)
    await town.until(CITY, complaint, "complaint.clock_breached", 2)
    town.clock.ahead += timedelta(hours=24, seconds=1)
    await raised(town, complaint, 1)
    assert (await town.staff(
        CITY, "asisten-2", ("coordinator",), complaint, do="accept", note="Saya tangani dengan DLH."
    )).refusal is None  # fmt: skip
    other = await town.hear(CITY, GARBAGE)
    await town.until(CITY, other, "complaint.assigned")
    town.clock.ahead += timedelta(hours=24, seconds=1)
    await town.until(CITY, other, "complaint.clock_breached", 2)  # the keeper has looked at everything due by now
    assert await raised(town, complaint, 1) == [("dlh", "asisten-2", 1)]


async def test_what_nobody_screens_in_three_working_days_is_late(town: Town) -> None:
    complaint = await town.hear(CITY, "tolong pak, ini bagaimana")
    (proposed,) = [
        event.data
        for event in await town.until(CITY, complaint, "complaint.screening_proposed")
        if isinstance(event.data, e.ScreeningProposed)
    ]
    assert proposed.screen_by is not None
    assert (proposed.screen_by.seat, proposed.screen_by.rule) == ("tim-saring", "3wd")
    town.clock.ahead += proposed.screen_by.due - town.clock() + timedelta(seconds=1)
    events = await town.until(CITY, complaint, "complaint.clock_breached")
    (late,) = [event.data for event in events if isinstance(event.data, e.ClockBreached)]
    assert (late.clock, late.seat, late.note) == ("screen", "tim-saring", None)
