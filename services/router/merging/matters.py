"""Tells the reporters of merged complaints what happens in the main one, each in his own complaint, once.

Worked off beside the follower: thousands may wait for one resolution, and nobody else's complaint waits for them. Only
the latest is told; what was overtaken before its turn came is not.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.events.merging import Advance
from services.complaint.state import Merged, Unopened
from services.contracts import ids
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.router.clocks import terms
from services.router.dossier import Deciding, Dossiers
from services.router.merging.mains import ACTOR, root_of
from services.runtime import logs, telemetry
from services.runtime.rounds import rounds
from services.runtime.vault import Vault

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

AT_ONCE = 32
"""Complaints told side by side: others' work gets its turn between them."""
LEASE = timedelta(minutes=2)
"""A matter that somebody took up and did not finish is looked at again after this."""

_log = logs.get(__name__)

_TAKE = (
    "update router.matter set next_at = $1 where complaint = (select complaint from router.matter "
    "where done < wanted and next_at <= $2 order by next_at limit 1 for update skip locked) "
    "returning complaint, city, wanted, told_at"
)


class Matters:
    def __init__(self, pool: "Pool", clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self.waiting = asyncio.Event()

    async def look(self, city: str, complaint: str, n: int) -> None:
        """Something happened up to `n` that those under this complaint should hear of."""
        await self._pool.execute(
            "insert into router.matter (complaint, city, wanted, next_at) values ($1, $2, $3, $4) "
            "on conflict (complaint) do update set wanted = greatest(matter.wanted, excluded.wanted), "
            "next_at = least(matter.next_at, excluded.next_at)",
            complaint,
            city,
            n,
            self._clock(),
        )
        self.waiting.set()

    async def take(self) -> tuple[str, str, int, datetime | None] | None:
        """City, complaint, up to which `n`, when others were last told; it is the caller's for a while."""
        now = self._clock()
        row = await self._pool.fetchrow(_TAKE, now + LEASE, now)
        return None if row is None else (row["city"], row["complaint"], row["wanted"], row["told_at"])

    async def done(self, complaint: str, wanted: int, told_at: datetime | None) -> None:
        await self._pool.execute(
            "update router.matter set done = greatest(done, $2), told_at = coalesce($3, told_at), next_at = $4 "
            "where complaint = $1",
            complaint,
            wanted,
            told_at,
            self._clock(),
        )

    async def later(self, complaint: str, at: datetime) -> None:
        await self._pool.execute("update router.matter set next_at = $2 where complaint = $1", complaint, at)


class Echo:
    def __init__(
        self,
        *,
        cities: Mapping[str, City],
        scale: float,
        deciding: Deciding,
        dossiers: Dossiers,
        vault: Vault,
        matters: Matters,
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = cities
        self._scale = scale
        self._deciding = deciding
        self._dossiers = dossiers
        self._vault = vault
        self._matters = matters
        self._clock = clock

    async def run(self, stop: asyncio.Event, every: float = 0.5) -> None:
        """`every`: seconds between looks when nobody says that there is something."""
        await rounds(self.look, stop, every, waits="matters_wait", wake=self._matters.waiting)

    async def look(self) -> bool:
        """One matter; False if none waits."""
        taken = await self._matters.take()
        if taken is None:
            return False
        city, complaint, wanted, told_at = taken
        if city in self._cities:
            with telemetry.span("matter", {"tuntas.complaint": complaint}, root=True):
                await self._one(city, complaint, wanted, told_at)
        return True

    async def _one(self, city: str, complaint: str, wanted: int, told_at: datetime | None) -> None:
        dossier = await self._dossiers.load(city, complaint)
        state = dossier.state
        if isinstance(state, Unopened):
            await self._matters.done(complaint, wanted, None)
            return
        joined = sorted(state.file.shared.joined)
        if isinstance(state, Merged):
            await self._moved(city, complaint, state, dossier.events[state.since - 1].id, joined)
            await self._matters.done(complaint, wanted, None)
            return
        event = latest(dossier.events, of_cluster=state.file.shared.cluster is not None)
        now = self._clock()
        if event is None:
            await self._matters.done(complaint, wanted, None)
            return
        budget = timedelta(hours=self._cities[city].policy.surge_update_hours)
        resolved = isinstance(event.data, e.ComplaintResolved)
        if state.file.shared.cluster is not None and not resolved and told_at is not None and now < told_at + budget:
            await self._matters.later(complaint, told_at + budget)
            return
        command = self._command(city, complaint, event, await self._cause(city, event), now)
        for start in range(0, len(joined), AT_ONCE):
            await asyncio.gather(*(self._tell(city, one, command, now) for one in joined[start : start + AT_ONCE]))
        await self._matters.done(complaint, max(wanted, event.n), now)

    async def _moved(self, city: str, complaint: str, state: Merged, because: str, joined: Sequence[str]) -> None:
        found = await root_of(self._deciding, city, state.into, complaint)
        if found is None:
            return
        cause = ids.wake_key(await self._vault.id_key(city), because, f"move.{found[0]}")
        now = self._clock()
        for start in range(0, len(joined), AT_ONCE):
            await asyncio.gather(*(
                self._tell(city, one, c.Merge(cause=cause, itself=one, into=found[0], by="machine"), now)
                for one in joined[start : start + AT_ONCE]
            ))  # fmt: skip

    async def _cause(self, city: str, event: Recorded[e.Event]) -> str:
        return ids.wake_key(await self._vault.id_key(city), event.id, "matter")

    def _command(
        self, city: str, main: str, event: Recorded[e.Event], cause: str, now: datetime
    ) -> c.HearAdvance | c.HearResolution:
        data = event.data
        if isinstance(data, e.ComplaintResolved):
            return c.HearResolution(
                cause=cause,
                main=main,
                about=event.n,
                seat=data.seat,
                closure=data.closure,
                without_proof=data.without_proof,
                confirm_by=terms.confirm_by(self._cities[city], now, self._scale),
            )
        what = advance(data)
        assert what is not None, "`latest` gives nothing else"
        return c.HearAdvance(cause=cause, main=main, about=event.n, what=what)

    async def _tell(self, city: str, complaint: str, command: c.Command, now: datetime) -> None:
        await self._deciding.execute(city, complaint, command, cause=command.cause, actor=ACTOR, at=now)


def latest(events: Sequence[Recorded[e.Event]], *, of_cluster: bool) -> Recorded[e.Event] | None:
    """The last event that others hear of; a resolution that was reopened since counts for nothing."""
    for event in reversed(events):
        if isinstance(event.data, e.ComplaintReopened | e.MatterReopened):
            return None
        if isinstance(event.data, e.ComplaintResolved):
            return event
        if advance(event.data) is not None and not (of_cluster and isinstance(event.data, e.ClockBreached)):
            return event
    return None


def advance(data: e.Event) -> Advance | None:
    """What it is to somebody who waits. Acceptance says something when it comes with a date."""
    match data:
        case e.AssignmentAccepted() if data.finish_by is not None:
            return "accepted"
        case e.ProgressReported():
            return "progressed"
        case e.PlaceVisited():
            return "visited"
        case e.WorkPlanned():
            return "planned"
        case e.ClockBreached() if data.clock in ("first_response", "resolve"):
            return "breached"
        case _:
            return None
