"""Everything that an office has open, for a full resync of its own system."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from services.contracts.city import City
from services.contracts.tasks import OpenWork, OpenWorkRequest
from services.router import tasks
from services.router.dossier import Dossier, Dossiers, seats_of
from services.router.following import Router
from services.runtime.commands import Request

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

PAGE = 100
"""Tasks in one answer, which must stay below the server's message size."""


class OpenTasks:
    def __init__(self, *, pool: "Pool", cities: Mapping[str, City], dossiers: Dossiers, router: Router) -> None:
        self._pool = pool
        self._cities = cities
        self._dossiers = dossiers
        self._router = router

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
        held: list[Dossier] = []
        for complaint in page:
            dossier = await self._dossiers.load(city, complaint)
            if seat in seats_of(dossier.state):
                held.append(dossier)
        views = await self._router.views(held)
        return OpenWork(
            tasks=tuple(tasks.task(view, seat, "changed") for view in views),
            next=page[-1] if len(found) > PAGE else None,
        )
