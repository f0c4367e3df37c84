"""One matter, many reporters, as tables and pages show it: handled once, counted as what it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from services.complaint import commands as c
from services.complaint import events as e
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.scoreboard.tally import figures
from tests.reporting.conftest import House
from tests.reporting.story import Story


async def _do(story: Story, make: Callable[[str], c.Command]) -> None:
    await story.do(make(await story.cause()))


async def _merge(story: Story, main: Story) -> None:
    await _do(story, lambda by: c.Merge(cause=by, itself=story.complaint, into=main.complaint, by="person"))
    await _do(main, lambda by: c.JoinMerge(cause=by, complaints=(story.complaint,)))


async def _resolved(main: Story, *others: Story) -> None:
    await main.resolved()
    about = main.events[-1].n
    until = datetime.now(UTC) + timedelta(days=10)
    for other in others:
        await _do(other, lambda by: c.HearResolution(
            cause=by, main=main.complaint, about=about, seat="perkim", closure="fixed", without_proof=True,
            confirm_by=until,
        ))  # fmt: skip


async def three(house: House) -> tuple[Story, Story, Story]:
    """A main complaint and two that are handled under it."""
    main = await (await house.teller.begin()).screened()
    second, third = await (await house.teller.begin()).screened(), await house.teller.begin("lampu padam")
    for other in (second, third):
        await _merge(other, main)
    return main, second, third


async def card(house: House, story: Story) -> Card:
    await house.follow()
    found = await cases.by_ticket(house.pool, story.ticket)
    assert found is not None
    return found


async def test_merged_ones_count_as_reporters_and_not_as_matters(house: House) -> None:
    main, second, _ = await three(house)
    assert figures(await card(house, second)) == {"received", "merged"}
    assert (await card(house, main)).joined == 2
    assert not (await card(house, second)).open
    assert (await card(house, second)).holdings == {}
    assert (await house.rebuild().compare()).equal


async def test_one_confirms_one_is_silent_one_says_not_done_and_each_is_counted_apart(house: House) -> None:
    main, second, third = await three(house)
    await _resolved(main, second, third)
    await main.answered()
    await second.answered("belum nyala", done=False)
    await _do(main, lambda by: c.ReopenMatter(cause=by, complaint=second.complaint))
    assert figures(await card(house, main)) == {"received", "working", "confirmed", "reopened"}
    assert figures(await card(house, second)) == {"received", "merged", "reopened"}
    assert (await card(house, third)).waits_on == "word"
    await _do(third, lambda by: c.CloseAtTerm(cause=by, end="silent"))
    assert figures(await card(house, third)) == {"received", "merged", "silent"}
    assert (await house.rebuild().compare()).equal


async def test_taken_apart_it_is_a_matter_of_its_own_again(house: House) -> None:
    main, second, third = await three(house)
    for other in (second, third):
        await _do(other, lambda by: c.Unmerge(cause=by, by="person"))
        await _do(main, lambda by, one=other: c.LeaveMerge(cause=by, complaints=(one.complaint,)))  # type: ignore[misc]
    assert figures(await card(house, second)) == {"received", "working"}
    assert set((await card(house, second)).holdings) == {"perkim", "camat-selebar"}
    assert figures(await card(house, third)) == {"received", "screening"}
    assert (await card(house, main)).joined == 0
    assert (await house.rebuild().compare()).equal


async def test_the_ticket_of_a_merged_one_shows_how_the_matter_stands_and_no_other_ticket(house: House) -> None:
    main, _, third = await three(house)
    await house.follow()
    async with house.browser() as anyone:
        page = await anyone.get(f"/lacak/{third.ticket}")
        view = (await anyone.get(f"/lacak/{third.ticket}.json")).json()
    assert main.ticket not in page.text
    assert view["phase"] == "working"
    assert "Kepala Dinas Perumahan" in view["answer"]
    assert view["steps"][-1]["type"] == "complaint.merged"


async def test_pages_say_who_is_handled_where_and_how_many_wait(house: House) -> None:
    main, second, _ = await three(house)
    await house.follow()
    async with house.seat("tim-saring") as screener:
        there = (await screener.get(f"/laporan/{main.ticket}")).text
        here = (await screener.get(f"/laporan/{second.ticket}")).text
    assert "3 pelapor menunggu hal ini" in there
    assert second.ticket in there
    assert main.ticket in here
    assert "Pisahkan lagi" in here
    async with house.seat("perkim") as office:
        there = (await office.get(f"/laporan/{main.ticket}")).text
        assert "3 pelapor menunggu hal ini" in there
        assert second.ticket not in there, "an office sees how many wait and not who"
        assert (await office.get(f"/laporan/{second.ticket}")).status_code == 404


async def test_what_may_be_the_same_is_shown_to_screeners_who_may_see_it(house: House) -> None:
    first = await (await house.teller.begin()).screened()
    other = await (await house.teller.begin()).screened()
    story = await house.teller.begin()
    found = tuple(
        e.Duplicate(complaint=one.complaint, score=score, why=("same_ward",))
        for one, score in ((first, 0.9), (other, 0.8))
    )
    proposal = e.ScreeningProposed.model_validate({
        "matter": story.matter(), "confidence": 0.5, "summary": "x", "abstains": True, "based_on": 1, "model": "m",
        "policy": 1, "duplicates": found,
    })  # fmt: skip
    await _do(story, lambda by: c.ProposeScreening(cause=by, proposal=proposal))
    await house.follow()
    async with house.seat("tim-saring") as screener:
        page = (await screener.get(f"/saring/{story.ticket}")).text
        assert "Mungkin hal yang sama" in page
        assert first.ticket in page
        assert story.ticket in (await screener.get("/saring")).text
    await _do(story, lambda by: c.DismissDuplicate(cause=by, of=first.complaint))
    assert [one.complaint for one in (await card(house, story)).alike] == [other.complaint]
    async with house.seat("tim-saring") as screener:
        assert first.ticket not in (await screener.get(f"/saring/{story.ticket}")).text
