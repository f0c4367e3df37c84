"""A place that the reporter says late: taken where nobody knew it, and left to people where one stands."""

from collections.abc import Callable

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Working
from tests.complaint import given
from tests.complaint.given import Life, cause

NOWHERE: dict[str, object] = {"district_code": None, "ward_code": None}
SOMEWHERE: dict[str, object] = {"district_code": "17.71.02", "ward_code": "17.71.02.1001"}


def locating(life: Life, *, added: bool = True) -> c.Locate:
    assigning = None
    if added:
        seats = (
            e.Assignment(seat="dlh", role="lead"),
            e.Assignment(seat="lurah-x", role="territorial", clocks=(given.clock("lurah-x", life.now),)),
        )
        assigning = c.Assigning(assignments=seats, rule="placed", policy=1)
    matter = given.matter(**SOMEWHERE)
    return c.Locate(cause=cause("locate"), matter=matter, summary="Sampah di Kelurahan X", assigning=assigning)


def test_the_offices_see_it_and_clocks_that_run_go_on() -> None:
    life = given.assigned(**NOWHERE)
    assert isinstance(life.state, Working)
    before = life.state.desk.holds["dlh"]
    life.when(locating(life))
    assert isinstance(life.state, Working)
    assert [event.type for event in life.events[-2:]] == ["complaint.screened", "complaint.assigned"]
    assert life.state.desk.matter.ward_code == SOMEWHERE["ward_code"]
    assert life.state.desk.holds["dlh"] == before
    assert [clock.name for clock in life.state.desk.holds["lurah-x"].clocks] == ["first_response"]


def test_nobody_needs_to_be_added() -> None:
    life = given.assigned(**NOWHERE)
    life.when(locating(life, added=False))
    assert [event.type for event in life.events[-2:]] == ["complaint.assigned", "complaint.screened"]


@pytest.mark.parametrize("begun", [given.received, given.assigned, given.resolved])
def test_a_place_that_stands_or_a_matter_that_is_not_at_work_leads_to_nothing(begun: Callable[[], Life]) -> None:
    life = begun()
    events = len(life.events)
    life.when(locating(life))
    assert len(life.events) == events


def test_the_same_again_leads_to_nothing() -> None:
    life = given.assigned(**NOWHERE)
    life.when(locating(life))
    events = len(life.events)
    life.when(locating(life))
    assert len(life.events) == events
