"""The door's queue, emptied: read, remember (one vault transaction a batch), append what stands, then ack.

Killed at any point it begins again with the same messages and comes to the same end: what was remembered stands, what
was appended is found by its cause. What can't be taken is parked, and its sender told on the refusals subject.
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.facts.live import Sessions
from services.intake.budgets.release import together_or_alone
from services.intake.budgets.slowing import Slowing
from services.intake.doors.pressure import Pressure, breathe
from services.intake.inbox import template_facts
from services.intake.inbox.acts import Acts, NotOpenYetError, notice_of
from services.intake.inbox.chats import Chats, Keys, Remembered
from services.intake.inbox.forwarding import Forwarding
from services.intake.inbox.incoming import (
    Incoming,
    Moved,
    Noticed,
    Pointed,
    Read,
    Receipt,
    Refused,
    city_of,
    read,
)
from services.intake.inbox.moves import Moves
from services.intake.inbox.notices import Notices
from services.intake.inbox.template_facts import TemplateDecider
from services.intake.officers.claiming import Claims
from services.intake.silence.heard import Heard
from services.runtime import logs
from services.runtime.delivery import Delivery
from services.runtime.failures import sentence_for
from services.runtime.parking import Parked, Parking
from services.runtime.publishing import Publisher
from services.runtime.vault import NoIdKey, Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

CONSUMER = "intake"
NEVER_OPENED_NS = 600 * 10**9
"""So long a follow-up waits for its complaint's opening."""

_log = logs.get(__name__)


def line(delivery: Delivery) -> str:
    """Each message is parked for itself: one bad message must not hold its channel up."""
    return delivery.place


class Drain:
    def __init__(
        self,
        *,
        connection: Client,
        pool: "Pool",
        vault: Vault,
        chats: Chats,
        acts: Acts,
        parking: Parking,
        cities: Mapping[str, City],
        slowing: Slowing,
        sessions: Sessions | None = None,
        look_at_sessions: Callable[[], Awaitable[None]] | None = None,
        templates: TemplateDecider | None = None,
        heard: Heard | None = None,
        mentioned: Callable[[Pointed], Awaitable[None]],
        files_wait: Callable[[], None] = lambda: None,
    ) -> None:
        """`sessions`: what is known of LIVE sessions; `look_at_sessions` takes up what is new. `mentioned`: keeps what
        is to be asked for. `files_wait` is called when a batch left files to fetch."""
        self._connection = connection
        self._publisher = Publisher(connection)
        self._pool = pool
        self._vault = vault
        self._chats = chats
        self._acts = acts
        self._parking = parking
        self._cities = cities
        self._sessions = sessions or Sessions()
        self._look_at_sessions = look_at_sessions
        self._files_wait = files_wait
        self._slowing = slowing
        self._heard = heard or Heard()
        self._mentioned = mentioned
        self.taken = 0
        """Messages of people since the start."""
        self.pressure = Pressure()
        self._moves = Moves(pool, vault)
        self._forwarding = Forwarding(pool, vault, self._publisher)
        self._claims = Claims(pool, vault)
        self._notices = Notices(pool)
        self._templates = templates
        self._told: deque[str] = deque(maxlen=1_000)

    async def batch(self, deliveries: Sequence[Delivery]) -> None:
        """Handle all of them; the caller acks when this returns. May be called again with any part of them."""
        await self.pressure.give_way()
        began = time.monotonic()
        try:
            await self._batch(deliveries)
        finally:
            self.pressure.worked(time.monotonic() - began)

    async def _batch(self, deliveries: Sequence[Delivery]) -> None:
        items: list[Read | Refused] = []
        for at, delivery in enumerate(deliveries):
            items.append(await self._read(delivery))
            await breathe(at)
        incoming = [item for item in items if isinstance(item, Incoming)]
        aside: list[tuple[Delivery, str, str]] = []
        receipts = [item for item in items if isinstance(item, Receipt)]
        await self._note_sent(receipts)  # first: who answers a mail of ours says so in the same breath
        incoming = await self._forwarding.recast(await self._claims.recast(incoming))
        self._heard.note(incoming)
        incoming, slowed = await self._slowing.admit(incoming)
        self.taken += len(incoming)
        items += await self._of_people(incoming, aside)
        await self._slowing.tell(slowed)
        await asyncio.gather(*(self._acts.pass_on(one) for one in receipts))
        for item in items:  # those of people are done
            if isinstance(item, Moved):
                await self._moves.move(item)
            elif isinstance(item, Pointed):
                await self._mentioned(item)
            elif isinstance(item, Noticed):
                await self._notices.keep(item)
                if self._templates is not None:
                    await template_facts.record(self._templates, item)
        await self._set_aside(items, aside, alone=len(deliveries) == 1)

    async def release(self) -> int:
        """What was slowed and has its turn now; the number of such messages."""
        due = await self._slowing.due()
        await together_or_alone(due, self._released, self._unfit)
        return len(due)

    async def _released(self, due: Sequence[tuple[str, Delivery]]) -> None:
        read = [await self._read(delivery) for _, delivery in due]
        incoming = await self._claims.recast([item for item in read if isinstance(item, Incoming)])
        aside: list[tuple[Delivery, str, str]] = []
        refused = [item for item in read if isinstance(item, Refused)]  # its door is none of the city's any more
        await self._set_aside([*refused, *await self._of_people(incoming, aside)], aside, alone=False)
        await self._slowing.gone_on([key for key, _ in due])

    async def _unfit(self, slowed: tuple[str, Delivery], error: Exception) -> None:
        key, delivery = slowed
        said = (error.reason, error.sentence) if isinstance(error, Parked) else ("failed", sentence_for(error))
        _log.error("slowed_parked", message=key, error=error)
        await self._parking.put(delivery, CONSUMER, line(delivery), *said)
        await self._slowing.gone_on([key])

    async def _of_people(
        self, incoming: Sequence[Incoming], aside: list[tuple[Delivery, str, str]]
    ) -> list[Read | Refused]:
        """Remembered and appended; those that can't be are given back."""
        if not incoming:
            return []
        results, keys = await self._chats.remember(incoming)
        remembered = [one for one in results if isinstance(one, Remembered)]
        await self.append(remembered, keys)
        await self._forwarding.tell(remembered)
        aside += [_unknown_form(one) for one in incoming if one.message.form == "other"]
        return [one for one in results if isinstance(one, Refused)]

    async def _set_aside(
        self, items: Sequence[Read | Refused], aside: list[tuple[Delivery, str, str]], *, alone: bool
    ) -> None:
        for item in items:
            if isinstance(item, Refused):
                await self._refuse(item)
                # Without the refusal's own words: they may quote what was sent.
                aside.append((item.delivery, item.refusal.code, "Not taken; its sender was told why."))
        await self._park(aside, alone=alone)

    async def _read(self, delivery: Delivery) -> Read | Refused:
        city = self._cities.get(city_of(delivery))
        try:
            key = await self._vault.id_key(city.id) if city is not None else b""
        except NoIdKey:
            city, key = None, b""
        found = read(delivery, city, key)
        return replace(found, session=await self._session(found)) if isinstance(found, Incoming) else found

    async def _session(self, one: Incoming) -> str | None:
        """What a moderator says, or the session that goes on where a comment stands: it may have begun just now."""
        said = one.message
        if said.counter is not None and said.counter.session is not None:
            return said.counter.session
        if not said.live:
            return None
        going = self._sessions.on_air(one.city.id, one.at, one.channel)
        if going is None and self._look_at_sessions is not None:
            await self._look_at_sessions()
            going = self._sessions.on_air(one.city.id, one.at, one.channel)
        return None if going is None else going.id

    async def late(self, now: datetime) -> int:
        """Carry out what waited too long for an answer, or was settled and left lying; the number of such messages."""
        count = 0
        for chat in await self._chats.late(self._cities, now):
            found, keys = await self._chats.settle(chat, self._cities, now)
            await self.append(found, keys)
            await self._chats.carried_out(found)
            count += len(found)
        return count

    async def append(self, remembered: Sequence[Remembered], keys: Keys) -> None:
        """In order for each chat, all chats at once."""
        lanes: dict[str, list[Remembered]] = defaultdict(list)
        for one in remembered:
            lanes[one.conversation or one.incoming.key].append(one)
        lanes_done = await asyncio.gather(*(self._lane(lane, keys) for lane in lanes.values()))
        await self._chats.carried_out([waited for done in lanes_done for one in done for waited in one.before])
        if any(one.incoming.message.media for one in remembered):
            self._files_wait()

    async def _lane(self, lane: Sequence[Remembered], keys: Keys) -> list[Remembered]:
        """Those that were carried out."""
        done: list[Remembered] = []
        for one in lane:
            try:
                await self._acts.carry_out(one, keys)
                done.append(one)
            except NotOpenYetError:
                await self._wait_for_opening(one)
        return done

    async def _wait_for_opening(self, one: Remembered) -> None:
        """Back to the end of the queue: its complaint's opening is in another replica's hands, or comes again soon."""
        delivery = one.incoming.delivery
        since = int(delivery.headers.get("Tuntas-Waits-Since", str(delivery.stored_ns)))
        if delivery.stored_ns - since > NEVER_OPENED_NS:
            raise Parked("never_opened", "Pengaduan yang dimaksud pesan ini tidak pernah terbuka.")
        await asyncio.sleep(0.3)
        await self._publisher.publish(delivery.subject, delivery.body, {"Tuntas-Waits-Since": str(since)})

    async def _note_sent(self, receipts: Sequence[Receipt]) -> None:
        sent = {one.provider_key: notice for one in receipts if (notice := notice_of(one)) is not None}
        if sent:
            await self._pool.execute(
                "insert into intake.sent (provider_key, notice) select * from unnest($1::text[], $2::text[]) "
                "on conflict do nothing",
                list(sent),
                list(sent.values()),
            )

    async def _refuse(self, refused: Refused) -> None:
        """Core NATS: who listens hears it; who does not finds it parked. Once, though the batch may be tried again."""
        _, city, channel = refused.delivery.subject.split(".")
        if refused.delivery.place in self._told or not self._has_adapter(city, channel):
            return
        self._told.append(refused.delivery.place)
        await self._connection.publish(subjects.refusals(city, channel), refused.refusal.model_dump_json().encode())

    def _has_adapter(self, city_id: str, channel: str) -> bool:
        """For a channel of our own nobody listens, and a refusal names the provider's id, which may hold a number."""
        city = self._cities.get(city_id)
        return city is not None and any(door.channel == channel and door.external for door in city.doors)

    async def _park(self, aside: Sequence[tuple[Delivery, str, str]], *, alone: bool) -> None:
        if aside and alone:
            # So that a retry of something parked is seen to fail again.
            raise Parked(aside[0][1], aside[0][2])
        for delivery, reason, sentence in aside:
            await self._parking.put(delivery, CONSUMER, line(delivery), reason, sentence)


def _unknown_form(one: Incoming) -> tuple[Delivery, str, str]:
    return one.delivery, "unknown_form", "A message of a form that we can't read; kept whole."
