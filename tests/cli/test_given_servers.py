"""With the operator's own NATS and Postgres nothing embedded starts."""

from pathlib import Path

from services.cli.provision import accounts
from services.cli.provision.secrets import Keeper
from services.cli.settings import ROOT, CliSettings
from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer
from services.cli.supervisor.run import supervise
from services.runtime import cities


async def test_given_addresses_are_used_and_nothing_of_ours_is_started(home: Path, ports: Ports) -> None:
    folder = home / "given"
    known = cities.load(ROOT / "deploy" / "cities")
    secrets = Keeper(folder).make(known.values())
    broker = NatsServer(home / "their-nats", ports.claim(), accounts.configuration(known.values(), secrets.nats))
    postgres = PostgresServer(home / "their-postgres")
    await broker.start()
    await postgres.start()
    try:
        settings = CliSettings(home=folder, nats_url=broker.url, database_url=postgres.url())
        async with supervise(settings, lambda _line: None) as supervisor:
            assert set(supervisor.parts) == {"intake", "router", "notifier", "reporting"}
            assert all(part.ready for part in supervisor.parts.values())
            assert supervisor.urls["nats"] == broker.url
        assert not (folder / "nats").exists()
        assert not (folder / "postgres").exists()
    finally:
        await broker.stop()
        await postgres.stop()
