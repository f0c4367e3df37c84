"""Waiting for the reporter costs and gives no seat a minute, in whatever order questions, answers and work come."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.decide import decide
from services.complaint.state import RunningClock, Working
from services.contracts.city.working_days import WorkingDays
from services.contracts.commands import Refusal

from .given import Life, cause, matter, message, received, sealed

H = sealed("handling")
MARCH = WorkingDays(
    calendar="id-2026",
    utc_offset=7,
    days_off=(date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24)),
)
FAR = timedelta(days=300)
"""No clock comes due in these lives: it would be breached, and stand still."""


def clocks(seat: str, now: datetime) -> tuple[e.Clock, ...]:
    by_hours = e.Clock(name="first_response", seat=seat, due=now + FAR, rule="24h", policy=1)
    by_days = e.Clock(
        name="resolve", seat=seat, due=MARCH.after(now, FAR / 2), rule="14wd", policy=1, calendar="id-2026"
    )
    return by_hours, by_days


def assignment(seat: str, now: datetime, role: e.Role = "lead") -> e.Assignment:
    return e.Assignment(seat=seat, role=role, clocks=clocks(seat, now))


def at_work() -> Life:
    life = received()
    assigning = c.Assigning(
        assignments=(assignment("dlh", life.now), assignment("camat-contoh", life.now, "territorial")),
        rule="function",
        policy=1,
    )
    life.when(c.Screen(cause=cause("screen"), matter=matter(), summary="Ringkas", assigning=assigning))
    return life


def steps(life: Life, kind: str, n: int) -> c.Command:
    by, now = cause(f"step {n}"), life.now
    lead = life.state.desk.lead or "dlh" if isinstance(life.state, Working) else "dlh"
    match kind:
        case "ask":
            return c.AskReporter(cause=by, seat="camat-contoh", question=H, days=MARCH)
        case "answer":
            return c.AddMessage(cause=by, party="reporter:1", message=message())
        case "hand off":
            to = assignment("pupr" if lead == "dlh" else "dlh", now)
            return c.HandOff(cause=by, seat=lead, to=to, reason=H)
        case "resolve":
            return c.Resolve(cause=by, seat=lead, closure="fixed", text=H, confirm_by=now + FAR)
        case "not done":
            return c.SayNotDone(cause=by, party="reporter:1", message=message())
        case "assign":
            both = (assignment("dlh", now), assignment("camat-contoh", now, "territorial"))
            return c.Assign(cause=by, by="person", assigning=c.Assigning(assignments=both, rule="ruling", policy=1))
        case _:
            return c.ReportProgress(cause=by, seat=lead, text=H)


def measured(clock: RunningClock, start: datetime, end: datetime) -> timedelta:
    """Time as this clock counts it."""
    if clock.calendar is None:
        return end - start
    return MARCH.between(start, end) if end >= start else -MARCH.between(end, start)


KINDS = st.sampled_from(["ask", "answer", "ask", "answer", "hand off", "resolve", "not done", "assign", "progress"])


@given(st.lists(st.tuples(KINDS, st.integers(0, 200_000)), min_size=1, max_size=25))
@settings(max_examples=150, deadline=None)
def test_pausing_and_resuming_never_shortens_or_lengthens_a_clock(story: list[tuple[str, int]]) -> None:
    life = at_work()
    used: dict[tuple[str, str, int], timedelta] = {}
    allowed: dict[tuple[str, str, int], timedelta] = {}

    def look(before: datetime | None = None) -> None:
        if not isinstance(life.state, Working):
            return
        for seat, hold in life.state.desk.holds.items():
            for clock in hold.clocks:
                identity = (clock.name, seat, clock.started)
                if identity not in allowed:
                    allowed[identity], used[identity] = measured(clock, life.now, clock.due), timedelta()
                elif before is not None and not life.state.desk.questions:
                    used[identity] += measured(clock, before, life.now)
                if not life.state.desk.questions:
                    left = measured(clock, life.now, clock.due)
                    assert used[identity] + left == allowed[identity]

    look()
    for n, (kind, seconds) in enumerate(story):
        before = life.now
        life.later(seconds=seconds)
        look(before)
        command = steps(life, kind, n)
        out = accepted(life, command)
        if out:
            look()


def accepted(life: Life, command: c.Command) -> bool:
    if isinstance(decide(life.state, command, life.now), Refusal):
        return False
    life.when(command)
    return True


def test_a_question_over_a_long_weekend_costs_a_working_day_clock_nothing() -> None:
    """Asked Tuesday evening, answered on Lebaran: the days between are no working days."""
    life = at_work()
    life.now = datetime(2026, 3, 17, 17, 0, tzinfo=UTC)  # midnight in the city: Wednesday 18 March begins
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H, days=MARCH))
    due = {clock.name: clock.due for clock in _clocks(life)}
    life.later(days=6)
    (answered,) = life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    assert isinstance(answered, e.QuestionAnswered)
    moved = {m.name: m.due for m in answered.moved if m.seat == "dlh"}
    assert moved["resolve"] == due["resolve"]
    assert set(moved) == {"resolve"}, "a question is a first real response"


def _clocks(life: Life) -> tuple[RunningClock, ...]:
    assert isinstance(life.state, Working)
    return life.state.desk.holds["dlh"].clocks


def test_a_question_stored_before_calendars_were_recorded_moves_every_clock_by_the_time_that_passed() -> None:
    life = at_work()
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H))
    before = _clocks(life)[0].due
    life.later(hours=100)
    life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    assert _clocks(life)[0].due - before == timedelta(hours=100)


def test_a_clock_put_back_by_an_hour_between_question_and_answer_shortens_nothing() -> None:
    life = at_work()
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H, days=MARCH))
    before = [clock.due for clock in _clocks(life)]
    life.now -= timedelta(hours=1)
    life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    assert [clock.due for clock in _clocks(life)] == before


def submitting(life: Life) -> c.Resolve:
    asked = c.SignOffAsked(to="sekda", due=life.now + timedelta(days=2), rule="48h", policy=1, why=("flagged",))
    return c.Resolve(
        cause=cause(f"submit {len(life.events)}"), seat="dlh", closure="fixed", text=H, confirm_by=life.now + FAR,
        sign_off=asked, days=MARCH,
    )  # fmt: skip


def unsigned(life: Life) -> c.SignOff:
    return c.SignOff(
        cause=cause("unsigned"), seat="sekda", approved=False, text=H, resolution=H, referred_to=None, officer=None,
        confirm_by=life.now + FAR,
    )  # fmt: skip


def left(life: Life, seat: str) -> dict[str, timedelta]:
    assert isinstance(life.state, Working)
    return {clock.name: measured(clock, life.now, clock.due) for clock in life.state.desk.holds[seat].clocks}


def test_a_signature_that_is_refused_after_the_long_leave_costs_a_working_day_clock_nothing() -> None:
    life = at_work()
    life.now = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
    before = left(life, "camat-contoh")
    life.when(submitting(life))
    life.later(days=8)  # Wednesday to Tuesday are no working days
    life.when(unsigned(life))
    after = left(life, "camat-contoh")
    assert after == before
    (resolve,) = [clock for clock in _clocks(life) if clock.name == "resolve"]
    assert MARCH.works((resolve.due + timedelta(hours=7)).date())


def test_a_ruling_while_a_signature_is_waited_for_takes_no_time_from_whoever_goes_on() -> None:
    life = at_work()
    life.when(c.Instruct(cause=cause("do"), by="walikota", seat="dlh", text=H, due=life.now + FAR))
    before = {seat: left(life, seat) for seat in ("dlh", "camat-contoh")}
    life.when(submitting(life))
    life.later(days=3)
    both = (assignment("pupr", life.now), e.Assignment(seat="camat-contoh", role="territorial"))
    (event,) = life.when(
        c.Assign(
            cause=cause("rule"), by="person", assigning=c.Assigning(assignments=both, rule="ruling", policy=1)
        )
    )  # fmt: skip
    assert isinstance(event, e.ComplaintAssigned)
    assert {(m.seat, m.name) for m in event.moved or ()} == {
        ("camat-contoh", "first_response"), ("camat-contoh", "resolve"), ("dlh", "instruction"),
    }  # fmt: skip
    assert isinstance(life.state, Working)
    assert life.state.desk.submission is None
    assert left(life, "camat-contoh") == before["camat-contoh"]
    assert left(life, "dlh") == {"instruction": before["dlh"]["instruction"]}


def test_a_place_that_is_found_meanwhile_takes_nothing_back() -> None:
    """The signature is waited for as before, and the clocks wait with it."""
    nowhere = matter(district_code=None, ward_code=None)
    life = received()
    first = c.Assigning(assignments=(assignment("dlh", life.now),), rule="function", policy=1)
    life.when(c.Screen(cause=cause("screen"), matter=nowhere, summary="Ringkas", assigning=first))
    before = left(life, "dlh")
    life.when(submitting(life))
    life.later(days=1)
    camat = e.Assignment(
        seat="camat-contoh", role="territorial", clocks=(clocks("camat-contoh", life.now)[0],)
    )  # fmt: skip
    placed = c.Assigning(assignments=(e.Assignment(seat="dlh", role="lead"), camat), rule="placed", policy=1)
    life.when(c.Locate(cause=cause("place"), matter=matter(), summary="Ringkas", assigning=placed))
    assert isinstance(life.state, Working)
    assert life.state.desk.submission is not None
    life.later(days=1)
    life.when(unsigned(life))
    assert left(life, "dlh")["resolve"] == before["resolve"]
    assert left(life, "camat-contoh")["first_response"] == FAR
