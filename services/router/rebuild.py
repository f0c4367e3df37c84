"""`python -m services.router.rebuild [--json] [--compare]`: due times, work, proofs and services off anew from the log.
What a dry run of rules looks at is filled up beside them.

Reads COMPLAINTS by sequence for what is still open, loads that, and puts the rows in place in one transaction that the
running router waits for. Nothing is decided, published or sent. `--compare` changes nothing and says what differs.
Exit code 1: not equal. Rows by which a chat is found to be silent are made anew, not compared: only some are needed.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import asyncpg
import nats
import uvloop

from services.complaint.aggregate import COMPLAINT
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.contracts.facts import CityFact
from services.router import rows
from services.router.dossier import Dossier
from services.router.evidence.shown_again import Shown
from services.router.rules import history
from services.router.rules.history import GIVEN_OUT, GivenOut
from services.router.services_off import INTERRUPTION, ServicesOff
from services.runtime import cities as city_files
from services.runtime import postgres
from services.runtime.log import Entry, Log
from services.runtime.settings import Settings

ABREAST = 64
"""Complaints loaded at once."""

ENDS = frozenset({"complaint.closed", "complaint.confirmed", "complaint.withdrawn", "complaint.entry_undone"})
QUIET = frozenset({
    "complaint.reporter_told", "complaint.reporter_unreachable", "complaint.call_wanted",
    "complaint.reporter_called", "complaint.message_added",
    "complaint.evidence_attached", "complaint.evidence_refused", "complaint.replied", "complaint.reporter_erased",
    "complaint.confidentiality_raised", "complaint.note_ruled", "complaint.breach_explained",
    "complaint.reply_drafted", "complaint.reply_draft_dropped", "complaint.proof_drafted", "complaint.proof_approved",
    "complaint.proof_dropped", "complaint.proof_posted", "complaint.proof_not_posted", "complaint.proof_linked",
    "complaint.proof_withdrawn", "complaint.instruction_answered", "complaint.contact_allowed",
    "complaint.contact_disallowed", "complaint.contact_asked", "complaint.contact_ruled", "complaint.contact_shown",
    "complaint.answered_on_air", "complaint.seats_mentioned",
    "complaint.account_lost", "complaint.news_stopped", "complaint.news_resumed", "complaint.afterword_given",
    "complaint.proof_removed",
})  # fmt: skip
"""What can still happen after the end without opening the complaint again; anything else means: look at it."""

_LOCK = "lock table router.clock, router.work, router.proof, router.interruption in access exclusive mode"

ClockRow = tuple[str, str, str, str, int, datetime]
WorkRow = tuple[str, str, str, datetime]


@dataclass
class Report:
    """`differences`: rows that only one side has, by table."""

    events: int = 0
    open: int = 0
    seconds: float = 0.0
    swapped: bool = False
    equal: bool | None = None
    differences: dict[str, int] = field(default_factory=dict)


@dataclass
class Rebuild:
    """One run. `settle`: how long a chat must be silent, by city."""

    complaints: Log
    facts: Log
    pool: asyncpg.Pool
    settle: dict[str, timedelta]
    report: Report = field(default_factory=Report)
    _open: dict[str, str] = field(default_factory=dict)
    """Complaint → city."""
    _seen: int = 0
    _shown: Shown = field(default_factory=Shown)
    _given_out: GivenOut = field(default_factory=GivenOut)
    _made: dict[str, tuple[list[ClockRow], list[WorkRow]]] = field(default_factory=dict)

    async def run(self, *, compare: bool = False) -> Report:
        began = time.perf_counter()
        await self._read()
        await self._make(self._open)
        off = [entry async for entries in self.facts.pages("city.*.service.*") for entry in entries]
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute(_LOCK)
            # What came meanwhile: while the lock is held no row follows it, so these are the rows as the log stands.
            before = self._open
            self._open = {}
            changed = await self._read()
            self._open = {k: city for k, city in before.items() if k not in changed} | self._open
            for gone in changed:
                self._made.pop(gone, None)
            await self._make({k: city for k, city in self._open.items() if k in changed})
            if compare:
                await self._compare(connection)
            else:
                await self._put(connection, off)
        self.report.open = len(self._made)
        self.report.seconds = round(time.perf_counter() - began, 3)
        return self.report

    async def _read(self) -> set[str]:
        """Which complaints are open; what was read now, by id."""
        touched: set[str] = set()
        async for entries in self.complaints.pages("complaint.*.*.*", after=self._seen):
            for entry in entries:
                self._shown.take(entry)
                _, city, _, complaint = entry.subject.split(".")
                if entry.type in GIVEN_OUT:
                    self._given_out.take(city, COMPLAINT.decode(entry.type, entry.schema, entry.body))
                touched.add(complaint)
                if entry.type in ENDS:
                    self._open.pop(complaint, None)
                elif entry.type not in QUIET:
                    self._open[complaint] = city
            self.report.events += len(entries)
            self._seen = entries[-1].sequence
        return touched

    async def _make(self, wanted: dict[str, str]) -> None:
        waiting = list(wanted.items())
        while waiting:
            some, waiting = waiting[:ABREAST], waiting[ABREAST:]
            for dossier in await asyncio.gather(*(self._load(city, complaint) for complaint, city in some)):
                self._made[dossier.complaint] = self._rows_of(dossier)

    async def _load(self, city: str, complaint: str) -> Dossier:
        dossier = Dossier(city, complaint)
        for entry in await self.complaints.load(subjects.complaint(city, complaint)):
            dossier.add(COMPLAINT.decode(entry.type, entry.schema, entry.body), entry.sequence)
        return dossier

    def _rows_of(self, dossier: Dossier) -> tuple[list[ClockRow], list[WorkRow]]:
        silence = self.settle.get(dossier.city)
        wanted = rows.wanted(dossier, None if silence is None else rows.silent_at(dossier, silence))
        since = rows.held_since(dossier)
        identity = (dossier.city, dossier.complaint)
        clocks = [(*identity, clock, seat, n, datetime.fromisoformat(due)) for clock, seat, n, due in wanted.rows]
        work = [(dossier.city, seat, dossier.complaint, since[seat]) for seat in wanted.work]
        return clocks, work

    def _all(self) -> tuple[list[ClockRow], list[WorkRow]]:
        clocks = [row for found, _ in self._made.values() for row in found]
        return clocks, [row for _, found in self._made.values() for row in found]

    async def _put(self, connection: "asyncpg.pool.PoolConnectionProxy", off: Iterable[Entry]) -> None:
        clocks, work = self._all()
        await connection.execute("delete from router.clock")
        await connection.execute("delete from router.work")
        await connection.execute("delete from router.interruption")
        await connection.executemany("insert into router.clock values ($1, $2, $3, $4, $5, $6)", clocks)
        await connection.executemany(
            "insert into router.work (city, seat, complaint, since) values ($1, $2, $3, $4)", work
        )
        await connection.execute("delete from router.proof")
        await connection.executemany(
            "insert into router.proof (reference, complaint, city, round) values ($1, $2, $3, $4)", self._shown.rows()
        )
        await history.keep(connection, self._given_out.rows())
        for entry in off:
            await ServicesOff.write(connection, _fact(entry))
        self.report.swapped = True

    async def _compare(self, connection: "asyncpg.pool.PoolConnectionProxy") -> None:
        clocks, work = self._all()
        live = await connection.fetch("select city, complaint, clock, seat, started, due from router.clock")
        held = await connection.fetch("select city, seat, complaint from router.work")
        shown = await connection.fetch("select reference, complaint, city, round from router.proof")
        self.report.differences = {
            "proof": len(set(self._shown.rows()) ^ {tuple(row) for row in shown}),
            "clock": len({row for row in clocks if row[2] != rows.SETTLE}
                         ^ {tuple(row) for row in live if row["clock"] != rows.SETTLE}),
            "work": len({row[:3] for row in work} ^ {tuple(row) for row in held}),
        }  # fmt: skip
        self.report.equal = not any(self.report.differences.values())


def _fact(entry: Entry) -> Recorded[CityFact]:
    return INTERRUPTION.decode(entry.type, entry.schema, entry.body)


async def run(settings: Settings, *, compare: bool) -> Report:
    connection = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
    pool = await postgres.pool(settings.database_url or "", size=3, service="tuntas-rebuild", command_timeout=3600)
    served: dict[str, City] = city_files.load(settings.cities_dir, settings.time_scale)
    silences = {name: timedelta(seconds=city.policy.settle_seconds) for name, city in served.items()}
    try:
        work = Rebuild(Log(connection, subjects.COMPLAINTS), Log(connection, subjects.CITY), pool, silences)
        return await work.run(compare=compare)
    finally:
        await pool.close()
        await connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m services.router.rebuild", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--compare", action="store_true")
    given = parser.parse_args()
    report = uvloop.run(run(Settings(), compare=given.compare))
    if given.json:
        print(json.dumps(asdict(report)))  # a command's answer
    else:
        print(f"{report.events} events, {report.open} open complaints in {report.seconds} s")
        if given.compare:
            print("equal" if report.equal else f"not equal: {report.differences}")
    sys.exit(1 if report.equal is False else 0)


if __name__ == "__main__":
    main()
