"""No news any more, news again, and the word after SUDAH: given / when / then."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decide import decide

from .given import Life, assigned, assigning, cause, message, received, resolved, resolving, sealed
from .test_contact import after, merged, with_question

Given = Callable[[], Life]
SAID = message()


def stop(name: str = "stop", *, words: bool = True) -> c.StopNews:
    return c.StopNews(cause=cause(name), party="reporter:1", message=SAID if words else None)


def resume(name: str = "resume", *, words: bool = True) -> c.ResumeNews:
    return c.ResumeNews(cause=cause(name), party="reporter:1", message=SAID if words else None)


def word(name: str = "word", score: int | None = 4) -> c.GiveAfterword:
    return c.GiveAfterword(cause=cause(name), party="reporter:1", message=SAID, score=score)


def done(name: str = "done") -> c.SayDone:
    return c.SayDone(cause=cause(name), party="reporter:1", message=SAID)


def not_done() -> c.SayNotDone:
    return c.SayNotDone(cause=cause("not done"), party="reporter:1", message=SAID)


def stopped() -> Life:
    return after(assigned(), stop())


def confirmed() -> Life:
    return after(resolved(), done())


def merged_and_confirmed() -> Life:
    life = merged()
    life.when(
        c.HearResolution(
            cause=cause("heard"), main="b" * 26, about=3, seat="dlh", closure="fixed", without_proof=False,
            confirm_by=life.now.replace(year=2027),
        )
    )  # fmt: skip
    return after(life, done())


def erased() -> Life:
    return after(confirmed(), c.EraseReporter(cause=cause("erase"), party="reporter:1"))


LEADS_TO: list[tuple[str, Given, c.Command, tuple[e.Event, ...]]] = [
    ("BERHENTI in screening", received, stop(), (e.NewsStopped(party="reporter:1", message=SAID),)),
    ("… while somebody works on it", assigned, stop(), (e.NewsStopped(party="reporter:1", message=SAID),)),
    ("… after the end", confirmed, stop(), (e.NewsStopped(party="reporter:1", message=SAID),)),
    ("… of a merged complaint", merged, stop(), (e.NewsStopped(party="reporter:1", message=SAID),)),
    ("it answers no question", with_question, stop(), (e.NewsStopped(party="reporter:1", message=SAID),)),
    ("said of another complaint too", assigned, stop(words=False), (e.NewsStopped(party="reporter:1"),)),
    ("twice: the words are kept", stopped, stop("again"),
     (e.NewsStopped(party="reporter:1", message=SAID, again=True),)),
    ("twice, of another complaint", stopped, stop("again", words=False), ()),
    ("the same command twice", stopped, stop(), ()),
    ("MULAI", stopped, resume(), (e.NewsResumed(party="reporter:1", message=SAID),)),
    ("MULAI of another complaint too", stopped, resume(words=False), (e.NewsResumed(party="reporter:1"),)),
    ("MULAI where nothing was stopped", assigned, resume(words=False), ()),
    ("a word after SUDAH", confirmed, word(), (e.AfterwordGiven(party="reporter:1", message=SAID, score=4),)),
    ("… without a number", confirmed, word(score=None), (e.AfterwordGiven(party="reporter:1", message=SAID),)),
    ("… with a number off the scale", confirmed, word(score=9), (e.AfterwordGiven(party="reporter:1", message=SAID),)),
    ("… of a merged complaint", merged_and_confirmed, word(),
     (e.AfterwordGiven(party="reporter:1", message=SAID, score=4),)),
    ("a second word is a message", lambda: after(confirmed(), word()), word("more"),
     (e.MessageAdded(party="reporter:1", message=SAID),)),
    ("… where nothing was confirmed", resolved, word(), (e.MessageAdded(party="reporter:1", message=SAID),)),
    ("… after BELUM came faster", lambda: after(confirmed(), not_done()), word(),
     (e.MessageAdded(party="reporter:1", message=SAID),)),
]  # fmt: skip


@pytest.mark.parametrize(("given", "when", "then"), [r[1:] for r in LEADS_TO], ids=[r[0] for r in LEADS_TO])
def test_a_wish_leads_to_exactly_this(given: Given, when: c.Command, then: tuple[e.Event, ...]) -> None:
    life = given()
    assert decide(life.state, when, life.now) == then


@pytest.mark.parametrize("command", [stop("late"), resume("late"), word("late")], ids=["stop", "resume", "word"])
def test_nobody_speaks_for_who_was_forgotten(command: c.Command) -> None:
    life = erased()
    assert decide(life.state, command, life.now) == refusals.ERASED


def test_a_word_opens_nothing() -> None:
    life = after(confirmed(), word(score=1))
    assert type(life.state).__name__ == "Closed"


def test_no_question_is_asked_of_whoever_hears_nothing_until_he_wants_to_again() -> None:
    question = c.AskReporter(cause=cause("question"), seat="dlh", question=sealed("handling"))
    life = stopped()
    assert decide(life.state, question, life.now) == refusals.NEWS_STOPPED
    life.when(resume())
    asked = decide(life.state, question, life.now)
    assert isinstance(asked, tuple)
    assert isinstance(asked[0], e.QuestionAsked)


def test_another_confirmation_may_be_followed_by_another_word() -> None:
    life = after(after(resolved(), done()), word())
    life.when(not_done())
    life.when(resolving(life))
    life.when(done("done again"))
    assert decide(life.state, word("again"), life.now) == (
        e.AfterwordGiven(party="reporter:1", message=SAID, score=4),
    )  # fmt: skip


def told(life: Life, template: str, about: int) -> Life:
    """As the notifier records it."""
    life.when(
        c.RecordTold(
            cause=cause(f"told {template} {about}"), party="reporter:1", notice=f"{template}-{about}", about=about,
            template=template, channel="whatsapp",
        )
    )  # fmt: skip
    return life


def ends(life: Life) -> str | None:
    [closed] = life.later(days=15).when(c.CloseAtTerm(cause=cause("term")))
    assert isinstance(closed, e.ComplaintClosed)
    return closed.end


def again(life: Life) -> Life:
    """Not done after all, and done once more; the reporter is heard in between."""
    life.when(not_done())
    life.when(c.Assign(cause=cause("again"), by="machine", assigning=assigning(life.now)))
    life.when(resolving(life))
    return life


@pytest.mark.parametrize(
    ("name", "make", "end"),
    [
        ("asked, and no word", lambda: told(resolved(), "resolved", 5), "silent"),
        ("nobody recorded that he was asked, and he wanted news", resolved, "silent"),
        ("BERHENTI before it was done", lambda: after(stopped(), resolving(stopped())), "unreachable"),
        ("asked, then BERHENTI", lambda: after(told(resolved(), "resolved", 5), stop()), "silent"),
        ("BERHENTI before the question went out", lambda: after(resolved(), stop()), "unreachable"),
        ("BERHENTI, then MULAI", lambda: after(after(resolved(), stop()), resume()), "silent"),
        ("BERHENTI, MULAI, reminded, BERHENTI",
         lambda: after(told(after(after(resolved(), stop()), resume()), "word_reminded", 5), stop("2")), "silent"),
        ("only other news was told", lambda: after(told(resolved(), "assigned", 3), stop()), "unreachable"),
    ],
)  # fmt: skip
def test_who_was_not_asked_was_not_silent(name: str, make: Given, end: str) -> None:
    assert ends(make()) == end, name


def test_a_question_of_an_earlier_round_does_not_count() -> None:
    life = again(told(resolved(), "resolved", 5))
    assert ends(after(life, stop("late"))) == "unreachable"


def test_a_merged_complaint_s_own_reporter_is_no_exception() -> None:
    def heard(life: Life) -> Life:
        life.when(c.HearResolution(
            cause=cause("heard"), main="b" * 26, about=3, seat="dlh", closure="fixed", without_proof=False,
            confirm_by=life.now + timedelta(days=14),
        ))  # fmt: skip
        return life

    assert ends(heard(merged())) == "silent"
    assert ends(heard(after(merged(), stop()))) == "unreachable"
    asked = heard(merged())
    assert ends(after(told(asked, "resolved", asked.events[-1].n), stop())) == "silent"
