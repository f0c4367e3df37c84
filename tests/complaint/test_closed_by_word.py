"""RAHASIA and ANONIM said while the machine reads: no screening lowers what the reporter raised."""

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from tests.complaint import given
from tests.complaint.given import cause


def raised(level: str) -> given.Life:
    life = given.received()
    life.when(c.RaiseConfidentiality(cause=cause("raise"), by="reporter:1", level=level))  # type: ignore[arg-type]
    return life


@pytest.mark.parametrize(("level", "goes_on"), [("anonymous", True), ("secret", False)])
def test_a_proposal_of_before_the_word_lowers_nothing(level: str, goes_on: bool) -> None:
    life = raised(level)
    straight = given.assigning(life.now)
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=given.proposal(1), straight=straight))
    assert life.state.file.confidentiality == level  # type: ignore[union-attr]
    assert any(isinstance(event.data, e.ComplaintAssigned) for event in life.events) is goes_on
