"""How complaints were first given out, gathered from the log: what a dry run of rules finds after a rebuild."""

from services.complaint import commands as c
from services.router.rules import history
from services.router.rules.history import GIVEN_OUT, GivenOut
from tests.complaint.given import Life, assigned, assigning, cause, received


def gathered(life: Life) -> list[history.Row]:
    found = GivenOut()
    for event in life.events:
        if event.type in GIVEN_OUT:
            found.take("bengkulu", event)
    return found.rows()


def test_it_is_the_row_that_the_router_keeps() -> None:
    life = assigned()
    (row,) = gathered(life)
    assert row == history.row("bengkulu", life.events[0].complaint, life.events)
    assert history.routed(row).lead == "dlh"


def test_a_later_assignment_changes_nothing() -> None:
    life = assigned()
    first = gathered(life)
    life.when(c.Assign(cause=cause("ruling"), by="person", assigning=assigning(life.now, lead="pupr")))
    assert gathered(life) == first


def test_what_nobody_got_yet_has_no_row() -> None:
    assert gathered(received()) == []
