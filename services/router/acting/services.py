"""Carries out that a service is off, and on again. Every command may be repeated: a refusal is remembered."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts import commands as outside
from services.contracts import ids
from services.contracts.city import City
from services.contracts.commands import CommandReply, Refusal
from services.contracts.facts import ServiceInterrupted
from services.router.acting import refusals
from services.router.acting.memory import Refused
from services.router.acting.permissions import RIGHTS, Who
from services.router.services_off import Interrupt, Interruption, Restore, ServicesOff
from services.runtime.deciding import Decider
from services.runtime.sealing import seal
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.contracts.facts import CityFact

    FactDeciding = Decider[Interruption, Interrupt | Restore, CityFact]

ServiceAction = outside.InterruptService | outside.RestoreService

HANDLING = "handling"


class ServiceActs:
    def __init__(
        self,
        *,
        facts: "FactDeciding",
        off: ServicesOff,
        vault: Vault,
        refused_before: Refused,
        clock: Callable[[], datetime],
    ) -> None:
        self.off = off
        self._facts = facts
        self._vault = vault
        self._refused = refused_before
        self._clock = clock

    async def carry_out(self, city: City, who: Who, command_id: str, action: ServiceAction) -> CommandReply:
        """The reply's `fact` is the interruption."""
        actor = f"seat:{who.seat}"
        cause = ids.command_key(await self._vault.id_key(city.id), city.id, actor, command_id)
        said = await self._refused.said(cause)
        if said is not None:
            return CommandReply(id=command_id, refusal=said)
        reply = await self._fact(city, who, command_id, action, cause)
        if reply.refusal is not None:
            await self._refused.keep(cause, reply.refusal, self._clock())
        return reply

    async def _fact(self, city: City, who: Who, command_id: str, action: ServiceAction, cause: str) -> CommandReply:
        actor = f"seat:{who.seat}"
        id_key = await self._vault.id_key(city.id)
        seat = city.seats.get(who.seat)
        if seat is None:
            return CommandReply(id=command_id, refusal=refusals.NO_SEAT)
        if not who.roles & RIGHTS[action.do].roles:
            return CommandReply(id=command_id, refusal=refusals.NOT_ALLOWED)
        command: Interrupt | Restore
        if isinstance(action, outside.InterruptService):
            if seat.kind == "agency" and action.function not in seat.functions:
                return CommandReply(id=command_id, refusal=refusals.NOT_YOUR_SERVICE)
            if any(code not in city.wards for code in action.ward_codes):
                return CommandReply(id=command_id, refusal=refusals.WARD_UNKNOWN)
            fact = ids.derive(id_key, "interruption", cause)
            key = (await self._vault.make_keys([(fact, HANDLING)]))[fact, HANDLING]
            command = Interrupt(
                ServiceInterrupted(
                    function=action.function,
                    ward_codes=action.ward_codes,
                    text=seal(key, cause, "text", action.text),
                    expected_end=action.expected_end,
                    by=who.seat,
                )
            )
        else:
            fact = action.interruption
            state, _ = await self._facts.load(city.id, fact)
            if seat.kind == "agency" and state.function is not None and state.function not in seat.functions:
                return CommandReply(id=command_id, refusal=refusals.NOT_YOUR_SERVICE)
            command = Restore(who.seat)
        outcome = await self._facts.execute(city.id, fact, command, cause=cause, actor=actor, at=self._clock())
        if isinstance(outcome, Refusal):
            return CommandReply(id=command_id, refusal=outcome)
        for event in outcome.events:
            await self.off.keep(event)  # so that the next command sees it; the follower of CITY keeps it too
        return CommandReply(id=command_id, n=outcome.n, fact=fact)
