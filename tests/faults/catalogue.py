"""Every fault by name, in a short form (seconds, part of every test run) and a full one (`python3 dev.py faults`)."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.faults import canary, credentials, deliveries, kills, notifier, outages, poison, powercut, retry
from tests.faults.outcome import CannotHappenHere, Outcome
from tests.faults.stack import Stack, running


@dataclass(frozen=True)
class Sizes:
    """How much of everything."""

    deliveries: int
    by_adapter: int
    kills: int
    killed_messages: int
    kill_pauses: tuple[float, float]
    """Seconds between two kills. A part that dies again within 30 s is started after growing pauses."""
    retries: int
    postgres_away: float
    nats_away: float
    away_messages: int
    cuts: int
    cut_writes: int
    cut_messages: int
    """Webhooks before the cut of a whole installation; 0: only the log's store is cut."""
    poisoned: int
    notifier: notifier.Size
    resumes_within: float = 30
    """Seconds that an outage may be felt after it has ended."""


FULL = Sizes(
    deliveries=10_000, by_adapter=1_000, kills=102, killed_messages=20_000, kill_pauses=(4.0, 7.0), retries=200,
    postgres_away=120, nats_away=150, away_messages=600, cuts=5, cut_writes=20_000, cut_messages=2_000,
    poisoned=10_000, notifier=notifier.FULL,
)  # fmt: skip
"""nats-py gives up after 60 tries of 2 seconds, others sooner: 150 s is longer than any of them waits by default."""

SHORT = Sizes(
    deliveries=60, by_adapter=5, kills=6, killed_messages=100, kill_pauses=(0.5, 3.0), retries=5,
    postgres_away=8, nats_away=8, away_messages=40, cuts=1, cut_writes=500, cut_messages=0, poisoned=30,
    notifier=notifier.SHORT,
)  # fmt: skip

OnStack = Callable[[Stack, Sizes], Awaitable[Outcome]]
InFolder = Callable[[Path, Sizes], Awaitable[Outcome]]


async def _away(stack: Stack, part: Literal["nats", "postgres"], seconds: float, sizes: Sizes) -> Outcome:
    return await outages.run(stack, part, seconds, sizes.resumes_within, sizes.away_messages)


ON_STACK: Mapping[str, OnStack] = {
    "deliveries": lambda stack, s: deliveries.run(stack, s.deliveries, s.by_adapter),
    "credentials": lambda stack, _: credentials.run(stack),
    "poison": lambda stack, s: poison.run(stack, s.poisoned),
    "postgres-away": lambda stack, s: _away(stack, "postgres", s.postgres_away, s),
    "nats-away": lambda stack, s: _away(stack, "nats", s.nats_away, s),
    "kills": lambda stack, s: kills.run(stack, s.kills, s.killed_messages, s.kill_pauses),
}
"""Those that need a running stack and leave it whole: they can share one."""


async def _canary(folder: Path, _: Sizes) -> Outcome:
    collector = canary.Collector()
    try:
        async with running(folder / "canary", {"TUNTAS_OTLP_ENDPOINT": collector.url}) as stack:
            return await canary.run(stack, collector)
    finally:
        collector.stop()


IN_FOLDER: Mapping[str, InFolder] = {
    "retry": lambda folder, s: retry.run(folder, s.retries),
    "powercut": lambda folder, s: powercut.run(folder, s.cuts, s.cut_writes, s.cut_messages),
    "canary": _canary,
    "notifier": lambda folder, s: notifier.run(folder, s.notifier),
}
"""Those that bring what they need."""

NAMES = (
    "deliveries",
    "kills",
    "retry",
    "postgres-away",
    "nats-away",
    "powercut",
    "poison",
    "credentials",
    "canary",
    "notifier",
)


async def alone(name: str, folder: Path, sizes: Sizes) -> Outcome:
    """One fault on a stack of its own. Whatever goes wrong on the way stands in the outcome."""
    began = time.monotonic()
    outcome = Outcome(name)
    try:
        if name in ON_STACK:
            async with running(folder / name) as stack:
                outcome = await ON_STACK[name](stack, sizes)
        else:
            outcome = await IN_FOLDER[name](folder, sizes)
    except CannotHappenHere as why:
        outcome.skipped = str(why)
    except Exception as error:  # noqa: BLE001 - a fault that could not be tried has not passed
        outcome.breaks(f"{type(error).__name__}: {error}")
    outcome.seconds = time.monotonic() - began
    return outcome
