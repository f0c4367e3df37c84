"""A provider's stop is the account's, until the account's other messages show that it is one message."""

from collections.abc import Sequence
from typing import Any

import pytest

from services.cli.standins.provider import Behaviour
from services.notifier.blame import MOST, Blame
from services.notifier.senders.page import codes as page
from services.notifier.senders.whatsapp import codes as whatsapp
from services.notifier.sending import NotReached, Outcome, Passing, Stopped, WindowClosed
from tests.notifier.conftest import World
from tests.notifier.settling import settled


@pytest.mark.parametrize(
    ("heard", "blamed"),
    [
        (["stop a"], False),
        (["stop a", "stop a"], False),
        (["well", "stop a"], False),
        (["well", "stop a", "stop a"], False),
        (["stop a", "stop b", "stop a"], False),
        (["stop a", "well", "stop a"], True),
        (["stop a", "well", "stop b"], False),
        (["stop a", "well", "stop a", "stop a"], True),
        (["stop a", "well", "stop b", "stop a"], True),
    ],
)
def test_whom_a_stop_means(heard: Sequence[str], blamed: bool) -> None:
    now, last = 0.0, False

    def clock() -> float:
        return now

    blame = Blame(clock)
    for one in heard:
        now += 1
        if one == "well":
            blame.went_well()
        else:
            last = blame.stopped(one)
    assert last == blamed


def test_it_remembers_only_so_many() -> None:
    now = 0.0

    def clock() -> float:
        return now

    blame = Blame(clock)
    for number in range(MOST + 1):
        blame.stopped(str(number))
    now = 1.0
    blame.went_well()
    assert (blame.stopped("0"), blame.stopped(str(MOST))) == (False, True)


@pytest.mark.parametrize(
    ("outcome", "means"),
    [
        *(
            (whatsapp.outcome(code), Stopped("x"))
            for code in (0, 3, 10, 190, 200, 219, 299, 368, 131005, 131031, 131037)
        ),
        *((whatsapp.outcome(code), WindowClosed("window_closed")) for code in (131047, 470)),
        *((whatsapp.outcome(code), NotReached("message_refused", "x")) for code in (100, 131001, 131006, 131009)),
        (whatsapp.outcome(131043), NotReached("expired", "x")),
        *((whatsapp.outcome(code), Passing("x")) for code in (1, 2, 131000, 131016, 131057, 300, 199999)),
        (page.outcome(10, 2018300), Passing("x")),
        (page.outcome(200, 2018028), Stopped("x")),
        (page.outcome(551, 12), WindowClosed("not_available")),
    ],
)
def test_what_more_codes_mean(outcome: Outcome, means: Outcome) -> None:
    assert type(outcome) is type(means)
    if isinstance(outcome, NotReached | WindowClosed):
        assert isinstance(means, NotReached | WindowClosed)
        assert outcome.reason == means.reason


async def test_one_message_that_the_provider_forbids_does_not_hold_up_a_city(world: World) -> None:
    forbidden, its_phone = await world.opens()
    world.provider.behaviour = Behaviour(forbidden=[its_phone])
    async with world.notifier():

        async def stopped() -> Any:
            rows = await world.notices(forbidden)
            return rows and rows[0]["attempts"] > 0

        await world.until(stopped)
        other, _ = await world.opens()
        await settled(world, other, "read")

        async def given_up() -> Any:
            [row] = await world.notices(forbidden)
            return "free:provider_fails" in row["tried"]

        await world.until(given_up)
        late, _ = await world.opens()
        await settled(world, late, "read")
    assert world.arrived(its_phone) == []
