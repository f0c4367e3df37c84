"""Staff lift the day's stop while messages are being put off for want of money: none of them is left behind."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from services.notifier.delivery.stuck import Stuck
from tests.faults.senders import planned
from tests.notifier.conftest import CITY, World

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC).date()
"""The day whose stop is lifted: today's money stays as it is for everybody else."""


async def put_off(world: World, ago: timedelta) -> str:
    """A notice that was put off for want of money so long ago, to be looked at again in five minutes."""
    complaint, _ = await world.opens()
    notice = await planned(world, complaint)
    await world.reader.execute(
        "update delivery.notice set status = 'deferred', reason = 'budget', updated_at = now() - $2::interval, "
        "next_at = now() + interval '5 minutes' where id = $1",
        notice,
        ago,
    )
    return notice


async def waits(world: World, notice: str) -> bool:
    return bool(await world.reader.fetchval("select next_at > now() from delivery.notice where id = $1", notice))


@pytest.mark.parametrize(
    ("ago", "freed"),
    [(timedelta(minutes=4), True), (timedelta(0), True), (timedelta(minutes=-2), False)],
    ids=["put off before", "put off just behind it", "put off later: that money is gone, too"],
)
async def test_lifting_the_stop_frees_also_what_was_put_off_at_that_moment(
    world: World, ago: timedelta, freed: bool
) -> None:
    staff = await asyncpg.connect(world.stack.installation.vault_url("tuntas_reporting"))
    admin = await asyncpg.connect(world.stack.installation.server.database("tuntas_vault"))
    try:
        await staff.execute(
            "insert into delivery.lifted (city, day, by_whom, why) values ($1, $2, 'seat:sekda', 'banjir')",
            CITY,
            LONG_AGO,
        )
        notice = await put_off(world, ago)
        assert await waits(world, notice)
        await Stuck(world.reader).freed()
        assert await waits(world, notice) is not freed
        await world.reader.execute("update delivery.notice set status = 'skipped' where id = $1", notice)
    finally:
        await admin.execute("delete from delivery.lifted where day = $1", LONG_AGO)
        await staff.close()
        await admin.close()
