"""Carries out what is asked of a LIVE session itself. Every command of it may be repeated."""

from collections.abc import Callable
from datetime import datetime

from services.contracts import commands as outside
from services.contracts import ids
from services.contracts.city import City
from services.contracts.commands import CommandReply, Refusal
from services.contracts.facts.live import LiveCheckedIn, LiveEnded, LiveFact, LivePlanned, LiveRosterSet, LiveStarted
from services.router.acting import refusals
from services.router.acting.permissions import RIGHTS, Who
from services.router.live.facts import LiveDecider
from services.runtime.sealing import seal
from services.runtime.vault import Vault

SessionAction = (
    outside.PlanLive | outside.SetLiveRoster | outside.CheckInLive | outside.StartLive | outside.EndLive
)  # fmt: skip

HANDLING = "handling"


class LiveActs:
    def __init__(self, facts: LiveDecider, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._facts = facts
        self._vault = vault
        self._clock = clock

    async def carry_out(self, city: City, who: Who, command: str, action: SessionAction) -> CommandReply:
        """The reply's `fact` is the session."""
        refusal = _refused(city, who, action)
        if refusal is not None:
            return CommandReply(id=command, refusal=refusal)
        actor, id_key = f"seat:{who.seat}", await self._vault.id_key(city.id)
        cause = ids.command_key(id_key, city.id, actor, command)
        if isinstance(action, outside.PlanLive):
            session = ids.derive(id_key, "session", cause)
            fact: LiveFact = await self._planned(action, session, cause, who)
        else:
            session, fact = action.session, _fact(action, who)
        outcome = await self._facts.execute(city.id, session, fact, cause=cause, actor=actor, at=self._clock())
        if isinstance(outcome, Refusal):
            return CommandReply(id=command, refusal=outcome)
        return CommandReply(id=command, n=outcome.n, fact=session)

    async def _planned(self, action: outside.PlanLive, session: str, cause: str, who: Who) -> LivePlanned:
        """The title is sealed with the session's own key before anything is appended."""
        title = None
        if action.title is not None:
            key = (await self._vault.make_keys([(session, HANDLING)]))[session, HANDLING]
            title = seal(key, cause, "title", action.title)
        roster = tuple(dict.fromkeys((action.host, *action.roster)))
        return LivePlanned(
            platform=action.platform, host=action.host, title=title, planned_for=action.planned_for, roster=roster,
            by=who.seat,
        )  # fmt: skip


def _refused(city: City, who: Who, action: SessionAction) -> Refusal | None:
    if who.seat not in city.seats:
        return refusals.NO_SEAT
    if not who.roles & RIGHTS[action.do].roles:
        return refusals.NOT_ALLOWED
    if isinstance(action, outside.PlanLive) and action.host not in city.seats:
        return refusals.unknown_seat("host")
    named = action.roster if isinstance(action, outside.PlanLive | outside.SetLiveRoster) else ()
    return refusals.unknown_seat("roster") if any(seat not in city.seats for seat in named) else None


def _fact(
    action: outside.SetLiveRoster | outside.CheckInLive | outside.StartLive | outside.EndLive, who: Who
) -> LiveFact:
    match action:
        case outside.SetLiveRoster():
            return LiveRosterSet(roster=tuple(dict.fromkeys(action.roster)), by=who.seat)
        case outside.CheckInLive():
            return LiveCheckedIn(seat=who.seat)
        case outside.StartLive():
            return LiveStarted(by=who.seat)
        case outside.EndLive():
            return LiveEnded(by=who.seat)
