"""`python -m services.reporting.rebuild [--json] [--compare]`: the read models anew from the log, or held against it.

Reads COMPLAINTS by sequence into empty tables beside the live ones and swaps them in one transaction; pages go on
meanwhile, nothing is ever sent. A long log is worked on by two processes (`halves`). `--compare` fills the same tables,
says whether the live ones are equal, and swaps nothing. Exit code 1: not equal.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import cast

import asyncpg
import nats
import uvloop

from services.contracts import subjects
from services.reporting.halves import WORTH, Helper, Share, everything, first, second
from services.reporting.read_models.filling import KEEP, Filling
from services.reporting.read_models.projector import CHECKPOINT, ONE_WRITER
from services.reporting.read_models.timeline.rows import Arrived
from services.reporting.reading import arrived, loader
from services.runtime import nats_headers, postgres
from services.runtime.log import Log
from services.runtime.settings import Settings

BATCH = 2_000
EVERYTHING = "complaint.*.*.*"

_DIFFERENT = {
    "step": "table reporting.step", "complaint": "table reporting.complaint", "holding": "table reporting.holding",
    # A row that came to nothing again counts as none.
    "tally": "select * from reporting.tally where received > 0",
}  # fmt: skip

_LIVE_AT = "select coalesce(max(sequence), 0) from reporting.checkpoint where name = $1"


@dataclass
class Report:
    """`seconds` is the whole time; `differences`: table → rows that only one side has."""

    events: int = 0
    seconds: float = 0.0
    sequence: int = 0
    swapped: bool = False
    equal: bool | None = None
    differences: dict[str, int] = field(default_factory=dict)

    @property
    def events_per_s(self) -> float:
        return self.events / self.seconds if self.seconds else 0.0


class Rebuild:
    """One rebuild. The tables beside the live ones are its own: one at a time, which an advisory lock sees to."""

    def __init__(
        self,
        log: Log,
        pool: asyncpg.Pool,
        batch: int = BATCH,
        keep: int = KEEP,
        *,
        helper: Helper | None = None,
        worth: int = WORTH,
    ) -> None:
        """`batch`: events written at once; `keep`: complaints in memory. `helper` works on its part, if the log has
        `worth` messages."""
        self._log = log
        self._helper = helper
        self._worth = worth
        self._pool = pool
        self._batch = batch
        self._next = Filling(loader(log), keep)
        self._report = Report()

    async def swap(self) -> Report:
        """Rebuild and put in place of the live tables."""
        return await self._run(compare=False, patience=0)

    async def compare(self, patience: float = 10.0) -> Report:
        """Rebuild and compare. `patience`: seconds for the live tables to come level with the log first."""
        return await self._run(compare=True, patience=patience)

    async def _run(self, *, compare: bool, patience: float) -> Report:
        began = time.perf_counter()
        async with self._pool.acquire() as holder:
            await holder.execute("select pg_advisory_lock($1)", ONE_WRITER + 1)
            try:
                await holder.execute("select reporting.prepare_next()")
                await self._read_all()
                if compare:
                    await self._level(patience)
                else:
                    await holder.execute("select reporting.index_next()")
                await self._finish(compare=compare)
            finally:
                await holder.execute("select pg_advisory_unlock($1)", ONE_WRITER + 1)
        self._report.seconds = round(time.perf_counter() - began, 3)
        return self._report

    async def part(self, share: Share, until: int) -> int:
        """Only the complaints of `share`, as far as they go up to sequence `until`: the number of their events."""
        await self._read(None, until, share)
        await self._fill()
        return self._report.events

    async def _read_all(self) -> None:
        """What stands now; what comes meanwhile is the end's."""
        until = await self._log.last()
        if self._helper is None or until < self._worth:
            await self._read(None)
            await self._fill()
            return
        self._helper.order(until)
        await self.part(first, until)
        self._report.events += await self._helper.done()
        self._report.sequence = until

    async def _read(
        self, connection: asyncpg.Connection | None, until: int | None = None, share: Share = everything
    ) -> None:
        """What lies behind what was read before (up to `until`); in the caller's transaction if there is one."""
        held: list[Arrived] = []
        # The database works on one batch while the next one is read: each has a core of its own.
        writing = asyncio.ensure_future(asyncio.sleep(0))
        try:
            async for entries in self._log.pages(EVERYTHING, after=self._report.sequence):
                held += [
                    arrived(entry)
                    for entry in entries
                    if (until is None or entry.sequence <= until) and share(entry.subject)
                ]
                if until is not None and entries[-1].sequence > until:
                    break
                if len(held) >= self._batch:
                    await writing
                    writing, held = asyncio.ensure_future(self._write(connection, held)), []
        finally:
            await writing
        await self._write(connection, held)

    async def _write(self, connection: asyncpg.Connection | None, held: list[Arrived]) -> None:
        if not held:
            return
        if connection is not None:
            await self._next.write(connection, held)
        else:
            async with self._pool.acquire() as proxy, proxy.transaction():
                # Not durable before the swap: after a crash the rebuild begins anew anyway.
                await proxy.execute("set local synchronous_commit = off")
                await self._next.write(cast("asyncpg.Connection", proxy), held)
        self._report.events += len(held)
        self._report.sequence = held[-1].sequence

    async def _fill(self) -> None:
        """What is only in memory, before anybody is made to wait."""
        async with self._pool.acquire() as proxy, proxy.transaction():
            await proxy.execute("set local synchronous_commit = off")
            await self._next.flush(cast("asyncpg.Connection", proxy))

    async def _level(self, patience: float) -> None:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if await self._pool.fetchval(_LIVE_AT, CHECKPOINT) >= self._report.sequence:
                return
            await asyncio.sleep(0.1)

    async def _finish(self, *, compare: bool) -> None:
        """The rest of the log while nobody else writes, then the swap or the comparison."""
        async with self._pool.acquire() as proxy, proxy.transaction():
            connection = cast("asyncpg.Connection", proxy)
            await connection.execute("select pg_advisory_xact_lock($1)", ONE_WRITER)
            if compare:
                await self._read(connection, until=await connection.fetchval(_LIVE_AT, CHECKPOINT))
                await self._next.flush(connection)
                await self._compare(connection)
                return
            await self._read(connection)
            await self._next.flush(connection)
            await connection.execute("select reporting.swap_next()")
            self._report.swapped = True

    async def _compare(self, connection: asyncpg.Connection) -> None:
        for table, live in _DIFFERENT.items():
            rebuilt = live.replace("reporting.", "reporting_next.")
            self._report.differences[table] = await connection.fetchval(
                f"select count(*) from (({live} except all {rebuilt}) union all ({rebuilt} except all {live})) d"  # noqa: S608
            )
        self._report.equal = not any(self._report.differences.values())


@contextlib.asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[tuple[Log, asyncpg.Pool]]:
    connection = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    nats_headers.quicken(connection)
    pool = await postgres.pool(settings.database_url or "", size=3, service="tuntas-rebuild", command_timeout=3600)
    try:
        yield Log(connection, subjects.COMPLAINTS), pool
    finally:
        await pool.close()
        await connection.close()


async def run(settings: Settings, *, compare: bool, helper: Helper | None = None, worth: int = WORTH) -> Report:
    async with _connected(settings) as (log, pool):
        work = Rebuild(log, pool, keep=KEEP // 2, helper=helper, worth=worth)
        return await (work.compare() if compare else work.swap())


async def _help(settings: Settings, until: int) -> int:
    async with _connected(settings) as (log, pool):
        return await Rebuild(log, pool, keep=KEEP // 2).part(second, until)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m services.reporting.rebuild", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--worth", type=int, default=WORTH, help="messages from which two processes work on it")
    given = parser.parse_args()
    # Nothing it makes lies in cycles; looking for them took a good part of the time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    settings = Settings()
    helper = Helper.forked(partial(_help, settings))
    try:
        report = uvloop.run(run(settings, compare=given.compare, helper=helper, worth=given.worth))
    finally:
        helper.dismiss()
    told = {**asdict(report), "events_per_s": round(report.events_per_s)}
    if given.json:
        print(json.dumps(told))  # a command's answer
    else:
        print(f"{report.events} events in {report.seconds} s, {told['events_per_s']} a second")
        if given.compare:
            print("equal" if report.equal else f"not equal: {report.differences}")
    sys.exit(1 if report.equal is False else 0)


if __name__ == "__main__":
    main()
