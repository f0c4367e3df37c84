"""The notifier's parts as its `main` puts them together, over addresses that a test gives."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.facts.templates import Refuses, nothing_refused
from services.contracts.secrets import CitySecrets, WhatsAppSecrets
from services.notifier.app import App, assemble
from services.notifier.climbing import Barred, nothing_barred
from services.notifier.doors import Providers, doors
from services.notifier.mornings import Ask
from services.notifier.pace import Rates
from services.notifier.patience import Patience
from services.notifier.timetable import Timetable
from services.runtime import postgres
from services.runtime.delivery import Delivery
from services.runtime.follow import Follower
from services.runtime.opener import Opener
from services.runtime.parking import Parking
from services.runtime.replies import Replies
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault

QUICK = Rates(per_second=1000, person_seconds=0.2, person_burst=20)


@dataclass(frozen=True)
class Where:
    """Everything that the notifier has to be told; plain values, so that another process can be told, too."""

    nats_url: str
    vault_url: str
    master_key: Path
    standin: str
    """Base address of WhatsApp's stand-in."""
    tokens: Mapping[str, str]
    """City → access token."""
    telegram: str = "http://127.0.0.1:9"
    """Base address of Telegram's stand-in."""


@dataclass(frozen=True)
class Parts:
    app: App
    connection: Client
    master: MasterKey


@asynccontextmanager
async def assembled(
    where: Where,
    cities: Mapping[str, City],
    patience: Patience,
    *,
    provider_seconds: float = 2.0,
    rates: Rates = QUICK,
    secrets: Mapping[str, CitySecrets] | None = None,
    barred: Barred = nothing_barred,
    timetable: Timetable | None = None,
    ask: Ask | None = None,
    refused: Refuses = nothing_refused,
) -> AsyncIterator[Parts]:
    """With the notifier's own rights. Nothing is followed yet."""
    async with AsyncExitStack() as parts:
        connection = await connected(where.nats_url)
        parts.push_async_callback(connection.close)
        pool = await postgres.pool(where.vault_url)
        parts.push_async_callback(pool.close)
        master = MasterKey.load(where.master_key)
        vault = Vault(pool, master)
        client = await parts.enter_async_context(httpx.AsyncClient(timeout=provider_seconds, trust_env=False))
        known = secrets or {
            city: CitySecrets(whatsapp=WhatsAppSecrets(access_token=token)) for city, token in where.tokens.items()
        }
        app = assemble(
            connection=connection, vault_pool=pool, vault=vault, opener=Opener(vault), cities=cities,
            doors=doors(client, Providers(f"{where.standin}/v23.0", where.telegram, rates), cities, known),
            public_url="https://tuntas.example", clock=lambda: datetime.now(UTC), patience=patience, sweep_every=0.2,
            barred=barred, refused=refused, ask=ask, timetable=timetable or Timetable(cities, quiet_hours=False),
        )  # fmt: skip
        yield Parts(app, connection, master)


@asynccontextmanager
async def following(parts: Parts, channels: Sequence[tuple[str, str]], *, plans: bool = True) -> AsyncIterator[None]:
    """The log, what people want to know, and the queues of these channels (city, channel) are followed."""
    app, connection = parts.app, parts.connection
    park = Parking(connection, "notifier", parts.master.derived("parked"))

    def by_number(delivery: Delivery) -> str:
        return str(delivery.place)

    log = Follower(
        connection, subjects.COMPLAINTS, "notifier", batch_handler=app.planner.follow, service="notifier", park=park
    )
    followers = [
        *([log] if plans else []),
        Follower(connection, subjects.ASK, "notifier", batch_handler=app.asked, service="notifier", park=park,
                 key=by_number, apart=True),
        *(
            Follower(connection, subjects.OUTBOUND, subjects.outbound_consumer(city, channel), app.outbound,
                     service="notifier", park=park, key=by_number, apart=True)
            for city, channel in channels
        ),
    ]  # fmt: skip
    stop = asyncio.Event()
    tasks = [asyncio.create_task(f.run(stop)) for f in followers]
    tasks.append(asyncio.create_task(app.sweeper.run(stop)))
    tasks.append(asyncio.create_task(app.planner.registering(stop)))
    try:
        yield
    finally:
        stop.set()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert [one for one in ended if isinstance(one, Exception)] == []


async def connected(url: str) -> Client:
    client = Client()

    async def lost() -> None:
        Replies.of(client).lost()

    async def quiet(_error: Exception) -> None:
        return

    await client.connect(
        url, inbox_prefix=b"_INBOX_notifier", max_reconnect_attempts=-1, disconnected_cb=lost, error_cb=quiet
    )
    return client
