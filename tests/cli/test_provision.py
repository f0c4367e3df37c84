"""Provisioning can be repeated, adds what is missing, and refuses what could lose something."""

import json
import stat
from pathlib import Path

import asyncpg
import nats
import pytest

from services.cli.provision import accounts, databases, job, streams
from services.cli.provision.narrowing import losses
from services.cli.provision.secrets import Keeper
from services.cli.supervisor.nats import NatsServer
from services.contracts.streams import STREAMS
from services.runtime.log import Log
from tests.conftest import Stack

LOG = STREAMS["COMPLAINTS"]


@pytest.mark.parametrize(
    ("now", "wanted", "loses"),
    [
        (LOG, LOG, False),
        ({**LOG, "max_bytes": 1024**3}, LOG, False),
        ({**LOG, "deny_delete": False}, LOG, False),
        ({**LOG, "subjects": ["complaint.*.*.*", "old.>"]}, LOG, True),
        (LOG, {**LOG, "max_bytes": 1024**3}, True),
        ({**LOG, "max_bytes": -1}, LOG, True),
        (LOG, {**LOG, "max_age": 1}, True),
        (LOG, {**LOG, "max_msgs_per_subject": 1}, True),
        (LOG, {**LOG, "deny_delete": False}, True),
        (LOG, {**LOG, "deny_purge": False}, True),
        (LOG, {**LOG, "retention": "workqueue"}, True),
        (LOG, {**LOG, "storage": "memory"}, True),
        (LOG, {**LOG, "discard": "old"}, True),
        (LOG, {**LOG, "max_msg_size": 1024}, True),
        (LOG, {**LOG, "discard_new_per_subject": True}, True),
    ],
)
def test_a_change_that_could_lose_events_is_told_from_one_that_cannot(
    now: dict[str, object], wanted: dict[str, object], loses: bool
) -> None:
    assert bool(losses(now, wanted)) is loses


async def test_a_second_run_changes_nothing(stack: Stack) -> None:
    client = await stack.connect()
    try:
        again = await streams.provision(client, stack.cities.values())
    finally:
        await client.close()
    assert (again.made, again.changed) == ([], [])
    installation = stack.installation
    whole = await job.run(installation, stack.cities)
    assert (whole.made, whole.changed) == ([], [])
    assert Keeper(installation.home).make(stack.cities.values()) == installation.secrets


async def test_a_log_that_keeps_more_than_we_want_is_left_alone(nats_server: NatsServer, stack: Stack) -> None:
    client = await nats.connect(nats_server.url)
    try:
        wider = {**STREAMS["COMPLAINTS"], "subjects": ["complaint.*.*.*", "riwayat.>"]}
        await client.request("$JS.API.STREAM.CREATE.COMPLAINTS", json.dumps(wider).encode())
        with pytest.raises(streams.Refused, match=r"riwayat\.> would no longer be stored"):
            await streams.provision(client, [stack.cities["bengkulu"]])
        names = json.loads((await client.request("$JS.API.STREAM.NAMES", b"")).data)["streams"]
        assert names == ["COMPLAINTS"], "a refusal comes before the first change"
        await client.request("$JS.API.STREAM.DELETE.COMPLAINTS", b"")
    finally:
        await client.close()


async def test_a_missing_consumer_is_made_again_and_a_wider_limit_is_taken_over(
    nats_server: NatsServer, stack: Stack
) -> None:
    cities = [stack.cities["kupang"]]
    client = await nats.connect(nats_server.url)
    try:
        await streams.provision(client, cities)
        await client.request("$JS.API.CONSUMER.DELETE.COMPLAINTS.router", b"")
        smaller = {**STREAMS["PARKED"], "max_bytes": 1024**2}
        await client.request("$JS.API.STREAM.UPDATE.PARKED", json.dumps(smaller).encode())
        changes = await streams.provision(client, cities)
        assert changes.made == ["consumer router of COMPLAINTS"]
        assert changes.changed == ["stream PARKED: max_bytes"]
    finally:
        for name in STREAMS:
            await client.request(f"$JS.API.STREAM.DELETE.{name}", b"")
        await client.close()


async def test_a_migration_that_was_changed_after_it_ran_is_refused(stack: Stack, tmp_path: Path) -> None:
    folder = tmp_path / "router" / "migrations" / "main"
    folder.mkdir(parents=True)
    installation = stack.installation
    file = folder / "999_contoh.sql"
    file.write_text("create table router.contoh (id int)")
    done = await databases.provision(installation.server, installation.role_passwords(), tmp_path)
    assert done.made == ["tuntas: router/999_contoh.sql"]
    file.write_text("create table router.contoh (id bigint)")
    with pytest.raises(streams.Refused, match="was changed after it ran"):
        await databases.provision(installation.server, installation.role_passwords(), tmp_path)


async def test_a_migration_that_fails_leaves_nothing_behind(stack: Stack, tmp_path: Path) -> None:
    folder = tmp_path / "router" / "migrations" / "main"
    folder.mkdir(parents=True)
    (folder / "998_rusak.sql").write_text("create table router.rusak (id int); select 1/0")
    installation = stack.installation
    with pytest.raises(streams.Refused, match="division by zero"):
        await databases.provision(installation.server, installation.role_passwords(), tmp_path)
    connection = await asyncpg.connect(installation.server.database("tuntas"))
    try:
        assert await connection.fetchval("select to_regclass('router.rusak')") is None
    finally:
        await connection.close()


async def test_public_pages_have_no_way_into_the_vault(stack: Stack) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(stack.installation.vault_url("tuntas_public"))


def test_secrets_are_readable_by_their_owner_only_and_each_service_gets_its_part(stack: Stack) -> None:
    keeper = stack.installation.keeper
    files = [keeper.file, keeper.master_key_file, *(keeper.service_file(name) for name in ("intake", "router"))]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    router = keeper.service_file("router").read_text()
    secrets = stack.installation.secrets
    assert secrets.staff_token_public in router
    assert secrets.staff_token_private not in router
    assert secrets.cities["bengkulu"].whatsapp.app_secret not in router
    assert secrets.nats[accounts.ADMIN] not in router


async def test_the_policy_of_each_city_is_a_fact_once_per_version(stack: Stack) -> None:
    client = await stack.connect("router")
    try:
        (entry,) = await Log(client, "CITY").load("city.bengkulu.policy.policy")
    finally:
        await client.close()
    fact = json.loads(entry.body)
    assert (fact["n"], fact["type"], fact["data"]["version"]) == (1, "city.policy_put_in_force", 1)
    assert fact["data"]["policy"]["first_response_hours"] == stack.cities["bengkulu"].policy.first_response_hours
