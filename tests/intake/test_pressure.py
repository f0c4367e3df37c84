"""The door goes before the queue, and the queue is never left standing."""

import asyncio
import time

from services.intake.doors.pressure import BUSY, LONGEST, Pressure


def rush(pressure: Pressure, calls: int = BUSY) -> None:
    for _ in range(calls):
        pressure.__enter__()


async def spent(pressure: Pressure) -> float:
    began = time.monotonic()
    async with asyncio.timeout(LONGEST + 10):
        await pressure.give_way()
    return time.monotonic() - began


async def at_once(pressure: Pressure) -> bool:
    """Without giving the loop away even once, so that a slow machine makes no difference."""
    going = asyncio.ensure_future(pressure.give_way())
    await asyncio.sleep(0)
    done = going.done()
    going.cancel()
    return done


async def test_in_a_rush_the_drain_rests_for_a_multiple_of_its_work_and_then_goes_on() -> None:
    pressure = Pressure()
    rush(pressure)
    pressure.worked(0.05)
    assert await spent(pressure) >= 0.14
    assert await at_once(pressure), "the rest is over although the rush is not"


async def test_a_few_calls_are_no_rush_and_nobody_rests() -> None:
    pressure = Pressure()
    rush(pressure, BUSY - 1)
    pressure.worked(60)
    assert await at_once(pressure)


async def test_the_rest_ends_with_the_rush() -> None:
    pressure = Pressure()
    rush(pressure)
    pressure.worked(60)
    resting = asyncio.create_task(pressure.give_way())
    await asyncio.sleep(0.02)
    assert not resting.done()
    pressure.__exit__(None, None, None)
    async with asyncio.timeout(LONGEST / 2):
        await resting


async def test_however_long_a_batch_took_the_rest_has_an_end() -> None:
    pressure = Pressure()
    rush(pressure)
    pressure.worked(3600)
    assert await spent(pressure) >= LONGEST - 0.01
