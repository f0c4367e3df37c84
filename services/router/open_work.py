"""Everything that an office has open, for a full resync of its own system."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from services.contracts.city import City
from services.contracts.commands import Refusal, SeatWorkRequest
from services.contracts.tasks import OpenWork, OpenWorkRequest, SeatWork, Task
from services.router import tasks
from services.router.acting import refusals
from services.router.acting.bearer import OPEN_WORK, Bearers
from services.router.dossier import Dossier, Dossiers, seats_of
from services.router.following import Router
from services.runtime.commands import Request

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

PAGE = 100
"""Tasks in one answer, at most."""
ROOM = 700_000
"""Bytes of the tasks in one answer, which must stay below the server's message size: a hundred long ones would not."""


class OpenTasks:
    def __init__(
        self, *, pool: "Pool", cities: Mapping[str, City], dossiers: Dossiers, router: Router, bearers: Bearers,
        alive: Callable[[str, str], Awaitable[None]],
    ) -> None:  # fmt: skip
        """`alive`: told of each seat that asks for its own."""
        self._pool = pool
        self._cities = cities
        self._dossiers = dossiers
        self._router = router
        self._bearers = bearers
        self._alive = alive

    async def answer(self, request: Request[OpenWorkRequest]) -> OpenWork:
        """`command.<city>.agency.<agency>.open_work`, ordered by complaint id; the subject alone says whose."""
        _, city, _, seat, _ = request.tokens
        found = await self._pool.fetch(
            "select complaint from router.work where city = $1 and seat = $2 and complaint > $3 "
            "order by complaint limit $4",
            city,
            seat,
            request.body.next or "",
            PAGE + 1,
        )
        page = [row["complaint"] for row in found[:PAGE]]
        held = await self._tasks(city, seat, page)
        shown = fitting(held, ROOM)
        if len(shown) < len(held):
            return OpenWork(tasks=shown, next=shown[-1].complaint)
        return OpenWork(tasks=shown, next=page[-1] if len(found) > PAGE else None)

    async def of_seat(self, request: Request[SeatWorkRequest]) -> SeatWork:
        """`command.<city>.staff.open_work`: the token says whose. What is due first comes first."""
        city = self._cities.get(request.tokens[1])
        if city is None:
            return SeatWork(refusal=refusals.UNKNOWN_CITY.message)
        body = request.body
        who = self._bearers.who(city, body.token, command=body.id, do=OPEN_WORK)
        if isinstance(who, Refusal):
            return SeatWork(refusal=who.message)
        await self._alive(city.id, who.seat)
        found = await self._pool.fetch(
            "select complaint from router.work where city = $1 and seat = $2 order by since limit $3",
            city.id,
            who.seat,
            PAGE,
        )
        listed = dict.fromkeys(row["complaint"] for row in found)
        if body.complaint is not None:
            listed[body.complaint] = None
        held = sorted(await self._tasks(city.id, who.seat, list(listed)), key=_due)
        held.sort(key=lambda task: task.complaint != body.complaint)  # whatever else has room, it is there
        return SeatWork(tasks=tuple(sorted(fitting(held, ROOM), key=_due)))

    async def _tasks(self, city: str, seat: str, complaints: Sequence[str]) -> tuple[Task, ...]:
        held: list[Dossier] = []
        for complaint in complaints:
            dossier = await self._dossiers.load(city, complaint)
            if seat in seats_of(dossier.state):
                held.append(dossier)
        return tuple(tasks.task(view, seat, "changed") for view in await self._router.views(held))


def fitting(tasks: Sequence[Task], room: int) -> tuple[Task, ...]:
    """As many of the first as have room together; one at least."""
    shown: list[Task] = []
    for task in tasks:
        room -= len(task.model_dump_json().encode())
        if shown and room < 0:
            break
        shown.append(task)
    return tuple(shown)


def _due(task: Task) -> tuple[datetime, str]:
    running = [clock.due for clock in task.clocks if clock.running]
    return min(running, default=datetime.max.replace(tzinfo=UTC)), task.ticket
