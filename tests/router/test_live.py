"""LIVE sessions on a running router: minutes while officials stand by, hours before and after."""

from datetime import UTC, datetime, timedelta

import pytest

from services.complaint import events as e
from services.complaint.commands import SayNotDone
from services.contracts import ids
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.facts.live import (
    LIVE_FACTS,
    LONGEST,
    LiveCheckedIn,
    LiveEnded,
    LiveFact,
    LivePlanned,
    LiveRosterSet,
    LiveStarted,
    Session,
)
from services.contracts.tokens import Role
from services.router.clocks.sentences import because
from services.router.live.facts import LIVE_SESSION
from tests.router.cities import read as city_of
from tests.router.harness import Town

CITY = "bengkulu"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ID = ids.derive(b"t", "session", "1")
PLAN = LivePlanned(platform="tiktok", host="walikota", planned_for=NOW, roster=("walikota", "dlh"), by="diskominfo")
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
FOR_SOMEBODY = "tetangga saya nenek tua sakit, sampah menumpuk di depan rumahnya di padang harapan, tolong pak"
MAYOR: tuple[Role, ...] = ("leader",)


def _say(state: Session, fact: LiveFact, at: datetime = NOW) -> Session | Refusal:
    said = LIVE_SESSION.decide(state, fact, at)
    if isinstance(said, Refusal):
        return said
    for one in said:
        recorded = Recorded[LiveFact](
            id=ids.derive(b"t", "x", str(state.n)), complaint=ID, n=state.n + 1, type=LIVE_SESSION.type_of(one)[0],
            schema=1, city=CITY, at=at, actor="service:test", causation=ids.derive(b"t", "c", str(state.n)), data=one,
        )  # fmt: skip
        state = LIVE_SESSION.evolve(state, LIVE_SESSION.decode(recorded.type, 1, LIVE_SESSION.encode(recorded)))
    return state


def _after(*facts: LiveFact) -> Session | Refusal:
    state: Session | Refusal = Session()
    for fact in facts:
        assert isinstance(state, Session)
        state = _say(state, fact)
    return state


START, END = LiveStarted(by="walikota"), LiveEnded(by="walikota")


@pytest.mark.parametrize(
    ("facts", "phase"),
    [
        ((PLAN,), "planned"),
        ((PLAN, PLAN), "planned"),
        ((PLAN, START), "on_air"),
        ((PLAN, START, START), "on_air"),
        ((PLAN, START, END), "over"),
        ((PLAN, START, END, END), "over"),
        ((PLAN, END), "over"),  # called off
    ],
)
def test_a_session_is_planned_then_on_air_then_over(facts: tuple[LiveFact, ...], phase: str) -> None:
    state = _after(*facts)
    assert isinstance(state, Session)
    assert state.phase == phase
    assert state.n == len(dict.fromkeys(facts)), "what stands already is not said again"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ((START,), "session"),
        ((PLAN, START, END, START), "session"),
        ((PLAN, END, LiveCheckedIn(seat="dlh")), "session"),
        ((PLAN, LiveCheckedIn(seat="pupr")), None),  # not on the roster
    ],
)
def test_what_a_session_refuses(facts: tuple[LiveFact, ...], field: str | None) -> None:
    refusal = _after(*facts)
    assert isinstance(refusal, Refusal)
    assert refusal.field == field


def test_who_checked_in_stays_so_when_the_roster_changes_and_a_session_nobody_ended_is_over_by_itself() -> None:
    state = _after(PLAN, LiveCheckedIn(seat="dlh"), LiveRosterSet(roster=("walikota",), by="walikota"), START)
    assert isinstance(state, Session)
    assert (state.roster, list(state.present)) == (("walikota",), ["dlh"])
    assert state.on_air(NOW + LONGEST - timedelta(seconds=1))
    assert not state.on_air(NOW + LONGEST)


STORED = {
    "city.live_planned": '{"platform":"tiktok","host":"walikota","planned_for":"2026-11-23T03:00:00Z",'
    '"roster":["walikota","dlh"],"by":"diskominfo"}',
    "city.live_roster_set": '{"roster":["walikota"],"by":"walikota"}',
    "city.live_checked_in": '{"seat":"dlh"}',
    "city.live_started": '{"by":"walikota"}',
    "city.live_ended": '{"by":"walikota"}',
}


@pytest.mark.parametrize("name", LIVE_FACTS)
def test_what_was_stored_of_a_session_loads_and_is_written_the_same(name: str) -> None:
    assert LIVE_FACTS[name].model_validate_json(STORED[name]).model_dump_json(exclude_none=True) == STORED[name]


async def _session(town: Town) -> str:
    await town.until(CITY, await town.hear(CITY, GARBAGE), "complaint.assigned")  # the router runs
    plan = await town.staff(
        CITY, "walikota", MAYOR, None, do="plan_live", platform="tiktok", host="walikota", title="Wali Kota Menjawab",
        planned_for="2099-01-01T00:00:00Z", roster=["dlh", "camat-gading-cempaka"],
    )  # fmt: skip
    assert plan.refusal is None, plan.refusal
    assert plan.fact is not None
    return plan.fact


async def _begin(town: Town, session: str) -> None:
    """On air, and known to the router."""
    assert (await town.staff(CITY, "walikota", MAYOR, None, do="start_live", session=session)).refusal is None


async def _rules(town: Town, session: str | None) -> tuple[str, list[tuple[str, str]]]:
    complaint = await town.hear(CITY, GARBAGE, session=session)
    events = await town.until(CITY, complaint, "complaint.assigned")
    data = next(event.data for event in events if isinstance(event.data, e.ComplaintAssigned))
    clocks = [clock for one in data.assignments for clock in one.clocks]
    return complaint, [(clock.name, clock.rule) for clock in clocks]


async def test_clocks_are_minutes_while_officials_stand_by_and_hours_before_and_after(town: Town) -> None:
    session = await _session(town)
    _, before = await _rules(town, session)
    assert ("first_response", "15m") not in before
    await _begin(town, session)
    complaint, during = await _until_minutes(town, session)
    assert {rule for name, rule in during if name == "first_response"} == {"15m"}
    assert ("resolve", "14wd") in during, "only the first answer is a matter of minutes"
    _, elsewhere = await _rules(town, None)
    assert ("first_response", "24h") in elsewhere, "who wrote by a chat is served as always"
    events = await town.events(CITY, complaint)
    clock = next(
        c for ev in events if isinstance(ev.data, e.ComplaintAssigned) for a in ev.data.assignments for c in a.clocks
    )
    assert "15 menit sejak penugasan, selama siaran langsung" in because(city_of(CITY), clock)

    said = await town.staff(
        CITY, "prokopim", ("aide",), complaint, do="answer_on_air", session=session, text="Diangkut sore ini."
    )
    assert said.refusal is None, said.refusal
    settled = await town.staff(
        CITY, "prokopim", ("aide",), complaint, do="answer_on_air", session=session, text="Sudah bersih.", settles=True
    )
    assert settled.refusal is None, settled.refusal
    closed = await town.until(CITY, complaint, "complaint.closed")
    answers = [event.data for event in closed if isinstance(event.data, e.AnsweredOnAir)]
    assert [(one.seat, one.by, one.settles) for one in answers] == [
        ("walikota", "prokopim", False), ("walikota", "prokopim", True),
    ]  # fmt: skip
    assert closed[-1].data == e.ComplaintClosed(end="answered_on_air")
    assert (await town.task(CITY, "dlh", complaint, closed[-1].n)).state == "closed"

    assert (await town.staff(CITY, "walikota", MAYOR, None, do="end_live", session=session)).refusal is None
    over = await town.staff(CITY, "dlh", ("agency_head",), None, do="check_in_live", session=session)
    assert over.refusal is not None


async def _until_minutes(town: Town, session: str) -> tuple[str, list[tuple[str, str]]]:
    """The router looks twice a second for what has begun."""
    rules: list[tuple[str, str]] = []
    for _ in range(20):
        complaint, rules = await _rules(town, session)
        if ("first_response", "15m") in rules:
            return complaint, rules
    raise AssertionError(rules)


async def test_an_answer_that_settles_before_anybody_had_it_finds_an_office_after_a_belum(town: Town) -> None:
    session = await _session(town)
    await _begin(town, session)
    complaint = await town.hear(CITY, FOR_SOMEBODY, session=session)
    proposed = await town.until(CITY, complaint, "complaint.screening_proposed")
    assert not any(isinstance(event.data, e.ComplaintScreened) for event in proposed), "a person has to look"
    settled = await town.staff(
        CITY, "walikota", MAYOR, complaint, do="answer_on_air", session=session, text="Sudah.", settles=True
    )
    assert settled.refusal is None, settled.refusal
    await town.hear(CITY, "belum pak", complaint=complaint, as_=SayNotDone)
    await town.until(CITY, complaint, "complaint.reopened")
    again = await town.until(CITY, complaint, "complaint.assigned")
    assigned = next(event.data for event in again if isinstance(event.data, e.ComplaintAssigned))
    assert [one.seat for one in assigned.assignments if one.role == "lead"] == ["dlh"]

    other = await town.hear(CITY, "di padang harapan sampah kapan diambil pak?", session=session)
    await town.until(CITY, other, "complaint.screening_proposed")
    undone = await town.staff(CITY, "prokopim", ("aide",), other, do="undo_entry")
    assert undone.refusal is None, undone.refusal


async def test_a_roster_checks_in_and_others_do_not(town: Town) -> None:
    session = await _session(town)
    there = await town.staff(CITY, "dlh", ("agency_head",), None, do="check_in_live", session=session)
    assert (there.refusal, there.fact) == (None, session)
    again = await town.staff(CITY, "dlh", ("agency_head",), None, do="check_in_live", session=session)
    assert again.refusal is None
    assert again.n == there.n
    stranger = await town.staff(CITY, "pupr", ("agency_head",), None, do="check_in_live", session=session)
    assert stranger.refusal is not None
    assert stranger.refusal.code == "not_yours"
    nobody = await town.staff(
        CITY, "walikota", MAYOR, None, do="plan_live", platform="tiktok", host="nobody",
        planned_for="2099-01-01T00:00:00Z",
    )  # fmt: skip
    assert nobody.refusal is not None
    assert nobody.refusal.field == "host"


async def test_an_entry_can_be_taken_back_for_minutes_only(town: Town) -> None:
    session = await _session(town)
    complaint = await town.hear(CITY, GARBAGE, session=session)
    await town.until(CITY, complaint, "complaint.assigned")
    town.clock.ahead += timedelta(minutes=16)
    late = await town.staff(CITY, "prokopim", ("aide",), complaint, do="undo_entry")
    assert late.refusal is not None
    assert late.refusal.code == "wrong_state"
