"""A policy that comes in force while an older one is applied has its turn: no open complaint keeps the older dates.

No database: which version was applied, in which order, is all there is to see."""

import asyncio
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from services.contracts.city import City
from services.router.clocks import applying
from services.router.clocks.applying import Applying
from tests.router.cities import read

CITY = "bengkulu"


def version(city: City, number: int) -> City:
    return city.model_copy(update={"policy": city.policy.model_copy(update={"version": number, "apply_to_open": True})})


class Applied(Applying):
    """Notes what it applies; `meanwhile` happens in the middle of the first."""

    def __init__(self, cities: dict[str, City], meanwhile: int | None) -> None:
        nothing = cast("Any", None)
        super().__init__(
            pool=nothing, cities=cities, scale=1.0, deciding=nothing, dossiers=nothing, vault=nothing,
            clock=lambda: datetime.now(UTC),
        )  # fmt: skip
        self.known = cities
        self.meanwhile = meanwhile
        self.done: list[int] = []

    async def apply(self, name: str, stop: asyncio.Event) -> bool:
        now = self.known[name].policy.version
        self.done.append(now)
        if self.meanwhile is not None:
            self.known[name] = version(self.known[name], self.meanwhile)
            self.meanwhile = None
            await self.hear(self.known[name])  # as `InForce` says it
        return not stop.is_set()


@pytest.mark.parametrize(("meanwhile", "applied"), [(None, [7]), (8, [7, 8])])
async def test_each_version_has_its_turn(
    monkeypatch: pytest.MonkeyPatch, meanwhile: int | None, applied: list[int]
) -> None:
    monkeypatch.setattr(applying, "SETTLING", 0.001)
    cities = {CITY: version(read(CITY), 7)}
    work = Applied(cities, meanwhile)
    await work.hear(cities[CITY])
    stop = asyncio.Event()
    task = asyncio.create_task(work.run(stop, every=0.001))

    async def through() -> None:
        while work._waiting:
            await asyncio.sleep(0.001)

    await asyncio.wait_for(through(), 30)
    stop.set()
    await task
    assert work.done == applied
