"""Follows COMPLAINTS: writes down what is to be told, then queues it. Reads nothing of events that interest nobody."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.contracts import subjects
from services.contracts.city import FORMS, City
from services.contracts.envelope import Recorded
from services.contracts.ids import derive
from services.contracts.intake import Ask
from services.notifier import policy
from services.notifier.delivery.rows import Lives, NewNotice
from services.notifier.delivery.store import Store
from services.notifier.farewells import Farewells
from services.notifier.officers import planning as officers
from services.notifier.officers.planning import OfficerPlanner
from services.notifier.outbox import Outbox
from services.notifier.telling import AFTER_A_PAUSE, Loader
from services.notifier.templates import VERSION
from services.notifier.timetable import NOW, Hour, Timetable
from services.runtime.delivery import Delivery
from services.runtime.rounds import rounds
from services.runtime.vault import IdKeys

ANSWERED = "reporter:1"
"""The party under which intake keeps a conversation's contact."""

URGENT = frozenset({"danger"})
"""Templates that go before everything else that waits, and for which neither money nor an account is waited for."""

AWAKE = timedelta(minutes=30)
"""Whoever wrote within this is not woken by an answer."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    event: Recorded[e.Event]
    planned: policy.Planned


class Planner:
    """`found_after`: seconds until the sweeper looks for what was written down and never sent. `hand_over`: what an
    adapter is to send, by its id."""

    def __init__(
        self,
        *,
        store: Store,
        keys: IdKeys,
        farewells: Farewells,
        outbox: Outbox,
        hand_over: Callable[[str], Awaitable[None]],
        cities: Mapping[str, City],
        found_after: float,
        officers: OfficerPlanner,
        loader: Loader,
        timetable: Timetable,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._keys = keys
        self._farewells = farewells
        self._outbox = outbox
        self._hand_over = hand_over
        self._external = {(c.id, d.channel) for c in cities.values() for d in c.doors if d.external}
        self._cities = cities
        self._found_after = found_after
        self._officers = officers
        self._loader = loader
        self._timetable = timetable
        self._clock = clock

    async def follow(self, deliveries: Sequence[Delivery]) -> None:
        """A batch of the log. All or nothing, and the same again harmlessly: the rows are the memory."""
        wanted: list[_Wanted] = []
        for_seats: list[Recorded[e.Event]] = []
        for delivery in deliveries:
            if delivery.type in policy.INTERESTING and delivery.subject.split(".", 2)[1] in self._cities:
                event = COMPLAINT.decode(delivery.type, delivery.schema, delivery.body)
                if isinstance(event.data, e.ReporterErased):
                    await self._farewells.remember(event.complaint, event.data.party)
                wanted += [_Wanted(event, planned) for planned in policy.for_reporter(event)]
                if delivery.type in officers.INTERESTING:
                    for_seats.append(event)
        if for_seats:
            await self.send(await self._officers.plan(for_seats))
        if wanted:
            await self.send([row for row in await self._rows(wanted) if row is not None])

    async def _rows(self, wanted: Sequence[_Wanted]) -> list[NewNotice | None]:
        """A complaint's own first message names channel and door; later events look at the contact."""
        pairs = {(w.event.complaint, w.planned.party) for w in wanted if _came_by(w.event) is None}
        places = await self._store.places(sorted(pairs))
        return [await self._row(w, places) for w in wanted]

    async def _row(self, wanted: _Wanted, places: Mapping[tuple[str, str], Lives]) -> NewNotice | None:
        event, planned = wanted.event, wanted.planned
        place, lives = _came_by(event), None
        if place is None:
            lives = places.get((event.complaint, planned.party))
            place = None if lives is None else (lives.channel, lives.door)
            if place is None and isinstance(event.data, e.ReporterErased):
                place = self._farewells.place(event.complaint, planned.party)
        if place is None or place[0] in FORMS:  # erased, or entered at a desk without a way to answer
            return None
        hour = await self._hour(event, planned, place[0], None if lives is None else lives.heard)
        if hour is None:
            return None
        if planned.template == "where" and hour.at is None:
            hour = self._after_a_pause(event)
        key = await self._keys.id_key(event.city)
        return NewNotice(
            id=derive(key, "notice", event.complaint, planned.of, planned.template, planned.party),
            city=event.city,
            channel=place[0],
            door=place[1],
            owner=event.complaint,
            party=planned.party,
            template=planned.template,
            version=VERSION,
            about=event.n,
            urgent=planned.template in URGENT,
            lane=event.data.main if isinstance(event.data, e.MatterAdvanced | e.MatterResolved) else None,
            waits=hour.waits,
            wait=0 if hour.at is None else (hour.at - self._clock()).total_seconds(),
        )

    async def _hour(
        self, event: Recorded[e.Event], planned: policy.Planned, channel: str, heard: datetime | None
    ) -> Hour | None:
        """When it goes out by the table; None: never on this channel, in this city."""
        when, now = self._timetable.when(event.city, planned.row, channel), self._clock()
        if when == "never":
            return None
        if planned.at is not None and planned.at > now:
            at = self._timetable.hour(event.city, when, planned.at).at or planned.at
            return Hour(at, "later")
        hour = self._timetable.hour(event.city, when, now)
        if hour.at is None or (heard is not None and now - heard < AWAKE):
            return NOW
        # Only what would wait asks: at night, and rarely.
        state, _ = await self._loader.load(event.city, event.complaint)
        return NOW if policy.danger(state) else hour

    def _after_a_pause(self, event: Recorded[e.Event]) -> Hour:
        """Nobody is asked for what he is about to write (`telling`): it waits in the table, and takes no turn at the
        door only to be sent back."""
        at = event.at + timedelta(seconds=self._cities[event.city].policy.settle_seconds / 3)
        return Hour(at, "later") if at > self._clock() else NOW

    async def registering(self, stop: asyncio.Event) -> None:
        """Sends one-time codes to numbers that somebody wants to register at the console, and says of an office's
        program that it is not called any more."""
        await rounds(self._register, stop, 1.0, waits="codes_wait")

    async def _register(self) -> None:
        if codes := await self._officers.codes():
            await self.send(codes)
            await self._officers.codes_told([code.owner for code in codes])
        notices, webhooks = await self._officers.webhooks_off()
        if webhooks:
            await self.send(notices)
            await self._officers.webhooks_told(webhooks)

    async def answer(self, ask: Ask) -> None:
        """An answer is a notice too: once for each ask, however often that comes. Who asks by a page of ours reads it
        there."""
        if ask.channel in FORMS:
            return
        key = await self._keys.id_key(ask.city)
        row = NewNotice(
            id=derive(key, "answer", ask.conversation, ask.id, ask.kind),
            city=ask.city,
            channel=ask.channel,
            door=ask.door,
            owner=ask.conversation,
            party=ANSWERED,
            template=ask.kind,
            version=VERSION,
            asked=ask.complaints,
            detail=None if ask.detail is None else f"{ask.id}:{ask.detail}",
            waits="later" if ask.kind in AFTER_A_PAUSE else None,
            wait=self._cities[ask.city].policy.settle_seconds / 3 if ask.kind in AFTER_A_PAUSE else 0,
        )
        await self.send([row])

    async def send(self, rows: Sequence[NewNotice]) -> None:
        """At once, or when their time has come: those wait in the table, where the sweeper finds them."""
        waiting = await self._store.plan(rows, self._found_after)
        rows = [row for row in rows if row.wait <= 0]
        ours = [r for r in rows if r.id in waiting and (r.city, r.channel) not in self._external]
        theirs = [r for r in rows if r.id in waiting and (r.city, r.channel) in self._external]
        await self._outbox.queue(ours)
        people: dict[str, list[str]] = {}
        for row in theirs:
            people.setdefault(row.owner, []).append(row.id)
        await asyncio.gather(*(self._hand(ids) for ids in people.values()))

    async def _hand(self, ids: Sequence[str]) -> None:
        """One person's in their order."""
        for notice_id in ids:
            await self._hand_over(notice_id)


def _came_by(event: Recorded[e.Event]) -> tuple[str, str] | None:
    """Channel and door of a complaint's first message, where one can be answered by them."""
    if not isinstance(event.data, e.ComplaintReceived) or event.data.forwarder is not None:
        return None
    if event.data.message.channel not in FORMS:
        return event.data.message.channel, event.data.message.door
    return None


def outbound_channels(cities: Mapping[str, City]) -> list[tuple[str, str, str]]:
    """City, channel and consumer of every built-in channel."""
    found = {(city.id, door.channel) for city in cities.values() for door in city.doors if not door.external}
    return [(city, channel, subjects.outbound_consumer(city, channel)) for city, channel in sorted(found)]
