"""The tables hold what the log says, however often and in whatever pieces it comes."""

import random

import pytest

from services.complaint.state import Closed, Resolved, Working
from services.contracts import subjects
from services.reporting.read_models.cases import queries as cases
from services.reporting.reading import arrived
from services.reporting.rebuild import Rebuild
from services.runtime import log
from tests.reporting.conftest import House
from tests.reporting.story import Story


async def _told(house: House) -> list[Story]:
    """Some lives, each another way."""
    begun = [await house.teller.begin() for _ in range(6)]
    await begun[1].proposed()
    await (await begun[2].screened()).accepted()
    await (await (await begun[3].screened()).asked()).answered("tiang nomor 7")
    await (await (await begun[4].screened()).resolved(link="https://contoh.example/bukti")).answered(done=False)
    await (await (await begun[5].screened()).resolved()).answered()
    return begun


async def test_a_rebuild_beside_the_live_tables_finds_them_equal(house: House) -> None:
    await _told(house)
    await house.follow()
    report = await house.rebuild().compare()
    assert report.equal, report.differences
    assert report.events > 0
    assert not report.swapped


async def test_a_comparison_says_no_when_a_row_was_lost(house: House) -> None:
    story = (await _told(house))[2]
    await house.follow()
    await house.pool.execute("delete from reporting.holding where complaint = $1", story.complaint)
    report = await house.rebuild().compare()
    assert report.equal is False
    assert report.differences["holding"] > 0
    assert (await house.rebuild().swap()).swapped
    assert (await house.rebuild().compare()).equal


async def test_a_rebuild_that_keeps_few_complaints_in_memory_makes_the_same_tables(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PAGE", 2)
    begun = [await house.teller.begin() for _ in range(4)]
    for story in begun:
        await story.screened()
    for story in reversed(begun):  # by now written and forgotten
        await story.accepted()
    await house.follow()
    report = await Rebuild(house.log, house.pool, batch=2, keep=1).compare()
    assert report.equal, report.differences


async def test_rebuilt_tables_have_the_keys_and_indexes_of_the_live_ones(house: House) -> None:
    asked = (
        "select tablename || ': ' || indexdef from pg_indexes where schemaname = 'reporting' "
        "and tablename in ('checkpoint', 'step', 'complaint', 'holding', 'tally') order by 1"
    )
    before = [row[0] for row in await house.pool.fetch(asked)]
    await house.rebuild().swap()
    assert [row[0] for row in await house.pool.fetch(asked)] == before
    assert len(before) > 15


async def test_after_a_swap_pages_public_tracking_and_following_go_on(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await house.follow()
    await house.rebuild().swap()
    await story.accepted()
    await house.follow()
    async with house.browser() as anyone:
        view = (await anyone.get(f"/lacak/{story.ticket}.json")).json()
    assert view["steps"][-1]["type"] == "complaint.accepted"
    assert (await house.rebuild().compare()).equal


async def test_batches_that_come_twice_and_cut_anywhere_change_nothing(house: House) -> None:
    stories = await _told(house)
    entries = [
        entry for story in stories for entry in await house.log.load(subjects.complaint("bengkulu", story.complaint))
    ]
    items = sorted((arrived(entry) for entry in entries), key=lambda item: item.sequence)
    chance = random.Random(7)
    for _ in range(12):
        start = chance.randrange(len(items))
        await house.projector.project(items[start : start + chance.randrange(1, len(items))])
    await house.projector.project(items)
    await house.follow()
    assert (await house.rebuild().compare()).equal


async def test_a_gap_makes_the_whole_complaint_be_read_again(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    entries = await house.log.load(subjects.complaint("bengkulu", story.complaint))
    await house.projector.project([arrived(entries[-1])])
    card = await cases.by_ticket(house.pool, story.ticket)
    assert card is not None
    assert card.n == 3
    await house.follow()
    assert (await house.rebuild().compare()).equal


async def test_a_card_agrees_with_the_state_that_decisions_see(house: House) -> None:
    for story in await _told(house):
        await house.follow()
        state, _ = await house.teller.decider.load("bengkulu", story.complaint)
        card = await cases.by_ticket(house.pool, story.ticket)
        assert card is not None
        if not isinstance(state, Working | Resolved | Closed):
            assert card.phase == "screening"
            continue
        assert card.phase == type(state).__name__.lower()
        if state.desk is not None and card.phase != "closed":
            seats = {seat: {(c.name, c.due) for c in hold.clocks} for seat, hold in state.desk.holds.items()}
            assert {seat: {(c.name, c.due) for c in h.clocks} for seat, h in card.holdings.items()} == seats
            assert set(card.questions) == set(state.desk.questions)
