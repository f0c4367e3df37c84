"""Who hears what, as a table: which events of a life give the reporter something to hear, and until when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.hearing import table
from services.notifier import policy
from services.notifier.templates import NOTICES
from tests.complaint import given
from tests.complaint import test_contact as contact
from tests.complaint import test_news as news
from tests.complaint.given import Life, cause

Given = Callable[[], Life]


def accepted(by: timedelta | None) -> Given:
    def life() -> Life:
        life = given.assigned()
        until = None if by is None else life.now + by
        life.when(c.Accept(cause=cause("accept"), seat="dlh", finish_by=until))
        return life

    return life


def asked() -> Life:
    life = given.assigned()
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=given.sealed("handling")))
    return life


def breached() -> Life:
    life = given.assigned().later(hours=25)
    life.when(c.BreachClock(cause=cause("breach"), clock="first_response", seat="dlh", started=4, superior="asisten-2"))
    return life


def silent() -> Life:
    life = given.resolved().later(days=15)
    life.when(c.CloseAtTerm(cause=cause("term")))
    return life


def unreachable() -> Life:
    life = given.resolved()
    told = c.RecordUnreachable(
        cause=cause("u"), party="reporter:1", notice="n", about=5, channel="whatsapp", reason="not_on_channel"
    )
    life.when(told)
    life.later(days=15).when(c.CloseAtTerm(cause=cause("term")))
    return life


def reopened() -> Life:
    life = given.resolved()
    life.when(c.SayNotDone(cause=cause("no"), party="reporter:1", message=given.message()))
    return life


def audited(*, passed: bool) -> Life:
    life = given.resolved()
    life.when(c.DrawAudit(cause=cause("draw"), round=1, share=0.1, policy=1))
    life.when(c.RecordAudit(cause=cause("audit"), seat="inspektorat", passed=passed, text=given.sealed("handling")))
    return life


def submitted() -> Life:
    life = given.assigned()
    to_sign = c.SignOffAsked(to="lurah-contoh", due=life.now, rule="48h", policy=1, why=("flagged",))
    life.when(given.resolving(life, sign_off=to_sign))
    return life


def returned() -> Life:
    life = given.assigned()
    life.when(
        c.ReturnAssignment(
            cause=cause("return"), seat="dlh", ground="not_our_function", reason=given.sealed("handling")
        )
    )
    return life


def told() -> Life:
    life = given.received()
    life.when(
        c.RecordTold(
            cause=cause("told"), party="reporter:1", notice="n", about=1, template="received", channel="whatsapp"
        )
    )
    return life


def assigned_again() -> Life:
    life = reopened()
    again = replace(given.assigning(life.now), rule=policy.AFTER_REOPENING)
    life.when(c.Assign(cause=cause("again"), by="machine", assigning=again))
    return life


def resolving_by(days: float) -> Life:
    """`dlh` leads with a clock for the resolution."""
    life = given.received()
    clock = given.clock("dlh", life.now + timedelta(days=days), "resolve")
    part = e.Assignment(seat="dlh", role="lead", clocks=(clock,))
    straight = c.Assigning(assignments=(part,), rule="function", policy=1)
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=given.proposal(1), straight=straight))
    return life


def extension(ruling: Any) -> Given:
    def life() -> Life:
        life = resolving_by(10)
        later = life.now + timedelta(days=20)
        life.when(c.AskExtension(
            cause=cause("more"), seat="dlh", clock="resolve", until=later, reason=given.sealed("handling"),
        ))  # fmt: skip
        life.when(c.RuleExtension(
            cause=cause("rule"), by="sekda", coordinates=True, number=1, ruling=ruling,
            reason=given.sealed("handling"),
        ))  # fmt: skip
        return life

    return life


def sent_back() -> Life:
    life = returned()
    life.when(c.RefuseReturn(cause=cause("no"), by="sekda", number=1, reason=given.sealed("handling"), policy=1))
    return life


def planned() -> Life:
    life = resolving_by(10)
    words = given.sealed("handling")
    life.when(c.PlanWork(
        cause=cause("plan"), seat="dlh", programme=words, text=words, wakes=life.now + timedelta(days=30), most_moves=2,
    ))  # fmt: skip
    return life


def woken() -> Life:
    life = planned().later(days=30)
    life.when(c.WakePlan(cause=cause("wake"), started=life.events[-1].n))
    return life


def unanswered(*, lapsed: bool) -> Given:
    def life() -> Life:
        life = given.assigned()
        end = life.now + timedelta(days=5)
        life.when(c.AskReporter(
            cause=cause("ask"), seat="dlh", question=given.sealed("handling"), remind_at=life.now, lapse_at=end,
        ))  # fmt: skip
        life.when(c.RemindReporter(cause=cause("remind"), number=1))
        if lapsed:
            life.later(days=5).when(c.LapseQuestion(cause=cause("lapse"), number=1))
        return life

    return life


def part_of_the_work() -> Life:
    life = given.assigned()
    words = given.sealed("handling")
    life.when(c.GiveSubtask(cause=cause("give"), by="dlh", seat="pupr", text=words, due=life.now + timedelta(days=1)))
    life.later(days=2).when(c.BreachClock(cause=cause("late"), clock="subtask", seat="pupr", started=5))
    return life


def somewhere(*said: e.Whereabouts | None) -> Life:
    """A proposal for each message, with what is known of the place then."""
    life = given.received()
    for number, whereabouts in enumerate(said, start=1):
        proposal = e.ScreeningProposed.model_validate(
            {**given.proposal(number).model_dump(), "whereabouts": whereabouts}
        )
        life.when(c.ProposeScreening(cause=cause(f"propose {number}"), proposal=proposal, straight=None))
    return life


NOWHERE = e.Whereabouts(how="none", ask=True)

HEARS: list[tuple[str, Given, list[str]]] = [
    ("receipt is answered", given.received, ["received"]),
    ("a straight assignment is told once, screening is not", given.assigned, ["received", "assigned"]),
    ("danger to life at once", lambda: given.assigned(urgency="danger"), ["received", "danger", "danger", "assigned"]),
    ("acceptance with a date", accepted(timedelta(days=2)), ["received", "assigned", "accepted"]),
    ("acceptance without a date says nothing a person could use", accepted(None), ["received", "assigned"]),
    ("a question", asked, ["received", "assigned", "question"]),
    ("a breach", breached, ["received", "assigned", "breached"]),
    ("a return", returned, ["received", "assigned", "returned"]),
    ("more time that was granted", extension("granted"), ["received", "assigned", "extended"]),
    ("more time that was refused changes nothing", extension("refused"), ["received", "assigned"]),
    ("a return that was sent back", sent_back, ["received", "assigned", "returned", "sent_back"]),
    ("a programme and its date", planned, ["received", "assigned", "planned"]),
    ("a plan that wakes", woken, ["received", "assigned", "planned", "plan_woke"]),
    ("one reminder", unanswered(lapsed=False), ["received", "assigned", "question", "question_reminded"]),
    (
        "work that goes on without the answer",
        unanswered(lapsed=True),
        ["received", "assigned", "question", "question_reminded", "question_lapsed"],
    ),
    ("what the offices owe each other is not told", part_of_the_work, ["received", "assigned"]),
    ("a resolution", given.resolved, ["received", "assigned", "resolved"]),
    ("a resolution that waits for a signature is not told", submitted, ["received", "assigned"]),
    (
        "an audit that finds the work right is not told",
        lambda: audited(passed=True),
        ["received", "assigned", "resolved"],
    ),
    (
        "an audit that reopens is told as ours, not as the reporter's word",
        lambda: audited(passed=False),
        ["received", "assigned", "resolved", "reopened_by_audit"],
    ),
    ("a reopening", reopened, ["received", "assigned", "resolved", "reopened"]),
    (
        "a reopening tells of the same seats' new clocks",
        assigned_again,
        ["received", "assigned", "resolved", "reopened"],
    ),
    ("closing by silence", silent, ["received", "assigned", "resolved", "closed_silent"]),
    ("closing as unreachable can't be told", unreachable, ["received", "assigned", "resolved"]),
    ("what was told is not told of", told, ["received"]),
    ("a place that nobody knows is asked for", lambda: somewhere(NOWHERE), ["received", "where"]),
    ("the word that offices may call", contact.allowed, ["received", "assigned", "contact_allowed"]),
    (
        "the same word as an answer is acknowledged once",
        lambda: contact.after(contact.with_question(), contact.allow()),
        ["received", "assigned", "question", "answered"],
    ),
    (
        "taken back",
        lambda: contact.after(contact.allowed(), contact.disallow()),
        ["received", "assigned", "contact_allowed", "contact_disallowed"],
    ),
    (
        "what offices ask each other is not told, that somebody was shown the contact is",
        contact.shown,
        ["received", "assigned", "contact_allowed", "contact_shown"],
    ),
    ("no news any more", news.stopped, ["received", "assigned", "news_stopped"]),
    (
        "said twice it is answered once",
        lambda: contact.after(news.stopped(), news.stop("again")),
        ["received", "assigned", "news_stopped"],
    ),
    (
        "said of several complaints it is answered in the first",
        lambda: contact.after(given.assigned(), news.stop(words=False)),
        ["received", "assigned"],
    ),
    (
        "news again",
        lambda: contact.after(news.stopped(), news.resume()),
        ["received", "assigned", "news_stopped", "news_resumed"],
    ),
    (
        "the word after SUDAH",
        lambda: contact.after(news.confirmed(), news.word()),
        ["received", "assigned", "resolved", "confirmed", "afterword"],
    ),
    ("a doubt that does not matter is not", lambda: somewhere(e.Whereabouts(how="none")), ["received"]),
]


@pytest.mark.parametrize(("life", "expected"), [row[1:] for row in HEARS], ids=[row[0] for row in HEARS])
def test_the_reporter_hears_exactly_this(life: Given, expected: list[str]) -> None:
    planned = [notice for event in life().events for notice in policy.for_reporter(event)
               if notice.at is None and table.BY_ID[notice.row].when != "never"]  # fmt: skip  # what only some tell
    assert [notice.template for notice in planned] == expected
    assert {notice.party for notice in planned} == {"reporter:1"}


def test_danger_is_told_once_however_many_events_say_it() -> None:
    planned = [n for event in given.assigned(urgency="danger").events for n in policy.for_reporter(event)]
    assert {n.of for n in planned if n.template == "danger"} == {policy.ONCE}


def test_the_place_is_asked_for_once_however_often_it_is_missing() -> None:
    planned = [n for event in somewhere(NOWHERE, NOWHERE).events for n in policy.for_reporter(event)]
    assert [n.of for n in planned if n.template == "where"] == [policy.ONCE] * 2


STILL: list[tuple[str, Given, str, type[e.Event], bool]] = [
    ("an assignment while its lead holds it", given.assigned, "assigned", e.ComplaintAssigned, True),
    ("an assignment after the resolution", given.resolved, "assigned", e.ComplaintAssigned, False),
    ("an assignment that was returned", returned, "assigned", e.ComplaintAssigned, False),
    ("a return until somebody has ruled", returned, "returned", e.AssignmentReturned, True),
    ("a question while it is open", asked, "question", e.QuestionAsked, True),
    ("a breach while it is late", breached, "breached", e.ClockBreached, True),
    ("a resolution while it waits for a word", given.resolved, "resolved", e.ComplaintResolved, True),
    ("a resolution that was answered BELUM", reopened, "resolved", e.ComplaintResolved, False),
    ("a reopening while it is worked on", reopened, "reopened", e.ComplaintReopened, True),
    ("a date that was granted", extension("granted"), "extended", e.ExtensionRuled, True),
    ("a plan while its date stands", planned, "planned", e.WorkPlanned, True),
    ("a plan that has woken", woken, "planned", e.WorkPlanned, False),
    ("a reminder while the question is open", unanswered(lapsed=False), "question_reminded", e.QuestionReminded, True),
    ("a reminder of a question that lapsed", unanswered(lapsed=True), "question_reminded", e.QuestionReminded, False),
    ("where it is, until it is known", lambda: somewhere(NOWHERE), "where", e.ScreeningProposed, True),
    ("where it is, when it was said since", lambda: somewhere(NOWHERE, None), "where", e.ScreeningProposed, False),
    ("the acknowledgement always", given.resolved, "received", e.ComplaintReceived, True),
]


@pytest.mark.parametrize(("life", "template", "of", "said"), [r[1:] for r in STILL], ids=[r[0] for r in STILL])
def test_a_promise_that_was_overtaken_is_not_sent(life: Given, template: str, of: type[e.Event], said: bool) -> None:
    grown = life()
    event = next(event for event in grown.events if isinstance(event.data, of))
    assert policy.still_said(template, event, grown.state) is said


def test_an_answered_question_is_not_asked_any_more() -> None:
    life = asked()
    question = life.events[-1]
    life.when(c.AddMessage(cause=cause("answer"), party="reporter:1", message=given.message()))
    assert not policy.still_said("question", question, life.state)
    assert [n.template for n in policy.for_reporter(life.events[-1])] == ["answered"]


def test_a_further_message_is_acknowledged_once_somebody_works_on_it() -> None:
    life = given.received()
    life.when(c.AddMessage(cause=cause("more"), party="reporter:1", message=given.message()))
    assert not policy.still_said("added", life.events[-1], life.state)
    working = given.assigned()
    working.when(c.AddMessage(cause=cause("more"), party="reporter:1", message=given.message()))
    assert policy.still_said("added", working.events[-1], working.state)


def test_after_an_erasure_nothing_but_its_confirmation_is_said() -> None:
    life = given.assigned()
    life.when(c.EraseReporter(cause=cause("forget"), party="reporter:1"))
    for event in life.events:
        for planned in policy.for_reporter(event):
            assert policy.still_said(planned.template, event, life.state) is (planned.template == "erased")


AFTER_STOP = {
    "received", "danger", "added", "evidence_refused", "answered", "confirmed", "reopened", "withdrawn",
    "confidentiality", "erased", "contact_allowed", "contact_disallowed", "contact_shown", "account_lost",
    "news_stopped", "news_resumed", "afterword", "status",
}  # fmt: skip


def test_after_berhenti_only_answers_danger_and_what_law_demands_are_heard() -> None:
    assert {row.template for row in table.REPORTER if row.after_stop} == AFTER_STOP


def _hushed_and_resolved() -> given.Life:
    life = news.stopped()
    life.when(given.resolving(life))
    return life


def _heard_again() -> given.Life:
    return contact.after(_hushed_and_resolved(), news.resume())


def _found_dangerous() -> given.Life:
    return contact.after(given.assigned(urgency="danger"), news.stop())


@pytest.mark.parametrize(
    ("life", "template", "of", "unwanted"),
    [
        (_hushed_and_resolved, "resolved", e.ComplaintResolved, True),
        (_hushed_and_resolved, "word_reminded", e.ComplaintResolved, True),
        (_hushed_and_resolved, "assigned", e.ComplaintAssigned, True),
        (_hushed_and_resolved, "received", e.ComplaintReceived, False),
        (_hushed_and_resolved, "news_stopped", e.NewsStopped, False),
        (_heard_again, "resolved", e.ComplaintResolved, False),
        (_found_dangerous, "danger", e.ScreeningProposed, False),
        (given.resolved, "resolved", e.ComplaintResolved, False),
    ],
)
def test_news_that_is_not_wanted_is_not_said(life: Given, template: str, of: type[e.Event], unwanted: bool) -> None:
    grown = life()
    event = next(event for event in grown.events if isinstance(event.data, of))
    assert policy.unwanted(template, event, grown.state) is unwanted
    if unwanted:
        assert not policy.still_said(template, event, grown.state)


def test_who_follows_a_matter_of_others_and_wants_no_news_hears_nothing_of_theirs() -> None:
    life = contact.after(contact.merged(), news.stop())
    life.when(c.HearAdvance(cause=cause("on"), main="b" * 26, about=3, what="progressed"))
    assert policy.unwanted("progressed", life.events[-1], life.state)


def test_every_notice_of_the_policy_has_a_text_and_every_text_a_notice() -> None:
    assert {row.template for row in table.REPORTER if not row.event.startswith("ask.")} == set(NOTICES)
    assert set(e.TYPES) >= policy.INTERESTING


def test_whoever_was_asked_whether_it_is_done_is_reminded_once_halfway() -> None:
    life = given.resolved()
    event = life.events[-1]
    [reminder] = [one for one in policy.for_reporter(event) if one.at is not None]
    assert isinstance(event.data, e.ComplaintResolved)
    assert event.data.confirm_by is not None
    assert reminder.template == "word_reminded"
    assert reminder.at == event.at + (event.data.confirm_by - event.at) / 2
    assert policy.still_said("word_reminded", event, life.state)


@pytest.mark.parametrize("life", [reopened, silent], ids=["said BELUM", "closed"])
def test_nobody_is_reminded_of_a_word_that_is_not_waited_for(life: Given) -> None:
    grown = life()
    event = next(event for event in grown.events if isinstance(event.data, e.ComplaintResolved))
    assert not policy.still_said("word_reminded", event, grown.state)


def test_a_reminder_of_an_earlier_resolution_is_not_sent_in_a_later_round() -> None:
    grown = reopened()
    first = next(event for event in grown.events if isinstance(event.data, e.ComplaintResolved))
    grown.later(hours=3).when(given.resolving(grown))
    assert not policy.still_said("word_reminded", first, grown.state)
    assert policy.still_said("word_reminded", grown.events[-1], grown.state)
