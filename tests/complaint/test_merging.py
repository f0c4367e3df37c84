"""One matter, many reporters: what each command leads to, for a merged complaint and for the main one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Closed, Merged, Resolved, Screening, Working
from services.contracts.base import Confidentiality

from .given import (
    COMPLAINT,
    Life,
    another,
    assigned,
    assigning,
    cause,
    message,
    opening,
    proposal,
    received,
    resolved,
    resolving,
    sealed,
)

HANDLING = sealed("handling")
MAIN, SECOND, CLUSTER = another(1), another(2), another(3)


def names(events: tuple[e.Event, ...]) -> list[str]:
    return [type(event).__name__ for event in events]


def merge(into: str = MAIN, name: str = "merge") -> c.Merge:
    return c.Merge(cause=cause(name), itself=COMPLAINT, into=into, by="person", reason=HANDLING)


def by_machine(**changes: object) -> c.Merge:
    fields: dict[str, object] = {
        "cause": cause("machine"), "itself": COMPLAINT, "into": MAIN, "by": "machine", "cluster": CLUSTER,
    }  # fmt: skip
    return c.Merge(**(fields | changes))  # type: ignore[arg-type]  # fields by name, as the tables give them


def unmerge(name: str = "unmerge") -> c.Unmerge:
    return c.Unmerge(cause=cause(name), by="person", reason=HANDLING)


def join(*complaints: str, name: str = "join") -> c.JoinMerge:
    return c.JoinMerge(cause=cause(f"{name} {complaints}"), complaints=complaints or (SECOND,))


def leave(*complaints: str) -> c.LeaveMerge:
    return c.LeaveMerge(cause=cause(f"leave {complaints}"), complaints=complaints or (SECOND,))


def advance(about: int = 9, main: str = MAIN) -> c.HearAdvance:
    return c.HearAdvance(cause=cause(f"advance {about} {main}"), main=main, about=about, what="progressed")


def resolution(life: Life, about: int = 12, main: str = MAIN) -> c.HearResolution:
    return c.HearResolution(
        cause=cause(f"resolution {about} {main}"), main=main, about=about, seat="dlh", closure="fixed",
        without_proof=False, confirm_by=life.now + timedelta(days=14),
    )  # fmt: skip


def reopen(complaint: str = SECOND, name: str = "belum") -> c.ReopenMatter:
    return c.ReopenMatter(cause=cause(name), complaint=complaint)


def done(name: str = "sudah") -> c.SayDone:
    return c.SayDone(cause=cause(name), party="reporter:1", message=message())


def not_done(name: str = "belum") -> c.SayNotDone:
    return c.SayNotDone(cause=cause(name), party="reporter:1", message=message())


def withdraw(name: str = "batal") -> c.Withdraw:
    return c.Withdraw(cause=cause(name), party="reporter:1", message=message())


def with_(life: Life, *commands: c.Command) -> Life:
    for command in commands:
        life.when(command)
    return life


def secret() -> Life:
    raised: Confidentiality = "secret"
    return with_(received(), c.RaiseConfidentiality(cause=cause("r"), level=raised, by="reporter:1"))


def erased() -> Life:
    return with_(assigned(), c.EraseReporter(cause=cause("erase"), party="reporter:1"))


def accepted() -> Life:
    return with_(assigned(), c.Accept(cause=cause("accept"), seat="dlh"))


def merged() -> Life:
    return with_(assigned(), merge())


def asked() -> Life:
    life = merged().later(hours=5)
    return with_(life, resolution(life))


def confirmed() -> Life:
    return with_(asked(), done())


def silent() -> Life:
    return with_(asked().later(days=15), c.CloseAtTerm(cause=cause("term")))


def main() -> Life:
    """A complaint that two others are handled under."""
    return with_(assigned(), join(SECOND, another(4)))


def main_resolved() -> Life:
    life = main()
    return with_(life, resolving(life))


def main_confirmed() -> Life:
    return with_(main_resolved(), done())


def main_reopened() -> Life:
    """Its own reporter had confirmed; another one says BELUM."""
    return with_(main_confirmed(), reopen())


def main_reopened_before_its_word() -> Life:
    return with_(main_resolved(), reopen())


Given = Callable[[], Life]
When = Callable[[Life], c.Command]

LEADS_TO: list[tuple[str, Given, When, list[str]]] = [
    ("a person merges before screening", received, lambda _: merge(), ["ComplaintMerged"]),
    ("a person merges what an office holds", accepted, lambda _: merge(), ["ComplaintMerged"]),
    ("merged there already", merged, lambda _: merge(name="again"), []),
    ("moved to another main complaint", merged, lambda _: merge(SECOND, "move"), ["ComplaintMerged"]),
    ("the machine merges with its proposal in one decision", received,
     lambda _: by_machine(proposal=proposal()), ["ScreeningProposed", "ComplaintMerged"]),
    ("the machine merges what no office has taken up", assigned, lambda _: by_machine(), ["ComplaintMerged"]),
    ("not what an office has taken up", accepted, lambda _: by_machine(), []),
    ("not what is secret", secret, lambda _: by_machine(), []),
    ("not what is a danger to life", lambda: assigned(urgency="danger"), lambda _: by_machine(), []),
    ("not what a person has taken out", lambda: with_(merged(), unmerge()), lambda _: by_machine(), []),
    ("not what others are handled under", main, lambda _: by_machine(), []),
    ("a person takes it out", merged, lambda _: unmerge(), ["ComplaintUnmerged"]),
    ("progress of the main one is heard", merged, lambda _: advance(), ["MatterAdvanced"]),
    ("once", lambda: with_(merged(), advance()), lambda _: c.HearAdvance(
        cause=cause("other"), main=MAIN, about=9, what="progressed"), []),
    ("not of one that it does not belong to", merged, lambda _: advance(main=SECOND), []),
    ("not by one that is not merged", assigned, lambda _: advance(), []),
    ("a resolution asks its own reporter", merged, resolution, ["MatterResolved"]),
    ("SUDAH confirms this one alone", asked, lambda _: done(), ["ResolutionConfirmed"]),
    ("BELUM reopens", asked, lambda _: not_done(), ["ComplaintReopened"]),
    ("BELUM after a silent end too", silent, lambda _: not_done(), ["ComplaintReopened"]),
    ("BELUM before a resolution is a message", merged, lambda _: not_done(), ["MessageAdded"]),
    ("SUDAH before one too", merged, lambda _: done(), ["MessageAdded"]),
    ("the term closes this one as silent", lambda: asked().later(days=15),
     lambda _: c.CloseAtTerm(cause=cause("t")), ["ComplaintClosed"]),
    ("not before it", asked, lambda _: c.CloseAtTerm(cause=cause("t")), []),
    ("who confirmed hears of no second resolution", confirmed, lambda life: resolution(life, 20), []),
    ("who confirmed hears of no progress", confirmed, lambda _: advance(20), []),
    ("who was asked hears no progress after a reopening by another", asked, lambda _: advance(20), []),
    ("who did not answer is asked again", asked, lambda life: resolution(life, 20), ["MatterResolved"]),
    ("BATAL withdraws this one", merged, lambda _: withdraw(), ["ComplaintWithdrawn"]),
    ("a message is kept", merged,
     lambda _: c.AddMessage(cause=cause("m"), party="reporter:1", message=message()), ["MessageAdded"]),
    ("RAHASIA still protects", merged,
     lambda _: c.RaiseConfidentiality(cause=cause("s"), level="secret", by="reporter:1"), ["ConfidentialityRaised"]),
    ("an office's old breach is still explained", lambda: with_(assigned().later(hours=25), c.BreachClock(
        cause=cause("b"), clock="first_response", seat="dlh", started=4, superior="sekda"), merge()),
     lambda _: c.ExplainBreach(cause=cause("x"), seat="dlh", note=1, text=HANDLING), ["BreachExplained"]),
    ("its old clocks breach no more", lambda: merged().later(hours=30), lambda _: c.BreachClock(
        cause=cause("b"), clock="first_response", seat="dlh", started=4), []),
    ("others join the main one", assigned, lambda _: join(SECOND, another(4)), ["MergeJoined"]),
    ("once", main, lambda _: join(SECOND, name="again"), []),
    ("one leaves", main, lambda _: leave(), ["MergeLeft"]),
    ("who was not there does not leave", main, lambda _: leave(another(7)), []),
    ("BELUM of a merged reporter reopens a resolved matter", main_resolved, lambda _: reopen(), ["MatterReopened"]),
    ("and one that its own reporter had confirmed", main_confirmed, lambda _: reopen(), ["MatterReopened"]),
    ("not twice", main_reopened, lambda _: reopen(name="second"), []),
    ("not by a stranger", main_resolved, lambda _: reopen(another(7)), []),
    ("its own reporter may still say his word", main_reopened_before_its_word, lambda _: done("late"),
     ["ResolutionConfirmed"]),
    ("his own term is still his", lambda: main_reopened_before_its_word().later(days=15),
     lambda _: c.CloseAtTerm(cause=cause("t")), ["ComplaintClosed"]),
    ("his own BELUM joins what is reopened already", main_reopened_before_its_word, lambda _: not_done("late"),
     ["ComplaintReopened"]),
    ("resolved a second time it asks him no more", lambda: with_(main_reopened(), resolving(main_reopened())),
     lambda _: done("again"), ["MessageAdded"]),
    ("and is over at the term with his first word standing",
     lambda: with_(main_reopened(), resolving(main_reopened())).later(days=15),
     lambda _: c.CloseAtTerm(cause=cause("t")), ["MatterClosed"]),
    ("the main reporter withdraws", main, lambda _: withdraw(), ["ComplaintWithdrawn"]),
    ("then the last other one leaves: it is over", lambda: with_(main(), withdraw(), leave(SECOND)),
     lambda _: leave(another(4)), ["MergeLeft", "MatterClosed"]),
    ("not the same, says a person", received, lambda _: c.DismissDuplicate(cause=cause("d"), of=MAIN),
     ["DuplicateDismissed"]),
    ("somebody else is affected", assigned, lambda _: c.CountAffected(cause=cause("a"), who=SECOND, channel="x"),
     ["AffectedCounted"]),
    ("once each", lambda: with_(assigned(), c.CountAffected(cause=cause("a"), who=SECOND, channel="x")),
     lambda _: c.CountAffected(cause=cause("b"), who=SECOND, channel="x"), []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "when", "then"), [row[1:] for row in LEADS_TO], ids=[row[0] for row in LEADS_TO])
def test_a_command_leads_to_exactly_these_events(given: Given, when: When, then: list[str]) -> None:
    life = given()
    assert names(life.when(when(life))) == then


REFUSED: list[tuple[str, Given, When, str]] = [
    ("into itself", received, lambda _: merge(COMPLAINT), "invalid"),
    ("erased", erased, lambda _: merge(), "wrong_state"),
    ("resolved", resolved, lambda _: merge(), "wrong_state"),
    ("closed", lambda: with_(resolved(), done()), lambda _: merge(), "wrong_state"),
    ("its reporter's own end has come", confirmed, lambda _: merge(SECOND, "m"), "wrong_state"),
    ("taking out what is not merged", assigned, lambda _: unmerge(), "wrong_state"),
    ("taking out after the reporter's own end", confirmed, lambda _: unmerge(), "wrong_state"),
    ("joining one that is merged itself", merged, lambda _: join(), "wrong_state"),
    ("joining one that is over", lambda: with_(resolved(), done()), lambda _: join(), "wrong_state"),
    ("an office's work on a merged one", merged, resolving, "wrong_state"),
    ("screening a merged one", merged, lambda life: c.Screen(
        cause=cause("s"), matter=proposal().matter, summary="x", assigning=assigning(life.now)), "wrong_state"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "when", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_can_not_be_is_refused(given: Given, when: When, code: str) -> None:
    life = given()
    assert life.refuses(when(life)).code == code


def test_taken_out_it_stands_where_it_stood_but_for_its_clocks() -> None:
    before = assigned()
    life = with_(assigned(), merge(), unmerge())
    assert isinstance(before.state, Working)
    assert isinstance(life.state, Working)
    assert life.state.desk.matter == before.state.desk.matter
    assert {s: h.role for s, h in life.state.desk.holds.items()} == {
        s: h.role for s, h in before.state.desk.holds.items()
    }
    assert all(hold.clocks == () for hold in life.state.desk.holds.values())
    assert life.state.file.shared.alone


def test_taken_out_before_screening_it_is_proposed_anew() -> None:
    life = with_(received(), c.ProposeScreening(cause=cause("p"), proposal=proposal()), merge(), unmerge())
    assert isinstance(life.state, Screening)
    assert life.state.file.shared.not_same == {MAIN}, "a person has said that these are two matters"
    assert names(life.when(c.ProposeScreening(cause=cause("anew"), proposal=proposal()))) == ["ScreeningProposed"]


def test_the_handling_reopens_and_a_confirmation_stands() -> None:
    life = main_reopened()
    assert isinstance(life.state, Working)
    assert life.state.desk.round == 2
    assert (life.state.file.shared.ended, life.state.file.shared.quiet) == ("confirmed", True)
    again = with_(life, resolving(life)).later(days=15)
    assert isinstance(again.state, Resolved)
    over = with_(again, c.CloseAtTerm(cause=cause("t")))
    assert isinstance(over.state, Closed)
    assert over.state.end == "confirmed"


def test_a_late_word_of_the_main_reporter_ends_his_part_and_not_the_work() -> None:
    life = with_(main_reopened_before_its_word(), done("late"))
    assert isinstance(life.state, Working)
    assert life.state.file.shared.ended == "confirmed"


def test_the_work_goes_on_for_the_others_when_the_main_reporter_withdraws() -> None:
    life = with_(main(), withdraw())
    assert isinstance(life.state, Working)
    assert life.state.file.shared.ended == "withdrawn"
    left = with_(life, leave(SECOND, another(4)))
    assert isinstance(left.state, Closed)
    assert left.state.end is None


def test_ends_are_each_ones_own() -> None:
    assert isinstance(confirmed().state, Merged)
    assert [getattr(life().state, "ended", None) for life in (confirmed, silent, merged)] == [
        "confirmed", "silent", None,
    ]  # fmt: skip


def test_moved_to_another_main_complaint_it_counts_anew_what_was_heard() -> None:
    life = with_(merged(), advance(9), merge(SECOND, "move"))
    assert names(life.when(advance(2, SECOND))) == ["MatterAdvanced"]


def test_it_is_still_the_first_opening() -> None:
    assert names(merged().when(opening("again"))) == []
