"""One update to everybody who waits: within the provider's rates and the day's money, fair, and danger goes first.

The windows of all are closed, so each message costs. Midway somebody reports a danger, and others in the city get their
ordinary news; then the money is spent, and staff let it go on.
"""

import asyncio
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg

from services.cli.provision.databases import VAULT
from services.cli.standins.provider import Behaviour
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.city.sending import SendingRules
from services.contracts.ids import derive
from services.notifier.delivery.rows import NewNotice
from services.notifier.outbox import Outbox
from services.notifier.pace import Rates
from services.notifier.templates import VERSION
from services.runtime import cities as city_files
from tests.faults.outcome import Outcome
from tests.faults.senders import PATIENCE, plan
from tests.notifier.conftest import CITY, DOOR, PHONE_NUMBER_ID, World

IN_FLIGHT = 16
"""Messages that may be on their way to the provider at the moment when one is written down."""

PRICE = 400
"""Rupiah of one template message."""


@dataclass(frozen=True)
class Size:
    waiting: int
    others: int
    per_second: float
    """Messages that the number may send; the stand-in refuses more."""
    within: float
    """Seconds."""


def city_with(city: City, budget: int, people: int) -> City:
    rules = SendingRules(prices={"template": PRICE}, budget_per_day=budget, people_per_day=people)
    return city_files.remade(city, policy=city.policy.model_copy(update={"sending": rules}))


async def run(world: World, size: Size) -> Outcome:
    outcome = Outcome("surge", times=size.waiting)
    began = time.monotonic()
    world.provider.behaviour = Behaviour(
        messages_per_second=size.per_second, pair_seconds=6, pair_burst=45, receipts=False, default_window="closed",
        refuse_in_answer=True,
    )  # fmt: skip
    await world.admin.jetstream().purge_stream(subjects.OUTBOUND, subject=subjects.outbound(CITY, "whatsapp"))
    await _no_lift_of_others(world)
    spent_before = await _spent(world)
    crowd = await _people(world, size.waiting, timedelta(days=2))
    others = await _people(world, size.others + 1, timedelta(0))
    for phone in others.values():
        world.provider.set_window(PHONE_NUMBER_ID, phone, is_open=True)
    affordable = size.waiting * 4 // 5
    city = city_with(world.stack.cities[CITY], spent_before + affordable * PRICE, size.waiting * 2 + 10_000)
    await _queue(world, [await _notice(world, complaint, lane="surge") for complaint in crowd])
    rates = Rates(per_second=size.per_second, person_seconds=6, person_burst=15)
    async with world.notifier(PATIENCE, 10, rates=rates, cities=world.stack.cities | {CITY: city}, plans=False):
        await _arrived(world, size.waiting // 4, size.within)
        (endangered, *usual) = others
        await _queue(world, [await _notice(world, one, lane=one) for one in usual])
        danger = await _notice(world, endangered, lane=endangered, urgent=True)
        await plan(world, [danger])
        danger_after = len(world.provider.arrived)  # the table's order is what counts from here on
        await Outbox(world.admin).queue([danger])
        await _arrived(world, affordable + len(others), size.within)
        await asyncio.sleep(1)
        _rates(outcome, world, size)
        _order(outcome, world, size, others, danger_after)
        paid = await _spent(world) - spent_before
        if paid > affordable * PRICE or len(world.provider.arrived) != affordable + len(others):
            outcome.breaks(f"Rp {paid} were spent of {affordable * PRICE}, {len(world.provider.arrived)} arrived")
        await _lift(world, city)
        await _arrived(world, size.waiting + len(others), size.within)
    seconds = time.monotonic() - began
    _everybody(outcome, world, crowd | others)
    if world.provider.limited:
        outcome.breaks(f"the provider refused {world.provider.limited} because they came too fast")
    outcome.acknowledged = size.waiting + len(others)
    outcome.notes.append(
        f"{size.waiting} people in {seconds:.0f} s, Rp {affordable * PRICE:,} before the stop was lifted"
    )
    outcome.seconds = seconds
    return outcome


async def _people(world: World, count: int, heard: timedelta) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, count, 32):
        found |= dict(await asyncio.gather(*(world.opens(heard=heard) for _ in range(min(32, count - start)))))
    return found


async def _notice(world: World, complaint: str, *, lane: str, urgent: bool = False) -> NewNotice:
    """The planner, who sees these complaints too, finds its acknowledgement written down."""
    _, events = await world.decider.load(CITY, complaint)
    notice = derive(world.id_key, "notice", complaint, events[0].id, "received", "reporter:1")
    return NewNotice(
        id=notice, city=CITY, channel="whatsapp", door=DOOR, owner=complaint, party="reporter:1", template="received",
        version=VERSION, about=1, urgent=urgent, lane=lane,
    )  # fmt: skip


async def _queue(world: World, rows: Sequence[NewNotice]) -> None:
    for start in range(0, len(rows), 500):
        await plan(world, rows[start : start + 500])
        await Outbox(world.admin).queue(rows[start : start + 500])


async def _spent(world: World) -> int:
    return int(await world.reader.fetchval("select coalesce(sum(rupiah), 0) from delivery.spent where city = $1", CITY))


async def _lift(world: World, city: City) -> None:
    day = datetime.now(UTC).astimezone(city.zone).date()
    connection = await asyncpg.connect(world.stack.installation.vault_url("tuntas_reporting"))
    try:
        await connection.execute(
            "insert into delivery.lifted (city, day, by_whom, why) values ($1, $2, 'seat:sekda', 'banjir')", CITY, day
        )
    finally:
        await connection.close()


async def _no_lift_of_others(world: World) -> None:
    """A stop that another test lifted today would hold here, too."""
    connection = await asyncpg.connect(world.stack.installation.server.database(VAULT))
    try:
        await connection.execute("delete from delivery.lifted")
    finally:
        await connection.close()


async def _arrived(world: World, count: int, within: float) -> None:
    ends = time.monotonic() + within
    while len(world.provider.arrived) < count and time.monotonic() < ends:
        await asyncio.sleep(0.05)


def _rates(outcome: Outcome, world: World, size: Size) -> None:
    """In any second, by the stand-in's clock; what a loop was held up for may bunch a little."""
    times = [message.at for message in world.provider.arrived]
    most = max(bisect_left(times, at + 1.0) - index for index, at in enumerate(times))
    if most > size.per_second * 1.25:
        outcome.breaks(f"{most} messages arrived within a second, {size.per_second:.0f} were allowed")
    outcome.notes.append(f"at most {most} messages in a second of {size.per_second:.0f} allowed")


def _order(outcome: Outcome, world: World, size: Size, others: dict[str, str], danger_after: int) -> None:
    """Who is endangered is next; everybody else's news takes turns with the crowd's."""
    place = {message.to: index for index, message in enumerate(world.provider.arrived)}
    danger, *usual = (place[phone] - danger_after for phone in others.values())
    latest = max(usual)
    # Those whose turn had come stand in line for a quarter of a second where the machine is held up.
    if danger > IN_FLIGHT + size.per_second / 4:
        outcome.breaks(f"{danger} messages went before the one about danger")
    if latest > 3 * len(usual) + IN_FLIGHT:
        outcome.breaks(f"others' news waited for {latest} messages of the surge")
    outcome.notes.append(f"danger was message {danger} after it was planned; others' news was out after {latest}")


def _everybody(outcome: Outcome, world: World, people: dict[str, str]) -> None:
    arrived = Counter(message.to for message in world.provider.arrived)
    outcome.doubles("people got the same message twice", [p for p in people.values() if arrived[p] > 1])
    outcome.loses("people never heard", [p for p in people.values() if not arrived[p]])
