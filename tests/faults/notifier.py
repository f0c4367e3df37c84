"""`python3 dev.py faults notifier`: everything that the notifier's providers, receipts and kills can do to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.cli.supervisor.ports import Ports
from tests.conftest import provisioned
from tests.faults import senders, surge
from tests.faults.outcome import Outcome
from tests.notifier.conftest import World, world_over


@dataclass(frozen=True)
class Size:
    """`people` of each kind of misbehaviour; `stride`: every how manieth await a sender is killed at."""

    people: int
    stride: int
    surge: surge.Size


FULL = Size(people=200, stride=1, surge=surge.Size(waiting=5000, others=50, per_second=80, within=600))
"""With the rates that WhatsApp allows a number."""

SHORT = Size(people=12, stride=9, surge=surge.Size(waiting=200, others=6, per_second=40, within=60))


@asynccontextmanager
async def world_in(folder: Path) -> AsyncIterator[World]:
    ports = Ports()
    try:
        async with provisioned(folder, ports.claim()) as stack, world_over(stack) as world:
            yield world
    finally:
        ports.release()


async def run(folder: Path, size: Size) -> Outcome:
    """One outcome over all of them; each is a note with its figures."""
    whole = Outcome("notifier")
    async with world_in(folder / "notifier") as world:
        for one in [await senders.misbehaving(world, kind, size.people) for kind in senders.RUNS]:
            add(whole, one)
        world.provider.arrived.clear()
        add(whole, await senders.killed(world, size.stride))
        world.provider.arrived.clear()
        add(whole, await surge.run(world, size.surge))
    return whole


def add(whole: Outcome, part: Outcome) -> None:
    whole.parts.append(part)
    whole.times += part.times
    whole.acknowledged += part.acknowledged
    whole.lost += part.lost
    whole.doubled += part.doubled
    whole.problems += [f"{part.fault}: {problem}" for problem in part.problems]
