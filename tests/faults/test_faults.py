"""Short forms of every fault. What they count is in `catalogue`; the full forms run by `python3 dev.py faults`."""

from pathlib import Path

import pytest

from tests.faults.catalogue import IN_FOLDER, ON_STACK, SHORT
from tests.faults.outcome import CannotHappenHere, Outcome
from tests.faults.stack import Stack


def _holds(outcome: Outcome) -> None:
    assert outcome.holds, "\n".join([*outcome.problems, *outcome.notes])
    assert outcome.acknowledged, "nothing was acknowledged, so nothing was proven"


async def test_repeated_and_shuffled_deliveries_lead_to_each_message_once(whole: Stack) -> None:
    _holds(await ON_STACK["deliveries"](whole, SHORT))


async def test_guests_do_nothing_but_what_they_are_for(whole: Stack) -> None:
    _holds(await ON_STACK["credentials"](whole, SHORT))


async def test_a_poisoned_complaint_is_set_aside_and_finished_once_the_cause_is_mended(whole: Stack) -> None:
    _holds(await ON_STACK["poison"](whole, SHORT))


async def test_work_goes_on_by_itself_after_postgres_was_away(whole: Stack) -> None:
    _holds(await ON_STACK["postgres-away"](whole, SHORT))


async def test_work_goes_on_by_itself_after_nats_was_away(whole: Stack) -> None:
    _holds(await ON_STACK["nats-away"](whole, SHORT))


async def test_nothing_acknowledged_is_lost_when_parts_are_killed_under_load(whole: Stack) -> None:
    _holds(await ON_STACK["kills"](whole, SHORT))


async def test_a_retry_whose_event_already_stands_finds_it(short_folder: Path) -> None:
    _holds(await IN_FOLDER["retry"](short_folder, SHORT))


async def test_a_power_cut_takes_nothing_that_was_acknowledged(short_folder: Path) -> None:
    try:
        outcome = await IN_FOLDER["powercut"](short_folder, SHORT)
    except CannotHappenHere as why:
        pytest.skip(f"not tried on this machine: {why}")
    _holds(outcome)


async def test_no_trace_of_a_reporter_stands_in_clear_and_none_at_all_after_erasure(short_folder: Path) -> None:
    _holds(await IN_FOLDER["canary"](short_folder, SHORT))
