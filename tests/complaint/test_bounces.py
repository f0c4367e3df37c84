"""Who gives a complaint away, how often, and what a coordinator's ruling does."""

from datetime import timedelta
from typing import Any

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Working
from tests.complaint.given import Life, assigned, assigning, cause, clock, sealed

H = sealed("handling")


def desk(life: Life) -> Any:
    assert isinstance(life.state, Working)
    return life.state.desk


def returning(life: Life, seat: str = "dlh", ground: Any = "not_our_function", most: int = 3) -> c.ReturnAssignment:
    name = cause(f"return {len(life.events)}")
    return c.ReturnAssignment(cause=name, seat=seat, ground=ground, reason=H, most_bounces=most)


def handing(life: Life, to: str, seat: str = "dlh", most: int = 3) -> c.HandOff:
    part = e.Assignment(seat=to, role="lead", clocks=(clock(to, life.now + timedelta(hours=24)),))
    return c.HandOff(cause=cause(f"hand {len(life.events)}"), seat=seat, to=part, reason=H, most_bounces=most)


def ruling(life: Life, lead: str, *others: str, **changes: Any) -> c.Assign:
    who = assigning(life.now, lead, others)
    return c.Assign(cause=cause(f"rule {len(life.events)}"), by="person", assigning=who, **changes)


def refusing(life: Life, number: int = 1) -> c.RefuseReturn:
    return c.RefuseReturn(cause=cause(f"refuse {len(life.events)}"), by="sekda", number=number, reason=H, policy=1)


def breached(life: Life, seat: str = "dlh") -> Life:
    life.later(hours=25)
    life.when(c.BreachClock(cause=cause("late"), clock="first_response", seat=seat, started=4, superior="asisten-2"))
    return life


def test_a_return_waits_for_a_ruling_and_has_a_number() -> None:
    life = assigned()
    (event,) = life.when(returning(life))
    assert isinstance(event, e.AssignmentReturned)
    assert (event.number, event.bounce, event.forced) == (1, 1, None)
    assert desk(life).lead is None
    assert [r.seat for r in desk(life).returns.values()] == ["dlh"]


def test_a_seat_that_only_helps_may_return_without_a_bounce() -> None:
    life = assigned()
    (event,) = life.when(returning(life, "camat-contoh"))
    assert isinstance(event, e.AssignmentReturned)
    assert (event.number, event.bounce) == (1, None)
    assert (desk(life).lead, desk(life).bounces) == ("dlh", 0)


def test_sent_back_the_seat_holds_it_again_with_the_time_it_had_left_and_may_not_return_it() -> None:
    life = assigned().later(hours=20)
    life.when(returning(life))
    life.later(hours=5)
    (event,) = life.when(refusing(life))
    assert isinstance(event, e.ReturnRefused)
    assert [(k.name, k.due - life.now) for k in event.to.clocks] == [("first_response", timedelta(hours=4))]
    assert desk(life).lead == "dlh"
    assert life.refuses(returning(life)).code == "needs_ruling"
    assert life.refuses(handing(life, "pupr")).code == "needs_ruling"
    assert life.refuses(refusing(life)).code == "unknown_number"


def test_time_that_a_question_had_stopped_is_not_taken_from_a_seat_that_gets_it_back() -> None:
    life = assigned().later(hours=2)
    life.when(c.AskReporter(cause=cause("ask"), seat="camat-contoh", question=H))
    life.later(hours=10)
    life.when(returning(life))
    life.later(hours=1)
    (event,) = life.when(refusing(life))
    assert isinstance(event, e.ReturnRefused)
    assert event.to.clocks[0].due - life.now == timedelta(hours=22)


def test_a_ruling_of_misassignment_cancels_the_note_of_the_seat_that_was_right() -> None:
    life = breached(assigned())
    life.when(returning(life))
    (event,) = life.when(ruling(life, "pupr"))
    assert isinstance(event, e.ComplaintAssigned)
    assert (event.misassigned, event.cancelled, event.bound) == (("dlh",), (1,), None)
    explain = c.ExplainBreach(cause=cause("x"), seat="dlh", note=1, text=H)
    assert life.refuses(explain).code == "wrong_state"
    confirm = c.RuleNote(cause=cause("y"), by="asisten-2", note=1, ruling="confirmed", text=H)
    assert life.refuses(confirm).code == "wrong_state"


def test_a_confirmed_note_is_cancelled_too_and_a_struck_one_stays_struck() -> None:
    for said, cancelled in (("confirmed", (1,)), ("struck", None)):
        life = breached(assigned())
        life.when(c.RuleNote(cause=cause("note"), by="asisten-2", note=1, ruling=said, text=H))  # type: ignore[arg-type]
        life.when(returning(life))
        (event,) = life.when(ruling(life, "pupr"))
        assert isinstance(event, e.ComplaintAssigned)
        assert event.cancelled == cancelled


def test_a_return_because_something_is_missing_says_nothing_of_the_address() -> None:
    life = breached(assigned())
    life.when(returning(life, ground="incomplete"))
    (event,) = life.when(ruling(life, "pupr"))
    assert isinstance(event, e.ComplaintAssigned)
    assert (event.misassigned, event.cancelled) == (None, None)


def test_a_coordinator_may_say_of_a_silent_seat_that_it_was_never_its_matter() -> None:
    life = breached(assigned())
    (event,) = life.when(ruling(life, "pupr", misassigned=("dlh",)))
    assert isinstance(event, e.ComplaintAssigned)
    assert (event.misassigned, event.cancelled) == (("dlh",), (1,))


def test_misassigned_is_only_who_had_it_and_has_it_no_more() -> None:
    life = assigned()
    assert life.refuses(ruling(life, "dlh", misassigned=("dlh",))).field == "misassigned"
    assert life.refuses(ruling(life, "pupr", misassigned=("dinsos",))).field == "misassigned"


def test_after_the_third_bounce_only_a_ruling_moves_it_and_whom_it_names_may_not_give_it_away() -> None:
    life = assigned()
    life.when(handing(life, "pupr"))
    life.when(handing(life, "perkim", "pupr"))
    (event,) = life.when(handing(life, "dlh", "perkim"))
    assert isinstance(event, e.LeadHandedOff)
    assert (event.bounce, event.forced) == (3, True)
    assert life.refuses(handing(life, "pupr")).code == "needs_ruling"
    assert life.refuses(returning(life)).code == "needs_ruling"
    (event,) = life.when(ruling(life, "perkim"))
    assert isinstance(event, e.ComplaintAssigned)
    assert event.bound is True
    assert life.refuses(returning(life, "perkim")).code == "needs_ruling"
    life.when(ruling(life, "pupr"))  # a coordinator can always think again
    assert desk(life).bound == frozenset()
    (event,) = life.when(handing(life, "dlh", "pupr"))
    assert isinstance(event, e.LeadHandedOff)
    assert event.bounce == 1


def test_returns_and_hand_offs_count_together_and_an_ordinary_ruling_does_not_begin_anew() -> None:
    life = assigned()
    life.when(returning(life, most=2))
    life.when(ruling(life, "pupr"))
    (event,) = life.when(handing(life, "perkim", "pupr", most=2))
    assert isinstance(event, e.LeadHandedOff)
    assert (event.bounce, event.forced) == (2, True)


def test_whoever_gives_it_away_still_owes_a_leader_the_answer() -> None:
    life = assigned()
    due = life.now + timedelta(days=1)
    life.when(c.Instruct(cause=cause("instruct"), by="walikota", seat="dlh", text=H, due=due))
    life.when(handing(life, "pupr"))
    assert [k.name for k in desk(life).holds["dlh"].clocks] == ["instruction"]
    assert desk(life).holds["dlh"].role == "supporting"


def test_passing_it_on_inside_an_office_changes_no_clock_and_needs_a_name() -> None:
    life = assigned()
    before = desk(life).holds
    where = c.DisposeInternally(cause=cause("inside"), seat="dlh", unit="upt-sampah")
    (event,) = life.when(where)
    assert isinstance(event, e.DisposedInternally)
    assert desk(life).holds == before
    assert life.when(where) == ()
    assert life.refuses(c.DisposeInternally(cause=cause("nowhere"), seat="dlh")).field == "unit"
    assert life.refuses(c.DisposeInternally(cause=cause("else"), seat="pupr", unit="x")).code == "not_yours"
