"""A breach that nobody answers goes up the line, step by step, until somebody above does something."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import RunningClock, Working

from .given import Life, assigned, assigning, cause, matter, message, proposal, received, sealed

H = sealed("handling")
LADDER = ("asisten-2", "sekda", "walikota")
DAY = timedelta(hours=24)
STARTED = 4


def breach(life: Life, seat: str = "dlh", **changes: object) -> c.BreachClock:
    fields: dict[str, object] = {
        "cause": cause(f"breach {seat}"), "clock": "first_response", "seat": seat, "started": STARTED,
        "superior": "asisten-2", "ladder": LADDER, "escalates_at": life.now + DAY,
    }  # fmt: skip
    return c.BreachClock(**(fields | changes))  # type: ignore[arg-type]  # fields by name


def up(life: Life, seat: str = "dlh", ladder: tuple[str, ...] = LADDER) -> c.Escalate:
    clock = clock_of(life, seat)
    return c.Escalate(
        cause=cause(f"up {seat} {clock.level}"), clock="first_response", seat=seat, started=STARTED, ladder=ladder,
        next_at=life.now + DAY,
    )  # fmt: skip


def clock_of(life: Life, seat: str = "dlh") -> RunningClock:
    assert isinstance(life.state, Working)
    return life.state.desk.holds[seat].clocks[0]


def role_of(life: Life, seat: str) -> e.Role | None:
    assert isinstance(life.state, Working)
    hold = life.state.desk.holds.get(seat)
    return None if hold is None else hold.role


def breached(**changes: object) -> Life:
    life = assigned(**changes).later(hours=24)
    life.when(breach(life))
    return life


def raised() -> Life:
    life = breached().later(hours=24)
    life.when(up(life))
    return life


def test_each_step_is_recorded_once_and_gives_the_superior_a_part() -> None:
    life = breached()
    steps = []
    for _ in LADDER:
        assert life.later(hours=23).when(up(life)) == ()
        (step,) = life.later(hours=1).when(up(life))
        assert isinstance(step, e.Escalated)
        assert life.when(up(life)) == (), "not before its own time"
        steps.append((step.level, step.from_seat, step.to, step.next_at is not None))
        assert role_of(life, step.to) == "superior"
    assert steps == [(1, "dlh", "asisten-2", True), (2, "asisten-2", "sekda", True), (3, "sekda", "walikota", False)]
    assert life.later(days=30).when(up(life)) == (), "nobody is above the mayor"


def test_a_danger_to_life_goes_up_with_the_breach_itself() -> None:
    life = assigned(urgency="danger").later(hours=24)
    late, step = life.when(breach(life))
    assert isinstance(late, e.ClockBreached)
    assert isinstance(step, e.Escalated)
    assert (late.escalates_at, step.reason, step.to, step.level) == (None, "danger", "asisten-2", 1)
    assert clock_of(life).escalates_at == life.now + DAY


def test_without_anybody_above_nothing_goes_up() -> None:
    life = assigned(urgency="danger").later(hours=24)
    (late,) = life.when(breach(life, ladder=()))
    assert isinstance(late, e.ClockBreached)
    assert late.escalates_at is None


def test_a_vacant_seats_breach_is_nobodys_note() -> None:
    life = assigned().later(hours=24)
    (late,) = life.when(breach(life, vacant=True))
    assert isinstance(late, e.ClockBreached)
    assert (late.note, late.superior, late.vacant) == (None, None, True)
    assert isinstance(life.state, Working)
    assert life.state.desk.notes == {}


@pytest.mark.parametrize(
    "answer",
    [
        c.ExplainBreach(cause=cause("x"), seat="dlh", note=1, text=H),
        c.RuleNote(cause=cause("x"), by="asisten-2", note=1, ruling="struck", text=H),
        c.Accept(cause=cause("x"), seat="dlh", finish_by=None, note=H),
        c.ReportProgress(cause=cause("x"), seat="dlh", text=H, evidence=("m",)),
    ],
)
def test_explained_struck_or_met_it_goes_up_no_further_and_bare_readiness_changes_nothing(answer: c.Command) -> None:
    life = breached()
    life.when(answer)
    life.later(days=2)
    goes_up = (
        isinstance(life.state, Working) and bool(life.state.desk.holds["dlh"].clocks) and bool(life.when(up(life)))
    )
    assert goes_up == isinstance(answer, c.Accept)


def test_a_confirmed_note_is_no_answer_to_the_citizen() -> None:
    life = breached()
    life.when(c.RuleNote(cause=cause("x"), by="asisten-2", note=1, ruling="confirmed", text=H))
    assert life.later(days=2).when(up(life)) != ()


@pytest.mark.parametrize(
    "act",
    [
        c.Accept(cause=cause("act"), seat="asisten-2", note=H),
        c.RecordVisit(cause=cause("act"), seat="asisten-2", text=H),
        c.AskReporter(cause=cause("act"), seat="asisten-2", question=H),
        c.Instruct(cause=cause("act"), by="asisten-2", seat="dlh", text=H, due=assigned().now + timedelta(days=9)),
    ],
)
def test_a_superior_who_acts_keeps_it(act: c.Command) -> None:
    life = raised()
    life.when(act)
    assert clock_of(life).escalates_at is None


def test_a_superior_can_give_it_to_another_office_or_finish_it() -> None:
    life = raised()
    to = e.Assignment(seat="pupr", role="lead")
    (handed,) = life.when(c.HandOff(cause=cause("hand"), seat="asisten-2", to=to, reason=H))
    assert isinstance(handed, e.LeadHandedOff)
    assert handed.seat == "dlh"
    assert (role_of(life, "pupr"), role_of(life, "dlh"), role_of(life, "asisten-2")) == ("lead", None, "superior")
    life = raised()
    (done,) = life.when(
        c.Resolve(cause=cause("done"), seat="asisten-2", closure="fixed", text=H, confirm_by=life.now + DAY)
    )
    assert isinstance(done, e.ComplaintResolved)


def test_a_superior_who_passes_it_on_is_no_bounce_of_the_lead_s() -> None:
    life = raised()
    hand = c.HandOff(
        cause=cause("hand"), seat="asisten-2", to=e.Assignment(seat="pupr", role="lead"), reason=H, most_bounces=2
    )
    life.when(hand)
    assert isinstance(life.state, Working)
    assert life.state.desk.bounces == 0
    (own,) = life.when(replace(hand, cause=cause("own"), seat="pupr", to=e.Assignment(seat="dlh", role="lead")))
    assert isinstance(own, e.LeadHandedOff)
    assert (own.bounce, own.forced) == (1, None)


def test_a_new_assignment_is_an_answer() -> None:
    life = raised()
    life.when(c.Assign(cause=cause("assign"), by="person", assigning=assigning(life.now, "pupr", ())))
    assert role_of(life, "asisten-2") is None
    assert life.when(c.Escalate(
        cause=cause("late"), clock="first_response", seat="dlh", started=STARTED, ladder=LADDER, next_at=life.now
    )) == ()  # fmt: skip


def test_while_the_reporter_is_asked_nothing_goes_up_and_the_time_does_not_count() -> None:
    life = breached().later(hours=6)
    life.when(c.AskReporter(cause=cause("ask"), seat="camat-contoh", question=H))
    life.later(hours=40)
    assert life.when(up(life)) == ()
    life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    assert clock_of(life).escalates_at == life.now + timedelta(hours=18)


def test_the_superior_of_a_vacant_seat_gets_its_part_once() -> None:
    life = assigned()
    act = c.ActForVacant(cause=cause("vacant"), seat="dlh", superior="asisten-2")
    (step,) = life.when(act)
    assert isinstance(step, e.Escalated)
    assert (step.reason, step.clock, role_of(life, "asisten-2")) == ("vacant", None, "superior")
    assert life.when(c.ActForVacant(cause=cause("again"), seat="dlh", superior="asisten-2")) == ()


def test_a_new_policy_moves_what_still_runs_and_leaves_what_was_breached() -> None:
    life = breached()
    sooner = life.now + timedelta(hours=1)
    moved = tuple(
        e.RecomputedClock(name="first_response", seat=seat, started=STARTED, due=sooner, base=sooner, rule="12h")
        for seat in ("dlh", "camat-contoh")
    )
    command = c.RecomputeClocks(cause=cause("policy 2"), from_policy=1, to_policy=2, moved=moved)
    (out,) = life.when(command)
    assert isinstance(out, e.ClocksRecomputed)
    assert [m.seat for m in out.moved] == ["camat-contoh"]
    assert clock_of(life, "camat-contoh").due == sooner
    assert life.when(command) == ()


def waiting_for_people() -> Life:
    life = received()
    by = e.Clock(name="screen", seat="tim-saring", due=life.now + 3 * DAY, rule="3wd", policy=1, calendar="id-2026")
    first = proposal(1).model_copy(update={"screen_by": by})
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=first))
    return life


def screening_late(name: str = "late") -> c.BreachClock:
    return c.BreachClock(
        cause=cause(name), clock="screen", seat="tim-saring", started=2, superior="sekda", ladder=LADDER
    )


def test_screeners_have_a_clock_that_no_further_message_puts_back() -> None:
    life = waiting_for_people().later(hours=30)
    life.when(c.AddMessage(cause=cause("more"), party="reporter:1", message=message()))
    again = proposal(3).model_copy(
        update={"screen_by": e.Clock(name="screen", seat="tim-saring", due=life.now + 9 * DAY, rule="3wd", policy=1)}
    )
    life.when(c.ProposeScreening(cause=cause("propose again"), proposal=again))
    assert life.later(hours=41).when(screening_late("too early")) == ()
    (late,) = life.later(hours=1).when(screening_late())
    assert isinstance(late, e.ClockBreached)
    assert (late.clock, late.note, late.escalates_at) == ("screen", None, None)
    assert life.when(screening_late("twice")) == ()
    screened = c.Screen(cause=cause("screen"), matter=matter(), summary="Ringkas", assigning=assigning(life.now))
    assert len(life.when(screened)) == 2, "late, but not lost"


def test_screened_in_time_there_is_nothing_to_miss() -> None:
    life = waiting_for_people()
    life.when(c.Screen(cause=cause("screen"), matter=matter(), summary="Ringkas", assigning=assigning(life.now)))
    assert life.later(days=9).when(screening_late()) == ()
