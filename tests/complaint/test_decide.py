"""Decisions as a table: given a life so far, a command leads to these events, to nothing, or to a refusal."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Closed, Resolved, Screening, Working

from .acts import (
    HANDLING,
    accept,
    add,
    ask,
    asked,
    breach,
    breached,
    closed_silent,
    confirmed,
    done,
    erased,
    instruct,
    names,
    not_done,
    received_secret,
    returned,
    screen,
    told,
    with_picture,
)
from .given import (
    MONDAY,
    Life,
    assigned,
    assigning,
    cause,
    clock,
    matter,
    message,
    opening,
    proposal,
    received,
    resolved,
    resolving,
    sealed,
)

Given = Callable[[], Life]
When = Callable[[Life], c.Command]

LEADS_TO: list[tuple[str, Given, When, list[str]]] = [
    ("a first message opens", Life, lambda _: opening(), ["ComplaintReceived"]),
    ("opening twice opens once", received, lambda _: opening("again"), []),
    ("a further message is added", received, lambda _: add(), ["MessageAdded"]),
    ("a proposal is written down", received, lambda _: c.ProposeScreening(cause=cause("p"), proposal=proposal()),
     ["ScreeningProposed"]),
    ("a sure proposal goes through in one decision", received,
     lambda life: c.ProposeScreening(cause=cause("p"), proposal=proposal(), straight=assigning(life.now)),
     ["ScreeningProposed", "ComplaintScreened", "ComplaintAssigned"]),
    ("a proposal after screening changes nothing", assigned,
     lambda _: c.ProposeScreening(cause=cause("late"), proposal=proposal(2)), []),
    ("a screener decides", received, screen, ["ComplaintScreened", "ComplaintAssigned"]),
    ("a screener corrects what the machine let through", assigned, screen,
     ["ComplaintScreened", "ComplaintAssigned"]),
    ("a screener names the person concerned", received,
     lambda life: c.Screen(cause=cause("s"), matter=matter(on_behalf=True), summary="x", assigning=assigning(life.now),
                           concerned_place=sealed("concerned")),
     ["ComplaintScreened", "ConcernedRecorded", "ComplaintAssigned"]),
    ("a seat accepts", assigned, lambda _: accept(), ["AssignmentAccepted"]),
    ("a seat reports progress", assigned,
     lambda _: c.ReportProgress(cause=cause("p"), seat="dlh", text=HANDLING), ["ProgressReported"]),
    ("a mayor who holds nothing goes to look", assigned,
     lambda _: c.RecordVisit(cause=cause("v"), seat="walikota", text=HANDLING), ["PlaceVisited"]),
    ("a seat asks the reporter", assigned, lambda _: ask(), ["QuestionAsked"]),
    ("the next message answers the question", asked, lambda _: add(), ["QuestionAnswered"]),
    ("SUDAH while a question is open answers it", asked, lambda _: done(), ["QuestionAnswered"]),
    ("a seat returns with a reason", assigned,
     lambda _: c.ReturnAssignment(cause=cause("r"), seat="dlh", ground="incomplete", reason=HANDLING),
     ["AssignmentReturned"]),
    ("a coordinator rules on a return", returned,
     lambda life: c.Assign(cause=cause("a"), by="person", assigning=assigning(life.now, lead="pupr")),
     ["ComplaintAssigned"]),
    ("the lead hands off", assigned,
     lambda life: c.HandOff(cause=cause("h"), seat="dlh", reason=HANDLING,
                            to=e.Assignment(seat="pupr", role="lead", clocks=(clock("pupr", life.now),))),
     ["LeadHandedOff"]),
    ("a leader instructs a seat", assigned, instruct, ["InstructionGiven"]),
    ("a leader answers in own words", assigned,
     lambda _: c.SendReply(cause=cause("own"), seat="walikota", text=HANDLING), ["ReplySent"]),
    ("the lead resolves", assigned, resolving, ["ComplaintResolved"]),
    ("BELUM before a resolution is a further message", assigned, lambda _: not_done(), ["MessageAdded"]),
    ("SUDAH before a resolution is a further message", assigned, lambda _: done(), ["MessageAdded"]),
    ("SUDAH after a resolution confirms", resolved, lambda _: done(), ["ResolutionConfirmed"]),
    ("BELUM after a resolution reopens", resolved, lambda _: not_done(), ["ComplaintReopened"]),
    ("BELUM after a silent end reopens", closed_silent, lambda _: not_done(), ["ComplaintReopened"]),
    ("a word that is neither stays a message", resolved, lambda _: add(), ["MessageAdded"]),
    ("BATAL withdraws", assigned,
     lambda _: c.Withdraw(cause=cause("w"), party="reporter:1", message=message()), ["ComplaintWithdrawn"]),
    ("RAHASIA raises", received,
     lambda _: c.RaiseConfidentiality(cause=cause("s"), level="secret", by="reporter:1"), ["ConfidentialityRaised"]),
    ("it never falls", received_secret,
     lambda _: c.RaiseConfidentiality(cause=cause("n"), level="anonymous", by="seat:dlh"), []),
    ("ANONIM said again is still heard", received_secret,
     lambda _: c.RaiseConfidentiality(cause=cause("n"), level="anonymous", by="reporter:1", party="reporter:1",
                                      message=message()), ["MessageAdded"]),
    ("a clock that is due breaches", lambda: assigned().later(hours=25), lambda _: breach("dlh"), ["ClockBreached"]),
    ("not before", assigned, lambda _: breach("dlh"), []),
    ("not twice", breached, lambda _: c.BreachClock(cause=cause("again"), clock="first_response",
                                                    seat="camat-contoh", started=4), []),
    ("not while the reporter is asked", lambda: asked().later(hours=30), lambda _: breach("camat-contoh"), []),
    ("not of an assignment that was replaced", lambda: assigned().later(hours=25), lambda _: breach("dlh", 2), []),
    ("the seat explains its breach", breached,
     lambda _: c.ExplainBreach(cause=cause("x"), seat="camat-contoh", note=1, text=HANDLING), ["BreachExplained"]),
    ("its superior strikes the note", breached,
     lambda _: c.RuleNote(cause=cause("x"), by="sekda", note=1, ruling="struck", text=HANDLING), ["NoteRuled"]),
    ("the term closes as silent", lambda: resolved().later(days=15),
     lambda _: c.CloseAtTerm(cause=cause("t")), ["ComplaintClosed"]),
    ("not before the term", resolved, lambda _: c.CloseAtTerm(cause=cause("t")), []),
    ("not after a confirmation", confirmed, lambda _: c.CloseAtTerm(cause=cause("t")), []),
    ("the reporter is told", received,
     lambda _: c.RecordTold(cause=cause("t"), party="reporter:1", notice="n1", about=1, template="ack",
                            channel="whatsapp"), ["ReporterTold"]),
    ("told once per notice", told,
     lambda _: c.RecordTold(cause=cause("t2"), party="reporter:1", notice="n1", about=1, template="ack",
                            channel="whatsapp"), []),
    ("a provider that took it may say later that it did not get through", told,
     lambda _: c.RecordUnreachable(cause=cause("u"), party="reporter:1", notice="n1", about=1, channel="whatsapp",
                                   reason="blocked"), ["ReporterUnreachable"]),
    ("erasing twice erases once", erased, lambda _: c.EraseReporter(cause=cause("e2"), party="reporter:1"), []),
    ("the same picture is attached once", with_picture,
     lambda _: c.AttachEvidence(cause=cause("pic2"), party="reporter:1", media="m1", content_type="image/jpeg",
                                size=10), []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "when", "then"), [row[1:] for row in LEADS_TO], ids=[row[0] for row in LEADS_TO])
def test_a_command_leads_to_exactly_these_events(given: Given, when: When, then: list[str]) -> None:
    life = given()
    command = when(life)
    assert names(life.when(command)) == then
    assert life.when(command) == (), "the same command again must lead to nothing"


REFUSED: list[tuple[str, Given, When, str]] = [
    ("nothing can be asked of a complaint that is not there", Life, lambda _: add(), "unknown_complaint"),
    ("work before screening", received, lambda _: accept(), "wrong_state"),
    ("a seat that does not hold it", assigned, lambda _: accept("pdam"), "not_yours"),
    ("a supporting seat does not resolve", assigned,
     lambda life: resolving(life, seat="camat-contoh"), "not_yours"),
    ("an explanation while the service is off", assigned,
     lambda life: resolving(life, closure="explained", service_off=True), "service_is_off"),
    ("adopting a complaint", assigned, lambda life: resolving(life, closure="adopted"), "class_does_not_fit"),
    ("withdrawing for the reporter", assigned,
     lambda life: resolving(life, closure="withdrawn"), "class_does_not_fit"),
    ("another authority without its name", assigned,
     lambda life: resolving(life, closure="other_authority"), "invalid"),
    ("resolving what is resolved", resolved, resolving, "wrong_state"),
    ("resolving what is closed", confirmed, resolving, "wrong_state"),
    ("a ruling by a seat that is not the superior", breached,
     lambda _: c.RuleNote(cause=cause("x"), by="walikota", note=1, ruling="struck", text=HANDLING), "not_allowed"),
    ("a note that is not there", assigned,
     lambda _: c.ExplainBreach(cause=cause("x"), seat="dlh", note=1, text=HANDLING), "unknown_number"),
    ("an instruction that is not there", assigned,
     lambda _: c.AnswerInstruction(cause=cause("x"), seat="dlh", number=1, text=HANDLING), "unknown_number"),
    ("an instruction due in the past", assigned,
     lambda life: c.Instruct(cause=cause("i"), by="walikota", seat="dlh", text=HANDLING, due=life.now),
     "invalid"),
    ("two leads", received,
     lambda life: c.Screen(cause=cause("s"), matter=matter(), summary="x", assigning=c.Assigning(
         assignments=(e.Assignment(seat="a", role="lead"), e.Assignment(seat="b", role="lead")), rule="r", policy=1)),
     "invalid"),
    ("handing off to oneself", assigned,
     lambda _: c.HandOff(cause=cause("h"), seat="dlh", to=e.Assignment(seat="dlh", role="lead"), reason=HANDLING),
     "invalid"),
    ("a message of somebody who was erased", erased, lambda _: add(), "wrong_state"),
    ("the returned lead works on", returned, lambda _: accept(), "not_yours"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "when", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_refusal_says_its_code_and_a_sentence(given: Given, when: When, code: str) -> None:
    life = given()
    refusal = life.refuses(when(life))
    assert refusal.code == code
    assert refusal.message.endswith(".")


STOPS: list[tuple[str, When, bool]] = [
    ("acceptance with a date", lambda life: accept(finish_by=life.now + timedelta(days=2)), True),
    ("siap, without a date", lambda _: accept(), False),
    ("progress in words only", lambda _: c.ReportProgress(cause=cause("p"), seat="dlh", text=HANDLING), False),
    ("progress with a picture",
     lambda _: c.ReportProgress(cause=cause("p"), seat="dlh", text=HANDLING, evidence=("m",)), True),
    ("progress with an expected end",
     lambda _: c.ReportProgress(cause=cause("p"), seat="dlh", text=HANDLING, expected_end=MONDAY), True),
    ("a visit", lambda _: c.RecordVisit(cause=cause("v"), seat="dlh", text=HANDLING), True),
    ("a question", lambda _: ask(), True),
]  # fmt: skip


@pytest.mark.parametrize(("when", "stops"), [row[1:] for row in STOPS], ids=[row[0] for row in STOPS])
def test_only_a_real_response_stops_the_seat_s_clock_and_no_other_seat_s(when: When, stops: bool) -> None:
    life = assigned()
    life.when(when(life))
    assert isinstance(life.state, Working)
    assert [c.name for c in life.state.desk.holds["dlh"].clocks] == ([] if stops else ["first_response"])
    assert [c.name for c in life.state.desk.holds["camat-contoh"].clocks] == ["first_response"]


def test_two_tagged_seats_breach_each_for_itself() -> None:
    life = assigned()
    life.when(accept(finish_by=life.now + timedelta(days=1)))
    life.later(hours=25)
    assert life.when(breach("dlh")) == ()
    (event,) = life.when(breach("camat-contoh"))
    assert isinstance(event, e.ClockBreached)
    assert (event.seat, event.note, event.superior) == ("camat-contoh", 1, "sekda")


def test_waiting_for_the_reporter_is_charged_to_nobody() -> None:
    life = assigned().later(hours=10)
    life.when(ask())
    life.later(hours=7)
    (event,) = life.when(add())
    assert isinstance(event, e.QuestionAnswered)
    assert [(m.seat, m.due) for m in event.moved] == [("camat-contoh", MONDAY + timedelta(hours=31))]
    assert isinstance(life.state, Working)
    assert life.state.desk.holds["camat-contoh"].clocks[0].due == MONDAY + timedelta(hours=31)


def test_two_open_questions_pause_once_and_a_clock_started_meanwhile_pauses_from_its_start() -> None:
    life = assigned().later(hours=1)
    life.when(ask("camat-contoh"))
    life.later(hours=1)
    life.when(instruct(life, "dlh"))
    life.when(ask("camat-contoh", "ask too"))
    life.later(hours=3)
    (event,) = life.when(add())
    assert isinstance(event, e.QuestionAnswered)
    assert event.numbers == (1, 2)
    assert {(m.seat, m.name): m.due for m in event.moved} == {
        ("dlh", "first_response"): MONDAY + timedelta(hours=24 + 4),
        ("dlh", "instruction"): MONDAY + timedelta(hours=2 + 6 + 3),
    }


def test_an_instructed_seat_joins_and_its_answer_ends_that_clock() -> None:
    life = assigned()
    life.when(instruct(life))
    assert isinstance(life.state, Working)
    assert [c.name for c in life.state.desk.holds["pdam"].clocks] == ["instruction"]
    life.when(c.AnswerInstruction(cause=cause("answer"), seat="pdam", number=1, text=HANDLING))
    assert isinstance(life.state, Working)
    assert life.state.desk.holds["pdam"].clocks == ()


def test_fixed_without_picture_or_post_is_counted_as_without_proof() -> None:
    life = assigned()
    (bare,) = life.when(resolving(life, evidence=()))
    assert isinstance(bare, e.ComplaintResolved)
    assert bare.without_proof


def test_a_screener_never_lowers_what_the_reporter_asked() -> None:
    life = received_secret()
    screened, _ = life.when(screen(life, confidentiality="normal"))
    assert isinstance(screened, e.ComplaintScreened)
    assert screened.matter.confidentiality == "secret"


def test_who_could_not_be_reached_ends_as_unreachable_not_as_silent() -> None:
    life = resolved()
    life.when(
        c.RecordUnreachable(
            cause=cause("u"), party="reporter:1", notice="n9", about=5, channel="whatsapp", reason="not_on_channel"
        )
    )
    life.later(days=15)
    (event,) = life.when(c.CloseAtTerm(cause=cause("t")))
    assert event == e.ComplaintClosed(end="unreachable")


def test_phases_follow_the_life() -> None:
    assert isinstance(received().state, Screening)
    assert isinstance(assigned().state, Working)
    assert isinstance(resolved().state, Resolved)
    ended = confirmed().state
    assert isinstance(ended, Closed)
    assert ended.end == "confirmed"
    life = resolved()
    life.when(not_done())
    assert isinstance(life.state, Working)
    assert life.state.desk.round == 2
