"""Puts a new policy to the complaints that are open already, where the city says so: slowly, and once for each."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts import ids
from services.contracts.city import City
from services.router.clocks import recompute
from services.router.dossier import Deciding, Dossiers
from services.router.following import ACTOR
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

PAGE = 20
"""Complaints put to the policy side by side."""

PACE = 0.2
"""Seconds of rest after each page: the day's work goes first."""

SETTLING = 3.0
"""Seconds after a version came until it is applied: by then no process assigns by the old one."""

_DONE = "select true from router.policy_applied where city = $1 and version = $2"
_FINISH = "insert into router.policy_applied (city, version, at) values ($1, $2, $3) on conflict do nothing"
_OPEN = "select distinct complaint from router.work where city = $1 and complaint > $2 order by complaint limit $3"

_log = logs.get(__name__)


class Applying:
    """Any number may run side by side, and one that is stopped in the middle is taken up from the beginning: what was
    recomputed already has its event."""

    def __init__(
        self,
        *,
        pool: "Pool",
        cities: Mapping[str, City],
        scale: float,
        deciding: Deciding,
        dossiers: Dossiers,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._pool = pool
        self._cities = cities
        self._scale = scale
        self._deciding = deciding
        self._dossiers = dossiers
        self._vault = vault
        self._clock = clock
        self._waiting: set[str] = set()

    async def hear(self, city: City) -> None:
        """A hook of `InForce`: this city's policy decides now."""
        if city.policy.apply_to_open:
            self._waiting.add(city.id)

    async def run(self, stop: asyncio.Event, every: float = 1.0) -> None:
        while not stop.is_set():
            for name in sorted(self._waiting):
                try:
                    await self._rest(stop, SETTLING)
                    version = self._cities[name].policy.version
                    # One that came in force while an older one was applied has its turn, too.
                    if await self.apply(name, stop) and version == self._cities[name].policy.version:
                        self._waiting.discard(name)
                except Exception as error:
                    if not is_infrastructure(error):
                        raise
                    _log.warning("policy_waits", city=name, error=error)
            await self._rest(stop, every)

    async def apply(self, name: str, stop: asyncio.Event) -> bool:
        """To everything of this city that is open. False: stopped before the end."""
        version = self._cities[name].policy.version
        if await self._pool.fetchval(_DONE, name, version):
            return True
        last, changed = "", 0
        while page := [row["complaint"] for row in await self._pool.fetch(_OPEN, name, last, PAGE)]:
            changed += sum(await asyncio.gather(*(self._one(name, complaint, version) for complaint in page)))
            last = page[-1]
            await self._rest(stop, PACE)
            if stop.is_set():
                return False
        await self._pool.execute(_FINISH, name, version, self._clock())
        _log.info("policy_applied", city=name, version=version, changed=changed)
        return True

    async def _one(self, name: str, complaint: str, version: int) -> bool:
        dossier = await self._dossiers.load(name, complaint)
        cause = ids.wake_key(await self._vault.id_key(name), complaint, f"policy.{version}")
        now = self._clock()
        command = recompute.command(self._cities[name], dossier, cause, now, self._scale)
        if command is None or any(event.causation == cause for event in dossier.events):
            return False
        await self._deciding.execute(name, complaint, command, cause=cause, actor=ACTOR, at=now, known=dossier.known)
        return True

    @staticmethod
    async def _rest(stop: asyncio.Event, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
