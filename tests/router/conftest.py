"""One router for all tests of this folder, run as in production but with a clock that tests move."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from services.cli.supervisor.ports import Ports
from services.router.app import NEEDS, build
from services.runtime.service import Service
from tests.conftest import provisioned
from tests.router.harness import MovingClock, Town
from tests.router.place import Place, settings_of

NEVER = 1e9
"""Seconds: tests that put the clock forward by weeks would find everybody's seat empty."""
_places = itertools.count(1)


@pytest_asyncio.fixture(scope="session")
async def town(home: Path, ports: Ports) -> AsyncIterator[Town]:
    """A stack of its own: a router that runs would take up what other tests put into the log."""
    async with provisioned(home / "router-stack", ports.claim()) as stack:
        clock = MovingClock()
        service = Service("router", settings_of(stack, "router"))
        running = asyncio.create_task(service.run(partial(build, clock=clock, seats_every=NEVER), NEEDS))
        found = await Town.make(stack, clock)
        while not service.health.state()[0]:
            assert not running.done(), "the router ended before it was ready"
            await asyncio.sleep(0.05)
        found.router = running
        yield found
        await found.close()
        service.stop.set()
        await running


@pytest.fixture(autouse=True)
def acting(request: pytest.FixtureRequest) -> None:
    """A router that ended says so in the first test that needs it, not as a silence in each."""
    if "town" in request.fixturenames:
        running = request.getfixturevalue("town").router
        if running is not None and running.done():
            running.result()
            pytest.fail("the shared stack's router has ended")


@pytest_asyncio.fixture
async def evidence(town: Town) -> str:
    """The reference of an upload that nobody has shown before, as intake would have stored it."""
    return await town.upload()


@pytest_asyncio.fixture
async def place(home: Path, ports: Ports) -> AsyncIterator[Place]:
    """Empty each time: policies and vacant seats of an earlier test would decide what happens in this one."""
    async with provisioned(home / f"place-{next(_places)}", ports.claim()) as stack:
        clock = MovingClock()
        town = await Town.make(stack, clock)
        yield Place(town, stack, clock)
        await town.close()
