"""Which notices to officers an event gives: the seats that hear of it, and their confirmed numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.complaint import events as e
from services.contracts.envelope import Recorded
from services.contracts.facts.webhooks import WebhookDisabled
from services.contracts.hearing import table
from services.contracts.ids import derive
from services.contracts.officers import HOLDER
from services.notifier import policy
from services.notifier.delivery.rows import NewNotice
from services.notifier.officers.telling import CODE, PREFIX, WEBHOOK
from services.notifier.telling import Loader
from services.notifier.templates import VERSION
from services.notifier.timetable import Hour, Timetable
from services.notifier.webhooks.facts import WebhookFacts
from services.runtime.vault import IdKeys

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

Event = Recorded[e.Event]

INTERESTING = frozenset(row.event for row in table.SEATS)


@dataclass(frozen=True, slots=True)
class Holder:
    """A confirmed number of a seat. `id` owns the address in the vault."""

    id: str
    city: str
    seat: str
    channel: str
    door: str


class OfficerPlanner:
    def __init__(
        self,
        pool: "Pool",
        keys: IdKeys,
        loader: Loader,
        timetable: Timetable,
        clock: Callable[[], datetime],
        *,
        webhook_facts: WebhookFacts | None = None,
    ) -> None:
        self._webhook_facts = webhook_facts
        self._pool = pool
        self._keys = keys
        self._loader = loader
        self._timetable = timetable
        self._clock = clock

    async def plan(self, events: Sequence[Event]) -> list[NewNotice]:
        """Of those that interest some seat. The same events yield the same notices. Costs a question to the database,
        and a load only where a city has officers who hear."""
        told = [(event, one) for event in events for one in policy.for_seats(event)]
        if not told:
            return []
        holders = await self._holders({event.city for event, _ in told})
        if not holders:
            return []
        found: list[NewNotice] = []
        for event, one in told:
            seat = await self._seat(event, one.seat) if any(city == event.city for city, _ in holders) else None
            for holder in holders.get((event.city, seat or ""), ()):
                hour = await self._hour(event, one, holder.channel)
                found += [] if hour is None else [await self._row(event, one, holder, hour)]
        return found

    async def _hour(self, event: Event, one: policy.Told, channel: str) -> Hour | None:
        """When it goes out by the table; None: never on this channel, in this city."""
        when, now = self._timetable.when(event.city, one.row, channel), self._clock()
        if when == "never":
            return None
        begins = now if one.at is None else max(one.at, now)
        hour = self._timetable.hour(event.city, when, begins, seat=True)
        if hour.at is None:
            return Hour(one.at, None)
        state, _ = await self._loader.load(event.city, event.complaint)
        return Hour(one.at, None) if policy.danger(state) or _over_by(event, one, hour.at) else hour

    async def holders(self, city: str) -> list[Holder]:
        """Every confirmed number of a city."""
        return [one for mine in (await self._holders({city})).values() for one in mine]

    async def _seat(self, event: Event, seat: str) -> str | None:
        if seat != policy.LEAD:
            return seat
        state, _ = await self._loader.load(event.city, event.complaint)
        return policy.lead_of(state)

    async def _holders(self, cities: set[str]) -> Mapping[tuple[str, str], list[Holder]]:
        rows = await self._pool.fetch(
            "select id, city, seat, channel, door from staff.contact where city = any($1) and confirmed_at is not null",
            list(cities),
        )
        found: dict[tuple[str, str], list[Holder]] = {}
        for row in rows:
            holder = Holder(row["id"], row["city"], row["seat"], row["channel"], row["door"])
            found.setdefault((holder.city, holder.seat), []).append(holder)
        return found

    async def _row(self, event: Event, one: policy.Told, holder: Holder, hour: Hour) -> NewNotice:
        key = await self._keys.id_key(event.city)
        return NewNotice(
            id=derive(key, "officer-notice", event.complaint, event.id, one.template, holder.id),
            city=holder.city,
            channel=holder.channel,
            door=holder.door,
            owner=holder.id,
            party=HOLDER,
            template=f"{PREFIX}{one.template}",
            version=VERSION,
            asked=(event.complaint,),
            detail=f"{holder.seat}:{event.n}",
            waits=hour.waits or "later",
            wait=0 if hour.at is None else (hour.at - self._clock()).total_seconds(),
        )

    async def codes(self) -> list[NewNotice]:
        """One-time codes that were asked for and that nobody was sent yet."""
        rows = await self._pool.fetch(
            "select id, city, seat, channel, door, code, asked_at from staff.contact "
            "where told_at is null and code is not null and code_until > now() order by asked_at limit 50"
        )
        found: list[NewNotice] = []
        for row in rows:
            key = await self._keys.id_key(row["city"])
            name = derive(key, "officer-code", row["id"], row["asked_at"].isoformat())
            found.append(
                NewNotice(
                    id=name,
                    city=row["city"],
                    channel=row["channel"],
                    door=row["door"],
                    owner=row["id"],
                    party=HOLDER,
                    template=CODE,
                    version=VERSION,
                    asked=(),
                    detail=f"{row['seat']}:{row['code']}",
                )
            )
        return found

    async def codes_told(self, ids: Sequence[str]) -> None:
        await self._pool.execute("update staff.contact set told_at = now() where id = any($1)", list(ids))

    async def webhooks_off(self) -> tuple[list[NewNotice], list[str]]:
        """That an office's program is not called any more, for whoever hears of it by other ways; and the ids of
        those webhooks."""
        rows = await self._pool.fetch(
            "select id, city, seat, disabled_at, disabled_why from delivery.webhook "
            "where not enabled and told_at is null and disabled_at is not null limit 50"
        )
        holders = await self._holders({row["city"] for row in rows}) if rows else {}
        found: list[NewNotice] = []
        for row in rows:
            key = await self._keys.id_key(row["city"])
            for holder in self._hear_of_program(row["city"], row["seat"], holders):
                name = derive(key, "webhook-off", row["id"], row["disabled_at"].isoformat(), holder.id)
                found.append(
                    NewNotice(
                        id=name,
                        city=holder.city,
                        channel=holder.channel,
                        door=holder.door,
                        owner=holder.id,
                        party=HOLDER,
                        template=WEBHOOK,
                        version=VERSION,
                        asked=(),
                        detail=f"{row['seat']}:{row['disabled_why']}",
                    )
                )
        return found, [row["id"] for row in rows]

    def _hear_of_program(
        self, city: str, seat: str, holders: Mapping[tuple[str, str], list[Holder]]
    ) -> Iterator[Holder]:
        """Its office, and who runs the system: an office whose program fails may have registered no other way."""
        seats = self._timetable.city(city).seats
        hear = [seat, *(one.id for one in seats.values() if "administrator" in one.roles and one.id != seat)]
        yield from (holder for one in hear for holder in holders.get((city, one), ()))

    async def webhooks_told(self, ids: Sequence[str]) -> None:
        """After their notices stand: each is a fact of the city, too."""
        rows = await self._pool.fetch(
            "select id, city, seat, disabled_at, disabled_why from delivery.webhook where id = any($1)", list(ids)
        )
        for row in rows:
            if self._webhook_facts is not None and row["disabled_why"] in ("failing", "gone"):
                fact = WebhookDisabled(seat=row["seat"], why=row["disabled_why"], since=row["disabled_at"])
                await self._webhook_facts.record(row["city"], row["id"], fact)
        await self._pool.execute("update delivery.webhook set told_at = now() where id = any($1)", list(ids))


def _over_by(event: Event, one: policy.Told, at: datetime) -> bool:
    """A reminder of a clock that would have ended by then is of no use any more."""
    if one.at is None:
        return False
    assignments = event.data.assignments if isinstance(event.data, e.ComplaintAssigned) else ()
    to = event.data.to if isinstance(event.data, e.LeadHandedOff | e.ReturnRefused) else None
    clocks = [clock for part in (*assignments, *([to] if to else [])) if part.seat == one.seat for clock in part.clocks]
    return any(clock.name == "first_response" and clock.due <= at for clock in clocks)
