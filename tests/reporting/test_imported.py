"""What had ended at another system comes here closed: nothing runs, nobody is asked, and it is no work of ours."""

from datetime import UTC, datetime

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Closed
from services.reporting.read_models.cases.folding import fold
from services.reporting.read_models.scoreboard.tally import contributions
from tests.complaint.given import MONDAY, Life, cause, message

CAME = datetime(2025, 11, 3, 3, tzinfo=UTC)
ENDED = datetime(2025, 11, 20, 3, tzinfo=UTC)


def imported(past: e.Past | None) -> Life:
    life = Life()
    life.when(
        c.OpenComplaint(
            cause=cause("row"), ticket="BKL-4K7QT9M2-X", reporter="reporter:1", confidentiality="normal",
            message=message(channel="import", door="import", sent_at=CAME), reachable=False, past=past,
        )
    )  # fmt: skip
    return life


def test_it_is_closed_from_the_beginning() -> None:
    state = imported(e.Past(how="done", ended=ENDED)).state
    assert isinstance(state, Closed)
    assert (state.end, state.desk) == ("elsewhere", None)


SAID: list[c.Command] = [
    c.SayNotDone(cause=cause("no"), party="reporter:1", message=message()),
    c.SayDone(cause=cause("yes"), party="reporter:1", message=message()),
    c.Withdraw(cause=cause("off"), party="reporter:1", message=message()),
    c.AddMessage(cause=cause("more"), party="reporter:1", message=message()),
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: type(said).__name__)
def test_whatever_is_said_of_it_is_kept_and_opens_no_work_that_was_never_ours(said: c.Command) -> None:
    life = imported(e.Past(how="done", ended=ENDED))
    life.when(said)
    assert [type(one.data) for one in life.events[1:]] == [e.MessageAdded]
    assert isinstance(life.state, Closed)


DATES = [
    (e.Past(how="done", ended=ENDED), (CAME, ENDED)), (e.Past(how="archived"), (CAME, CAME)),
]  # fmt: skip


@pytest.mark.parametrize(("past", "dates"), DATES)
def test_lists_show_it_among_its_own_days_and_counts_keep_it_apart(
    past: e.Past, dates: tuple[datetime, datetime]
) -> None:
    card = fold(None, imported(past).events[0])
    assert (card.received_at, card.since) == dates
    assert (card.phase, card.ended, card.waits_on, card.due, card.imported) == (
        "closed",
        "elsewhere",
        "nobody",
        None,
        True,
    )
    assert {figure for _, figure in contributions(card)} == {"elsewhere"}


def test_a_row_that_still_waits_is_a_complaint_like_any_other_and_says_where_it_is_from() -> None:
    card = fold(None, imported(None).events[0])
    assert (card.received_at, card.phase, card.imported) == (MONDAY, "screening", True)
    assert {figure for _, figure in contributions(card)} == {"received", "screening"}
