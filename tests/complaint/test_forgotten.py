"""A reporter who was forgotten: nobody waits for his answer, nobody asks him, and his silence is none."""

from datetime import timedelta

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Closed, Merged, Resolved, Working

from .given import Life, another, assigned, cause, message, resolved, resolving, sealed

H = sealed("handling")
FORGET = c.EraseReporter(cause=cause("erase"), party="reporter:1")


def asked(life: Life, name: str = "ask") -> c.AskReporter:
    return c.AskReporter(
        cause=cause(name), seat="dlh", question=H, remind_at=life.now + timedelta(hours=48),
        lapse_at=life.now + timedelta(days=7),
    )  # fmt: skip


def test_what_he_was_asked_lapses_with_him_and_the_clocks_go_on_later_by_what_they_waited() -> None:
    life = assigned()
    due = life.now + timedelta(hours=24)
    life.when(asked(life))
    life.later(hours=1).when(asked(life, "again"))
    life.later(hours=4)
    gone, lapsed = life.when(FORGET)
    assert gone == e.ReporterErased(party="reporter:1")
    assert isinstance(lapsed, e.QuestionLapsed)
    assert lapsed.numbers == (1, 2)
    assert isinstance(life.state, Working)
    assert life.state.desk.questions == {}
    assert [k.due for k in life.state.desk.holds["camat-contoh"].clocks] == [due + timedelta(hours=5)]
    assert life.when(FORGET) == ()


def test_the_person_concerned_is_nobody_who_was_asked() -> None:
    life = assigned()
    life.when(asked(life))
    life.when(c.EraseReporter(cause=cause("concerned"), party="concerned"))
    assert isinstance(life.state, Working)
    assert list(life.state.desk.questions) == [1]


def test_nobody_is_asked_any_more() -> None:
    life = assigned()
    life.when(FORGET)
    assert life.refuses(asked(life)).code == "wrong_state"


def _told(life: Life, template: str = "resolved") -> None:
    life.when(
        c.RecordTold(
            cause=cause("told"), party="reporter:1", notice="n1", about=len(life.events), template=template,
            channel="whatsapp",
        )
    )  # fmt: skip


def _term(life: Life) -> object:
    life.later(days=30).when(c.CloseAtTerm(cause=cause("term")))
    assert isinstance(life.state, Closed)
    return life.state.end


def test_forgotten_before_he_was_asked_he_was_not_silent() -> None:
    life = assigned()
    life.when(FORGET)
    life.when(resolving(life))
    assert isinstance(life.state, Resolved)
    assert _term(life) == "unreachable"


def test_asked_first_and_forgotten_after_is_silence() -> None:
    life = resolved()
    _told(life)
    life.when(FORGET)
    assert _term(life) == "silent"


def test_one_of_three_merged_reporters_is_forgotten_and_each_comes_to_his_own_end() -> None:
    """The others' words and the work know nothing of it."""
    main = another(7)
    lives = [assigned() for _ in range(2)]
    for life in lives:
        life.when(c.Merge(cause=cause("merge"), itself=another(9), into=main, by="person"))
    forgotten, other = lives
    forgotten.when(FORGET)
    for life in lives:
        life.when(
            c.HearResolution(
                cause=cause("heard"), main=main, about=9, seat="dlh", closure="fixed", without_proof=False,
                confirm_by=life.now + timedelta(days=14),
            )
        )  # fmt: skip
    assert forgotten.refuses(
        c.SayNotDone(cause=cause("no"), party="reporter:1", message=message())
    ).code == "wrong_state"  # fmt: skip
    _told(other)
    for life in lives:
        life.later(days=15).when(c.CloseAtTerm(cause=cause("term")))
    assert [life.state.ended for life in lives if isinstance(life.state, Merged)] == ["unreachable", "silent"]


def test_the_main_complaint_goes_on_for_the_others_when_its_own_reporter_is_forgotten() -> None:
    life = assigned()
    life.when(c.JoinMerge(cause=cause("join"), complaints=(another(1), another(2))))
    life.when(asked(life))
    life.when(FORGET)
    assert isinstance(life.state, Working)
    assert life.state.file.shared.joined == {another(1), another(2)}
    assert life.state.desk.lead == "dlh"
    life.when(resolving(life))
    life.when(c.ReopenMatter(cause=cause("not done"), complaint=another(2)))
    assert isinstance(life.state, Working)
    assert life.state.desk.round == 2
