"""Looks for due times that have passed and puts each to the complaint, which decides whether anything follows."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.complaint.commands import BreachClock, CloseAtTerm, Command, LapseQuestion, RemindReporter, WakePlan
from services.complaint.state import Unopened
from services.contracts import ids
from services.contracts.city import City
from services.router import rows
from services.router.dossier import Deciding, Dossiers
from services.router.evidence.closings import Closings
from services.router.following import ACTOR, Router
from services.runtime import logs, telemetry
from services.runtime.failures import is_infrastructure
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]
    Record = asyncpg.Record

MOST = 100
"""Due times looked at in one transaction."""

LATER = timedelta(minutes=5)
"""A row whose complaint can't be decided on is looked at again after this."""

_log = logs.get(__name__)

_DUE = (
    "select city, complaint, clock, seat, started, due from router.clock where due <= $1 order by due limit $2 "
    "for update skip locked"
)


class Keeper:
    """Any number may run side by side: rows that one holds are skipped by the others."""

    def __init__(
        self,
        *,
        pool: "Pool",
        cities: Mapping[str, City],
        deciding: Deciding,
        dossiers: Dossiers,
        router: Router,
        vault: Vault,
        closings: Closings,
        clock: Callable[[], datetime],
    ) -> None:
        self._pool = pool
        self._cities = cities
        self._deciding = deciding
        self._dossiers = dossiers
        self._router = router
        self._vault = vault
        self._closings = closings
        self._clock = clock

    async def run(self, stop: asyncio.Event, every: float = 0.25) -> None:
        """`every`: seconds between looks when nothing is due."""
        pause = every
        while not stop.is_set():
            try:
                busy = await self.look() == MOST
                pause = 0.0 if busy else every
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                _log.warning("clocks_wait", error=error)
                pause = 1.0
            try:
                await asyncio.wait_for(stop.wait(), pause)
            except TimeoutError:
                continue

    async def look(self) -> int:
        """One round; how many rows were due."""
        now = self._clock()
        async with self._pool.acquire() as connection, connection.transaction():
            found = await connection.fetch(_DUE, now, MOST)
            if not found:
                return 0
            with telemetry.span("clocks", {"tuntas.due": len(found)}, root=True):
                results = await asyncio.gather(*(self._put(row) for row in found))
            done = [row for row, again in zip(found, results, strict=True) if again is None]
            later = [(row, again) for row, again in zip(found, results, strict=True) if again is not None]
            await connection.executemany(
                "delete from router.clock where complaint = $1 and clock = $2 and seat = $3 and started = $4",
                [_identity(row) for row in done],
            )
            await connection.executemany(
                "update router.clock set due = $5 where complaint = $1 and clock = $2 and seat = $3 and started = $4",
                [(*_identity(row), again) for row, again in later],
            )
        return len(found)

    async def _put(self, row: "Record") -> datetime | None:
        """None when it is settled, else when to look again."""
        try:
            await self._decide(row)
            return await self._moved_to(row)
        except Exception as error:
            if is_infrastructure(error):
                raise
            _log.error("clock_fails", complaint=row["complaint"], clock=row["clock"], error=error)
            return self._clock() + LATER

    async def _decide(self, row: "Record") -> None:
        city, complaint, clock, started = row["city"], row["complaint"], row["clock"], row["started"]
        if city not in self._cities:
            return
        if clock == rows.SETTLE:
            await self._router.settle(city, complaint, started)
            return
        if clock == rows.SIGN_OFF:
            await self._closings.not_signed(city, complaint, started)
            return
        # With its due time: a clock that was extended after it had been missed can be missed once more.
        purpose = f"{clock}.{row['seat']}.{started}.{row['due'].isoformat()}"
        cause = ids.wake_key(await self._vault.id_key(city), complaint, purpose)
        command = self._command(row, cause)
        await self._deciding.execute(city, complaint, command, cause=cause, actor=ACTOR, at=self._clock())

    def _command(self, row: "Record", cause: str) -> Command:
        clock, started = row["clock"], row["started"]
        if clock == rows.CONFIRM:
            return CloseAtTerm(cause=cause)
        if clock == rows.REMIND:
            return RemindReporter(cause=cause, number=started)
        if clock == rows.LAPSE:
            return LapseQuestion(cause=cause, number=started)
        if clock == rows.PLAN:
            return WakePlan(cause=cause, started=started)
        seat = self._cities[row["city"]].seats.get(row["seat"])
        superior = seat.superior if seat else None
        return BreachClock(cause=cause, clock=clock, seat=row["seat"], started=started, superior=superior)

    async def _moved_to(self, row: "Record") -> datetime | None:
        """Where the clock stands now, if it has been moved into the future meanwhile."""
        if row["clock"] == rows.SETTLE:
            return None
        dossier = await self._dossiers.load(row["city"], row["complaint"])
        if isinstance(dossier.state, Unopened):
            return None
        identity = (row["clock"], row["seat"], row["started"])
        for clock, seat, started, due in rows.wanted(dossier).rows:
            if (clock, seat, started) == identity:
                moment = datetime.fromisoformat(due)
                return moment if moment > self._clock() else None
        return None


def _identity(row: "Record") -> tuple[object, ...]:
    return row["complaint"], row["clock"], row["seat"], row["started"]
