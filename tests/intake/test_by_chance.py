"""What people complain of in words that elsewhere are wishes (`batal nikah`, `status gizi`, `rahasia umum`)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.intake.conversation.chat import Chat, Heard, Known
from services.intake.conversation.decisions import Cancel, Done, Forget, News, Open, Together
from services.intake.conversation.hearing import marker
from services.intake.conversation.phrases import read
from services.intake.conversation.remembering import marking
from services.intake.conversation.rules import decide

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MARK = marker(b"by chance" * 4)
LINES = (Path(__file__).parent / "by_chance.txt").read_text(encoding="utf-8").splitlines()
BEFORE = NOW - timedelta(days=3)
OTHER = Known("a", "open", BEFORE, topics=frozenset({"internet"}), opened=BEFORE, marks=frozenset({MARK("wifi")}))


def heard(text: str) -> Heard:
    reading = read(text)
    return Heard(at=NOW, reading=reading, marks=frozenset(map(MARK, marking(reading.words))))


def test_the_table_is_long_enough_to_say_something() -> None:
    assert len(set(LINES)) == len(LINES) >= 150


@pytest.mark.parametrize("text", LINES)
def test_a_first_message_that_tells_opens_and_wishes_nothing(text: str) -> None:
    decision = decide(Chat(), heard(text))
    assert isinstance(decision, Open | Together), decision
    opened = decision.parts if isinstance(decision, Together) else (decision,)
    assert all(isinstance(one, Open) and one.level is None and not one.call for one in opened)


def test_beside_another_complaint_it_opens_one_of_its_own() -> None:
    """Nearly always; what is taken for a further message of the other one is not lost, and staff can split it."""
    decisions = {text: decide(Chat((OTHER,)), heard(text)) for text in LINES}
    missed = [text for text, decision in decisions.items() if not isinstance(decision, Open | Together)]
    assert len(missed) <= 0.07 * len(LINES), missed
    harmed = [text for text, decision in decisions.items() if isinstance(decision, Cancel | Done | Forget | News)]
    assert len(harmed) <= 1, harmed
