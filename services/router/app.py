"""Puts the router together: what it follows, answers and looks after."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from services.complaint.aggregate import COMPLAINT
from services.contracts import subjects
from services.contracts.commands import AgencyCommand, SeatWorkRequest, StaffCommand
from services.contracts.tasks import OpenWorkRequest
from services.router.accounts.facts import decider as door_decider
from services.router.accounts.marking import Marking
from services.router.acting.bearer import Bearers
from services.router.acting.desk import Desk
from services.router.acting.live import LiveActs
from services.router.acting.memory import Refused
from services.router.acting.of_city import OfCity
from services.router.acting.seats import SeatActs
from services.router.acting.services import ServiceActs
from services.router.agencies import Agencies
from services.router.dossier import Deciding, Dossiers
from services.router.evidence.closings import Closings
from services.router.evidence.looking import Evidence
from services.router.evidence.pictures import Pictures
from services.router.following import Router
from services.router.in_force import InForce
from services.router.knowledge import base_model
from services.router.learning.in_force import ModelsInForce
from services.router.learning.versions import Versions
from services.router.learning.watching import Watching, process
from services.router.live.facts import decider as live_decider
from services.router.live.sessions import Sessions
from services.router.merging.clusters import Clusters
from services.router.merging.clusters import subject as cluster_subject
from services.router.merging.facts import CLUSTER
from services.router.merging.links import Links
from services.router.merging.matching import Matching
from services.router.merging.matters import Echo, Matters
from services.router.merging.restoring import Restoring
from services.router.open_work import OpenTasks
from services.router.places.knowledge import Knowledge
from services.router.rows import Rows
from services.router.seats import facts as seat_facts
from services.router.seats.naming import Naming
from services.router.seats.second import SecondPerson
from services.router.seats.signs import Signs
from services.router.services_off import INTERRUPTION, ServicesOff
from services.router.timekeeping import keep_time
from services.runtime.deciding import Decider
from services.runtime.service import Needs, Service, utc_now

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

NEEDS = Needs(
    streams=(subjects.COMPLAINTS, subjects.CITY, subjects.AGENCY, subjects.PARKED),
    consumers=((subjects.COMPLAINTS, "router"), (subjects.CITY, "router")),
    tables=(
        "router.clock",
        "router.work",
        "router.interruption",
        "router.learning",
        "router.matter",
        "router.refused",
        "router.seat_seen",
        "router.policy_applied",
        "router.routed",
        "router.proof",
    ),
    vault_tables=("vault.data_key", "intake.upload", "intake.picture"),
)

BATCH = 512
"""Events taken at once: one query for keys and one transaction for rows each."""


class NotConfigured(Exception):
    """A setting without which the router can't work; the text names it."""


def _bearers(service: Service, clock: Callable[[], datetime]) -> Bearers:
    token_key = service.settings.secrets.get("staff_token_public", "")
    if not token_key:
        raise NotConfigured("staff_token_public in TUNTAS_SECRETS_FILE")
    return Bearers(token_key, service.settings.secrets.get("chat_token_public", ""), clock)


async def _of_city(service: Service, pool: "Pool", deciding: Deciding, clock: Callable[[], datetime]) -> OfCity:
    """With what is known of sessions and accounts by now."""
    log, vault = service.log(subjects.CITY), service.vault
    sessions = Sessions(log, clock)
    complaints = service.log(subjects.COMPLAINTS)
    marking = Marking(city_log=log, complaints=complaints, pool=pool, deciding=deciding, vault=vault, clock=clock)
    await sessions.look()
    await marking.look()
    live = LiveActs(live_decider(log, vault, clock), vault, clock)
    doors = door_decider(log, vault, clock)
    return OfCity(live=live, sessions=sessions, doors=doors, marking=marking, vault=vault, clock=clock)


async def build(service: Service, clock: Callable[[], datetime] = utc_now, seats_every: float = 30.0) -> None:
    """Everything of the router on the parts of `service`. `clock`: what it takes for now, UTC.

    `seats_every`: seconds between two looks for seats where nobody is.
    """
    pool, vault_pool = service.database, service.vault_pool
    if pool is None or vault_pool is None:
        raise NotConfigured("TUNTAS_DATABASE_URL and TUNTAS_VAULT_URL")
    bearers = _bearers(service, clock)
    scale, vault = service.settings.time_scale, service.vault
    in_force = InForce(service.cities, service.log(subjects.CITY), scale)
    await in_force.look()
    cities = in_force.cities
    places = Knowledge(cities, service.log(subjects.CITY), vault, clock)
    await places.look()
    versions = Versions(service.log(subjects.CITY), vault, service.blobs)
    models = ModelsInForce(base_model(), cities, service.log(subjects.CITY), versions)
    await models.begin()
    deciding = Decider(service.log(subjects.COMPLAINTS), COMPLAINT, subjects.complaint, vault, clock)
    facts = Decider(
        service.log(subjects.CITY),
        INTERRUPTION,
        lambda city, fact: subjects.city_fact(city, "service", fact),
        vault,
        clock,
    )
    dossiers = Dossiers(deciding)
    matters = Matters(pool, clock)
    pictures = Pictures(pool, vault_pool)
    closings = Closings(cities=cities, scale=scale, deciding=deciding, pictures=pictures, vault=vault, clock=clock)
    clusters = Clusters(
        cities=cities,
        log=service.log(subjects.CITY),
        facts=Decider(service.log(subjects.CITY), CLUSTER, cluster_subject, vault, clock),
        deciding=deciding,
        vault=vault,
        clock=clock,
    )
    await clusters.look()
    of_city = await _of_city(service, pool, deciding, clock)
    matching = Matching(cities, clusters)
    restoring = Restoring(
        cities=cities, log=service.log(subjects.COMPLAINTS), vault=vault, matching=matching, clock=clock
    )
    router = Router(
        cities=cities,
        models=models.of,
        scale=scale,
        deciding=deciding,
        dossiers=dossiers,
        places=places,
        vault=vault,
        agencies=Agencies(service.connection),
        rows_=Rows(pool),
        links=Links(deciding=deciding, vault=vault, matters=matters, clock=clock),
        closings=closings,
        matching=matching,
        sessions=of_city.sessions,
        marking=of_city.marking,
        clock=clock,
    )
    off, refused_before = ServicesOff(pool), Refused(pool)
    desk = Desk(
        cities=cities,
        scale=scale,
        deciding=deciding,
        services=ServiceActs(facts=facts, off=off, vault=vault, refused_before=refused_before, clock=clock),
        seats=SeatActs(
            Naming(seat_facts.decider(service.log(subjects.CITY), vault, clock), vault, vault_pool), vault, clock
        ),
        clusters=clusters,
        of_city=of_city,
        vault=vault,
        evidence=Evidence(pictures, vault, service.master.derived("upload"), scale),
        refused_before=refused_before,
        second=SecondPerson(service.log(subjects.CITY), vault, clock),
        bearers=bearers,
        clock=clock,
    )
    signs = Signs(pool, vault_pool, service.connection, clock)
    work = OpenTasks(
        pool=pool, cities=cities, dossiers=dossiers, router=router, bearers=bearers, alive=signs.note
    )  # fmt: skip
    await keep_time(
        service,
        pool=pool,
        in_force=in_force,
        deciding=deciding,
        dossiers=dossiers,
        router=router,
        closings=closings,
        signs=signs,
        clock=clock,
        seats_every=seats_every,
    )
    learning = Watching(pool, cities, process(service.settings.model_dump()))
    service.follow(subjects.COMPLAINTS, "router", batch_handler=learning.heard(router.handle), batch=BATCH)
    service.follow(subjects.CITY, "router", batch_handler=off.handle)
    echo = Echo(
        cities=cities, scale=scale, deciding=deciding, dossiers=dossiers, vault=vault, matters=matters, clock=clock
    )
    service.task("matters", echo.run)
    service.task("clusters", clusters.run)
    service.task("sessions", of_city.sessions.run)
    service.task("accounts", of_city.marking.run)
    service.task("windows", restoring.run)
    service.task("policies", in_force.run)
    service.task("places", places.run)
    service.task("models", models.run)
    service.task("learning", learning.run)
    service.answer("command.*.agency.*", AgencyCommand, signs.heard(desk.agency))
    service.answer("command.*.agency.*.open_work", OpenWorkRequest, signs.heard(work.answer))
    service.answer("command.*.staff", StaffCommand, desk.staff)
    service.answer("command.*.staff.open_work", SeatWorkRequest, work.of_seat)
