"""Sends one notice: intent before, outcome after, and whatever the outcome asks for next.

The crash table. Before `begin`: nothing happened, it is published again. Between `begin` and the outcome: it becomes
unknown, and the provider's receipt (which carries our id) tells. After the outcome: only the fact is missing, and the
sweeper appends it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import assert_never, cast

from services.contracts.ids import message_key
from services.contracts.intake import AskKind
from services.notifier import ladder
from services.notifier.delivery.rows import Fact, Notice
from services.notifier.delivery.store import Store
from services.notifier.facts import Facts
from services.notifier.farewells import Farewells
from services.notifier.pace import Pace
from services.notifier.sending import (
    Accepted,
    Form,
    Lost,
    NotReached,
    Outcome,
    Outgoing,
    Passing,
    Sender,
    Slow,
    Stopped,
    WindowClosed,
)
from services.notifier.telling import Teller, Told, TooEarly
from services.runtime import logs, telemetry
from services.runtime.failures import is_infrastructure
from services.runtime.vault import Contact, Vault

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    queue: float = 30
    """A queued notice that OUTBOUND does not hold any more is published again after this."""
    lease: float = 90
    """A claimed one without an outcome is unknown after this; longer than the provider's time limit."""
    silent: float = 180
    """An unknown one that no receipt came for is sent again after this, if others' receipts came meanwhile …"""
    hold: float = 3600
    """… and after this in any case: told twice is a smaller harm than never told."""
    fact: float = 10
    pauses: tuple[float, ...] = (5, 30, 120, 600, 1800, 3600)
    """After each attempt that counts; when they are used up the person was not reached."""
    stopped: float = 60
    in_place: float = 5
    """How long a message waits in hand while its number is paused, before it waits in the table."""


@dataclass(frozen=True, slots=True)
class Door:
    """A sender with the pace of its number."""

    sender: Sender
    pace: Pace


class Deliverer:
    def __init__(
        self,
        *,
        store: Store,
        vault: Vault,
        teller: Teller,
        facts: Facts,
        farewells: Farewells,
        doors: Mapping[tuple[str, str], Door],
        clock: Callable[[], datetime],
        patience: Patience,
    ) -> None:
        self._store = store
        self._vault = vault
        self._teller = teller
        self._facts = facts
        self._farewells = farewells
        self._doors = doors
        self._clock = clock
        self._patience = patience

    async def deliver(self, notice_id: str) -> None:
        """Do what there is to do for one notice now; harmless to repeat. Raises infrastructure errors only."""
        notice = await self._store.get(notice_id)
        if notice is None or not notice.waits:
            return
        with telemetry.span("deliver", {"tuntas.complaint": notice.owner, "tuntas.template": notice.template}):
            try:
                await self._deliver(notice)
            except TooEarly as early:
                await self._store.defer(notice.id, early.seconds, "early")
            except Exception as error:
                if is_infrastructure(error):
                    raise
                _log.error("notice_fails", notice=notice.id, complaint=notice.owner, error=error)
                await self._counted(notice, "internal", type(error).__qualname__)

    async def _deliver(self, notice: Notice) -> None:
        door = self._doors.get((notice.city, notice.door))
        if door is None:
            await self.give_up(notice, "no_sender")
            return
        if door.pace.paused > 0:
            # Waiting here and not in the table: a queue of a whole outage would else be turned over again and again.
            await asyncio.sleep(min(door.pace.paused, self._patience.in_place))
            if (paused := door.pace.paused) > 0:
                await self._store.defer(notice.id, paused, "paused")
                return
        if notice.behind:  # what was said first is heard first
            await self._store.defer(notice.id, 1.0, "behind")
            return
        contact = await self._contact(notice)
        if contact is None:
            await self._store.end(notice.id, "dropped", "no_contact")
            return
        if (wait := door.pace.wait_for(contact.address)) > 0:
            await self._store.defer(notice.id, wait, "pace")
            return
        told = await self.words(notice)
        if told is None:
            await self._store.end(notice.id, "skipped", "overtaken")
            return
        await self._climb(notice, contact, told, door)

    async def _contact(self, notice: Notice) -> Contact | None:
        """Read when sending, so that whoever was erased meanwhile gets nothing but the word that it is done."""
        contact = await self._vault.contact(notice.owner, notice.party)
        if contact is None and notice.template == "erased":
            return self._farewells.take(notice.owner, notice.party)
        return contact

    async def words(self, notice: Notice) -> Told | None:
        if notice.asked is not None:
            kind = cast("AskKind", notice.template)
            return await self._teller.answer(notice.city, notice.door, kind, notice.asked)
        assert notice.about is not None
        return await self._teller.notice(notice.city, notice.door, notice.owner, notice.template, notice.about)

    async def _climb(self, notice: Notice, contact: Contact, told: Told, door: Door) -> None:
        """Rung by rung until one holds or there is none left."""
        form: Form | None = notice.form or ladder.first(contact.last_heard_at, self._clock())
        while form is not None:
            await door.pace.turn()
            number = await self._store.begin(notice.id, form, self._patience.lease)
            if number is None:
                return
            outcome = await door.sender.send(Outgoing(notice.id, contact.address, form, told.ticket, told.rendered))
            name, code = _name(outcome)
            if isinstance(outcome, Slow) and not outcome.whole:
                door.pace.hold(contact.address, outcome.seconds)
            await self._insist(partial(self._store.ended, notice.id, number, name, code))
            again = await self._insist(partial(self.settle, replace(notice, form=form), outcome, door))
            form = ladder.after_window_closed(form) if again else None

    async def settle(self, notice: Notice, outcome: Outcome, door: Door | None) -> bool:
        """Write down an outcome, from an answer or from a receipt. True: the next rung may be tried at once."""
        match outcome:
            case Accepted():
                await self._accepted(notice, outcome, door)
            case WindowClosed():
                following = None if notice.form is None else ladder.after_window_closed(notice.form)
                if following is None:
                    await self.give_up(notice, "window_closed")
                    return False
                await self._store.defer(notice.id, 0, "window_closed", following)
                return True
            case Slow() | Stopped():
                await self._held_back(notice, outcome, door)
            case Passing():
                await self._counted(notice, "provider_fails", outcome.code)
            case NotReached():
                await self.give_up(notice, outcome.reason)
            case Lost():
                if door is not None:
                    door.pace.answer_lost()
                await self._store.unknown(notice.id, self._patience.silent, outcome.code)
            case _:
                assert_never(outcome)
        return False

    async def _accepted(self, notice: Notice, outcome: Accepted, door: Door | None) -> None:
        if door is not None:
            door.pace.went_well()
        key = await self._vault.id_key(notice.city)
        provider_key = message_key(key, notice.city, notice.channel, outcome.provider_id)
        due: Fact = "none" if notice.about is None else "told_due"
        await self._store.accepted(notice.id, provider_key, due)
        if notice.fact == "none":
            await self._facts.record(replace(notice, fact=due))
        if notice.template == "erased":
            self._farewells.forget(notice.owner, notice.party)

    async def _held_back(self, notice: Notice, outcome: Slow | Stopped, door: Door | None) -> None:
        """Nobody's message is to blame: the number, or the person's share of it, waits."""
        if isinstance(outcome, Slow):
            seconds, reason, whole = outcome.seconds, f"slow_{outcome.code}", outcome.whole
        else:
            seconds, reason, whole = self._patience.stopped, f"stopped_{outcome.code}", True
            _log.error("account_stopped", city=notice.city, door=notice.door, code=outcome.code)
        if whole and door is not None:
            door.pace.pause(seconds)
        await self._store.defer(notice.id, seconds, reason)

    async def again(self, notice: Notice) -> None:
        """An unknown one that stayed silent: once more, or not any more."""
        await self._counted(notice, "no_answer", "silent", now=True)

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Never silently nothing: not having reached a reporter is a fact."""
        due: Fact = "none" if notice.about is None else "unreachable_due"
        if await self._store.end(notice.id, "unreachable", reason, due):
            _log.warning("not_reached", complaint=notice.owner, template=notice.template, reason=reason)
            await self._facts.record(replace(notice, fact=due, reason=reason))

    async def _counted(self, notice: Notice, giving_up: str, reason: str, now: bool = False) -> None:
        if notice.failures >= len(self._patience.pauses):
            await self.give_up(notice, giving_up)
            return
        pause = 0 if now else self._patience.pauses[notice.failures]
        await self._store.defer(notice.id, pause, reason, failed=not now)

    async def _insist(self, work: Callable[[], Awaitable[bool | None]]) -> bool:
        """An outcome that is known here only must be written down; the databases may be away for a while."""
        pause = 0.1
        while True:
            try:
                return bool(await work())
            except Exception as error:
                if not is_infrastructure(error):
                    raise
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)


def _name(outcome: Outcome) -> tuple[str, str | None]:
    """How an attempt's outcome stands in the table."""
    match outcome:
        case Accepted():
            return "accepted", None
        case WindowClosed():
            return "window_closed", "131047"
        case Slow():
            return "slow", outcome.code
        case Passing():
            return "passing", outcome.code
        case Stopped():
            return "stopped", outcome.code
        case NotReached():
            return "not_reached", outcome.code
        case Lost():
            return "lost", outcome.code
        case _:
            assert_never(outcome)
