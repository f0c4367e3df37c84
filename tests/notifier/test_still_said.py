"""Until when what was planned for a reporter is still said, and what is said to who wants no news."""

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.hearing import table
from services.notifier import policy
from services.notifier.templates import NOTICES
from tests.complaint import given
from tests.complaint import test_contact as contact
from tests.complaint import test_news as news
from tests.complaint.given import cause
from tests.notifier.lives import (
    NOWHERE,
    Given,
    _found_dangerous,
    _heard_again,
    _hushed_and_resolved,
    asked,
    breached,
    extension,
    planned,
    reopened,
    returned,
    silent,
    somewhere,
    unanswered,
    woken,
)

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
        for one in policy.for_reporter(event):
            assert policy.still_said(one.template, event, life.state) is (one.template == "erased")


AFTER_STOP = {
    "received", "danger", "added", "evidence_refused", "answered", "confirmed", "reopened", "withdrawn",
    "confidentiality", "erased", "contact_allowed", "contact_disallowed", "contact_shown", "account_lost",
    "news_stopped", "news_resumed", "afterword", "status",
}  # fmt: skip


def test_after_berhenti_only_answers_danger_and_what_law_demands_are_heard() -> None:
    assert {row.template for row in table.REPORTER if row.after_stop} == AFTER_STOP


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
