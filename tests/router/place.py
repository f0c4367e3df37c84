"""A stack of one's own, on which routers are started and stopped at will."""

import asyncio
from dataclasses import dataclass
from functools import partial

from services.complaint import events as e
from services.contracts.envelope import Recorded
from services.router.app import NEEDS, build
from services.runtime.service import Service
from services.runtime.settings import Settings
from tests.conftest import Stack
from tests.router.harness import MovingClock, Town

CITY = "bengkulu"


def settings_of(stack: Stack, service: str) -> Settings:
    given = stack.installation.environment(service)
    return Settings.model_validate({name.removeprefix("TUNTAS_").lower(): value for name, value in given.items()})


@dataclass
class Place:
    """A stack of one's own, on which routers are started and stopped at will."""

    town: Town
    stack: Stack
    clock: MovingClock
    seats_every: float = 1e9
    """Seconds."""

    async def start(self) -> tuple[Service, "asyncio.Task[None]"]:
        service = Service("router", settings_of(self.stack, "router"))
        return service, asyncio.create_task(
            service.run(partial(build, clock=self.clock, seats_every=self.seats_every), NEEDS)
        )

    async def breaches(self, complaint: str, times: int = 2) -> list[Recorded[e.Event]]:
        """Both seats' first responses, once each."""
        found = await self.town.until(CITY, complaint, "complaint.clock_breached", times)
        return [event for event in found if isinstance(event.data, e.ClockBreached)]


async def stop(service: Service, running: "asyncio.Task[None]") -> None:
    service.stop.set()
    await running
