"""`python -m tests.bench [--json]`: starts everything, loads it from another process, prints the figures.

accept_per_s           signed webhooks answered 200 (durable), all services running beside the door
queue_per_s            complaints from the first webhook until tasks are queued, notices queued, read models level
queue_p50/95/99_ms     at 50 complaints a second: event stored → its task stored, by the broker's clock
rebuild_events_per_s   all read models from the log into a fresh schema
cpu_ms_per_complaint   user and system time of all our processes, over the sustained run
cpu_ms_by_part         the same for each service, NATS and Postgres: where the time goes
place_us               processor time of finding a place in a text of some 60 letters (`tests.bench.places` tells more)
rss_mb_idle/_load      PSS of all our processes, before and at the most during the load
rss_mb_by_part         that of each part at that moment
"""

import argparse
import asyncio
import json
import os
import sys
import time
from typing import Any

from nats.aio.client import Client

from tests.bench import log_times, machine, places
from tests.bench.load import percentiles
from tests.bench.sending import load
from tests.bench.stack import Running, started

SUSTAINED = 20_000
"""Complaints of the sustained run."""
WARM = 200
"""Complaints before anything is measured: what a process does for the first time takes longer."""
STEADY = 1_000
STEADY_RATE = 50.0
SETTLED_S = 5.0
PATIENCE = 600.0


async def main(count: int) -> dict[str, Any]:
    with started() as running:
        await running.ready()
        await asyncio.sleep(SETTLED_S)
        figures: dict[str, Any] = {"rss_mb_idle": round(machine.pss_mb(machine.tree(running.pid)))}
        async with running.admin() as connection:
            await load(running, WARM, offset=0, rate=STEADY_RATE)
            await log_times.level(connection, PATIENCE)
            await _steady(running, connection, figures)
            await _sustained(running, connection, figures, count)
        rebuilt = await asyncio.to_thread(running.tuntas, "rebuild")
        figures["rebuild_events_per_s"] = round(rebuilt["events"] / rebuilt["seconds"])
        figures["place_us"] = places.figures()["us_per_text"]
        figures["cores"] = os.cpu_count()
        figures["fsync_us"] = round(machine.fsync_us(running.home))
    return figures


async def _sustained(running: Running, connection: Client, figures: dict[str, Any], count: int) -> None:
    used = machine.cpu_by_part(running.pid)
    memory = _Memory(running.pid)
    watching = asyncio.create_task(memory.watch())
    loaded = await load(running, count, offset=WARM + STEADY, rate=None)
    figures["accept_per_s"] = round(loaded["accepted"] / loaded["seconds"])
    await log_times.level(connection, PATIENCE)
    figures["queue_per_s"] = round(count / (time.time() - loaded["began_at"]))
    # What came and went meanwhile is counted with who started it.
    spent = {name: now - used.get(name, 0.0) for name, now in machine.cpu_by_part(running.pid).items()}
    figures["cpu_ms_per_complaint"] = round(sum(spent.values()) * 1000 / count, 2)
    figures["cpu_ms_by_part"] = {name: round(seconds * 1000 / count, 2) for name, seconds in sorted(spent.items())}
    watching.cancel()
    figures["rss_mb_load"] = round(memory.most_mb)
    figures["rss_mb_by_part"] = memory.most
    queued = {row[0] for row in await log_times.stored(connection, "AGENCY", "agency.>", 0)}
    if len(queued) != (sent := WARM + STEADY + count):
        raise SystemExit(f"{len(queued)} complaints in the queues, {sent} were sent: the figures say nothing")


class _Memory:
    """The most that the processes below `pid` have used while it watched."""

    def __init__(self, pid: int) -> None:
        self.most_mb = 0.0
        self.most: dict[str, int] = {}
        """The same by part."""
        self._pid = pid

    async def watch(self) -> None:
        while True:
            now = machine.pss_mb(machine.tree(self._pid))
            if now > self.most_mb:
                self.most_mb, self.most = now, machine.pss_by_part(self._pid)
            await asyncio.sleep(1)


async def _steady(running: Running, connection: Client, figures: dict[str, Any]) -> None:
    before = (await log_times.info(connection, "STREAM.INFO.COMPLAINTS"))["state"]["last_seq"]
    await load(running, STEADY, offset=WARM, rate=STEADY_RATE)
    await log_times.level(connection, PATIENCE)
    log = await log_times.stored(connection, "COMPLAINTS", "complaint.>", before)
    opened = {complaint: when for complaint, kind, when in log if kind == "complaint.received"}
    first: dict[str, float] = {}
    for complaint, _, when in await log_times.stored(connection, "AGENCY", "agency.>", 0):
        first[complaint] = min(when, first.get(complaint, when))
    spans = percentiles([(first[complaint] - when) * 1000 for complaint, when in opened.items()])
    for name, span in zip(("queue_p50_ms", "queue_p95_ms", "queue_p99_ms"), spans, strict=True):
        figures[name] = round(span, 1)


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 dev.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument(
        "--complaints", type=int, default=SUSTAINED, help=f"of the sustained run ({SUSTAINED})", metavar="COUNT"
    )
    return parser.parse_args(given)


if __name__ == "__main__":
    arguments = _arguments(sys.argv[1:])
    measured = asyncio.run(main(arguments.complaints))
    if arguments.json:
        print(json.dumps(measured))  # noqa: T201  # the command's result
    else:
        width = max(len(name) for name in measured)
        for name, value in measured.items():
            print(f"{name:<{width}}  {value}")  # noqa: T201  # the command's result
