"""Where two rules of the work meet: who is above and who is bound, who returned and who leads, what was merged."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.changes.contact import CONTACT
from services.complaint.changes.merging import SHARING
from services.complaint.changes.news import NEWS
from services.complaint.changes.publishing import PUBLISHING
from services.complaint.evolve import WORK_ALONE, evolve
from services.complaint.state import INITIAL, State, Working
from tests.complaint.given import Life, another, assigned, assigning, cause, clock, sealed

H = sealed("handling")


def desk(life: Life) -> Any:
    assert isinstance(life.state, Working)
    return life.state.desk


def returning(life: Life, seat: str) -> c.ReturnAssignment:
    name = cause(f"return {len(life.events)}")
    return c.ReturnAssignment(cause=name, seat=seat, ground="not_our_function", reason=H, most_bounces=3)


def handing(life: Life, seat: str, to: str, most: int = 3) -> c.HandOff:
    part = e.Assignment(seat=to, role="lead", clocks=(clock(to, life.now + timedelta(hours=24)),))
    return c.HandOff(cause=cause(f"hand {len(life.events)}"), seat=seat, to=part, reason=H, most_bounces=most)


def refusing(life: Life, number: int = 1) -> c.RefuseReturn:
    return c.RefuseReturn(cause=cause(f"refuse {len(life.events)}"), by="sekda", number=number, reason=H, policy=1)


def above(life: Life, superior: str = "asisten-2") -> Life:
    """Nobody sits on the lead's seat: the one above has it too."""
    life.when(c.ActForVacant(cause=cause(f"vacant {len(life.events)}"), seat="dlh", superior=superior))
    return life


def test_a_superior_can_move_no_more_than_the_lead_what_bounced_too_often() -> None:
    life = above(assigned())
    life.when(handing(life, "dlh", "pupr", most=1))
    assert life.refuses(handing(life, "asisten-2", "perkim")).code == "needs_ruling"


def test_a_superior_can_not_move_what_a_coordinator_said_is_its_leads() -> None:
    life = above(assigned())
    life.when(returning(life, "dlh"))
    life.when(refusing(life))
    refused = life.refuses(handing(life, "asisten-2", "perkim"))
    assert refused.code == "needs_ruling"
    assert "Koordinator sudah memutuskan" in refused.message


def test_where_a_superior_gave_it_to_somebody_the_leads_return_waits_no_more() -> None:
    life = above(assigned())
    life.when(returning(life, "dlh"))
    life.when(handing(life, "asisten-2", "perkim"))
    assert desk(life).lead == "perkim"
    assert life.refuses(refusing(life)).code == "unknown_number"


def test_who_returned_a_part_and_leads_since_is_not_made_a_helper_by_the_ruling() -> None:
    life = assigned()
    life.when(returning(life, "camat-contoh"))
    life.when(handing(life, "dlh", "camat-contoh"))
    assert life.refuses(refusing(life)).code == "unknown_number"
    assert desk(life).lead == "camat-contoh"


def test_a_lead_that_gives_it_away_still_does_the_part_that_it_was_given_before() -> None:
    life = assigned()
    due = life.now + timedelta(days=2)
    life.when(c.GiveSubtask(cause=cause("part"), by="dlh", seat="pupr", text=H, due=due))
    life.when(handing(life, "dlh", "pupr"))
    life.when(handing(life, "pupr", "perkim"))
    assert [k.name for k in desk(life).holds["pupr"].clocks] == ["subtask"]
    (done,) = life.when(c.FinishSubtask(cause=cause("done"), seat="pupr", number=1, text=H))
    assert isinstance(done, e.SubtaskDone)


def test_a_superior_who_finished_what_a_lead_had_returned_has_it_when_it_is_reopened() -> None:
    life = above(assigned())
    life.when(returning(life, "dlh"))
    confirm = life.now + timedelta(days=14)
    life.when(c.Resolve(cause=cause("x"), seat="asisten-2", closure="explained", text=H, confirm_by=confirm))
    life.when(c.DrawAudit(cause=cause("draw"), round=1, share=0.1, policy=1))
    life.when(c.RecordAudit(cause=cause("y"), seat="inspektorat", passed=False, text=H))
    assert desk(life).lead == "asisten-2"


@pytest.mark.parametrize("question", [False, True])
def test_what_a_leader_asked_goes_on_after_a_merge_that_was_undone_later_by_the_time_it_took(question: bool) -> None:
    life = assigned()
    life.when(c.Instruct(cause=cause("i"), by="walikota", seat="dlh", text=H, due=life.now + timedelta(hours=10)))
    due = life.now + timedelta(hours=10)
    life.later(hours=2)
    if question:  # stands still already
        life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H))
        life.later(hours=1)
        due += timedelta(hours=1)
    life.when(c.Merge(cause=cause("merge"), itself=another(9), into=another(1), by="person"))
    life.later(hours=30)
    (apart,) = life.when(c.Unmerge(cause=cause("apart"), by="person"))
    assert isinstance(apart, e.ComplaintUnmerged)
    assert [(k.name, k.due) for k in desk(life).holds["dlh"].clocks] == [("instruction", due + timedelta(hours=30))]
    life.later(hours=60)
    line = ("asisten-2",)
    late = c.BreachClock(
        cause=cause("late"), clock="instruction", seat="dlh", started=5, superior=None, ladder=line,
        escalates_at=life.now, vacant=False,
    )  # fmt: skip
    assert life.when(late)


def test_an_older_history_without_those_dates_folds_and_drops_the_parts_of_the_work() -> None:
    life = assigned()
    life.when(c.GiveSubtask(cause=cause("s"), by="dlh", seat="pupr", text=H, due=life.now + timedelta(days=1)))
    life.when(c.Merge(cause=cause("merge"), itself=another(9), into=another(1), by="person"))
    (apart,) = life.when(c.Unmerge(cause=cause("apart"), by="person"))
    assert isinstance(apart, e.ComplaintUnmerged)
    old = apart.model_copy(update={"moved": None})
    state: State = INITIAL
    for event in life.events:
        state = evolve(state, event if event.data is not apart else event.model_copy(update={"data": old}))
    assert isinstance(state, Working)
    assert state.desk.subtasks[1].standing == "dropped"


def test_nobody_rules_on_the_note_about_himself_whoever_stands_above() -> None:
    life = assigned().later(hours=25)
    life.when(c.BreachClock(cause=cause("late"), clock="first_response", seat="dlh", started=4, superior=None))
    own = c.RuleNote(cause=cause("own"), by="dlh", note=1, ruling="struck", text=H)
    assert life.refuses(own).code == "not_allowed"
    anybody = c.RuleNote(cause=cause("any"), by="camat-contoh", note=1, ruling="struck", text=H)
    assert life.refuses(anybody).code == "not_allowed"
    above_all = c.RuleNote(cause=cause("co"), by="sekda", note=1, ruling="struck", text=H, coordinates=True)
    assert life.when(above_all)


def test_an_assignment_names_each_seat_once_and_one_lead() -> None:
    life = assigned()
    twice = assigning(life.now, "dlh", ("dlh",))
    assert life.refuses(c.Assign(cause=cause("two"), by="person", assigning=twice)).field == "lead"


def test_what_is_folded_first_is_nothing_that_is_asked_for_later() -> None:
    later = {kind for group in (SHARING, CONTACT, NEWS, PUBLISHING) for kind in get_args(group)}
    assert later.isdisjoint(WORK_ALONE)
    assert not any("message" in kind.model_fields for kind in WORK_ALONE)
