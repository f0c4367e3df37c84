"""Whom no message reaches is called; what came of the calls is known, and it ends in a fact."""

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.state import Unopened

from .given import Life, cause, message, received, sealed


def wanted(life: Life, notice: str = "n1") -> tuple[e.Event, ...]:
    return life.when(
        c.AskForCall(
            cause=cause(f"call {notice} {len(life.events)}"), party="reporter:1", notice=notice, about=1,
            template="resolved", channel="whatsapp", reason="not_on_channel",
        )
    )  # fmt: skip


def call(life: Life, outcome: e.CallOutcome) -> c.RecordCall:
    by = cause(f"called {len(life.events)}")
    return c.RecordCall(cause=by, seat="desk", party="reporter:1", outcome=outcome, text=sealed("handling"))


def types(events: tuple[e.Event, ...]) -> list[type[e.Event]]:
    return [type(event) for event in events]


def test_a_notice_is_put_on_the_list_once() -> None:
    life = received()
    assert types(wanted(life)) == [e.CallWanted]
    assert wanted(life) == ()
    assert types(wanted(life, "n2")) == [e.CallWanted]


def test_one_call_tells_everything_that_waits_and_the_reporter_counts_as_told() -> None:
    life = received()
    wanted(life)
    wanted(life, "n2")
    (called,) = life.when(call(life, "reached"))
    assert isinstance(called, e.ReporterCalled)
    assert called.notices == ("n1", "n2")
    assert not isinstance(life.state, Unopened)
    assert {"n1", "n2"} <= life.state.file.told
    assert life.refuses(call(life, "reached")) == refusals.NOBODY_TO_CALL
    assert wanted(life) == (), "told by telephone is told"


@pytest.mark.parametrize("outcome", ["wrong_number", "refused"])
def test_who_can_not_be_called_is_not_reached(outcome: e.CallOutcome) -> None:
    life = received()
    wanted(life)
    _, unreachable = life.when(call(life, outcome))
    assert isinstance(unreachable, e.ReporterUnreachable)
    assert (unreachable.notice, unreachable.channel, unreachable.reason) == ("n1", "call", f"call_{outcome}")
    assert not isinstance(life.state, Unopened)
    assert life.state.file.unreachable
    assert life.refuses(call(life, "reached")) == refusals.NOBODY_TO_CALL


def test_nobody_answers_three_times() -> None:
    life = received()
    wanted(life)
    assert [types(life.when(call(life, "no_answer"))) for _ in range(3)] == [
        [e.ReporterCalled], [e.ReporterCalled], [e.ReporterCalled, e.ReporterUnreachable],
    ]  # fmt: skip


def test_what_came_later_has_three_tries_of_its_own() -> None:
    life = received()
    wanted(life)
    life.when(call(life, "no_answer"))
    life.when(call(life, "no_answer"))
    wanted(life, "n2")
    _, given_up = life.when(call(life, "no_answer"))
    assert isinstance(given_up, e.ReporterUnreachable)
    assert given_up.notice == "n1"
    (called,) = life.when(call(life, "reached"))
    assert isinstance(called, e.ReporterCalled)
    assert called.notices == ("n2",)


def test_who_writes_need_not_be_called() -> None:
    life = received()
    wanted(life)
    life.when(c.AddMessage(cause=cause("again"), party="reporter:1", message=message()))
    assert life.refuses(call(life, "reached")) == refusals.NOBODY_TO_CALL


def test_who_was_erased_is_not_called() -> None:
    life = received()
    wanted(life)
    life.when(c.EraseReporter(cause=cause("erase"), party="reporter:1"))
    assert life.refuses(call(life, "reached")) == refusals.NOBODY_TO_CALL
    assert wanted(life, "n2") == ()


def told(life: Life, rung: str | None, by: str) -> tuple[e.Event, ...]:
    return life.when(
        c.RecordTold(
            cause=cause(by), party="reporter:1", notice="n1", about=1, template="received",
            channel="sms" if rung == "sms" else "whatsapp", rung=rung,
        )
    )  # fmt: skip


def test_a_way_that_the_provider_took_back_is_told_anew_by_the_next_and_only_by_another() -> None:
    life = received()
    assert types(told(life, "template", "one")) == [e.ReporterTold]
    assert told(life, "template", "two") == ()
    assert types(told(life, "sms", "three")) == [e.ReporterTold]
    assert told(life, "sms", "four") == ()


def test_what_was_told_before_rungs_were_written_down_is_told_once() -> None:
    life = received()
    told(life, None, "one")
    assert told(life, "sms", "two") == ()
