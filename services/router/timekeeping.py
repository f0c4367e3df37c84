"""Puts together what passing time brings: breaches and steps up the line, vacant seats, a new policy's due times."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from services.contracts import subjects
from services.router.clocks.applying import Applying
from services.router.clocks.keeper import Keeper
from services.router.dossier import Deciding, Dossiers
from services.router.evidence.closings import Closings
from services.router.following import Router
from services.router.in_force import InForce
from services.router.seats.facts import decider as seat_decider
from services.router.seats.signs import Signs
from services.router.seats.sitting import Seats
from services.router.seats.watch import Watch
from services.runtime.service import Service

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]


async def keep_time(
    service: Service,
    *,
    pool: "Pool",
    in_force: InForce,
    deciding: Deciding,
    dossiers: Dossiers,
    router: Router,
    closings: Closings,
    signs: Signs,
    clock: Callable[[], datetime],
    seats_every: float,
) -> None:
    """Adds the tasks to `service`. `seats_every`: seconds between two looks for seats where nobody is."""
    cities, scale, vault = in_force.cities, service.settings.time_scale, service.vault
    seats = Seats(service.log(subjects.CITY), clock)
    await seats.look()
    keeper = Keeper(
        pool=pool,
        cities=cities,
        deciding=deciding,
        dossiers=dossiers,
        router=router,
        vault=vault,
        closings=closings,
        clock=clock,
        vacant=seats.vacant,
    )
    watch = Watch(
        pool=pool,
        cities=cities,
        scale=scale,
        deciding=deciding,
        dossiers=dossiers,
        facts=seat_decider(service.log(subjects.CITY), vault, clock),
        seats=seats,
        signs=signs,
        vault=vault,
        clock=clock,
    )
    applying = Applying(
        pool=pool, cities=cities, scale=scale, deciding=deciding, dossiers=dossiers, vault=vault, clock=clock
    )
    in_force.on_change(applying.hear)
    service.task("clocks", keeper.run)
    service.task("seats", partial(watch.run, every=seats_every))
    service.task("applying", applying.run)
