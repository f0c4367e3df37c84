"""An entry of OUTBOUND is a turn: what becomes of one that was used for somebody else while it waited."""

import asyncio
from typing import Any

import pytest

from tests.notifier.conftest import CITY, DOOR, World
from tests.notifier.test_delivery import settled


class Held:
    """The pace of a number, at which one entry waits until it is let go."""

    def __init__(self) -> None:
        self.arrived, self.may_go = asyncio.Event(), asyncio.Event()

    async def turn(self) -> None:
        self.arrived.set()
        await self.may_go.wait()


async def planned(world: World, owner: str, count: int) -> list[dict[str, Any]]:
    async def all_there() -> Any:
        found = await world.notices(owner)
        return found if len(found) == count else None

    found: list[dict[str, Any]] = await world.until(all_there)
    return found


async def test_a_turn_that_waited_sends_nothing_twice_and_loses_nobodys(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own notice went out meanwhile by another entry; that entry's notice stands behind one that is in hand."""
    world.hold_receipts = True
    async with world.notifier(channels=()) as app:  # nobody takes the entries but this test
        first, _ = await world.opens()
        await world.assigns(first)
        in_hand, behind = await planned(world, first, 2)
        other, phone = await world.opens()
        (sent,) = await planned(world, other, 1)

        deliverer, held = app.deliverer, Held()
        with monkeypatch.context() as patch:
            patch.setattr(deliverer._doors[CITY, DOOR].pace, "turn", held.turn)
            late = asyncio.create_task(deliverer.turn(sent["id"]))
            await held.arrived.wait()
        await deliverer.deliver(sent["id"])
        await settled(world, other, "accepted")
        elsewhere = await world.reader.fetch("select id from delivery.notice where owner <> $1", first)
        deliverer._in_hand.update({in_hand["id"], *(row["id"] for row in elsewhere)})
        held.may_go.set()
        await late
        deliverer._in_hand.clear()

        assert await world.statuses(other) == ["accepted"]
        assert len(world.arrived(phone)) == 1
        again = (await world.notices(first))[1]
        assert (again["id"], again["reason"]) == (behind["id"], "behind"), "it waits for an entry that nobody has"
    await world.releases_receipts()
    async with world.notifier():
        await settled(world, first, "read", "read")
        await settled(world, other, "read")
