"""The notifier against its providers' stand-in: errors, slow and lost answers, receipts in disorder, senders that die.

Each run opens complaints of people of its own and lets the real notifier tell them. The stand-in counts what really
arrived: nobody twice, nobody not at all, and at the end no message of which nobody knows what became of it.
"""

import asyncio
import multiprocessing
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.cli.standins.provider import Behaviour
from services.complaint import events as e
from services.contracts.ids import derive
from services.notifier.delivery.rows import NewNotice
from services.notifier.delivery.store import Store
from services.notifier.patience import Patience
from services.notifier.templates import VERSION
from services.runtime import postgres
from tests.faults.outcome import Outcome
from tests.faults.sender_crash import Job, process
from tests.notifier.conftest import CITY, DOOR, World

PATIENCE = Patience(
    queue=2.0, lease=3.0, silent=6.0, hold=30.0, fact=1.0, pauses=(0.1, 0.2, 0.4, 0.8, 1.6, 3.2), stopped=0.5
)
"""As in service, in seconds instead of minutes."""

OPEN = ("queued", "deferred", "sending", "unknown")
AT_ONCE = 16
CRASHES_AT_ONCE = 4


@dataclass(frozen=True)
class Run:
    """One kind of misbehaviour."""

    name: str
    behaviour: Behaviour
    provider_seconds: float = 5.0


RUNS = (
    Run("20 % errors", Behaviour(error_rate=0.2, receipt_delay_ms=5)),
    Run("slow answers", Behaviour(latency_ms=1500, receipt_delay_ms=5)),
    Run("lost answers", Behaviour(lose_answer_rate=0.2, hang_seconds=1.5, receipt_delay_ms=5), provider_seconds=0.7),
    Run("receipts", Behaviour(duplicate_receipts=3, shuffle_receipts=True, receipt_delay_ms=20)),
    Run(
        "all of it",
        Behaviour(error_rate=0.2, lose_answer_rate=0.2, hang_seconds=1.5, latency_ms=100, duplicate_receipts=3,
                  shuffle_receipts=True, receipt_delay_ms=20),
        provider_seconds=0.7,
    ),
)  # fmt: skip


@dataclass
class Told:
    """Who should hear, by complaint."""

    people: dict[str, str] = field(default_factory=dict)

    async def open(self, world: World, count: int) -> None:
        for start in range(0, count, AT_ONCE):
            made = await asyncio.gather(*(world.opens() for _ in range(min(AT_ONCE, count - start))))
            self.people |= dict(made)


async def misbehaving(world: World, run: Run, count: int, patience: float = 180) -> Outcome:
    outcome, told = Outcome(run.name, times=count), Told()
    began = time.monotonic()
    world.provider.behaviour = run.behaviour
    async with world.notifier(PATIENCE, run.provider_seconds):
        await told.open(world, count)
        await settled(world, outcome, told, patience)
    await judge(world, outcome, told)
    outcome.seconds = time.monotonic() - began
    return outcome


async def killed(world: World, stride: int, patience: float = 240) -> Outcome:
    """A sender for each await of the way, killed there; then one that lives, which must find everything as it is."""
    outcome, told = Outcome("kill -9 at every await"), Told()
    began = time.monotonic()
    world.provider.behaviour = Behaviour(latency_ms=30, receipt_delay_ms=5)
    world.hold_receipts = True
    for done in (False, True):
        await _crashes(world, outcome, told, stride, done=done)
    world.hold_receipts = False
    async with world.notifier(PATIENCE):
        await world.releases_receipts()
        await settled(world, outcome, told, patience)
    await judge(world, outcome, told)
    outcome.seconds = time.monotonic() - began
    outcome.notes.append(f"{outcome.times} senders were killed, {len(told.people)} people waited")
    return outcome


async def _crashes(world: World, outcome: Outcome, told: Told, stride: int, *, done: bool) -> None:
    """Until one gets through alive: then there are no more awaits."""
    method = multiprocessing.get_context("forkserver")
    method.set_forkserver_preload(["tests.faults.sender_crash"])
    at, alive = 1, False
    while not alive:
        points = [at + stride * k for k in range(CRASHES_AT_ONCE)]
        at = points[-1] + stride
        children = []
        for point in points:
            complaint, phone = await world.opens()
            told.people[complaint] = phone
            notice = await planned(world, complaint)
            job = Job(world.where(), world.stack.cities[CITY], PATIENCE, notice, point, done)
            child = method.Process(target=process, args=(job,))
            await asyncio.to_thread(child.start)
            children.append(child)
        for child in children:
            await asyncio.to_thread(child.join, 60)
            if child.exitcode not in (0, -9):
                outcome.breaks(f"a sender ended with {child.exitcode}")
            alive = alive or child.exitcode != -9
            outcome.times += child.exitcode == -9


async def planned(world: World, complaint: str) -> str:
    """The acknowledgement, written down as the planner does, whose follower comes later and finds it there."""
    _, events = await world.decider.load(CITY, complaint)
    notice = derive(world.id_key, "notice", complaint, events[0].id, "received", "reporter:1")
    row = NewNotice(
        id=notice, city=CITY, channel="whatsapp", door=DOOR, owner=complaint, party="reporter:1", template="received",
        version=VERSION, about=1,
    )  # fmt: skip
    await plan(world, [row])
    return notice


async def plan(world: World, rows: Sequence[NewNotice]) -> None:
    pool = await postgres.pool(world.stack.installation.vault_url("tuntas_notifier"))
    try:
        await Store(pool).plan(rows, PATIENCE.queue)
    finally:
        await pool.close()


async def settled(world: World, outcome: Outcome, told: Told, patience: float) -> None:
    """Every notice has an end, every receipt was heard."""
    left: Counter[str] = Counter()
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        rows = await world.reader.fetch(
            "select status, fact, count(*) as many from delivery.notice where owner = any($1::text[]) "
            "group by status, fact",
            list(told.people),
        )
        left = Counter({f"{row['status']}/{row['fact']}": row["many"] for row in rows})
        done = sum(many for name, many in left.items() if name == "read/told")
        if done == len(told.people) == sum(left.values()):
            await asyncio.sleep(0.5)  # what is still on its way would arrive twice now
            return
        await asyncio.sleep(0.2)
    outcome.breaks(f"after {patience:.0f} s there are {dict(left)} for {len(told.people)} people")


async def judge(world: World, outcome: Outcome, told: Told) -> None:
    """By what the stand-in took and what the log says."""
    arrived = Counter(message.to for message in world.provider.arrived)
    phones = set(told.people.values())
    outcome.acknowledged += len(phones)
    outcome.doubles("people got the same message twice", [p for p in phones if arrived[p] > 1])
    outcome.loses("people never heard", [p for p in phones if not arrived[p]])
    for complaint in told.people:
        facts = await world.events(complaint, e.ReporterTold)
        if len(facts) != 1:
            outcome.breaks(f"the log says {len(facts)} times that {complaint} was told")
