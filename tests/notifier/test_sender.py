"""Ladder, rates and the provider's codes, without a provider."""

import asyncio
import json
from itertools import pairwise

import pytest

from services.notifier.breaker import Breaker
from services.notifier.pace import SHARE, Pace, Rates
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


async def test_whoever_was_held_up_does_not_go_out_together_with_others() -> None:
    clock, out = Clock(), list[float]()

    async def sleeps(seconds: float) -> None:
        clock.now += seconds + (0.5 if len(out) % 3 == 0 else 0)  # now and then the loop has something else to do

    pace = Pace(Rates(per_second=10), clock, sleeps)

    async def goes() -> None:
        await pace.spaced()
        out.append(clock.now)

    await asyncio.gather(*(goes() for _ in range(12)))
    assert min(later - earlier for earlier, later in pairwise(out)) >= 0.1


def test_an_account_that_fails_is_left_alone_and_probed_one_message_at_a_time() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=3, first=2, longest=60)
    for _ in range(2):
        breaker.failed()
    assert breaker.admit()
    breaker.failed()
    assert (breaker.admit(), breaker.wait) == (False, 2)
    clock.now += 2
    assert [breaker.admit() for _ in range(3)] == [True, False, False]
    breaker.failed()  # the probe: longer this time
    assert breaker.wait == 4
    clock.now += 4
    assert breaker.admit()
    breaker.went_well()
    assert [breaker.admit() for _ in range(3)] == [True, True, True]


def test_a_probe_that_nobody_reported_back_does_not_close_the_account_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1, first=2, longest=60)
    breaker.failed()
    clock.now += 2
    assert breaker.admit()
    clock.now += 61
    assert breaker.admit()


def test_a_probe_that_was_not_sent_after_all_leaves_the_turn_to_the_next() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1, first=2, longest=60)
    breaker.failed()
    clock.now += 2
    assert [breaker.admit(), breaker.admit()] == [True, False]
    breaker.not_tried()
    assert breaker.admit()


def test_single_failures_among_answers_close_nothing() -> None:
    breaker = Breaker(Clock(), failures=3)
    for _ in range(20):
        breaker.failed()
        breaker.failed()
        breaker.went_well()
    assert breaker.admit()


@pytest.mark.parametrize("line", ["turn", "spaced"])
async def test_a_number_sends_no_faster_than_it_may(line: str) -> None:
    clock = Clock()

    async def sleeps(seconds: float) -> None:
        clock.now += seconds

    pace = Pace(Rates(per_second=1000), clock, sleeps)
    for _ in range(5):
        await getattr(pace, line)()
    assert clock.now == pytest.approx(100 + 4 / (1000 * SHARE)), "the first at once"
