"""What providers say afterwards, in every order: before our answer, twice, late, of messages that are nobody's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Literal, get_args

import pytest

from services.cli.standins.provider import Behaviour
from services.complaint import events as e
from services.contracts.city.template_forms import Use
from services.contracts.ids import message_key
from services.contracts.intake import StoredReceipt
from services.notifier.app import App
from services.notifier.sending import Accepted, Outcome, Outgoing
from tests.notifier.conftest import CITY, DOOR, World

Said = Literal["sent", "delivered", "read", "failed"]

# Name: what is said after the provider took it, and where the notice stands then.
ORDERS: dict[str, tuple[list[tuple[Said, str | None]], str]] = {
    "in order": ([("sent", None), ("delivered", None), ("read", None)], "read"),
    "read before delivered": ([("read", None), ("delivered", None), ("sent", None)], "read"),
    "everything twice": ([("sent", None), ("sent", None), ("delivered", None), ("delivered", None)], "delivered"),
    "failed after delivered": ([("delivered", None), ("failed", "131026")], "delivered"),
    "failed after read": ([("read", None), ("failed", "131000")], "read"),
    "failed, then read after all": ([("failed", "131000"), ("read", None)], "read"),
    "nobody there": ([("sent", None), ("failed", "131026")], "calling"),
    "nobody there, said twice": ([("failed", "131026"), ("failed", "131026")], "calling"),
    "a code that nobody knows, so it is tried again": ([("failed", "987654")], "accepted"),
    "no code at all": ([("failed", None)], "calling"),
    "codes that are none": ([("failed", "abc")], "calling"),
}


@asynccontextmanager
async def accepting(world: World) -> AsyncIterator[App]:
    """The provider takes everything and says nothing more of it by itself."""
    world.provider.behaviour = Behaviour(receipts=False)
    async with world.notifier() as app:
        yield app


async def taken(world: World) -> dict[str, Any]:
    """A notice that the provider has taken."""
    complaint, _ = await world.opens()

    async def accepted() -> Any:
        rows = await world.notices(complaint)
        return rows[0] if rows and rows[0]["status"] == "accepted" and rows[0]["fact"] == "told" else None

    row: dict[str, Any] = await world.until(accepted)
    return row


def said_of(row: dict[str, Any], status: Said, code: str | None = None, **other: Any) -> StoredReceipt:
    given = {
        "city": CITY, "channel": "whatsapp", "provider_key": row["provider_key"], "notice": row["id"],
        "status": status, "at": row["created_at"], "code": code,
    }  # fmt: skip
    return StoredReceipt.model_validate({**given, **other})


async def test_in_whatever_order_they_come_a_status_never_goes_back(world: World) -> None:
    async with accepting(world) as app:
        rows = {name: await taken(world) for name in ORDERS}
        for name, (said, _) in ORDERS.items():
            for status, code in said:
                await app.receipts.take([said_of(rows[name], status, code)])
        wanted = {name: at for name, (_, at) in ORDERS.items()}

        async def as_wanted() -> Any:
            found = {name: (await world.statuses(row["owner"]))[0] for name, row in rows.items()}
            return found == wanted

        await world.until(as_wanted)
        for name, row in rows.items():
            calls = await world.events(row["owner"], e.CallWanted)
            assert len(calls) == (wanted[name] == "calling"), name


async def test_what_is_said_of_others_messages_changes_nothing(world: World) -> None:
    async with accepting(world) as app:
        row = await taken(world)
        strange = message_key(world.id_key, CITY, "whatsapp", "wamid.OTHER")
        for other in (
            {"provider_key": strange, "notice": None},
            {"provider_key": strange, "notice": "z" * 26},
            {"provider_key": strange},  # an earlier attempt of the same notice
            {"channel": "telegram"},
            {"city": "kupang"},
        ):
            for status in get_args(Said):
                if other == {"provider_key": strange} and status != "failed":
                    continue  # that an earlier attempt arrived is as good
                await app.receipts.take([said_of(row, status, "131026", **other)])
        await app.receipts.take_early()
        assert await world.statuses(row["owner"]) == ["accepted"]


class Gate:
    """A sender whose answer to one person comes when it is let go. What earlier tests left is taken at once."""

    def __init__(self, provider_id: str) -> None:
        self.person: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.asked: asyncio.Future[Outgoing] = asyncio.get_running_loop().create_future()
        self.answers = asyncio.Event()
        self._id = provider_id

    async def send(self, outgoing: Outgoing) -> Outcome:
        if outgoing.to != await self.person:
            return Accepted(f"{self._id}-{outgoing.notice}")
        if not self.asked.done():
            self.asked.set_result(outgoing)
        await self.answers.wait()
        return Accepted(self._id)


@pytest.mark.parametrize("named", [True, False])
async def test_a_failure_that_overtakes_our_answer_is_not_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    """`named`: the provider gives our own id back with it."""
    async with world.notifier() as app:
        gate = Gate(f"wamid.EARLY-{named}")
        door = app.deliverer._doors[CITY, DOOR]
        monkeypatch.setitem(app.deliverer._doors, (CITY, DOOR), type(door)(gate, door.pace))
        complaint, phone = await world.opens()
        gate.person.set_result(phone)
        outgoing = await asyncio.wait_for(gate.asked, 30)
        key = message_key(world.id_key, CITY, "whatsapp", f"wamid.EARLY-{named}")
        [row] = await world.notices(complaint)
        given = {"provider_key": key, "notice": outgoing.notice if named else None}
        await app.receipts.take([said_of(row, "failed", "131026", **given)])
        [status] = await world.statuses(complaint)
        assert status in ("sending", "unknown")  # where the machine is slow the claim's time is over
        gate.answers.set()

        async def called() -> Any:
            return await world.events(complaint, e.CallWanted)

        [call] = await world.until(called)
    assert call.reason == "not_on_channel"


async def test_what_a_receipt_says_of_a_form_holds_for_everybody_and_for_both(world: World) -> None:
    async with accepting(world) as app:
        complaint, _ = await world.opens(heard=timedelta(days=2))

        async def accepted() -> Any:
            rows = await world.notices(complaint)
            return rows[0] if rows and rows[0]["status"] == "accepted" else None

        row = await world.until(accepted)
        door = app.deliverer._doors[CITY, DOOR]
        assert row["form"] == "template"
        assert door.refuses("template") is None
        await app.receipts.take([said_of(row, "failed", "132015")])
        shut = [door.refuses("template", use) for use in get_args(Use)]
        assert [one.reason if one else None for one in shut] == ["template_paused"] * len(get_args(Use))
