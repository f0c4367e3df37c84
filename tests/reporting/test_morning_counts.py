"""The leaders' morning counts: asked by the notifier with its own rights, over the broker, counted in the tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from nats.aio.msg import Msg

from services.contracts.mornings import Morning, MorningRequest
from services.notifier.mornings import asking
from services.notifier.templates.morning import five_lines
from services.reporting.mornings import Mornings
from services.runtime.commands import Request
from tests.reporting.conftest import House

CITY = "bengkulu"


@asynccontextmanager
async def counting(house: House) -> AsyncIterator[None]:
    """Reporting's side, with reporting's own credentials."""
    client = await house.stack.connect("reporting")
    mornings = Mornings(house.pool, house.stack.cities, house.clock)

    async def answer(message: Msg) -> None:
        wanted = MorningRequest.model_validate_json(message.data)
        found = await mornings.answer(Request(message.subject, wanted))
        await client.publish(message.reply, found.model_dump_json().encode())

    await client.subscribe("figures.*.morning", queue="reporting", cb=answer)
    await client.flush()
    yield
    await client.close()


async def test_what_leaders_read_is_what_the_tables_count_and_nothing_is_made_up(house: House) -> None:
    client = await house.stack.connect("notifier")
    ask = asking(client)
    wanted = MorningRequest(since=house.clock() - timedelta(days=1), seats=("perkim",))

    async def counted() -> Morning:
        found = await ask(CITY, wanted)
        assert found is not None
        return found

    assert await asking(client, seconds=0.5)(CITY, wanted) is None, "nobody answers yet"
    async with counting(house):
        before = await counted()
        await (await (await house.teller.begin()).screened(due=timedelta(hours=-1))).breached()
        await (await (await house.teller.begin()).screened()).resolved()
        await (await house.teller.begin()).screened(urgency="danger")
        await house.follow()
        after = await counted()
    await client.close()
    assert (after.new - before.new, after.late - before.late) == (3, 1)
    assert (after.resolved - before.resolved, after.danger - before.danger) == (1, 1)
    assert after.lists["perkim"].late - before.lists["perkim"].late == 1
    city = house.stack.cities[CITY]
    said = five_lines(city, "Wali Kota", after, "https://tuntas.example/papan").text
    assert f"1. Baru: {after.new} " in said
    assert f"5. Bahaya jiwa: {after.danger} " in said
