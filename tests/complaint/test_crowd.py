"""Whatever a crowd of offices does to a complaint, somebody has it, and nobody's part of it is lost."""

from itertools import pairwise

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.ledger import ledger
from services.complaint.state import Desk, Resolved, State, Working

from .crowd import drawn, lived
from .given import Life


@pytest.mark.parametrize("tens", range(0, 400, 10))
def test_whatever_offices_do_one_leads_or_a_coordinator_rules_and_no_part_is_lost(tens: int) -> None:
    for seed in range(tens, tens + 10):
        _lives(seed)


def _lives(seed: int) -> None:
    life = lived(drawn(seed), _look)
    entries = ledger(life.events)
    assert all(one.until is not None and one.until <= after.since for one, after in pairwise(entries))


def _look(before: State, command: c.Command, life: Life) -> None:
    if isinstance(before, Working) and isinstance(command, c.HandOff):
        desk = before.desk
        assert not desk.forced, "it had bounced so often that only a coordinator moves it"
        assert desk.lead not in desk.bound, "a ruling bound its lead"
    match life.state:
        case Working(desk=desk):
            _somebody_has_it(desk)
            _whoever_owes_something_has_a_clock_for_it(desk)
        case Resolved(desk=desk):
            assert not any(hold.clocks for hold in desk.holds.values())
        case _:
            pass


def _somebody_has_it(desk: Desk) -> None:
    leads = [seat for seat, hold in desk.holds.items() if hold.role == "lead"]
    returned = [one for one in desk.returns.values() if one.role == "lead"]
    assert len(leads) <= 1
    assert not (leads and returned), "what somebody leads again waits for no ruling on who does"
    if not leads and not returned:
        assert desk.round > 1, "reopened: the router assigns it anew"


def _whoever_owes_something_has_a_clock_for_it(desk: Desk) -> None:
    running = [(seat, k) for seat, hold in desk.holds.items() for k in hold.clocks]
    assert all(k.seat == seat for seat, k in running)
    assert len({(k.name, k.seat, k.started) for _, k in running}) == len(running)
    owed = {(k.name, k.seat, k.started) for _, k in running}
    for part in desk.subtasks.values():
        assert part.standing != "open" or ("subtask", part.seat, part.given) in owed
    if desk.round == 1:  # what a leader asked before it was said to be done needs no date any more
        for given_ in desk.instructions.values():
            assert given_.answered or ("instruction", given_.seat, given_.given) in owed
    if desk.submission is not None:
        assert desk.holds[desk.submission.seat].role in ("lead", "superior")


@pytest.mark.parametrize("seed", range(1000, 1150))
def test_each_missed_date_is_written_once_unless_it_was_put_off(seed: int) -> None:
    life = lived(drawn(seed))
    missed: set[tuple[str, str, int]] = set()
    for event in life.events:
        match event.data:
            case e.ClockBreached():
                identity = (event.data.clock, event.data.seat, event.data.started)
                assert identity not in missed
                assert event.at >= event.data.due
                missed.add(identity)
            case e.ExtensionRuled(ruling="granted"):
                missed -= {(m.name, m.seat, m.started) for m in event.data.moved}
            case _:
                continue
