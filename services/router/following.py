"""What the router does when something happened in a complaint: propose, assign anew, publish tasks, keep due times.

An event is a wake-up; what is done follows from the complaint as it stands. A batch is handled as a whole: one query
for all keys, appends side by side, one transaction for all rows. What we propose ourselves is taken in at once and
acted on in the same batch; who did not get so far finds it in the log.
"""

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.complaint.commands import Assign, Merge, ProposeScreening
from services.complaint.state import Merged, Screening, Unopened, Working
from services.contracts import ids
from services.contracts.base import given
from services.contracts.changing import replace
from services.contracts.city import City
from services.router import anew, rows, tasks, words_in_clear
from services.router.accounts.marking import Marking
from services.router.agencies import Agencies
from services.router.clocks import terms
from services.router.dossier import Deciding, Dossier, Dossiers, messages_of, seats_of
from services.router.evidence.closings import Closings
from services.router.live.sessions import Sessions
from services.router.merging.links import Links, as_if_alone
from services.router.merging.matching import Matching
from services.router.place_news import PlaceNews
from services.router.places.knowledge import Knowledge
from services.router.proposing import Proposed, proposed
from services.router.screening.model import Model
from services.router.touched import ANEW, Touched, clocks_run, looked_at, starts_anew, to_screen
from services.runtime import telemetry
from services.runtime.deciding import Decided
from services.runtime.delivery import Delivery
from services.runtime.sealing import seal
from services.runtime.vault import Vault

ACTOR = "service:router"
HANDLING = "handling"

AT_ONCE = 64
"""Proposals on their way into the log. With a whole batch at once the answer to the first is read after the last was
worked out: on a busy machine too late, and all of them are read and decided again."""

REMEMBERED = 50_000
"""Proposals whose delivery needs no second look; they come behind everything that was received before them."""


class Router:
    """Follows COMPLAINTS. Everything it does is repeatable: causes derive from events, tasks carry `n`."""

    def __init__(
        self,
        *,
        cities: Mapping[str, City],
        models: Callable[[str], Model],
        scale: float,
        deciding: Deciding,
        dossiers: Dossiers,
        places: Knowledge,
        vault: Vault,
        agencies: Agencies,
        rows_: rows.Rows,
        links: Links,
        closings: Closings,
        matching: Matching,
        sessions: Sessions,
        marking: Marking,
        clock: Callable[[], datetime],
    ) -> None:
        """`models`: the one that proposes in a city now."""
        self._cities = cities
        self._places = places
        self._place_news = PlaceNews(cities, places, vault, deciding, scale, clock)
        self._models = models
        self._scale = scale
        self._deciding = deciding
        self._dossiers = dossiers
        self._vault = vault
        self._agencies = agencies
        self._rows = rows_
        self._links = links
        self._closings = closings
        self._matching = matching
        self._sessions = sessions
        self._marking = marking
        self._clock = clock
        self._acted: dict[int, None] = {}
        """Positions in the log of own proposals that were acted on in the batch that led to them, oldest first."""

    async def handle(self, batch: Sequence[Delivery]) -> None:
        """All of them, or an error; may be called again with any part of it."""
        touched = await self._fold(batch)
        try:
            await self._act(touched)
        except BaseException:
            # What was folded but not acted on must be seen as new when it comes again.
            for one in touched:
                self._dossiers.drop(one.dossier.complaint)
            raise

    async def _fold(self, batch: Sequence[Delivery]) -> list[Touched]:
        touched: dict[str, Touched] = {}
        behind: dict[str, list[tuple[Delivery, int, e.Event]]] = {}
        for delivery in batch:
            if delivery.sequence in self._acted:
                continue  # our own proposal
            event = COMPLAINT.decode(delivery.type, delivery.schema, delivery.body)
            if event.city not in self._cities:
                continue
            dossier = self._dossiers.held(event.complaint)
            if dossier is None and event.n == 1 and delivery.deliveries == 1:  # later ones may have more behind them
                dossier = Dossier(event.city, event.complaint)
                self._dossiers.keep(dossier)
            if dossier is None or event.n > dossier.n + 1:
                self._dossiers.drop(event.complaint)
                if (begun := touched.pop(event.complaint, None)) is not None:
                    behind[event.complaint] = [(delivery, begun.since, data) for data in begun.events]
                if looked_at(event.data):
                    behind.setdefault(event.complaint, []).append((delivery, event.n, event.data))
                continue
            before = seats_of(dossier.state)
            new = event.n == dossier.n + 1
            if new:
                dossier.add(event, delivery.sequence)
            if looked_at(event.data):
                one = touched.get(event.complaint)
                if one is None:
                    before = before if new else dossier.seats_before(event.n)
                    one = touched[event.complaint] = Touched(dossier, event.n, before)
                one.events.append(event.data)
        loaded = await asyncio.gather(*(self._loaded(found) for found in behind.values()))
        touched.update({one.dossier.complaint: one for one in loaded})
        return list(touched.values())

    async def _loaded(self, found: list[tuple[Delivery, int, e.Event]]) -> Touched:
        _, city, _, complaint = found[0][0].subject.split(".")
        dossier = await self._dossiers.load(city, complaint)
        self._dossiers.keep(dossier)
        first = min(n for _, n, _ in found)
        return Touched(dossier, first, dossier.seats_before(first), [event for _, _, event in found])

    async def _act(self, touched: Sequence[Touched]) -> None:
        for one in touched:
            self._matching.went_on(one.dossier)
            await self._erase(one)
        await self._propose([one for one in touched if to_screen(one)])
        for one in touched:
            if one.dossier.adopted == one.dossier.sequence:
                self._matching.went_on(one.dossier)
        await self._marking.follow(touched)
        await asyncio.gather(*(self._assign_anew(one) for one in touched if starts_anew(one)))
        await self._place_news.follow([(one.dossier, one.since, one.events) for one in touched])
        await self._links.follow(touched)
        await self._closings.after([(one.dossier, one.events) for one in touched])
        await self._publish(touched)
        for one in touched:
            if any(given(event, "moved") is not None for event in one.events):
                # A clock that waited may stand where it stood before; the keeper may have taken its row meanwhile.
                one.dossier.rows = None
        await self._rows.write([rows.wanted(one.dossier, self._silent_at(one)) for one in touched])
        self._acted |= dict.fromkeys(one.dossier.adopted for one in touched if one.dossier.adopted)
        for sequence in list(itertools.islice(self._acted, max(0, len(self._acted) - REMEMBERED))):
            del self._acted[sequence]

    def _silent_at(self, one: Touched) -> tuple[int, datetime] | None:
        """When the chat's silence is long enough; what was found when the reporter last spoke holds until he speaks."""
        if one.spoken():
            return one.settle_at
        return rows.silent_at(one.dossier, terms.settle(self._cities[one.dossier.city]))

    # Screening

    async def _propose(self, touched: Sequence[Touched]) -> None:
        if not touched:
            return
        said = {one.dossier.complaint: words_in_clear.said(one.dossier) for one in touched}
        keys = await words_in_clear.keys_for(self._vault, [item for items in said.values() for item in items])

        async def one_by_one(one: Touched) -> None:
            dossier = one.dossier
            key = await self._vault.id_key(dossier.city)
            message = messages_of(dossier.events)[-1][0]
            heard = words_in_clear.heard(keys, said[dossier.complaint])
            apart = one.taken_out()
            cause = ids.wake_key(key, (apart or message).id, "propose")
            stood = dossier.n
            found = await self.propose(dossier, heard, cause=cause, settled=apart is not None)
            one.adds(dossier.events[stood:])
            if found is not None and found.waits:
                one.settle_at = (message.n, message.at + terms.settle(self._cities[dossier.city]))
            if found is not None and heard.pins:
                ward = found.command.proposal.matter.ward_code
                await self._places.pinned(dossier.city, heard.texts, heard.pins, ward, event=message.id)

        for begin in range(0, len(touched), AT_ONCE):
            await asyncio.gather(*(one_by_one(one) for one in touched[begin : begin + AT_ONCE]))

    async def propose(
        self, dossier: Dossier, heard: words_in_clear.Heard, *, cause: str, settled: bool
    ) -> Proposed | None:
        """Append the proposal, with the screening and the assignment behind it if it goes straight through."""
        now = self._clock()
        session = None if isinstance(dossier.state, Unopened) else dossier.state.file.session
        found = proposed(
            self._cities[dossier.city],
            self._places.gazetteers[dossier.city],
            as_if_alone(dossier),
            heard,
            cause=cause,
            at=now,
            scale=self._scale,
            # Officials stand by: what came up on air does not wait for a chat to fall silent.
            settled=settled or session is not None,
            model=self._models(dossier.city),
            live=await self._sessions.goes_on(dossier.city, session),
            suspect=self._marking.suspect(dossier),
        )
        if found is not None and isinstance(dossier.state, Merged):
            await self._links.heard(dossier, found.command.proposal)
            return None
        if found is not None:
            judged = self._matching.judged(dossier, heard, found, await self._vault.id_key(dossier.city))
            one_of_many = isinstance(judged, Merge)
            if isinstance(judged, Merge):
                await self._matching.stands(judged)
            command = judged if isinstance(judged, Merge) else await self._instructed(dossier.complaint, judged)
            outcome = await self._deciding.execute(
                dossier.city, dossier.complaint, command, cause=cause, actor=ACTOR, at=now, known=dossier.known
            )
            if isinstance(outcome, Decided) and not one_of_many:
                dossier.adopt(outcome)
            return replace(found, waits=False) if found.waits and one_of_many else found
        return None

    async def _instructed(self, complaint: str, found: Proposed) -> ProposeScreening:
        """With what the city's rules say to the offices, sealed as an office's own words are."""
        command, straight = found.command, found.command.straight
        if straight is None or found.instruction is None:
            return command
        key = (await self._vault.make_keys([(complaint, HANDLING)]))[complaint, HANDLING]
        sealed = seal(key, command.cause, "instruction", found.instruction)
        return replace(command, straight=replace(straight, instruction=sealed))

    async def settle(self, city: str, complaint: str, based_on: int) -> None:
        """The chat has been silent since message `based_on`: what is sure of its matter goes without a place."""
        dossier = await self._dossiers.load(city, complaint)
        if not isinstance(dossier.state, Screening) or messages_of(dossier.events)[-1][0].n != based_on:
            return
        items = words_in_clear.said(dossier)
        heard = words_in_clear.heard(await words_in_clear.keys_for(self._vault, items), items)
        key = await self._vault.id_key(city)
        cause = ids.wake_key(key, messages_of(dossier.events)[-1][0].id, "settle")
        await self.propose(dossier, heard, cause=cause, settled=True)

    # Work

    async def _assign_anew(self, one: Touched) -> None:
        """A reopening starts the clocks of everyone who held the complaint, from the beginning; so does standing alone
        again after a merge. Where clocks run already, somebody else's BELUM was faster."""
        dossier = one.dossier
        if not isinstance(dossier.state, Working) or clocks_run(dossier.state):
            return
        city, now = self._cities[dossier.city], self._clock()
        reopening = next(ev for ev in reversed(dossier.events) if isinstance(ev.data, ANEW))
        cause = ids.wake_key(await self._vault.id_key(dossier.city), reopening.id, "assign")
        if any(event.causation == cause for event in dossier.events):
            return
        live = await self._sessions.goes_on(dossier.city, dossier.state.file.session)
        assigning = anew.assigning(city, dossier, dossier.state, reopening.data, at=now, scale=self._scale, live=live)
        if assigning is None:
            return
        command = Assign(cause=cause, by="machine", assigning=assigning)
        await self._deciding.execute(
            dossier.city, dossier.complaint, command, cause=cause, actor=ACTOR, at=now, known=dossier.known
        )

    async def _erase(self, one: Touched) -> None:
        for event in one.events:
            if isinstance(event, e.ReporterErased):
                await self._vault.destroy(one.dossier.complaint, event.party)

    async def _publish(self, touched: Sequence[Touched]) -> None:
        """Tasks of every seat that something changed for."""
        due = [(one, tasks.updates(one.dossier, one.since, one.before)) for one in touched]
        due = [(one, updates) for one, updates in due if updates]
        if not due:
            return
        views = await self.views([one.dossier for one, _ in due])
        await self._agencies.publish(
            [made for view, (_, updates) in zip(views, due, strict=True) for made in tasks.of_seats(view, updates)]
        )

    async def views(self, dossiers: Sequence[Dossier]) -> list[tasks.View]:
        """With the words that offices may read, opened."""
        sealed = [words_in_clear.for_offices(dossier) for dossier in dossiers]
        keys = await words_in_clear.keys_for(self._vault, [item for items in sealed for item in items.values()])
        now, trace = self._clock(), telemetry.traceparent()
        return [
            tasks.View(
                city=self._cities[dossier.city],
                dossier=dossier,
                clear={name: words_in_clear.opened(keys, item) for name, item in items.items()},
                at=now,
                traceparent=trace,
            )
            for dossier, items in zip(dossiers, sealed, strict=True)
            if not isinstance(dossier.state, Unopened)
        ]
