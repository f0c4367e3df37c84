"""Greetings within a breath get one answer."""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.intake import AskKind
from services.intake.inbox.breath import Breath

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("why", "chat", "kind", "key", "after", "silent"),
    [
        ("another greeting a second later", "a", "greeting", "m2", 1.0, True),
        ("that came a second out of order", "a", "greeting", "m2", -1.0, True),
        ("the same message once more", "a", "greeting", "m1", 1.0, False),
        ("somebody else's", "b", "greeting", "m2", 1.0, False),
        ("thanks after a greeting", "a", "thanks", "m2", 1.0, False),
        ("a minute later", "a", "greeting", "m2", 60.0, False),
        ("how it stands is answered each time", "a", "status", "m2", 1.0, False),
    ],
)
def test_one_answer_is_enough(  # noqa: PLR0917  # a table's columns
    why: str, chat: str, kind: AskKind, key: str, after: float, silent: bool
) -> None:
    breath = Breath()
    assert not breath.answered("a", "greeting", "m1", NOW)
    assert breath.answered(chat, kind, key, NOW + timedelta(seconds=after)) is silent, why


def test_what_was_left_out_keeps_nobody_waiting_longer() -> None:
    breath = Breath()
    found = [breath.answered("a", "greeting", f"m{n}", NOW + timedelta(seconds=4 * n)) for n in range(6)]
    assert found == [False, True, True, False, True, True]


def test_the_memory_is_bounded() -> None:
    breath = Breath()
    for n in range(20_000):
        breath.answered(str(n), "greeting", "m", NOW)
    assert not breath.answered("0", "greeting", "other", NOW)
