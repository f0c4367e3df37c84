"""Who hears what, as a table: which events of a life give the reporter something to hear."""

from datetime import timedelta

import pytest

from services.complaint import events as e
from services.contracts.hearing import table
from services.notifier import policy
from tests.complaint import given
from tests.complaint import test_contact as contact
from tests.complaint import test_news as news
from tests.notifier.lives import (
    NOWHERE,
    Given,
    accepted,
    asked,
    assigned_again,
    audited,
    breached,
    extension,
    part_of_the_work,
    planned,
    reopened,
    returned,
    sent_back,
    silent,
    somewhere,
    submitted,
    told,
    unanswered,
    unreachable,
    woken,
)

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
