"""Ladder, rates and the provider's codes, without a provider."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from services.notifier import ladder
from services.notifier.pace import Pace, Rates
from services.notifier.senders.whatsapp import codes
from services.notifier.senders.whatsapp.client import body, read
from services.notifier.sending import (
    Accepted,
    Lost,
    NotReached,
    Outcome,
    Outgoing,
    Passing,
    Rendered,
    Slow,
    Stopped,
    WindowClosed,
)

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "form"),
    [
        (timedelta(minutes=1), "free"),
        (timedelta(hours=23, minutes=49), "free"),
        (timedelta(hours=23, minutes=51), "template"),
        (timedelta(days=9), "template"),
        (None, "template"),
    ],
)
def test_free_text_only_within_a_day_of_the_persons_last_word(ago: timedelta | None, form: str) -> None:
    assert ladder.first(None if ago is None else NOW - ago, NOW) == form


def test_after_the_template_there_is_no_rung() -> None:
    assert ladder.after_window_closed("free") == "template"
    assert ladder.after_window_closed("template") is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (131047, WindowClosed),
        (131026, NotReached),
        (130429, Slow),
        (131056, Slow),
        (190, Stopped),
        (368, Stopped),
        (131000, Passing),
        (100, NotReached),
        (132001, NotReached),
        (987654, Passing),
    ],
)
def test_each_code_means_one_thing(code: int, expected: type[Outcome]) -> None:
    assert isinstance(codes.outcome(code), expected)
    assert isinstance(read(400, json.dumps({"error": {"code": code}}).encode()), expected)


@pytest.mark.parametrize(
    ("status", "content", "expected"),
    [
        (200, b'{"messages":[{"id":"wamid.X"}]}', Accepted("wamid.X")),
        (200, b"<html>", Lost("http_200")),
        (502, b"Bad Gateway", Lost("http_502")),
        (504, b"", Lost("http_504")),
        (429, b"", Slow(10, True, "http_429")),
    ],
)
def test_an_answer_without_the_providers_own_body_leaves_it_unknown(
    status: int, content: bytes, expected: Outcome
) -> None:
    assert read(status, content) == expected


def test_a_scoped_id_is_addressed_as_recipient_and_a_number_as_to() -> None:
    rendered = Rendered("Halo", "halo")
    assert body(Outgoing("n", "628110000001", "free", "T", rendered))["to"] == "628110000001"
    scoped = body(Outgoing("n", "ID.13491208655302741918", "free", "T", rendered))
    assert scoped["recipient"] == "ID.13491208655302741918"
    assert "to" not in scoped


def test_too_long_for_buttons_becomes_text_with_the_words_to_type() -> None:
    pressed = (("confirm:a", "SUDAH"), ("reopen:a", "BELUM"))
    sent = body(Outgoing("n", "628", "free", "T", Rendered("x" * 1025, "x", pressed)))
    assert sent["type"] == "text"
    assert sent["text"]["body"].endswith("SUDAH / BELUM")


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_one_person_gets_a_short_burst_and_then_one_message_in_six_seconds() -> None:
    clock = Clock()
    pace = Pace(Rates(person_seconds=6, person_burst=3), clock)
    assert [pace.wait_for("a") for _ in range(3)] == [0, 0, 0]
    assert pace.wait_for("a") == 6
    assert pace.wait_for("b") == 0
    clock.now += 6
    assert pace.wait_for("a") == 0
    assert pace.wait_for("a") == 6


def test_lost_answers_in_a_row_slow_the_number_down_until_one_goes_well() -> None:
    clock = Clock()
    pace = Pace(Rates(), clock)
    pace.answer_lost()
    pace.answer_lost()
    assert pace.paused == 0
    pace.answer_lost()
    assert pace.paused == 8
    clock.now += 8
    pace.went_well()
    pace.answer_lost()
    assert pace.paused == 0


async def test_a_number_sends_no_faster_than_it_may() -> None:
    clock = Clock()
    pace = Pace(Rates(per_second=1000), clock)
    for _ in range(5):
        await pace.turn()
    assert pace._next == pytest.approx(100.005)
