"""More time, planned work, and questions that nobody answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Working
from tests.complaint.given import Life, assigned, cause, clock, message, proposal, received, sealed

H = sealed("handling")
DAY = timedelta(days=1)


def led(days: float = 10) -> Life:
    """`dlh` leads and has so many days for the resolution."""
    life = received()
    mine = e.Assignment(seat="dlh", role="lead", clocks=(clock("dlh", life.now + days * DAY, "resolve"),))
    other = e.Assignment(seat="camat-contoh", role="territorial")
    straight = c.Assigning(assignments=(mine, other), rule="function", policy=1)
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=proposal(1), straight=straight))
    return life


def due(life: Life, seat: str = "dlh", name: str = "resolve") -> datetime:
    assert isinstance(life.state, Working)
    found: datetime = next(k.due for k in life.state.desk.holds[seat].clocks if k.name == name)
    return found


def asking(life: Life, days: float = 20, **changes: Any) -> c.AskExtension:
    given: dict[str, Any] = {
        "cause": cause(f"more time {len(life.events)}"), "seat": "dlh", "clock": "resolve", "reason": H,
        "until": life.now + days * DAY, "superior": "asisten-2",
    }  # fmt: skip
    return c.AskExtension(**(given | changes))


def ruling(life: Life, said: Any = "granted", **changes: Any) -> c.RuleExtension:
    given: dict[str, Any] = {
        "cause": cause(f"rule {len(life.events)}"), "by": "asisten-2", "coordinates": False, "number": 1,
        "ruling": said, "reason": H,
    }  # fmt: skip
    return c.RuleExtension(**(given | changes))


def breaching(life: Life) -> c.BreachClock:
    return c.BreachClock(cause=cause(f"breach {len(life.events)}"), clock="resolve", seat="dlh", started=4)


def planning(life: Life, days: float = 30, **changes: Any) -> c.PlanWork:
    given: dict[str, Any] = {
        "cause": cause(f"plan {len(life.events)}"), "seat": "dlh", "programme": H, "text": H, "most_moves": 2,
        "wakes": life.now + days * DAY,
    }  # fmt: skip
    return c.PlanWork(**(given | changes))


def waking(life: Life) -> c.WakePlan:
    started = next(ev.n for ev in reversed(life.events) if isinstance(ev.data, e.WorkPlanned))
    return c.WakePlan(cause=cause(f"wake {len(life.events)}"), started=started)


def questioning(life: Life, hours: float = 120) -> c.AskReporter:
    return c.AskReporter(
        cause=cause(f"ask {len(life.events)}"), seat="dlh", question=H, remind_at=life.now + timedelta(hours=hours / 2),
        lapse_at=life.now + timedelta(hours=hours),
    )  # fmt: skip


# Extension


def test_asked_before_the_due_time_and_granted_the_clock_moves_to_the_date_that_was_asked_for() -> None:
    life = led().later(days=9)
    (asked,) = life.when(asking(life, 5))
    assert isinstance(asked, e.ExtensionAsked)
    assert (asked.number, asked.superior, asked.until) == (1, "asisten-2", life.now + 5 * DAY)
    assert due(life) == life.now + DAY, "a wish moves nothing"
    (ruled,) = life.when(ruling(life))
    assert isinstance(ruled, e.ExtensionRuled)
    assert ruled.until == due(life) == life.now + 5 * DAY


def test_asked_after_the_due_time_it_is_refused() -> None:
    life = led().later(days=10)
    refusal = life.refuses(asking(life))
    assert (refusal.code, refusal.field) == ("wrong_state", "clock")


def test_a_refused_wish_leaves_the_clock_and_another_may_follow() -> None:
    life = led()
    life.when(asking(life))
    before = due(life)
    assert life.refuses(asking(life)).code == "wrong_state"
    life.when(ruling(life, "refused"))
    assert due(life) == before
    life.when(asking(life))


@pytest.mark.parametrize(
    ("by", "coordinates", "code"),
    [("asisten-2", False, None), ("tim-saring", True, None), ("asisten-1", False, "not_allowed"),
     ("dlh", True, "not_allowed")],
)  # fmt: skip
def test_the_superior_or_a_coordinator_rules_and_nobody_on_their_own_wish(
    by: str, coordinates: bool, code: str | None
) -> None:
    life = led()
    life.when(asking(life))
    command = ruling(life, by=by, coordinates=coordinates)
    if code is None:
        assert life.when(command)
    else:
        assert life.refuses(command).code == code


def test_a_grant_never_brings_the_date_forward_and_is_given_once() -> None:
    life = led()
    life.when(asking(life))
    assert life.refuses(asking(life, 5)).code == "wrong_state"
    assert life.refuses(ruling(life, until=life.now + 9 * DAY)).field == "until"
    life.when(ruling(life, until=life.now + 15 * DAY))
    assert due(life) == life.now + 15 * DAY
    assert life.refuses(ruling(life)).code == "wrong_state"
    assert life.refuses(asking(life, 14)).field == "until"


def test_granted_after_the_clock_was_missed_it_runs_anew_and_can_be_missed_again() -> None:
    life = led()
    life.when(asking(life, 20))
    life.later(days=11).when(breaching(life))
    life.when(ruling(life))
    assert life.when(breaching(life)) == ()
    life.later(days=10)
    assert [type(ev) for ev in life.when(breaching(life))] == [e.ClockBreached]
    assert life.when(breaching(life)) == ()


def gone_up(life: Life) -> Life:
    """Missed on day 11, with the superior on day 12, and on day 14 with the next one if nobody answers."""
    life.later(days=11).when(c.BreachClock(
        cause=cause("late"), clock="resolve", seat="dlh", started=4, ladder=("asisten-2", "sekda"),
        escalates_at=life.now + DAY,
    ))  # fmt: skip
    life.later(days=1).when(c.Escalate(
        cause=cause("up"), clock="resolve", seat="dlh", started=4, ladder=("asisten-2", "sekda"),
        next_at=life.now + 2 * DAY,
    ))  # fmt: skip
    return life


def further(life: Life) -> c.Escalate:
    life.later(days=3)
    return c.Escalate(
        cause=cause("further"), clock="resolve", seat="dlh", started=4, ladder=("asisten-2", "sekda"),
        next_at=life.now + 2 * DAY,
    )  # fmt: skip


def test_a_breach_goes_up_no_further_once_more_time_is_granted() -> None:
    life = led()
    life.when(asking(life, 20))
    gone_up(life).when(ruling(life))
    assert life.when(further(life)) == ()


def test_a_superior_who_gives_a_part_of_the_work_has_answered() -> None:
    life = gone_up(led())
    due = life.now + DAY
    life.when(c.GiveSubtask(cause=cause("part"), by="asisten-2", seat="pupr", text=H, due=due, coordinates=True))
    assert life.when(further(life)) == ()
    silent = gone_up(led())
    assert silent.when(further(silent)), "who says nothing is passed over"


def test_granted_while_the_reporter_is_asked_it_stands_at_the_new_date_plus_what_is_still_waited() -> None:
    life = led()
    life.when(asking(life, 20))
    life.when(questioning(life))
    life.later(days=2)
    until = life.now + 18 * DAY
    life.when(ruling(life, until=until))
    life.later(days=1)
    life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    assert due(life) == until + DAY


def test_what_is_over_cannot_be_extended() -> None:
    life = led()
    life.when(asking(life))
    part = e.Assignment(seat="pupr", role="lead", clocks=(clock("pupr", life.now + DAY, "resolve"),))
    life.when(c.HandOff(cause=cause("away"), seat="dlh", to=part, reason=H))
    assert life.refuses(ruling(life)).code == "wrong_state"
    assert life.refuses(ruling(life, number=7)).code == "unknown_number"


# Planned


def test_planned_work_is_not_resolved_its_clock_stands_still_and_it_wakes_with_the_time_that_was_left() -> None:
    life = led().later(days=4)
    (event,) = life.when(planning(life, 30))
    assert isinstance(event, e.WorkPlanned)
    assert (event.moves, event.by) == (0, None)
    assert isinstance(life.state, Working)
    life.later(days=20)
    assert life.when(breaching(life)) == ()
    assert life.when(waking(life)) == (), "not before the date"
    life.later(days=10)
    (woke,) = life.when(waking(life))
    assert isinstance(woke, e.PlanWoke)
    assert due(life) == life.now + 6 * DAY
    assert life.when(waking(life)) == ()


def test_moving_the_date_is_counted_and_after_two_moves_it_is_a_coordinators() -> None:
    life = led()
    for moves in range(3):
        (event,) = life.when(planning(life, 30 + moves))
        assert isinstance(event, e.WorkPlanned)
        assert event.moves == moves
    assert life.refuses(planning(life, 50)).code == "needs_ruling"
    (event,) = life.when(planning(life, 50, seat="sekda", coordinates=True))
    assert isinstance(event, e.WorkPlanned)
    assert (event.seat, event.by, event.moves) == ("dlh", "sekda", 3)


def test_an_older_date_does_not_wake_it() -> None:
    life = led()
    life.when(planning(life, 5))
    first = waking(life)
    life.when(planning(life, 20))
    life.later(days=6)
    assert life.when(first) == ()


def test_only_the_lead_plans_and_only_into_the_future() -> None:
    life = led()
    assert life.refuses(planning(life, seat="camat-contoh")).code == "not_yours"
    assert life.refuses(planning(life, seat="pupr")).code == "not_yours"
    assert life.refuses(planning(life, -1)).field == "date"


def test_a_new_lead_is_bound_by_no_plan_of_the_old_one() -> None:
    life = led()
    life.when(planning(life))
    part = e.Assignment(seat="pupr", role="lead", clocks=(clock("pupr", life.now + DAY, "resolve"),))
    life.when(c.HandOff(cause=cause("away"), seat="dlh", to=part, reason=H))
    assert isinstance(life.state, Working)
    assert life.state.desk.plan is None


def test_a_plan_and_a_question_at_once_hold_the_clock_once() -> None:
    """Question day 1–6, plan day 3–20: the clock stood still from day 1 to day 20."""
    life = led()
    life.later(days=1).when(questioning(life, 999))
    life.later(days=2).when(planning(life, 17))
    life.later(days=3).when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    life.later(days=14).when(waking(life))
    assert due(life) == life.now + 9 * DAY


# Questions


def test_one_reminder_for_all_open_questions_and_never_another() -> None:
    life = led()
    life.when(questioning(life, 100))
    life.when(questioning(life, 200))
    life.later(hours=49)
    assert life.when(c.RemindReporter(cause=cause("early"), number=1)) == ()
    life.later(hours=2)
    (event,) = life.when(c.RemindReporter(cause=cause("r1"), number=1))
    assert isinstance(event, e.QuestionReminded)
    assert event.numbers == (1, 2)
    life.later(hours=100)
    assert life.when(c.RemindReporter(cause=cause("r2"), number=2)) == ()


def test_a_question_that_nobody_answers_lapses_and_the_clock_goes_on_with_the_time_it_had() -> None:
    life = led().later(days=1)
    life.when(questioning(life, 120))
    life.later(hours=119)
    assert life.when(c.LapseQuestion(cause=cause("early"), number=1)) == ()
    life.later(hours=1)
    (event,) = life.when(c.LapseQuestion(cause=cause("lapse"), number=1))
    assert isinstance(event, e.QuestionLapsed)
    assert due(life) == life.now + 9 * DAY
    (late,) = life.when(c.AddMessage(cause=cause("late"), party="reporter:1", message=message()))
    assert isinstance(late, e.MessageAdded), "a word that comes later is kept"


def test_while_another_question_is_open_a_lapse_lets_no_clock_run() -> None:
    life = led()
    life.when(questioning(life, 10))
    life.later(hours=5).when(questioning(life, 100))
    life.later(hours=5).when(c.LapseQuestion(cause=cause("lapse"), number=1))
    life.later(days=30)
    assert life.when(breaching(life)) == ()
    life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=message()))
    assert due(life) == life.now + 10 * DAY


def test_a_question_of_a_version_that_knew_no_term_waits_as_it_did() -> None:
    life = assigned()
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H))
    life.later(days=400)
    assert life.when(c.LapseQuestion(cause=cause("lapse"), number=1)) == ()
    assert life.when(c.RemindReporter(cause=cause("remind"), number=1)) == ()
