"""Waiting for how a notice ends."""

from typing import Any

from tests.notifier.conftest import World


async def settled(world: World, owner: str, *wanted: str) -> list[str]:
    async def seen() -> Any:
        found = await world.statuses(owner)
        return found if found == list(wanted) else None

    try:
        return list(await world.until(seen))
    except TimeoutError:
        raise AssertionError(f"wanted {wanted}, stands at {await world.notices(owner)}") from None
