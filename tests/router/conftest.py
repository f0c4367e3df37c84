"""One router for all tests of this folder, run as in production but with a clock that tests move."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest_asyncio

from services.cli.supervisor.ports import Ports
from services.router.app import NEEDS, build
from services.runtime.service import Service
from services.runtime.settings import Settings
from tests.conftest import Stack, provisioned
from tests.router.harness import MovingClock, Town


def settings_of(stack: Stack, service: str) -> Settings:
    given = stack.installation.environment(service)
    return Settings.model_validate({name.removeprefix("TUNTAS_").lower(): value for name, value in given.items()})


@pytest_asyncio.fixture(scope="session")
async def town(home: Path, ports: Ports) -> AsyncIterator[Town]:
    """A stack of its own: a router that runs would take up what other tests put into the log."""
    async with provisioned(home / "router-stack", ports.claim()) as stack:
        clock = MovingClock()
        service = Service("router", settings_of(stack, "router"))
        running = asyncio.create_task(service.run(partial(build, clock=clock), NEEDS))
        found = await Town.make(stack, clock)
        yield found
        await found.close()
        service.stop.set()
        await running


@pytest_asyncio.fixture
async def evidence(town: Town) -> str:
    """The reference of an upload that nobody has shown before, as intake would have stored it."""
    return await town.upload()
