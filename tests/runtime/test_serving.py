"""A service acts or ends: what runs in it begins again whatever ended it, and what stands still is found."""

import asyncio
from dataclasses import dataclass
from typing import cast

import pytest

from services.runtime.follow import Follower
from services.runtime.serving import stuck, supervise


async def _cancelled_from_elsewhere() -> None:
    """A future that a library cancelled; whoever waits for it gets a CancelledError that nobody meant for him."""
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    future.cancel()
    await future


async def _error() -> None:
    raise ValueError("broken")


async def _nothing() -> None:
    return


@pytest.mark.parametrize("ending", [_cancelled_from_elsewhere, _error, _nothing])
async def test_what_ends_by_itself_begins_again(ending: object) -> None:
    begun = 0

    async def work(stop: asyncio.Event) -> None:
        nonlocal begun
        begun += 1
        if begun == 1:
            await ending()  # type: ignore[operator]
            return
        stop.set()

    async with asyncio.timeout(10):
        await supervise("test", work, asyncio.Event())
    assert begun == 2


async def test_who_is_told_to_end_ends() -> None:
    async def work(_stop: asyncio.Event) -> None:
        await asyncio.Event().wait()

    running = asyncio.create_task(supervise("test", work, asyncio.Event()))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


@dataclass
class Still:
    """A follower as `stuck` sees it."""

    answers: list[bool]
    stream: str = "COMPLAINTS"
    durable: str = "test"

    @property
    def alive(self) -> bool:
        return self.answers.pop(0) if self.answers else True


@pytest.mark.parametrize(
    ("answers", "there", "found"),
    [
        ([False] * 3, True, ["COMPLAINTS/test"]),
        ([True, False, False, False], True, ["COMPLAINTS/test"]),
        ([False, False, True, False, False], True, []),
        ([False] * 6, False, []),
    ],
)
async def test_standing_still_is_seen_after_several_looks_and_not_while_something_is_away(
    answers: list[bool], there: bool, found: list[str]
) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.2, stop.set)
    followers = [cast("Follower", Still(answers))]
    assert await stuck(followers, lambda: there, stop, every=0.001, times=3) == found
