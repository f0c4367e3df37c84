"""Looking again and again: at once while there is more, woken, waiting out what is away."""

import asyncio

import pytest

from services.runtime.failures import Away
from services.runtime.rounds import rounds

NEVER = 3600.0


async def test_it_looks_again_at_once_while_there_is_more() -> None:
    stop, looks = asyncio.Event(), 0

    async def look() -> bool:
        nonlocal looks
        looks += 1
        if looks == 3:
            stop.set()
        return looks < 3

    await asyncio.wait_for(rounds(look, stop, NEVER, waits="work_waits"), 30)
    assert looks == 3


async def test_it_is_woken_before_its_time_and_ends_while_it_waits() -> None:
    stop, wake, looked = asyncio.Event(), asyncio.Event(), asyncio.Queue[None]()

    async def look() -> None:
        looked.put_nowait(None)

    running = asyncio.create_task(rounds(look, stop, NEVER, waits="work_waits", wake=wake))
    for _ in range(3):
        await asyncio.wait_for(looked.get(), 30)
        wake.set()
    stop.set()
    await asyncio.wait_for(running, 30)


async def test_news_that_come_while_it_looks_are_looked_at() -> None:
    stop, wake, looks = asyncio.Event(), asyncio.Event(), 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            wake.set()
        else:
            stop.set()

    await asyncio.wait_for(rounds(look, stop, NEVER, waits="work_waits", wake=wake), 30)
    assert looks == 2


async def test_what_is_away_is_waited_for() -> None:
    stop, looks = asyncio.Event(), 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise Away
        stop.set()

    await asyncio.wait_for(rounds(look, stop, 0.01, waits="work_waits"), 30)
    assert looks == 2


async def test_an_error_of_its_own_is_raised() -> None:
    async def look() -> None:
        raise ValueError("a mistake")

    with pytest.raises(ValueError, match="a mistake"):
        await rounds(look, asyncio.Event(), NEVER, waits="work_waits")
