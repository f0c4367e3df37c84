"""Carries out what an administrator says of who holds a seat. A command may be repeated: it is said once."""

from collections.abc import Callable
from datetime import datetime

from services.contracts import commands as outside
from services.contracts import ids
from services.contracts.city import City
from services.contracts.commands import CommandReply, Refusal
from services.router.acting import refusals
from services.router.acting.permissions import RIGHTS, Who
from services.router.seats.naming import Naming, Saying
from services.runtime.vault import Vault

SittingAction = outside.HoldSeat | outside.VacateSeat


class SeatActs:
    def __init__(self, naming: Naming, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._naming = naming
        self._vault = vault
        self._clock = clock

    async def carry_out(self, city: City, who: Who, command: str, action: SittingAction) -> CommandReply:
        """The reply's `fact` is the seat."""
        now = self._clock()
        refusal = _refused(city, who, action, now)
        if refusal is not None:
            return CommandReply(id=command, refusal=refusal)
        actor = f"seat:{who.seat}"
        cause = ids.command_key(await self._vault.id_key(city.id), city.id, actor, command)
        since = action.since or now
        said = Saying(city.id, action.seat, who.seat, cause, actor, now)
        if isinstance(action, outside.HoldSeat):
            name = action.name.strip()
            n = await self._naming.hold(said, name, since=since, until=action.until, acting=action.acting)
        else:
            n = await self._naming.vacate(said, since=since)
        return CommandReply(id=command, n=n, fact=action.seat)


def _refused(city: City, who: Who, action: SittingAction, now: datetime) -> Refusal | None:
    if who.seat not in city.seats:
        return refusals.NO_SEAT
    if not who.roles & RIGHTS[action.do].roles:
        return refusals.NOT_ALLOWED
    if action.seat not in city.seats:
        return refusals.unknown_seat("seat")
    if isinstance(action, outside.HoldSeat) and action.until is not None and action.until <= (action.since or now):
        return refusals.ENDS_BEFORE
    return None
