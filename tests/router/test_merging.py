"""Three reporters and one matter, on the real parts: handled once, ended by each for himself, taken apart again."""

from datetime import timedelta
from typing import Any

import pytest

from services.complaint import events as e
from services.complaint.commands import AddMessage, SayNotDone
from services.complaint.state import Merged, Working
from services.contracts.commands import CommandReply
from services.contracts.envelope import Recorded
from tests.router.harness import Town, eventually

CITY = "pekanbaru"
TEAM = ("tim-teknis", ("screener", "coordinator"))


def types(events: list[Recorded[e.Event]]) -> list[str]:
    return [event.type.removeprefix("complaint.") for event in events]


def code(reply: CommandReply) -> str | None:
    return None if reply.refusal is None else reply.refusal.code


async def acted(town: Town, complaint: str, **action: Any) -> CommandReply:
    return await town.staff(CITY, TEAM[0], TEAM[1], complaint, **action)  # type: ignore[arg-type]  # roles by name


async def street_light(town: Town, words: str = "lampu jalan mati di sidomulyo timur sudah seminggu") -> str:
    complaint = await town.hear(CITY, words)
    await town.until(CITY, complaint, "complaint.assigned")
    return complaint


async def lead_of(town: Town, complaint: str) -> str:
    state, _ = await town.deciding.load(CITY, complaint)
    assert isinstance(state, Working)
    assert state.desk.lead is not None
    return state.desk.lead


async def merged(town: Town, count: int = 2) -> tuple[str, list[str], str]:
    """The main complaint, those merged into it, and the office that leads."""
    main = await street_light(town)
    lead = await lead_of(town, main)
    others = [await street_light(town) for _ in range(count)]
    for other in others:
        assert code(await acted(town, other, do="merge", into=main, reason="Tiang yang sama.")) is None
    await town.until(CITY, main, "complaint.merge_joined", times=count)
    return main, others, lead


async def test_one_of_three_says_not_done_and_the_others_hear_nothing(town: Town) -> None:
    main, (second, third), lead = await merged(town)
    for other in (second, third):
        gone = await town.task(CITY, lead, other, at_least=5)
        assert (gone.state, gone.update) == ("gone", "merged")
    task = await town.task(CITY, lead, main, at_least=6)
    assert (task.reporters, task.state) == (3, "open")

    progress = await town.agency(CITY, lead, main, do="progress", text="Teknisi berangkat.")
    assert code(progress) is None
    for other in (second, third):
        heard = await town.until(CITY, other, "complaint.matter_advanced")
        assert isinstance(heard[-1].data, e.MatterAdvanced)
        assert (heard[-1].data.main, heard[-1].data.what) == (main, "progressed")

    done = await town.agency(CITY, lead, main, do="resolve", closure="fixed", text="Lampu diganti.")
    assert code(done) is None
    for other in (second, third):
        await town.until(CITY, other, "complaint.matter_resolved")
    await town.done(CITY, main)
    await town.until(CITY, main, "complaint.confirmed")
    await town.hear(CITY, "belum nyala pak", complaint=second, as_=SayNotDone)
    await town.until(CITY, main, "complaint.matter_reopened")
    events = await town.until(CITY, main, "complaint.assigned", times=2)
    reopened = next(event.data for event in events if isinstance(event.data, e.MatterReopened))
    assert (reopened.complaint, reopened.round) == (second, 2)
    again = await town.task(CITY, lead, main, at_least=events[-1].n)
    assert (again.state, again.round, {clock.name for clock in again.clocks}) == (
        "open", 2, {"first_response", "resolve"},
    )  # fmt: skip
    assert types(await town.events(CITY, third))[-1] == "matter_resolved"
    state, _ = await town.deciding.load(CITY, main)
    assert isinstance(state, Working)
    assert state.file.shared.ended == "confirmed"

    # Resolved anew: asked are the one who said BELUM and the one who has not spoken; the confirmation stands.
    assert code(await town.agency(CITY, lead, main, do="resolve", closure="fixed", text="Kabel diganti.")) is None
    await town.until(CITY, second, "complaint.matter_resolved", times=2)
    await town.until(CITY, third, "complaint.matter_resolved", times=2)
    await town.done(CITY, second)
    town.clock.ahead += timedelta(days=40)
    ends = {
        main: await town.until(CITY, main, "complaint.matter_closed"),
        second: await town.until(CITY, second, "complaint.confirmed"),
        third: await town.until(CITY, third, "complaint.closed"),
    }
    closed = ends[third][-1].data
    assert isinstance(closed, e.ComplaintClosed)
    assert closed.end == "silent"
    assert "closed" not in types(ends[main])


async def test_taken_out_it_has_its_own_office_and_clocks_again(town: Town) -> None:
    main, (second,), lead = await merged(town, 1)
    assert code(await acted(town, second, do="unmerge", reason="Tiang lain.")) is None
    events = await town.until(CITY, second, "complaint.assigned", times=2)
    assert isinstance(events[-1].data, e.ComplaintAssigned)
    assert events[-1].data.rule == "unmerged"
    task = await town.task(CITY, lead, second, at_least=events[-1].n)
    assert (task.state, task.reporters) == ("open", 1)
    assert {clock.name for clock in task.clocks} == {"first_response", "resolve"}
    await town.until(CITY, main, "complaint.merge_left")
    assert (await town.task(CITY, lead, main, at_least=6)).reporters == 1


async def test_before_screening_it_comes_back_to_screening(town: Town) -> None:
    main, _, _ = await merged(town, 0)
    vague = await town.hear(CITY, "tolong dilihat ya pak yang kemarin itu")
    await town.until(CITY, vague, "complaint.screening_proposed")
    assert code(await acted(town, vague, do="merge", into=main)) is None
    await town.until(CITY, main, "complaint.merge_joined")
    assert code(await acted(town, vague, do="unmerge")) is None
    screened = await town.screen(CITY, vague)
    assert code(screened) is None


async def test_a_link_to_a_merged_complaint_leads_to_the_main_one(town: Town) -> None:
    main, (second,), _ = await merged(town, 1)
    third = await street_light(town)
    assert code(await acted(town, third, do="merge", into=second)) is None
    state, _ = await town.deciding.load(CITY, third)
    assert isinstance(state, Merged)
    assert state.into == main


async def test_when_the_main_one_is_merged_all_move_with_it(town: Town) -> None:
    old, (second,), _ = await merged(town, 1)
    new = await street_light(town)
    assert code(await acted(town, old, do="merge", into=new)) is None

    async def moved() -> bool | None:
        state, _ = await town.deciding.load(CITY, new)
        return True if not isinstance(state, Merged) and state.file.shared.joined == {old, second} else None  # type: ignore[union-attr]

    assert await eventually(moved, "both under the new main complaint")
    state, _ = await town.deciding.load(CITY, second)
    assert isinstance(state, Merged)
    assert state.into == new


async def test_two_that_are_merged_into_each_other_do_not_vanish(town: Town) -> None:
    one, other = await street_light(town), await street_light(town)
    # As two screeners would at the same moment: each decision is right by itself.
    await town.merge_behind(CITY, one, other)
    await town.merge_behind(CITY, other, one)

    async def apart() -> bool | None:
        states = [(await town.deciding.load(CITY, c))[0] for c in (one, other)]
        return True if sum(isinstance(state, Merged) for state in states) < 2 else None

    assert await eventually(apart, "one of the two at least stands alone")


async def test_a_danger_to_life_never_stays_behind_another_matter(town: Town) -> None:
    _, (second,), _ = await merged(town, 1)
    await town.hear(
        CITY, "tolong ada orang kesetrum kabel listrik di tiang ini, tidak sadar", complaint=second, as_=AddMessage
    )
    events = await town.until(CITY, second, "complaint.unmerged")
    apart = next(event.data for event in events if isinstance(event.data, e.ComplaintUnmerged))
    assert (apart.by, apart.why) == ("machine", "danger")
    await town.until(CITY, second, "complaint.assigned", times=2)


REFUSED: list[tuple[str, str, str]] = [
    ("itself", "second", "invalid"),
    ("nothing", "a" * 26, "unknown_complaint"),
]


@pytest.mark.parametrize(("name", "into", "expected"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_what_can_not_be_merged_is_refused(town: Town, name: str, into: str, expected: str) -> None:
    second = await street_light(town)
    target = second if into == "second" else into
    assert code(await acted(town, second, do="merge", into=target)) == expected, name


async def test_a_main_complaint_that_is_resolved_or_erased_takes_nobody_in(town: Town) -> None:
    second, over, erased = [await street_light(town) for _ in range(3)]
    lead = await lead_of(town, over)
    await town.agency(CITY, lead, over, do="resolve", closure="fixed", text="Sudah.")
    assert code(await acted(town, second, do="merge", into=over)) == "wrong_state"
    assert code(await town.staff(CITY, "dpo", ("data_protection",), erased, do="erase_reporter")) is None
    assert code(await acted(town, second, do="merge", into=erased)) == "wrong_state"
    lurah = await town.staff(CITY, lead, ("agency_head",), second, do="merge", into=over)
    assert code(lurah) == "not_allowed"
