"""Short forms of the faults that bring a stack of their own, or none."""

from pathlib import Path

import pytest

from tests.faults.catalogue import IN_FOLDER, SHORT
from tests.faults.outcome import CannotHappenHere, must_hold


async def test_a_retry_whose_event_already_stands_finds_it(short_folder: Path) -> None:
    must_hold(await IN_FOLDER["retry"](short_folder, SHORT))


async def test_a_power_cut_takes_nothing_that_was_acknowledged(short_folder: Path) -> None:
    try:
        outcome = await IN_FOLDER["powercut"](short_folder, SHORT)
    except CannotHappenHere as why:
        pytest.skip(f"not tried on this machine: {why}")
    must_hold(outcome)


async def test_no_trace_of_a_reporter_stands_in_clear_and_none_at_all_after_erasure(short_folder: Path) -> None:
    must_hold(await IN_FOLDER["canary"](short_folder, SHORT))
