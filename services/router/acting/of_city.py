"""Commands about the city itself and not about a complaint: LIVE sessions, accounts. Each may be repeated."""

from collections.abc import Callable
from datetime import datetime

from services.contracts import commands as outside
from services.contracts import ids
from services.contracts.city import City
from services.contracts.commands import CommandReply, Refusal
from services.contracts.facts.doors import AccountCompromised, AccountTrusted, DoorFact
from services.router.accounts.facts import DoorDecider, door_key
from services.router.accounts.marking import Marking
from services.router.acting import refusals
from services.router.acting.live import HANDLING, LiveActs, SessionAction
from services.router.acting.permissions import RIGHTS, Who
from services.router.live.sessions import Sessions
from services.runtime.sealing import seal
from services.runtime.vault import Vault

AccountAction = outside.DeclareCompromised | outside.TrustAccount
CityAction = SessionAction | AccountAction


class OfCity:
    def __init__(
        self, *, live: LiveActs, sessions: Sessions, doors: DoorDecider, marking: Marking, vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self.sessions = sessions
        self._live = live
        self._doors = doors
        self.marking = marking
        self._vault = vault
        self._clock = clock

    async def carry_out(self, city: City, who: Who, command: str, action: CityAction) -> CommandReply:
        """The reply's `fact` is the session, or the door. What was said is known here when this returns."""
        if isinstance(action, AccountAction):
            reply = await self._account(city, who, command, action)
            await self.marking.look()
        else:
            reply = await self._live.carry_out(city, who, command, action)
            await self.sessions.look()
        return reply

    async def _account(self, city: City, who: Who, command: str, action: AccountAction) -> CommandReply:
        if who.seat not in city.seats:
            return CommandReply(id=command, refusal=refusals.NO_SEAT)
        if not who.roles & RIGHTS[action.do].roles:
            return CommandReply(id=command, refusal=refusals.NOT_ALLOWED)
        if action.door not in {door.id for door in city.doors}:
            return CommandReply(id=command, refusal=refusals.NO_DOOR)
        actor, id_key = f"seat:{who.seat}", await self._vault.id_key(city.id)
        cause = ids.command_key(id_key, city.id, actor, command)
        fact: DoorFact = AccountTrusted(by=who.seat)
        if isinstance(action, outside.DeclareCompromised):
            owner, reason = door_key(id_key, action.door), None
            if action.reason is not None:
                key = (await self._vault.make_keys([(owner, HANDLING)]))[owner, HANDLING]
                reason = seal(key, cause, "reason", action.reason)
            fact = AccountCompromised(since=action.since, reason=reason, by=who.seat)
        outcome = await self._doors.execute(city.id, action.door, fact, cause=cause, actor=actor, at=self._clock())
        if isinstance(outcome, Refusal):
            return CommandReply(id=command, refusal=outcome)
        return CommandReply(id=command, n=outcome.n, fact=action.door)
