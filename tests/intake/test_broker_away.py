"""The door while the broker is away, on parts of its own: 503 soon, nothing lost, and on again by itself."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio

from services.cli.installation import Installation
from services.cli.provision import accounts, databases, job
from services.cli.provision.secrets import Keeper
from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer
from services.contracts.city import City
from services.intake.doors import door
from services.runtime import postgres
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.conftest import ROOT, Stack
from tests.intake.conftest import CITY, Behind, Phone, Process, a_message_id, a_person
from tests.intake.webhooks import change, text, webhook


@pytest_asyncio.fixture(scope="module")
async def own(home: Path, ports: Ports, postgres_server: PostgresServer, stack: Stack) -> AsyncIterator[Stack]:
    """A stack whose broker may be stopped."""
    cities: dict[str, City] = stack.cities
    folder = home / "away"
    secrets = Keeper(folder).make(cities.values())
    broker = NatsServer(folder / "nats", ports.claim(), accounts.configuration(cities.values(), secrets.nats))
    await broker.start()
    server = databases.Server(postgres_server.url())
    installation = Installation(folder, ROOT / "deploy" / "cities", broker.url, server, secrets)
    await job.run(installation, cities)
    yield Stack(installation, cities, broker, postgres_server)
    await broker.stop()


async def test_without_the_broker_the_door_says_so_soon_and_goes_on_when_it_is_back(own: Stack, ports: Ports) -> None:
    assert door.PATIENCE < 2, "what a provider is promised: an answer within two seconds, whatever it is"
    process = Process(own, ports.claim())
    await process.start()
    try:
        async with httpx.AsyncClient(timeout=10) as http:
            phone = Phone(http, process.url, own.installation.secrets.cities[CITY].whatsapp.app_secret)
            before = await phone.says(a_person(), "air mati")
            await own.broker.stop()
            person, message_id = a_person(), a_message_id()
            raw = webhook(change(text("jalan rusak", **{"from": person, "id": message_id})))
            for _ in range(3):
                answer = await phone.post(raw)
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            typed = {"text": "Jalan rusak di gang contoh", "place": "depan warung contoh"}
            page = await http.post(f"{process.url}/lapor/{CITY}", data=typed)
            assert page.status_code == 503
            assert "BELUM tersimpan" in page.text
            assert all(words in page.text for words in typed.values()), "nobody types it twice"
            await own.broker.start()
            for _ in range(200):
                if (await phone.post(raw)).status_code == 200:
                    break
                await asyncio.sleep(0.1)
            connection = await own.connect()
            pool = await postgres.pool(own.installation.vault_url("tuntas_intake"))
            vault = Vault(pool, MasterKey.load(own.installation.keeper.master_key_file))
            behind = Behind(own, connection, pool, vault)
            for one in (before, message_id):
                row = await behind.decided(one, patience=30)
                assert len(await behind.events(row["complaint"])) == 1
            await pool.close()
            await connection.close()
    finally:
        await process.stop()
