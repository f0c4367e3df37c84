"""Short forms of the faults that one stack can bear. What they count is in `catalogue`; the full forms are run by
`python3 dev.py faults`."""

from tests.faults.catalogue import ON_STACK, SHORT
from tests.faults.outcome import must_hold
from tests.faults.stack import Stack


async def test_repeated_and_shuffled_deliveries_lead_to_each_message_once(whole: Stack) -> None:
    must_hold(await ON_STACK["deliveries"](whole, SHORT))


async def test_guests_do_nothing_but_what_they_are_for(whole: Stack) -> None:
    must_hold(await ON_STACK["credentials"](whole, SHORT))


async def test_a_poisoned_complaint_is_set_aside_and_finished_once_the_cause_is_mended(whole: Stack) -> None:
    must_hold(await ON_STACK["poison"](whole, SHORT))


async def test_work_goes_on_by_itself_after_postgres_was_away(whole: Stack) -> None:
    must_hold(await ON_STACK["postgres-away"](whole, SHORT))


async def test_work_goes_on_by_itself_after_nats_was_away(whole: Stack) -> None:
    must_hold(await ON_STACK["nats-away"](whole, SHORT))


async def test_nothing_acknowledged_is_lost_when_parts_are_killed_under_load(whole: Stack) -> None:
    must_hold(await ON_STACK["kills"](whole, SHORT))
