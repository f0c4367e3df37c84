"""`python -m tests.bench.surge`: a flood about one outage through the real door, beside a LIVE session by hand.

Prints what was sent, acknowledged and lost, the wait for the first acknowledgement and in which stage it was spent,
how many clusters came of it, and what each process used of the cores, beside the machine's load. The default is the
real thing: 5,000 messages in 120 s and 60 entries in 300 s. The people, the provider and the figures share the cores
with what they watch: `cpu_s` says how much of them they had.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

import uvloop

from services.cli.demo.stage import Stage
from tests.bench.load import percentiles
from tests.bench.surge_people import flood, hear, session
from tests.bench.surge_stages import Used, clusters, stages, supervisor

CITY = "bengkulu"
DAY = 86_400.0


@dataclass
class Outcome:
    messages: int = 0
    seconds: float = 0.0
    refused: int = 0
    """Webhooks that were not answered by 200 within ten tries: lost."""
    acknowledged: int = 0
    ack_s: list[float] = field(default_factory=list)
    """Sent → first answer at the provider: p50, p95, p99, worst."""
    stages_s: dict[str, list[float]] = field(default_factory=dict)
    """p50, p95, p99 of each (`surge_stages.stages`)."""
    notices: dict[str, int] = field(default_factory=dict)
    clusters: int = 0
    in_cluster: int = 0
    settled_s: float = 0.0
    """From the last message until everybody was in the cluster, or patience ended."""
    entries: int = 0
    entries_seen: int = 0
    entry_p95_s: float | None = None
    """From Enter to the page that shows it."""
    cpu_s: dict[str, float] = field(default_factory=dict)
    """Of each part while the flood and its answers lasted; `people` is the load itself."""
    load: list[tuple[float, float, float]] = field(default_factory=list)
    cores: int | None = None


async def run(messages: int, seconds: float, entries: int, minutes: float, patience: float = 60) -> Outcome:
    outcome = Outcome(messages=messages, entries=entries, cores=os.cpu_count())
    async with AsyncExitStack() as ends:
        folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="tuntas-surge-", dir="/tmp"))
        stage = await ends.enter_async_context(Stage(Path(folder), day=DAY))
        outcome.load.append(os.getloadavg())
        wards = [ward.name for ward in supervisor(stage).cities[CITY].wards.values()]
        used, ours, began = Used(stage), time.process_time(), time.monotonic()
        live = asyncio.ensure_future(session(stage, CITY, wards, entries, minutes * 60))
        crowd = await flood(stage, CITY, messages, seconds)
        ended = time.monotonic()
        outcome.seconds, outcome.refused = round(ended - began, 1), crowd.lost
        outcome.load.append(os.getloadavg())
        await hear(stage, crowd, patience)
        outcome.cpu_s = {**used.since(), "people": round(time.process_time() - ours, 1)}
        waits = sorted(at - crowd.sent[person] for person, (at, _) in crowd.heard.items())
        outcome.acknowledged = len(waits)
        if waits:
            outcome.ack_s = [round(wait, 2) for wait in (*percentiles(waits), waits[-1])]
        moderated = await live
        outcome.entries_seen = moderated.seen
        if moderated.waits:
            outcome.entry_p95_s = round(percentiles(moderated.waits)[1], 2)
        while True:  # the session may end long after the flood: it is looked at least once
            found = await clusters(stage, CITY)
            outcome.clusters, outcome.in_cluster = len(found), sum(found)
            outcome.settled_s = round(time.monotonic() - ended, 1)
            if outcome.in_cluster >= messages or outcome.settled_s >= patience:
                break
            await asyncio.sleep(2)
        outcome.stages_s, outcome.notices = await stages(stage, CITY, crowd)
        outcome.load.append(os.getloadavg())
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--entries", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=5)
    given = parser.parse_args()
    outcome = uvloop.run(run(given.messages, given.seconds, given.entries, given.minutes))
    print(json.dumps(asdict(outcome), indent=1))  # noqa: T201  # a command's answer
    lost = outcome.refused or outcome.acknowledged < outcome.messages or outcome.entries_seen < outcome.entries
    sys.exit(1 if lost or outcome.clusters != 1 else 0)


if __name__ == "__main__":
    main()
