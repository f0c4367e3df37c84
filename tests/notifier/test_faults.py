"""Short forms of `python3 dev.py faults notifier`."""

from tests.faults import senders, surge
from tests.faults.outcome import Outcome
from tests.notifier.conftest import World


def holds(outcome: Outcome) -> None:
    assert outcome.holds, "\n".join([*outcome.problems, *outcome.notes])


async def test_everybody_hears_once_whatever_the_provider_does(world: World) -> None:
    holds(await senders.misbehaving(world, senders.RUNS[-1], 8))


async def test_a_sender_killed_on_its_way_leaves_nobody_without_and_nobody_twice(world: World) -> None:
    outcome = await senders.killed(world, stride=17)
    holds(outcome)
    assert outcome.times > 3, "senders were killed"


async def test_a_surge_keeps_to_rates_and_money_and_lets_danger_go_first(world: World) -> None:
    holds(await surge.run(world, surge.Size(waiting=100, others=5, per_second=60, within=40)))
