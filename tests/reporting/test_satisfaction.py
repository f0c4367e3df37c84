"""What reporters say after they have confirmed is counted by itself, and shown to whoever handled it."""

from collections.abc import Callable

import pytest

from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.folding import fold
from services.reporting.read_models.scoreboard.tally import figures
from tests.complaint.given import Life, resolved
from tests.complaint.test_contact import after
from tests.complaint.test_news import confirmed, merged_and_confirmed, not_done, stopped, word


def card(life: Life) -> Card:
    found: Card | None = None
    for event in life.events:
        found = fold(found, event)
    assert found is not None
    return found


def said(score: int | None) -> Callable[[], Life]:
    return lambda: after(confirmed(), word(score=score))


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        (resolved, set()),
        (confirmed, set()),
        (said(None), {"said_after"}),
        (said(1), {"said_after", "dissatisfied"}),
        (said(2), {"said_after", "dissatisfied"}),
        (said(3), {"said_after"}),
        (said(4), {"said_after", "satisfied"}),
        (said(5), {"said_after", "satisfied"}),
        (lambda: after(merged_and_confirmed(), word()), {"said_after", "satisfied"}),
        (lambda: after(said(5)(), not_done()), {"said_after", "satisfied"}),
        (stopped, set()),
    ],
)
def test_a_word_counts_by_itself(life: Callable[[], Life], expected: set[str]) -> None:
    assert figures(card(life())) & {"said_after", "satisfied", "dissatisfied"} == expected
