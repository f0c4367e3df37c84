"""Parts of the work that other seats do for the lead."""

from datetime import timedelta
from typing import Any

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Resolved, Working
from tests.complaint.given import Life, assigned, assigning, cause, resolving, sealed

H = sealed("handling")


def giving(life: Life, seat: str = "pupr", by: str = "dlh", **changes: Any) -> c.GiveSubtask:
    given: dict[str, Any] = {
        "cause": cause(f"give {len(life.events)}"), "by": by, "seat": seat, "text": H,
        "due": life.now + timedelta(days=2),
    }  # fmt: skip
    return c.GiveSubtask(**(given | changes))


def given_one() -> Life:
    life = assigned()
    life.when(giving(life))
    return life


def clocks(life: Life, seat: str) -> list[str]:
    assert isinstance(life.state, Working)
    return [clock.name for clock in life.state.desk.holds[seat].clocks]


def test_a_sub_task_puts_its_seat_beside_the_lead_with_a_clock_of_its_own() -> None:
    life = given_one()
    assert isinstance(life.state, Working)
    assert life.state.desk.holds["pupr"].role == "supporting"
    assert clocks(life, "pupr") == ["subtask"]
    assert life.state.desk.lead == "dlh"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": "camat-contoh"}, "not_yours"),
        ({"by": "perkim"}, "not_yours"),
        ({"seat": "dlh"}, "invalid"),
        ({"due": timedelta(0)}, "invalid"),
    ],
)
def test_only_the_lead_gives_sub_tasks_to_others_and_with_a_date_to_come(changes: dict[str, Any], code: str) -> None:
    life = assigned()
    if "due" in changes:
        changes = {"due": life.now}
    assert life.refuses(giving(life, **changes)).code == code


def test_a_coordinator_may_give_one_too() -> None:
    life = assigned()
    assert life.when(giving(life, by="sekda", coordinates=True))


def test_fixed_waits_for_every_sub_task_and_any_other_end_does_not() -> None:
    life = given_one()
    assert life.refuses(resolving(life)).field == "closure"
    life.when(resolving(life, closure="explained"))
    assert isinstance(life.state, Resolved)
    assert [one.standing for one in life.state.desk.subtasks.values()] == ["dropped"]


@pytest.mark.parametrize(
    "ending",
    [
        c.FinishSubtask(cause=cause("end"), seat="pupr", number=1, text=H, evidence=("after",)),
        c.DeclineSubtask(cause=cause("end"), seat="pupr", number=1, reason=H),
        c.DropSubtask(cause=cause("end"), by="dlh", number=1, reason=H),
    ],
    ids=["done", "declined", "dropped with a reason"],
)
def test_however_it_ends_its_clock_stops_and_the_lead_can_say_fixed(ending: c.Command) -> None:
    life = given_one()
    assert len(life.when(ending)) == 1
    assert life.when(ending) == ()
    assert clocks(life, "pupr") == []
    if not isinstance(ending, c.FinishSubtask):
        too_late = c.FinishSubtask(cause=cause("other"), seat="pupr", number=1, text=H)
        assert life.refuses(too_late).code == "wrong_state"
    life.when(resolving(life))
    assert isinstance(life.state, Resolved)


def test_a_sub_task_is_done_by_its_own_seat_and_dropped_by_the_lead() -> None:
    life = given_one()
    done = c.FinishSubtask(cause=cause("x"), seat="camat-contoh", number=1, text=H)
    assert life.refuses(done).code == "not_yours"
    assert life.refuses(c.DropSubtask(cause=cause("y"), by="pupr", number=1, reason=H)).code == "not_yours"
    missing = c.FinishSubtask(cause=cause("z"), seat="pupr", number=9, text=H)
    assert life.refuses(missing).code == "unknown_number"


def test_a_part_of_the_work_that_is_done_is_a_real_response() -> None:
    life = assigned()
    life.when(giving(life, "camat-contoh"))
    (event,) = life.when(c.FinishSubtask(cause=cause("x"), seat="camat-contoh", number=1, text=H))
    assert isinstance(event, e.SubtaskDone)
    assert event.met == ("first_response",)
    assert clocks(life, "camat-contoh") == []


def test_a_sub_task_outlives_a_new_lead_and_its_clock_can_be_missed() -> None:
    life = given_one()
    life.when(c.Assign(cause=cause("rule"), by="person", assigning=assigning(life.now, "perkim", ())))
    assert clocks(life, "pupr") == ["subtask"]
    life.later(days=3)
    (event,) = life.when(c.BreachClock(cause=cause("late"), clock="subtask", seat="pupr", started=5, superior="x"))
    assert isinstance(event, e.ClockBreached)
    assert event.note is None


def test_whoever_gives_the_complaint_back_gives_back_its_sub_task() -> None:
    life = given_one()
    life.when(c.ReturnAssignment(cause=cause("r"), seat="pupr", ground="not_our_area", reason=H))
    assert isinstance(life.state, Working)
    assert life.state.desk.subtasks[1].standing == "declined"
    life.when(resolving(life))
