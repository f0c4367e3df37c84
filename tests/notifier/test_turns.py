"""An entry of OUTBOUND is a turn: what becomes of one that was used for somebody else while it waited."""

import asyncio
from typing import Any

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.ids import message_key
from tests.complaint.given import proposal
from tests.notifier.conftest import CITY, DOOR, World
from tests.notifier.settling import settled


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

    found: list[dict[str, Any]] = await world.until(all_there, patience=60)
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


async def test_a_first_word_goes_before_the_further_news_of_others(world: World) -> None:
    async with world.notifier(channels=()) as app:
        waits, _ = await world.opens()
        await world.assigns(waits)
        first, news = await planned(world, waits, 2)
        await app.deliverer.deliver(first["id"])
        other, _ = await world.opens()
        (word,) = await planned(world, other, 1)
        elsewhere = await world.reader.fetch("select id from delivery.notice where owner <> all($1)", [waits, other])
        best = await app.deliverer._store.best(CITY, DOOR, [row["id"] for row in elsewhere], 5)
        assert [one.id for one in best] == [word["id"], news["id"]], "although the news was there before"
        await app.deliverer.deliver(word["id"])
        await app.deliverer.deliver(news["id"])
    async with world.notifier():
        await settled(world, waits, "read", "read")
        await settled(world, other, "read")


async def test_who_may_still_be_writing_is_asked_later_and_takes_no_turn_until_then(world: World) -> None:
    async with world.notifier() as _:
        complaint, phone = await world.opens()
        somewhere = e.ScreeningProposed.model_validate(
            {**proposal().model_dump(), "whereabouts": e.Whereabouts(how="none", ask=True)}
        )
        cause = message_key(world.id_key, CITY, "test", complaint)
        await world.does(complaint, c.ProposeScreening(cause=cause, proposal=somewhere, straight=None))

        async def question() -> Any:
            rows = await world.reader.fetch(
                "select id, status, reason from delivery.notice where owner = $1 and template = 'where'", complaint
            )
            return rows[0] if rows else None

        asks = await world.until(question, patience=60)
        assert (asks["status"], asks["reason"]) == ("deferred", "later")
        await settled(world, complaint, "read")
        assert len(world.arrived(phone)) == 1
        entries = await world.reader.fetch("select 1 from delivery.attempt where notice = $1", asks["id"])
        assert not entries
