"""The notifier over the provisioned stack and the provider's stand-in; receipts come back as intake passes them."""

import asyncio
import itertools
import json
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest_asyncio
import uvicorn
from nats.aio.client import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.cli.standins.payloads import Number, sign
from services.cli.standins.provider import Provider, Sent
from services.cli.standins.whatsapp import application
from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.complaint.state import State
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.facts.templates import Refuses, nothing_refused
from services.contracts.ids import complaint_id, message_key
from services.contracts.intake import Ask, DeliveryReceipt, StoredReceipt
from services.contracts.secrets import CitySecrets
from services.intake.channels.whatsapp.translate import translate
from services.notifier.app import App
from services.notifier.climbing import Barred, nothing_barred
from services.notifier.mornings import Ask as Counted
from services.notifier.pace import Rates
from services.notifier.patience import Patience
from services.notifier.timetable import Timetable
from services.runtime import postgres
from services.runtime.deciding import Decider
from services.runtime.log import Log
from services.runtime.sealing import MasterKey, seal
from services.runtime.vault import Contact, Vault
from tests.complaint.given import assigning, proposal
from tests.conftest import Stack
from tests.notifier.parts import QUICK, Where, assembled, following

CITY, DOOR, PHONE_NUMBER_ID = "bengkulu", "hotline-walikota", "100000000000001"
SHORT = Patience(queue=1.0, lease=1.0, silent=0.5, hold=2.0, fact=0.5, taken=0.2, pauses=(0.1, 0.2, 0.3), stopped=0.3)
_phones = itertools.count(628_110_000_000 + secrets.randbelow(10**6) * 1000)


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@dataclass
class World:
    """A city with citizens, offices and a provider, as the notifier's tests need them."""

    stack: Stack
    provider: Provider
    standin: str
    vault: Vault
    vault_pool: "asyncpg.Pool[asyncpg.Record]"
    reader: "asyncpg.Pool[asyncpg.Record]"
    """With the notifier's rights: nobody else may read what was delivered."""
    admin: Client
    decider: Decider[State, c.Command, e.Event]
    id_key: bytes
    token: str
    hold_receipts: bool = False
    held: list[dict[str, Any]] = field(default_factory=list)

    async def opens(
        self,
        *,
        confidentiality: Any = "normal",
        heard: timedelta = timedelta(0),
        channel: str = "whatsapp",
        door: str = DOOR,
    ) -> tuple[str, str]:
        """A complaint of somebody new, as intake opens one; its id and the person's number."""
        phone, first = str(next(_phones)), secrets.token_hex(8)
        cause = message_key(self.id_key, CITY, channel, first)
        complaint = complaint_id(self.id_key, CITY, channel, cause)
        await self.vault.make_keys([(complaint, "reporter:1"), (complaint, "handling")])
        await self.knows(complaint, phone, datetime.now(UTC) - heard, channel, door)
        key = (await self.vault.keys([(complaint, "reporter:1")]))[complaint, "reporter:1"]
        message = e.Message(channel=channel, door=door, form="text", text=seal(key, cause, "text", "Got mampet"))
        await self.does(
            complaint,
            c.OpenComplaint(
                cause=cause,
                ticket=f"BKL-{complaint[:8].upper()}-0",
                reporter="reporter:1",
                message=message,
                confidentiality=confidentiality,
            ),
        )
        return complaint, phone

    async def knows(
        self, owner: str, phone: str, heard_at: datetime, channel: str = "whatsapp", door: str = DOOR
    ) -> None:
        contact = Contact(owner, "reporter:1", CITY, channel, door, phone, "Ibu Contoh", heard_at)
        async with self.vault_pool.acquire() as connection:
            # By the connection in hand: many at once would each hold one of the pool and wait for a second, for ever.
            keys = await self.vault.keys([(owner, "reporter:1")], connection)
            await self.vault.put_contacts(connection, [contact], keys)

    async def writes_to(self, owner: str, phone: str, *, email: str) -> None:
        """The person left an address, too."""
        contact = Contact(
            owner, "reporter:1", CITY, "whatsapp", DOOR, phone, "Ibu Contoh", datetime.now(UTC), email=email
        )
        async with self.vault_pool.acquire() as connection:
            # By the connection in hand: many at once would each hold one of the pool and wait for a second, for ever.
            keys = await self.vault.keys([(owner, "reporter:1")], connection)
            await self.vault.put_contacts(connection, [contact], keys)

    async def does(self, complaint: str, command: c.Command) -> None:
        done = await self.decider.execute(CITY, complaint, command, cause=command.cause, actor="service:test")
        assert not isinstance(done, Refusal), done

    async def assigns(self, complaint: str) -> None:
        now = datetime.now(UTC)
        supporting = ("camat-gading-cempaka",)
        cause = message_key(self.id_key, CITY, "test", secrets.token_hex(8))
        straight = assigning(now, "dlh", supporting)
        await self.does(complaint, c.ProposeScreening(cause=cause, proposal=proposal(), straight=straight))

    async def resolves(self, complaint: str, words: str) -> None:
        cause = message_key(self.id_key, CITY, "test", secrets.token_hex(8))
        key = (await self.vault.keys([(complaint, "handling")]))[complaint, "handling"]
        await self.does(
            complaint,
            c.Resolve(
                cause=cause,
                seat="dlh",
                closure="fixed",
                text=seal(key, cause, "text", words),
                confirm_by=datetime.now(UTC) + timedelta(days=14),
                evidence=("picture",),
            ),
        )

    async def reopens(self, complaint: str) -> None:
        """BELUM, and a little later the router's new clocks for the same seats."""
        key = (await self.vault.keys([(complaint, "reporter:1")]))[complaint, "reporter:1"]
        cause = message_key(self.id_key, CITY, "test", secrets.token_hex(8))
        message = e.Message(channel="whatsapp", door=DOOR, form="text", text=seal(key, cause, "text", "BELUM"))
        await self.does(complaint, c.SayNotDone(cause=cause, party="reporter:1", message=message))
        await asyncio.sleep(0.4)
        again = replace(assigning(datetime.now(UTC), "dlh", ("camat-gading-cempaka",)), rule="reopened")
        cause = message_key(self.id_key, CITY, "test", secrets.token_hex(8))
        await self.does(complaint, c.Assign(cause=cause, by="machine", assigning=again))

    async def asks(self, ask: Ask) -> None:
        await self.admin.jetstream().publish(subjects.ask(CITY), ask.model_dump_json().encode())

    def arrived(self, phone: str) -> list[Sent]:
        return [message for message in self.provider.arrived if message.to == phone]

    async def events(self, complaint: str, kind: type[e.Event]) -> list[Any]:
        _, events = await self.decider.load(CITY, complaint)
        return [event.data for event in events if isinstance(event.data, kind)]

    async def notices(self, owner: str) -> list[dict[str, Any]]:
        rows = await self.reader.fetch(
            "select * from delivery.notice where owner = $1 and reason is distinct from 'later' order by seq", owner
        )
        return [dict(row) for row in rows]

    async def statuses(self, owner: str) -> list[str]:
        return [row["status"] for row in await self.notices(owner)]

    async def until(self, seen: Callable[[], Awaitable[Any]], patience: float = 15) -> Any:
        """The first thing that `seen` finds; TimeoutError after `patience` seconds."""
        ends = time.monotonic() + patience
        while True:
            found = await seen()
            if found:
                return found
            if time.monotonic() > ends:
                raise TimeoutError
            await asyncio.sleep(0.05)

    async def take_webhook(self, request: Request) -> Response:
        """As intake does it: check the signature, translate, hash the provider's id, pass on."""
        raw = await request.body()
        assert request.headers["x-hub-signature-256"] == sign("s3cret", raw)
        for item in translate(raw, {PHONE_NUMBER_ID: DOOR}):
            assert isinstance(item, DeliveryReceipt)
            if self.hold_receipts:
                self.held.append(json.loads(raw))
                continue
            await self.receipt(item)
        return Response()

    async def receipt(self, item: DeliveryReceipt, channel: str = "whatsapp") -> None:
        stored = StoredReceipt(
            city=CITY,
            channel=channel,
            provider_key=message_key(self.id_key, CITY, channel, item.id),
            notice=item.notice,
            status=item.status,
            at=item.at,
            code=item.code,
        )
        await self.admin.jetstream().publish(subjects.receipt(CITY), stored.model_dump_json().encode())

    async def releases_receipts(self) -> None:
        self.hold_receipts = False
        for body in self.held:
            for item in translate(json.dumps(body).encode(), {PHONE_NUMBER_ID: DOOR}):
                assert isinstance(item, DeliveryReceipt)
                await self.receipt(item)
        self.held.clear()

    async def process(self) -> asyncio.subprocess.Process:
        """The real service, started as the supervisor starts it; its log goes to `<home>/notifier.log`."""
        installation = self.stack.installation
        settings = installation.environment("notifier") | {
            "TUNTAS_WHATSAPP_API_URL": f"{self.standin}/v23.0",
            "TUNTAS_HTTP_PORT": "0",
            "TUNTAS_WHATSAPP_SILENT_SECONDS": "600",
        }
        with (installation.home / "notifier.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "services.notifier.main", env=os.environ | settings, stderr=log
            )

    def where(self) -> Where:
        installation = self.stack.installation
        return Where(
            installation.nats_url("notifier"), installation.vault_url("tuntas_notifier"),
            installation.keeper.master_key_file, self.standin, {CITY: self.token},
        )  # fmt: skip

    @asynccontextmanager
    async def notifier(
        self,
        patience: Patience = SHORT,
        provider_seconds: float = 2.0,
        *,
        rates: Rates = QUICK,
        cities: Mapping[str, City] | None = None,
        secrets: Mapping[str, CitySecrets] | None = None,
        channels: Sequence[str] = ("whatsapp",),
        plans: bool = True,
        barred: Barred = nothing_barred,
        timetable: Timetable | None = None,
        ask: Counted | None = None,
        refused: Refuses = nothing_refused,
    ) -> AsyncIterator[App]:
        """The service's parts with its own rights, followers running, in this process.

        `plans`: it follows the log, too, and does not only send what is written down.
        """
        served_cities = cities or self.stack.cities
        async with assembled(
            self.where(),
            served_cities,
            patience,
            provider_seconds=provider_seconds,
            rates=rates,
            secrets=secrets,
            barred=barred,
            timetable=timetable,
            ask=ask,
            refused=refused,
        ) as parts:
            followed = [(CITY, channel) for channel in channels]
            async with following(parts, followed, plans=plans):
                yield parts.app


@asynccontextmanager
async def world_over(stack: Stack) -> AsyncIterator[World]:
    """A provider and what is needed to write to the log and to look into the tables; no notifier runs yet."""
    provider = Provider()
    async with AsyncExitStack() as parts:
        pool = await postgres.pool(stack.installation.vault_url("tuntas_intake"))
        parts.push_async_callback(pool.close)
        reader = await postgres.pool(stack.installation.vault_url("tuntas_notifier"))
        parts.push_async_callback(reader.close)
        admin = await stack.connect()
        parts.push_async_callback(admin.close)
        master = MasterKey.load(stack.installation.keeper.master_key_file)
        vault = Vault(pool, master)
        decider: Decider[State, c.Command, e.Event] = Decider(
            Log(admin, subjects.COMPLAINTS), COMPLAINT, subjects.complaint, vault, lambda: datetime.now(UTC)
        )
        token = stack.installation.secrets.cities[CITY].whatsapp.access_token
        url = await parts.enter_async_context(served(application(provider)))
        made = World(stack, provider, url, vault, pool, reader, admin, decider, await vault.id_key(CITY), token)
        hook = Starlette(routes=[Route("/hook", made.take_webhook, methods=["POST"])])
        hooks = await parts.enter_async_context(served(hook))
        provider.numbers[PHONE_NUMBER_ID] = Number(PHONE_NUMBER_ID, token, "s3cret", f"{hooks}/hook")
        yield made


@pytest_asyncio.fixture
async def world(stack: Stack) -> AsyncIterator[World]:
    async with world_over(stack) as made:
        yield made
