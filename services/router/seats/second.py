"""Whether two seats are two people: an acting holder (Plt.) of a second seat is no second person."""

from collections.abc import Callable
from datetime import datetime

from services.contracts.facts.seats import SeatHeld
from services.router.seats import facts
from services.runtime.log import Log
from services.runtime.opener import Opener
from services.runtime.vault import Vault


class SecondPerson:
    """Reads the facts when it is asked: that is rare, and the names are sealed."""

    def __init__(self, log: Log, vault: Vault, clock: Callable[[], datetime]) -> None:
        """`log`: CITY."""
        self._facts = facts.decider(log, vault, clock)
        self._opener = Opener(vault)

    async def same(self, city: str, one: str, other: str) -> bool:
        """One name on both seats. Where nobody was named, two seats are taken for two people."""
        names = [await self._holder(city, seat) for seat in (one, other)]
        return one == other or (names[0] is not None and names[0] == names[1])

    async def _holder(self, city: str, seat: str) -> str | None:
        sitting, _ = await self._facts.load(city, seat)
        if sitting.held is None or not isinstance(sitting.held.data, SeatHeld):
            return None
        name = await self._opener.open(sitting.held.data.holder, sitting.held.causation, "holder")
        return None if name is None else " ".join(name.casefold().split())
