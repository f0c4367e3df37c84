"""Sends one notice: intent before, outcome after, and whatever the outcome asks for next.

The crash table. Before `begin`: nothing happened, it is published again. Between `begin` and the outcome: it becomes
unknown, and the provider's receipt (which carries our id) tells. After the outcome: only the fact is missing, and the
sweeper appends it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import assert_never, cast

from services.contracts.intake import AskKind
from services.notifier.climbing import Climber, Found, Path
from services.notifier.delivery.rows import Notice
from services.notifier.delivery.store import Store, Try
from services.notifier.door import Door
from services.notifier.farewells import Farewells
from services.notifier.handing import Handing
from services.notifier.ladder import NoWay, Step, Wait
from services.notifier.officers.telling import OfficerTeller, for_officers
from services.notifier.patience import Patience
from services.notifier.sending import Accepted, Lost, Outcome, Outgoing, form_of
from services.notifier.settling import Settler, name_of
from services.notifier.telling import NotWanted, Teller, Told, TooEarly
from services.notifier.templates.several import together
from services.notifier.turns import Turns
from services.runtime import logs, telemetry
from services.runtime.failures import is_infrastructure
from services.runtime.vault import Contact, Vault

_log = logs.get(__name__)


class Unsaid(StrEnum):
    """Why there are no words: a newer notice says how things stand, or the reporter wants no news."""

    OVERTAKEN = "overtaken"
    UNWANTED = "unwanted"


class Deliverer:
    def __init__(
        self,
        *,
        store: Store,
        vault: Vault,
        teller: Teller,
        officers: OfficerTeller,
        settler: Settler,
        farewells: Farewells,
        climber: Climber,
        handing: Handing,
        doors: Mapping[tuple[str, str], Door],
        clock: Callable[[], datetime],
        patience: Patience,
    ) -> None:
        self._store = store
        self._vault = vault
        self._teller = teller
        self._officers = officers
        self._settler = settler
        self._farewells = farewells
        self._climber = climber
        self._handing = handing
        self._doors = doors
        self._in_hand: set[str] = set()
        self._holds: dict[str, asyncio.Semaphore] = {}
        self._turns = Turns(store, self._in_hand)
        self._clock = clock
        self._patience = patience

    async def turn(self, notice_id: str) -> None:
        """One entry of OUTBOUND is one turn at its door: whoever is first in the order there uses it.

        So a message about danger goes with the next turn although thousands were queued before it. Harmless to
        repeat. Raises infrastructure errors only.
        """
        notice = await self._store.get(notice_id)
        if notice is None:
            return
        door = self._doors.get((notice.city, notice.at_door))
        if door is None or (door.paused > 0 and notice.waits and self._impatient(notice)):
            await self.deliver(notice_id)
            return
        if door.paused > 0:
            # Waiting here and not in the table: a queue of a whole outage would else be turned over again and again.
            await asyncio.sleep(min(door.paused, self._patience.in_place))
            if (paused := door.paused) > 0:
                if not await self._store.later(notice.id, paused, "paused"):
                    await self._pass_on(notice, paused)
                return
        if not notice.waits and not await self._store.best(notice.city, notice.at_door, tuple(self._in_hand)):
            await self._pass_on(notice)  # an entry that came again: it takes no turn from anybody
            return
        await door.hands.acquire()
        full, best = True, None
        try:
            await door.pace.turn()
            best = await self._turns.next(notice.city, notice.at_door)
            if best is None:  # what was said first is heard first
                await self._pass_on(notice)
            else:
                self._holds[best.id] = door.hands
                full = False
                await self._handle(best)
        finally:
            if full:
                door.hands.release()
            if best is not None:
                self._let_go(best.id)
                self._in_hand.discard(best.id)

    def _let_go(self, notice_id: str) -> None:
        """It is out of our hands: the next may be chosen."""
        if (hands := self._holds.pop(notice_id, None)) is not None:
            hands.release()

    async def _pass_on(self, notice: Notice, seconds: float = 0.5) -> None:
        """A turn that nobody could use. What is queued here waits behind somebody in hand, and its own turn may have
        been used for that one: it comes again soon, not only when the sweeper looks for what was lost."""
        await self._store.pass_on(notice.city, notice.at_door, tuple(self._in_hand), seconds)

    def _impatient(self, notice: Notice) -> bool:
        patience = timedelta(minutes=self._climber.cities[notice.city].policy.sending.away_minutes)
        return notice.urgent or self._clock() - notice.created_at >= patience

    async def deliver(self, notice_id: str) -> None:
        """Do what there is to do for this one notice now; harmless to repeat. Raises infrastructure errors only."""
        notice = await self._store.get(notice_id)
        if notice is None or not notice.waits or notice.id in self._in_hand:
            return
        self._in_hand.add(notice.id)
        try:
            if notice.behind:
                await self._store.later(notice.id, 1.0, "behind")
            else:
                await self._handle(notice)
        finally:
            self._in_hand.discard(notice.id)

    async def _handle(self, notice: Notice) -> None:
        with telemetry.span("deliver", {"tuntas.complaint": notice.owner, "tuntas.template": notice.template}):
            try:
                await self._deliver(notice)
            except TooEarly as early:
                await self._store.later(notice.id, early.seconds, "early")
            except Exception as error:
                if is_infrastructure(error):
                    raise
                _log.error("notice_fails", notice=notice.id, complaint=notice.owner, error=error)
                await self._settler.counted(notice, "internal", type(error).__qualname__)

    async def _deliver(self, notice: Notice) -> None:
        contact = await self._contact(notice)
        if contact is None:
            await self._store.end(notice.id, "dropped", "no_contact")
            return
        notice = await self.gathered(notice)
        if not notice.waits:
            return
        told = await self.words(notice)
        if isinstance(told, Unsaid):
            await self._store.end(notice.id, "skipped", told)
            return
        again = True
        while again:
            found = await self._climber.next(notice, contact, told.confidentiality, form_of(told.rendered))
            again = await self._climb(notice, told, found)
            if again:
                fresh = await self._store.get(notice.id)
                if fresh is None or not fresh.waits:
                    return
                notice = fresh

    async def _contact(self, notice: Notice) -> Contact | None:
        """Read when sending, so that whoever was erased meanwhile gets nothing but the word that it is done."""
        contact = await self._vault.contact(notice.owner, notice.party)
        if contact is None and notice.template == "erased":
            return self._farewells.take(notice.owner, notice.party)
        return contact

    async def gathered(self, notice: Notice) -> Notice:
        """With everything else to this person that waited for the same hour: one message for all of it."""
        return await self._store.gather(notice) if notice.waited else notice

    async def words(self, notice: Notice) -> Told | Unsaid:
        """Raises `TooEarly`."""
        try:
            return await self._all_words(notice) or Unsaid.OVERTAKEN
        except NotWanted:
            return Unsaid.UNWANTED

    async def _all_words(self, notice: Notice) -> Told | None:
        if not notice.carries:
            return await self._words(notice)
        if for_officers(notice):
            return await self._officers.together([notice, *await self._store.carried(notice)])
        told = [await self._wanted_words(one) for one in (notice, *await self._store.carried(notice))]
        still = [one for one in told if isinstance(one, Told)]
        if not still and Unsaid.UNWANTED in told:
            raise NotWanted
        return replace(still[-1], rendered=together([one.rendered for one in still])) if still else None

    async def _wanted_words(self, notice: Notice) -> Told | Unsaid | None:
        """Of one among several: what is wanted among them goes out."""
        try:
            return await self._words(notice)
        except NotWanted:
            return Unsaid.UNWANTED

    async def _words(self, notice: Notice) -> Told | None:
        if for_officers(notice):
            return await self._officers.words(notice)
        if notice.asked is not None:
            kind = cast("AskKind", notice.template)
            return await self._teller.answer(notice.city, notice.door, kind, notice.asked, notice.detail)
        assert notice.about is not None
        return await self._teller.notice(notice.city, notice.door, notice.owner, notice.template, notice.about)

    async def _climb(self, notice: Notice, told: Told, found: Found) -> bool:
        """One step. True: it led nowhere for good, and the next rung may be tried at once."""
        match found.step:
            case Wait():
                await self._store.later(notice.id, found.step.seconds, found.step.reason)
                return False
            case NoWay():
                await self._settler.give_up(notice, found.step.reason)
                return False
            case Step(rung=rung, why=why):
                path = found.path
            case _:
                assert_never(found.step)
        if rung == "call":
            await self._settler.to_be_called(notice, why)
            return False
        assert path is not None
        if (path.channel, path.door) != (notice.way, notice.at_door):
            await self._store.move(notice.id, path.channel, path.door, why)
            return False
        if path.adapter:
            await self._hand_over(notice, told, found, path, why)
            return False
        door = self._doors[notice.city, path.door]
        if (wait := door.pace.wait_for(path.address)) > 0:
            await self._store.later(notice.id, wait, "pace")
            return False
        return await self._try(replace(notice, form=rung, why=why), told, found, door)

    async def _hand_over(self, notice: Notice, told: Told, found: Found, path: Path, why: str) -> None:
        """What becomes of it the adapter's receipts say, or its queue."""
        await self._handing.hand(notice, told.rendered, path, why=why, within=found.within)
        if notice.template == "erased":
            self._farewells.forget(notice.owner, notice.party)

    async def _try(self, notice: Notice, told: Told, found: Found, door: Door) -> bool:
        path, form, why = found.path, notice.form, notice.why or "first"
        assert path is not None
        assert form is not None
        probes = door.breaker.is_open
        if not door.breaker.admit():
            await self._store.later(notice.id, door.breaker.wait, "paused")
            return False
        try_ = Try(form, path.channel, why, found.cost, found.day, found.limit)
        number: int | None = None
        try:
            number = await self._store.begin(notice.id, try_, self._patience.lease)
        finally:
            if number is None and probes:
                door.breaker.not_tried()  # else everybody would wait for what it says
        if number is None:
            return found.cost > 0  # the money may be what was gone: look again
        await door.pace.spaced()
        self._let_go(notice.id)
        outcome = await self._sent(
            door, Outgoing(notice.id, path.address, form, told.ticket, told.rendered, told.page, told.city)
        )
        outcome = door.judged(notice.id, outcome)
        door.heard(form, path.address, outcome, form_of(told.rendered))
        try:
            await self._insist(partial(self._written, notice, number, outcome, found.day))
            if isinstance(outcome, Accepted) and form == "template":
                await self._insist(partial(self._opened, notice, path.address))
            return await self._insist(partial(self._settler.settle, notice, outcome, door))
        except Exception as error:
            if not isinstance(outcome, Accepted):
                raise
            # It is out. Whatever could not be said of that must not send it once more; the sweeper says it later.
            _log.error("outcome_unsaid", notice=notice.id, complaint=notice.owner, error=error)
            return False

    async def _sent(self, door: Door, outgoing: Outgoing) -> Outcome:
        """Whatever breaks in a sender leaves open whether the message went out, and is never a reason to send it at
        once again."""
        try:
            return await door.sender.send(outgoing)
        except Exception as error:  # noqa: BLE001  # whatever it was, the claim is made and the message may be out
            _log.error("sender_fails", notice=outgoing.notice, error=error)
            return Lost(type(error).__qualname__)

    async def _written(self, notice: Notice, number: int, outcome: Outcome, day: date) -> None:
        name, code = name_of(outcome)
        await self._store.ended(notice.id, number, name, code, day)

    async def _opened(self, notice: Notice, address: str) -> None:
        person = await self._climber.person(notice, address)
        await self._climber.means.open(notice.city, notice.channel, person)

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
