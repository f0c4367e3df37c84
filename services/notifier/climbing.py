"""Gathers what the ladder has to know: the person, the talk, the accounts, quota and money as they stand now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import assert_never

from services.contracts.base import Confidentiality
from services.contracts.city import City
from services.contracts.city.sending import Rung
from services.contracts.city.template_forms import Use
from services.contracts.facts.templates import Refuses, nothing_refused
from services.contracts.ids import derive
from services.notifier import ladder
from services.notifier.delivery.means import Means
from services.notifier.delivery.rows import Notice
from services.notifier.door import Door
from services.notifier.ladder import WAY, Known, NoWay, Shut, Step, Wait, Way
from services.notifier.outbox import EXTERNAL_TTL, KEPT_LONGER
from services.runtime import logs
from services.runtime.vault import Contact, IdKeys

LOOK_AGAIN = 300.0
"""Seconds at most until money and quota are looked at again; a lifted stop is noticed at once."""

DANGER_LIES = timedelta(minutes=5)
"""So long a message about danger lies in an adapter's queue where another message can reach the person."""

_log = logs.get(__name__)

Doors = Mapping[tuple[str, str], Door]
Barred = Callable[[str, str], str | None]
"""City and door → why nothing may go through this account now; None: it may."""


def nothing_barred(_city: str, _door: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Path:
    """Where one rung leads: the city's door, and the address behind it."""

    channel: str
    door: str
    address: str
    adapter: bool = False
    """Somebody else's program serves this door: it is handed over, not sent."""


@dataclass(frozen=True, slots=True)
class Found:
    step: Step | Wait | NoWay
    path: Path | None = None
    cost: int = 0
    day: date = date.min
    limit: int | None = None
    within: timedelta = timedelta(0)
    """Where it is handed over: how long it may lie there."""


@dataclass(frozen=True, slots=True)
class Climber:
    means: Means
    keys: IdKeys
    cities: Mapping[str, City]
    doors: Doors
    clock: Callable[[], datetime]
    barred: Barred = nothing_barred
    refused: Refuses = nothing_refused

    async def next(
        self, notice: Notice, contact: Contact, confidentiality: Confidentiality, use: Use = "news"
    ) -> Found:
        """The next rung for this notice, and where it leads. `use`: the approved form that would carry it. Raises
        infrastructure errors."""
        city, now = self.cities[notice.city], self.clock()
        rules = city.policy.sending
        notice, contact, own = self._by_another(city, notice, contact)
        paths = self._paths(city, notice, contact)
        way: Way = notice.channel if notice.channel in ("email", "sms") else "own"  # type: ignore[assignment]  # one of them
        rungs = [rung for rung in rules.ladder(notice.channel) if notice.about is not None or WAY[rung] == way]
        adapter = any(path.adapter for path in paths.values())
        if adapter:
            rungs = by_adapter(rungs)
        known = Known(
            channel=notice.channel,
            heard=None if contact.last_heard_at is None else now - contact.last_heard_at,
            comment=not adapter and ":" in contact.address and notice.channel in ("facebook", "instagram"),
            confidentiality=confidentiality,
            reaches=frozenset(paths),
            urgent=notice.urgent,
            waited=now - notice.created_at,
            adapter=adapter,
        )
        day = now.astimezone(city.zone).date()
        shut: dict[Rung, Shut] = {}
        for rung in rungs:
            if (path := paths.get(WAY[rung])) is not None and rung != "call" and not path.adapter:
                found = self._account(city.id, path, rung, use) or await self._quota(notice, city, rung, path)
                found = found or await self._money(notice, city, rung, day)
                if found is not None:
                    shut[rung] = found
        if (reason := self.refused(city.id, use)) is not None and notice.channel == "whatsapp":
            own = {**own, "template": reason}  # the provider would refuse it: nothing is tried, nothing is lost
        climb = partial(
            ladder.climb, rungs, known, shut=shut, patience=timedelta(minutes=rules.away_minutes),
            private_reply=timedelta(days=rules.private_reply_days),
        )  # fmt: skip
        step = climb({**own, **notice.failed})
        if not isinstance(step, Step):
            return Found(step)
        if (path := paths[WAY[step.rung]]).adapter:
            after = climb({**own, **notice.failed, step.rung: "not_taken"})
            return Found(step, path, within=lies(after, urgent=notice.urgent, patience=climb.keywords["patience"]))
        limit = rules.budget_per_day if not notice.urgent else None
        if limit is not None and rules.price(step.rung) and (await self.means.spent(city.id, day)).lifted:
            limit = None
        return Found(step, paths[WAY[step.rung]], rules.price(step.rung), day, limit)

    def _by_another(self, city: City, notice: Notice, contact: Contact) -> tuple[Notice, Contact, Mapping[Rung, str]]:
        """An account that somebody else had says nothing. A number can be written to from another number of the city,
        which has no window there; elsewhere the person is known to that one account only, so its rungs are over."""
        reason = self.barred(city.id, notice.door)
        if reason is None:
            return notice, contact, {}
        others = (d.id for d in city.doors if d.channel == notice.channel and (city.id, d.id) in self.doors)
        other = next((door for door in others if self.barred(city.id, door) is None), None)
        if other is None or notice.channel != "whatsapp":
            ladder_ = city.policy.sending.ladder(notice.channel)
            return notice, contact, {rung: reason for rung in ladder_ if WAY[rung] == "own"}
        return replace(notice, door=other), replace(contact, door=other, last_heard_at=None), {}

    def _paths(self, city: City, notice: Notice, contact: Contact) -> dict[Way, Path]:
        """A city has at most one gateway for SMS and one for e-mail that count: the first that can send."""
        found: dict[Way, Path] = {}
        own: Way = "email" if notice.channel == "email" else "sms" if notice.channel == "sms" else "own"
        if (city.id, notice.door) in self.doors:
            found[own] = Path(notice.channel, notice.door, contact.address)
        elif any(door.id == notice.door and door.external for door in city.doors):
            found[own] = Path(notice.channel, notice.door, contact.address, adapter=True)
        phone = phone_of(contact)
        for way, address in (("sms", phone), ("email", contact.email)):
            door = next((d.id for d in city.doors if d.channel == way and (city.id, d.id) in self.doors), None)
            if door is not None and address is not None and way not in found:
                found["sms" if way == "sms" else "email"] = Path(way, door, address)
        if phone is not None and any("clerk" in seat.roles for seat in city.leaders):
            found["call"] = Path("call", "-", phone)
        return found

    def _account(self, city: str, path: Path, rung: Rung, use: Use) -> Shut | None:
        if (reason := self.barred(city, path.door)) is not None:
            return Shut(reason, LOOK_AGAIN)
        door = self.doors[city, path.door]
        return door.refuses(rung, use) or door.away()

    async def _quota(self, notice: Notice, city: City, rung: Rung, path: Path) -> Shut | None:
        """WhatsApp's messaging limit: so many different people in 24 hours may be written to first."""
        most = city.policy.sending.people_per_day
        if rung != "template" or most is None:
            return None
        people, known = await self.means.opened(city.id, notice.channel, await self.person(notice, path.address))
        return None if known or people < most else Shut("quota", LOOK_AGAIN)

    async def _money(self, notice: Notice, city: City, rung: Rung, day: date) -> Shut | None:
        rules = city.policy.sending
        price = rules.price(rung)
        if price == 0 or rules.budget_per_day is None:
            return None
        spent = await self.means.spent(city.id, day)
        after = spent.rupiah + price
        if after >= rules.budget_per_day * rules.warn_at and await self.means.mark(city.id, day, "warned"):
            _log.warning("budget_nearly_spent", city=city.id, rupiah=spent.rupiah, budget=rules.budget_per_day)
        if after <= rules.budget_per_day or spent.lifted or notice.urgent:
            return None
        if await self.means.mark(city.id, day, "stopped"):
            _log.error("budget_spent", city=city.id, rupiah=spent.rupiah, budget=rules.budget_per_day)
        return Shut("budget", LOOK_AGAIN)

    async def person(self, notice: Notice, address: str) -> str:
        """A keyed hash: who was written to can be counted and not read."""
        return derive(await self.keys.id_key(notice.city), "person", notice.channel, address)


def by_adapter(rungs: Sequence[Rung]) -> list[Rung]:
    """How it reaches the person is the adapter's business: there is one rung of its own, not several."""
    others: list[Rung] = [rung for rung in rungs if WAY[rung] != "own"]
    return ["free", *others] if len(others) < len(rungs) else others


def lies(after: Step | Wait | NoWay, *, urgent: bool, patience: timedelta) -> timedelta:
    """How long an adapter's queue is a good place for it. As with an account that is away: another message goes out
    after the city's patience, and a danger hardly waits. A call, and the fact that nobody was reached, wait for a day;
    who told of a danger is called sooner."""
    longest = EXTERNAL_TTL - KEPT_LONGER
    match after:
        case Step(rung="call") | NoWay():
            return min(patience, longest) if urgent else longest
        case Step() | Wait():
            return min(DANGER_LIES if urgent else patience, longest)
        case _:
            assert_never(after)


def phone_of(contact: Contact) -> str | None:
    """A number that SMS and the desk can use, in international form; None where only an id is known."""
    if contact.phone is not None:
        return contact.phone
    digits = contact.address.removeprefix("+")
    numbered = contact.channel in ("whatsapp", "sms", "phone") and digits.isdecimal() and 8 <= len(digits) <= 15
    return f"+{digits}" if numbered else None
