"""The work on pages: the ledger, what needs a ruling, planned work, parts of the work, and who gets which form."""

import itertools
from datetime import UTC, datetime, timedelta

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.city.conflicts import conflict_free
from services.contracts.city.handing import Handed, may_hand_off
from services.reporting.forms.parts import within_reach
from services.reporting.read_models.cases import queries
from tests.reporting.conftest import House
from tests.reporting.story import Story

PERKIM, CAMAT = "perkim", "camat-selebar"


def part(seat: str) -> e.Assignment:
    due = datetime.now(UTC) + timedelta(days=1)
    clock = e.Clock(name="first_response", seat=seat, due=due, rule="24h", policy=1)
    return e.Assignment(seat=seat, role="lead", clocks=(clock,))


async def hand(story: Story, seat: str, to: str, most: int = 3) -> None:
    cause = await story.cause()
    reason = await story.sealed("handling", cause, "reason", "Bukan kami.")
    await story.do(c.HandOff(cause=cause, seat=seat, to=part(to), reason=reason, most_bounces=most))


async def forms(house: House, seat: str, story: Story) -> set[str]:
    async with house.seat(seat) as client:
        page = (await client.get(f"/laporan/{story.ticket}")).text
    return {line.split(f"/laporan/{story.ticket}/")[1].split('"')[0] for line in page.split("<form")[1:]
             if f"/laporan/{story.ticket}/" in line}  # fmt: skip


async def test_the_ledger_names_who_held_it_and_charges_nobody_for_the_reporters_silence(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await story.asked()
    await story.answered("Nomor tujuh", done=False)
    await hand(story, PERKIM, "pupr")
    await house.follow()
    async with house.seat("walikota") as leader:
        view = (await leader.get(f"/laporan/{story.ticket}.json")).json()
        page = (await leader.get(f"/laporan/{story.ticket}")).text
    entries = view["ledger"]["entries"]
    assert [(one["holder"], one["why"], one["charged"]) for one in entries] == [
        (PERKIM, "work", True), (PERKIM, "reporter", False), (PERKIM, "work", True), ("pupr", "work", True),
    ]  # fmt: skip
    assert entries[-1]["until"] is None
    for one, following in itertools.pairwise(entries):
        assert one["until"] == following["since"]
    assert {one["holder"] for one in view["ledger"]["totals"]} == {PERKIM, "pupr"}
    assert "Buku serah terima" in page


async def test_what_bounced_too_often_is_shown_as_needing_a_ruling_and_can_be_given_away_no_more(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await hand(story, PERKIM, "pupr", most=2)
    await hand(story, "pupr", PERKIM, most=2)
    await house.follow()
    async with house.seat("asisten-2") as coordinator:
        view = (await coordinator.get(f"/laporan/{story.ticket}.json")).json()
        listed = (await coordinator.get("/laporan.json?status=to_rule")).json()
    assert view["answer"].startswith("Perlu putusan koordinator: sudah 2 kali berpindah")
    assert (view["forced"], view["bounces"], view["row"]["waits_on"]) == (True, 2, "coordinator")
    assert story.ticket in {one["ticket"] for one in listed["rows"]}
    assert {"hand_off", "return"} & await forms(house, PERKIM, story) == set()
    assert "assign" in await forms(house, "asisten-2", story)


async def test_the_hand_off_form_offers_what_the_router_accepts_and_nothing_else(house: House) -> None:
    story = await (await house.teller.begin()).screened(lead="dlh", function="environment", category="tree_hazard")
    accused = await (await house.teller.begin()).screened(lead="sekda", about="official", against="pupr")
    await house.follow()
    city = house.stack.cities["bengkulu"]
    for one, seat in ((story, "dlh"), (accused, "sekda")):
        card = await queries.by_ticket(house.pool, one.ticket)
        assert card is not None
        assert card.matter is not None
        offered = {value for value, _ in within_reach(city, card, str)}
        handed = Handed(card.matter.function, card.matter.district_code, card.matter.ward_code)
        accepted = {
            to for to in city.seats
            if conflict_free(city, card.matter, to) and may_hand_off(city, city.rules, handed, seat, to)
        }  # fmt: skip
        assert offered
        assert offered <= accepted
        assert "pupr" not in offered
    async with house.seat("dlh") as office:
        page = (await office.get(f"/laporan/{story.ticket}")).text
    form = page.split(f"/laporan/{story.ticket}/hand_off")[1].split("</form>")[0]
    assert 'value="perkim"' in form  # a rule of the city lets trees go to and fro
    assert 'value="dukcapil"' not in form


async def test_a_return_waits_for_its_ruling_and_the_coordinator_gets_the_form(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    cause = await story.cause()
    reason = await story.sealed("handling", cause, "reason", "Bukan tugas kami.")
    await story.do(c.ReturnAssignment(cause=cause, seat=PERKIM, ground="not_our_function", reason=reason))
    await house.follow()
    assert {"refuse_return", "assign"} <= await forms(house, "asisten-2", story)
    assert "refuse_return" not in await forms(house, "walikota", story)


async def test_planned_work_says_its_date_to_offices_and_to_whoever_has_the_ticket(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    cause = await story.cause()
    programme = await story.sealed("handling", cause, "programme", "Penerangan 2027")
    text = await story.sealed("handling", cause, "text", "Menunggu anggaran.")
    wakes = datetime.now(UTC) + timedelta(days=40)
    await story.do(c.PlanWork(
        cause=cause, seat=PERKIM, programme=programme, text=text, wakes=wakes, most_moves=2,
    ))  # fmt: skip
    await house.follow()
    async with house.seat(PERKIM) as office, house.browser() as anyone:
        view = (await office.get(f"/laporan/{story.ticket}.json")).json()
        board = (await office.get("/papan.json")).json()
        public = (await anyone.get(f"/lacak/{story.ticket}.json")).json()
    assert view["answer"].startswith("Belum selesai: dijadwalkan")
    assert view["row"]["phase"] == "working"
    planned = next(step for step in view["steps"] if step["type"] == "complaint.planned")
    assert {word["text"] for word in planned["words"]} == {"Penerangan 2027", "Menunggu anggaran."}
    assert board["figures"]["planned"] >= 1
    assert public["answer"].startswith("Belum selesai: pekerjaannya dijadwalkan")
    assert "complaint.planned" in {step["type"] for step in public["steps"]}
    assert "Penerangan 2027" not in str(public)


async def test_parts_of_the_work_are_listed_and_their_seat_gets_the_forms(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    cause = await story.cause()
    text = await story.sealed("handling", cause, "text", "Pangkas pohonnya.")
    due = datetime.now(UTC) + timedelta(days=2)
    await story.do(c.GiveSubtask(cause=cause, by=PERKIM, seat="dlh", text=text, due=due))
    await house.follow()
    async with house.seat("dlh") as office:
        view = (await office.get(f"/laporan/{story.ticket}.json")).json()
    assert [(one["number"], one["seat"], one["standing"]) for one in view["subtasks"]] == [(1, "dlh", "open")]
    assert {"finish_subtask", "decline_subtask", "ask_extension"} <= await forms(house, "dlh", story)
    assert "drop_subtask" in await forms(house, PERKIM, story)
    assert "finish_subtask" not in await forms(house, PERKIM, story)


async def test_more_time_is_ruled_on_by_the_superior_and_not_by_the_one_who_asks(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    cause = await story.cause()
    text = await story.sealed("handling", cause, "text", "Laporkan.")
    due = datetime.now(UTC) + timedelta(days=2)
    await story.do(c.Instruct(cause=cause, by="walikota", seat=PERKIM, text=text, due=due))
    cause = await story.cause()
    reason = await story.sealed("handling", cause, "reason", "Alat rusak.")
    await story.do(c.AskExtension(
        cause=cause, seat=PERKIM, clock="instruction", until=due + timedelta(days=3), reason=reason,
        superior="asisten-2",
    ))  # fmt: skip
    await house.follow()
    assert "rule_extension" in await forms(house, "asisten-2", story)
    assert "rule_extension" not in await forms(house, PERKIM, story)


async def test_every_event_of_the_work_is_a_line_of_its_own_in_both_languages(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    cause = await story.cause()
    await story.do(c.DisposeInternally(cause=cause, seat=PERKIM, unit="listrik"))
    await house.follow()
    async with house.seat(PERKIM) as office:
        indonesian = (await office.get(f"/laporan/{story.ticket}.json")).json()["steps"][-1]["title"]
        english = (await office.get(f"/laporan/{story.ticket}.json?lang=en")).json()["steps"][-1]["title"]
    assert (indonesian, english) == ("Disposisi ke listrik", "Passed on to listrik")
