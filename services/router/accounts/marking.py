"""Marks the complaints of an account that somebody else had: those that are open, and all that came in since.

Nothing is dropped and nobody's complaint stops: it is written down, so that screeners see it, the machine sends nothing
of it straight through, and the reporter is told by another way.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from services.complaint.aggregate import COMPLAINT
from services.complaint.commands import RecordAccountLost
from services.complaint.state import Closed, Merged, State, Unopened
from services.contracts import ids
from services.contracts.facts.doors import Accounts, Lost
from services.router.dossier import Deciding, Dossier, messages_of
from services.runtime import logs
from services.runtime.fact_watch import FactWatch
from services.runtime.failures import is_infrastructure
from services.runtime.log import Log
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

ACTOR = "service:router"
PAGE = 20
"""Complaints marked side by side."""
PACE = 0.1
"""Seconds of rest after each page: the day's work goes first."""

_OPEN = (
    "select complaint from (select complaint from router.work where city = $1 union "
    "select complaint from router.clock where city = $1) as open where complaint > $2 order by complaint limit $3"
)

_log = logs.get(__name__)


class Seen(Protocol):
    """A complaint in hand."""

    @property
    def dossier(self) -> Dossier: ...
    def spoken(self) -> bool: ...


class Marking(FactWatch):
    def __init__(
        self, *, city_log: Log, complaints: Log, pool: "Pool", deciding: Deciding, vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self.accounts = Accounts()
        super().__init__(city_log, "city.*.door.*", lambda entry: self.accounts.take(entry.type, entry.body))
        self._complaints = complaints
        self._pool = pool
        self._deciding = deciding
        self._vault = vault
        self._clock = clock
        self._done: set[tuple[str, str, int]] = set()

    def suspect(self, dossier: Dossier) -> bool:
        """Something of it came by an account while that was not the city's."""
        of = dossier.city
        return any(self.accounts.suspect(of, m.door, event.at) for event, m in messages_of(dossier.events))

    async def follow(self, touched: Sequence[Seen]) -> None:
        """What has just come in by such an account. May be repeated."""
        for one in touched:
            if one.spoken():
                last, message = messages_of(one.dossier.events)[-1]
                trust = self.accounts.of(one.dossier.city, message.door)
                lost = next((time for time in trust.lost if time.holds(last.at)), None)
                if lost is not None:
                    await self._mark(one.dossier, message.door, lost)

    async def run(self, stop: asyncio.Event, every: float = 0.5) -> None:
        """Take up what was declared, and mark what was there before, once for each declaration and process."""
        watching = asyncio.ensure_future(super().run(stop, every))
        while not stop.is_set():
            for city, door, lost in self.accounts.lost():
                if (city, door, lost.n) in self._done:
                    continue
                try:
                    count = await self.sweep(city, door, lost, stop)
                except Exception as error:
                    if not is_infrastructure(error):
                        raise
                    _log.warning("marking_waits", city=city, door=door, error=error)
                    break
                self._done.add((city, door, lost.n))
                _log.warning("account_compromised", city=city, door=door, marked=count)
            await asyncio.sleep(every)
        await watching

    async def sweep(self, city: str, door: str, lost: Lost, stop: asyncio.Event | None = None) -> int:
        """Everything of this door that is open, then all that came in since. How many were marked."""
        marked, last = 0, ""
        while page := [row["complaint"] for row in await self._pool.fetch(_OPEN, city, last, PAGE)]:
            marked += sum(await asyncio.gather(*(self._look_at(city, one, door, lost) for one in page)))
            last = page[-1]
            await asyncio.sleep(PACE)
            if stop is not None and stop.is_set():
                return marked
        for complaint in await self._since(city, door, lost):
            marked += await self._look_at(city, complaint, door, lost)
        return marked

    async def _since(self, city: str, door: str, lost: Lost) -> list[str]:
        """Complaints in which something came by the door since then, open or over."""
        subject = f"complaint.{city}.*.*"
        after = await self._complaints.before(subject, lost.since)
        found: dict[str, None] = {}
        if after is None:
            return []
        async for entries in self._complaints.pages(subject, after=after):
            for entry in entries:
                event = COMPLAINT.decode(entry.type, entry.schema, entry.body)
                message = getattr(event.data, "message", None)
                if message is not None and message.door == door and event.at >= lost.since:
                    found[event.complaint] = None
        return list(found)

    async def _look_at(self, city: str, complaint: str, door: str, lost: Lost) -> bool:
        known = await self._deciding.read(city, complaint)
        dossier = Dossier(city, complaint, list(known.events), known.state, known.sequence)
        return await self._mark(dossier, door, lost)

    async def _mark(self, dossier: Dossier, door: str, lost: Lost) -> bool:
        came = [event.at for event, message in messages_of(dossier.events) if message.door == door]
        suspect = any(lost.holds(at) for at in came)
        if not came or isinstance(dossier.state, Unopened) or (_over(dossier.state) and not suspect):
            return False
        key = await self._vault.id_key(dossier.city)
        about = f"{door}.{lost.since.isoformat()}.{suspect}"
        cause = ids.wake_key(key, dossier.complaint, f"account_lost.{about}")
        command = RecordAccountLost(cause=cause, door=door, since=lost.since, suspect=suspect)
        await self._deciding.execute(
            dossier.city, dossier.complaint, command, cause=cause, actor=ACTOR, at=self._clock(), known=dossier.known
        )
        return True


def _over(state: State) -> bool:
    return isinstance(state, Closed) or (isinstance(state, Merged) and state.ended is not None)
