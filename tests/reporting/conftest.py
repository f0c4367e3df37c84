"""The pages on a provisioned stack, with the rights of the running service; complaints come from the log."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg
import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from services.contracts import subjects
from services.intake.doors.open311 import Open311Door
from services.intake.doors.uploads import MediaDoor, uploaders
from services.intake.evidence.downloads import PictureWindow
from services.intake.inbox.acts import decider
from services.reporting import app
from services.reporting.acting import Acting
from services.reporting.desk import Desk
from services.reporting.facts.interruptions import Interruptions
from services.reporting.facts.rules import RulesInForce
from services.reporting.facts.sessions import Entries
from services.reporting.numbers import Numbers
from services.reporting.pictures.serving import Pictures, Shown
from services.reporting.read_models.projector import Projector
from services.reporting.reading import arrived, loader
from services.reporting.rebuild import Rebuild
from services.reporting.revealing import Reveals
from services.reporting.uploading import Uploads
from services.reporting.webhooks import Webhooks
from services.runtime import postgres
from services.runtime.blobs import Blobs
from services.runtime.log import Log
from services.runtime.opener import Opener
from services.runtime.publishing import Publisher
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from services.web.headers import security_headers
from tests.conftest import Stack
from tests.reporting.story import Teller


class Clock:
    """Our time, which a test may move on."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class House:
    """The pages with all that they stand on."""

    stack: Stack
    pool: asyncpg.Pool
    staff: asyncpg.Pool
    log: Log
    desk: Desk
    routes: list[BaseRoute]
    web: Starlette
    projector: Projector
    clock: Clock
    teller: Teller

    def password(self, city: str, seat: str) -> str:
        return self.stack.installation.secrets.cities[city].staff[seat]

    async def follow(self) -> None:
        """Bring the tables level with the log."""
        seen = await self.pool.fetchval("select coalesce(max(sequence), 0) from reporting.checkpoint")
        async for entries in self.log.pages("complaint.*.*.*", after=seen):
            await self.projector.project([arrived(entry) for entry in entries])

    async def rule(self, city: str = "bengkulu") -> None:
        """Take up what was put in force, as the running service does."""
        client = await self.stack.connect("reporting")
        try:
            for entry in await Log(client, subjects.CITY).load(f"city.{city}.policy.policy"):
                self.desk.rules.take(entry)
        finally:
            await client.close()

    def rebuild(self) -> Rebuild:
        return Rebuild(self.log, self.pool)

    @asynccontextmanager
    async def browser(self, address: str = "203.0.113.7") -> AsyncIterator[httpx.AsyncClient]:
        """A client with its own cookies and address."""
        transport = httpx.ASGITransport(self.web, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://tuntas.test") as client:
            yield client

    @asynccontextmanager
    async def seat(self, seat: str, city: str = "bengkulu") -> AsyncIterator[httpx.AsyncClient]:
        """A program that is logged in as a seat, as it would do it: token, login, token with every POST."""
        async with self.browser() as client:
            token = (await client.get("/login", headers={"accept": "application/json"})).json()["csrf"]
            answer = await client.post(
                "/login", json={"user": f"{city}:{seat}", "password": self.password(city, seat)},
                headers={"x-csrf-token": token, "accept": "application/json"},
            )  # fmt: skip
            assert answer.status_code == 200, answer.text
            client.headers["x-csrf-token"] = answer.json()["csrf"]
            yield client


@pytest_asyncio.fixture(scope="session")
async def house(stack: Stack) -> AsyncIterator[House]:
    async with AsyncExitStack() as ends:
        place = stack.installation

        async def pool(url: str) -> asyncpg.Pool:
            made = await postgres.pool(url, size=4)
            ends.push_async_callback(made.close)
            return made

        master = MasterKey.load(place.keeper.master_key_file)
        database = await pool(place.database_url("tuntas_reporting"))
        staff = await pool(place.vault_url("tuntas_reporting"))
        public = await pool(place.database_url("tuntas_public"))
        routers = await pool(place.vault_url("tuntas_router"))
        nats = await stack.connect("reporting")
        ends.push_async_callback(nats.close)
        writing = await stack.connect("router")
        ends.push_async_callback(writing.close)
        clock = Clock()
        blobs = Blobs((place.home / "blobs").as_uri())
        intake, uploads = await pool(place.vault_url("tuntas_intake")), master.derived("upload")
        known = uploaders(place.secrets.cities)
        door = MediaDoor(known, blobs, Vault(intake, master), intake, uploads)
        window = PictureWindow(
            known, decider=decider(Log(nats, subjects.COMPLAINTS), Vault(intake, master), clock), blobs=blobs,
            vault=Vault(intake, master), pool=intake, key=uploads,
        )  # fmt: skip
        entering = await stack.connect("intake")
        ends.push_async_callback(entering.close)
        programs = Open311Door(known, Vault(intake, master), intake, Publisher(entering), clock, within=0.1)
        doors = Starlette(routes=[*door.routes(), *window.routes(), *programs.routes()])
        media = await ends.enter_async_context(httpx.AsyncClient(transport=httpx.ASGITransport(doors)))
        desk = Desk(
            pool=database, public=public, opener=Opener(Vault(staff, master)), cities=stack.cities, clock=clock,
            acting=Acting(nats, place.secrets.staff_token_private, clock), interruptions=Interruptions(),
            rules=RulesInForce(),
            pictures=Pictures(staff, Vault(staff, master), blobs, uploads),
            shown=Shown(blobs, master.derived("public")),
            entries=Entries(media, "http://intake.test"),
            reveals=Reveals(Vault(staff, master), staff),
            webhooks=Webhooks(staff, Vault(staff, master), clock),
            numbers=Numbers(staff, Vault(staff, master), clock),
            uploads=Uploads(
                media, "http://intake.test", {city: held.console_media for city, held in place.secrets.cities.items()}
            ),
        )  # fmt: skip
        cities = place.secrets.cities.items()
        first = {f"{city}:{seat}": word for city, held in cities for seat, word in held.staff.items()}
        routes = app.routes(desk, staff, stack.cities, clock, secure=False, first_passwords=first)
        log = Log(nats, subjects.COMPLAINTS)
        web = Starlette(
            routes=routes, middleware=[security_headers(secure=False)],
            exception_handlers=app.problems(clock, secure=False),
        )  # fmt: skip
        yield House(
            stack, database, staff, log, desk, routes, web,
            Projector(database, loader(log)), clock, Teller(Log(writing, subjects.COMPLAINTS), Vault(routers, master)),
        )  # fmt: skip


@pytest.fixture
def moved(house: House) -> Iterator[Callable[[timedelta], None]]:
    """Lets a test move the pages' clock on; it comes back afterwards."""

    def move(by: timedelta) -> None:
        house.clock.ahead += by

    yield move
    house.clock.ahead = timedelta(0)
