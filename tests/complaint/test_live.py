"""What comes up in a LIVE session: an answer on air is a fact, may be an end, and an entry can be taken back."""

from dataclasses import replace

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Closed, Merged, Screening, Working

from .given import Life, another, assigned, assigning, cause, message, opening, proposal, resolving, sealed

SESSION, OTHER = another(7), another(8)


def on_air(name: str = "air", *, session: str = SESSION, settles: bool = False) -> c.AnswerOnAir:
    text = sealed("handling")
    return c.AnswerOnAir(cause=cause(name), session=session, seat="walikota", text=text, settles=settles, by="humas")


def entered() -> Life:
    life = Life()
    life.when(replace(opening(), session=SESSION, handle=sealed(), reachable=False))
    return life


def proposed() -> Life:
    life = entered()
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=proposal()))
    return life


def worked_on() -> Life:
    life = entered()
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=proposal(), straight=assigning(life.now)))
    return life


def names(life: Life) -> list[str]:
    return [type(event).__name__ for event in life.last]


def test_an_answer_on_air_is_a_fact_and_stops_no_office_clock() -> None:
    life = worked_on()
    before = life.state
    assert isinstance(before, Working)
    life.when(on_air())
    assert names(life) == ["AnsweredOnAir"]
    assert isinstance(life.state, Working)
    assert life.state.desk == before.desk


def test_one_that_settles_the_matter_ends_it_and_leaves_no_clock() -> None:
    life = worked_on()
    life.when(on_air(settles=True))
    assert names(life) == ["AnsweredOnAir", "ComplaintClosed"]
    assert isinstance(life.state, Closed)
    assert life.state.end == "answered_on_air"
    assert life.state.desk is not None
    assert not any(hold.clocks for hold in life.state.desk.holds.values())


def test_a_matter_that_nobody_screened_is_taken_as_proposed_so_that_a_belum_can_reopen_it() -> None:
    life = proposed()
    life.when(on_air(settles=True))
    assert names(life) == ["ComplaintScreened", "AnsweredOnAir", "ComplaintClosed"]
    life.when(c.SayNotDone(cause=cause("belum"), party="reporter:1", message=message()))
    assert names(life) == ["ComplaintReopened"]
    assert isinstance(life.state, Working)


def test_before_the_machine_has_looked_nothing_can_be_settled() -> None:
    assert entered().refuses(on_air(settles=True)).code == "wrong_state"


def test_it_belongs_to_its_own_session_only() -> None:
    assert worked_on().refuses(on_air(session=OTHER)).field == "session"
    assert assigned().refuses(on_air()).field == "session", "came by a chat"


def test_while_others_wait_in_the_same_matter_the_answer_is_written_down_and_ends_nothing() -> None:
    life = worked_on()
    life.when(c.JoinMerge(cause=cause("join"), complaints=(another(1),)))
    assert life.refuses(on_air("settle", settles=True)).field == "settles"
    life.when(on_air("say"))
    assert isinstance(life.state, Working)


def test_a_merged_one_ends_for_its_own_reporter() -> None:
    life = worked_on()
    life.when(c.Merge(cause=cause("merge"), itself=another(50), into=another(1), by="person"))
    life.when(on_air(settles=True))
    assert isinstance(life.state, Merged)
    assert life.state.ended == "answered_on_air"


def test_a_resolution_may_be_settled_on_air() -> None:
    life = worked_on()
    life.when(resolving(life))
    life.when(on_air(settles=True))
    assert isinstance(life.state, Closed)
    assert life.state.end == "answered_on_air"


@pytest.mark.parametrize("make", [entered, proposed, worked_on])
def test_an_entry_is_taken_back_and_is_over(make: object) -> None:
    life: Life = make()  # type: ignore[operator]  # one of the three above
    life.when(c.UndoEntry(cause=cause("undo"), by="humas"))
    assert names(life) == ["EntryUndone"]
    assert isinstance(life.state, Closed)
    assert life.state.end is None
    assert life.refuses(c.UndoEntry(cause=cause("again"), by="humas")).code == "wrong_state"
    assert life.refuses(on_air("late")).code == "wrong_state"


def test_what_a_person_sent_is_nobodys_to_undo() -> None:
    assert assigned().refuses(c.UndoEntry(cause=cause("undo"), by="humas")).code == "wrong_state"


def test_who_can_not_be_answered_ends_unreachable_not_silent() -> None:
    life = worked_on()
    assert isinstance(life.state, Working)
    life.when(resolving(life))
    life.later(days=30)
    life.when(c.CloseAtTerm(cause=cause("term")))
    assert life.last == (e.ComplaintClosed(end="unreachable"),)


def test_the_same_command_again_leads_to_nothing() -> None:
    life = worked_on()
    life.when(on_air())
    assert life.when(on_air()) == ()


def test_it_waits_in_screening_like_any_other() -> None:
    assert isinstance(proposed().state, Screening)
