"""Looks for due times that have passed and puts each to the complaint, which decides whether anything follows."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.complaint.state import Unopened
from services.contracts.city import City
from services.router import rows
from services.router.clocks import asking, escalation
from services.router.dossier import Deciding, Dossier, Dossiers
from services.router.evidence.closings import Closings
from services.router.following import ACTOR, Router
from services.runtime import logs, telemetry
from services.runtime.deciding import Decided
from services.runtime.failures import is_infrastructure
from services.runtime.rounds import rounds
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

MOST = 100
"""Due times looked at in one transaction."""

EVERY = 0.25
"""Seconds between two looks."""

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
        vacant: escalation.Vacant = lambda _city, _seat: False,
    ) -> None:
        """`vacant`: whether nobody sits on a seat just now."""
        self._pool = pool
        self._cities = cities
        self._deciding = deciding
        self._dossiers = dossiers
        self._router = router
        self._vault = vault
        self._closings = closings
        self._clock = clock
        self._vacant = vacant

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """`every`: seconds between looks when nothing is due."""
        await rounds(self._round, stop, every, waits="clocks_wait")

    async def _round(self) -> bool:
        return await self.look() == MOST

    async def look(self) -> int:
        """One round; how many rows were due."""
        now = self._clock()
        async with self._pool.acquire() as connection, connection.transaction():
            found = [rows.DueRow(*row) for row in await connection.fetch(_DUE, now, MOST)]
            if not found:
                return 0
            with telemetry.span("clocks", {"tuntas.due": len(found)}, root=True):
                results = await asyncio.gather(*(self._put(row) for row in found))
            done = [row for row, again in zip(found, results, strict=True) if again is None]
            later = [(row, again) for row, again in zip(found, results, strict=True) if again is not None]
            await connection.executemany(
                "delete from router.clock where complaint = $1 and clock = $2 and seat = $3 and started = $4",
                [row.identity for row in done],
            )
            await connection.executemany(
                "update router.clock set due = $5 where complaint = $1 and clock = $2 and seat = $3 and started = $4",
                [(*row.identity, again) for row, again in later],
            )
        return len(found)

    async def _put(self, row: rows.DueRow) -> datetime | None:
        """None when it is settled, else when to look again."""
        try:
            return await self._decide(row)
        except Exception as error:
            if is_infrastructure(error):
                raise
            _log.error("clock_fails", complaint=row.complaint, clock=row.clock, error=error)
            return self._clock() + LATER

    async def _decide(self, row: rows.DueRow) -> datetime | None:
        city = self._cities.get(row.city)
        if city is None:
            return None
        if row.clock == rows.SETTLE:
            await self._router.settle(row.city, row.complaint, row.started)
            return None
        if row.clock == rows.SIGN_OFF:
            await self._closings.not_signed(row.city, row.complaint, row.started)
            return self._stands_at(row, await self._dossiers.load(row.city, row.complaint))
        dossier = await self._dossiers.load(row.city, row.complaint)
        key, now = await self._vault.id_key(row.city), self._clock()
        command = asking.command(row, dossier, city, key, at=now, vacant=self._vacant)
        if command is not None:
            outcome = await self._deciding.execute(
                row.city, row.complaint, command, cause=command.cause, actor=ACTOR, at=now, known=dossier.known
            )
            if isinstance(outcome, Decided) and outcome.events:
                return None
            dossier = await self._dossiers.load(row.city, row.complaint)
        return self._stands_at(row, dossier)

    def _stands_at(self, row: rows.DueRow, dossier: Dossier) -> datetime | None:
        """Where the clock stands now, if it has been moved into the future meanwhile."""
        if isinstance(dossier.state, Unopened):
            return None
        for clock, seat, started, due in rows.wanted(dossier).rows:
            if (clock, seat, started) == row.identity[1:]:
                moment = datetime.fromisoformat(due)
                return moment if moment > self._clock() else None
        return None
