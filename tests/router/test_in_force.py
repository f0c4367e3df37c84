"""A city's policy in force: followed from its facts, swapped while running, old versions remembered."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import nats
import pytest_asyncio
from nats.aio.client import Client
from nats.js.api import StreamConfig

from services.cli.provision import facts
from services.cli.supervisor.nats import NatsServer
from services.contracts.city import City
from services.contracts.city.policy import Policy
from services.router.in_force import InForce
from services.runtime import cities as city_files
from services.runtime.log import Log
from tests.router.cities import read

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
STREAM = "CITY"


@pytest_asyncio.fixture
async def client(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await nats.connect(nats_server.url)
    js = connection.jetstream()
    await js.add_stream(StreamConfig(name=STREAM, subjects=["city.*.*.*"], allow_direct=True))
    yield connection
    await js.delete_stream(STREAM)
    await connection.close()


def version(number: int, hours: float) -> City:
    city = read("bengkulu")
    return city_files.remade(
        city,
        policy=Policy.model_validate({**city.policy.model_dump(), "version": number, "first_response_hours": hours}),
    )


async def put(client: Client, city: City) -> None:
    await facts.policies(client, {city.id: b"k" * 32}, [city], lambda: AT)


async def test_a_newer_version_swaps_in_the_running_mapping_and_the_older_one_is_still_known(client: Client) -> None:
    files = {"bengkulu": read("bengkulu")}
    in_force = InForce(files, Log(client, STREAM))
    held_by_others = in_force.cities
    told: list[int] = []

    async def hear(city: City) -> None:
        told.append(city.policy.version)

    in_force.on_change(hear)
    await in_force.look()
    assert held_by_others["bengkulu"] is files["bengkulu"]
    await put(client, version(2, 24))
    await put(client, version(3, 12))
    await in_force.look()
    await in_force.tell()
    await in_force.tell()
    assert held_by_others["bengkulu"].policy.first_response_hours == 12
    older = in_force.at("bengkulu", 2)
    assert older is not None
    assert older.policy.first_response_hours == 24
    assert [one.number for one in in_force.versions("bengkulu")] == [2, 3]
    assert told == [3]


async def test_durations_of_a_version_come_scaled_like_those_of_the_file(client: Client) -> None:
    await put(client, version(2, 24))
    in_force = InForce({"bengkulu": read("bengkulu")}, Log(client, STREAM), scale=0.5)
    await in_force.look()
    assert in_force.cities["bengkulu"].policy.first_response_hours == 12


async def test_a_fact_decides_against_a_file_that_says_otherwise(client: Client) -> None:
    """A file that was changed without being put in force changes nothing."""
    await put(client, version(2, 24))
    in_force = InForce({"bengkulu": version(2, 1)}, Log(client, STREAM))
    await in_force.look()
    assert in_force.cities["bengkulu"].policy.first_response_hours == 24
    assert in_force.at("bengkulu", 7) is None
    assert in_force.at("nowhere", 1) is None


async def test_other_content_under_the_same_version_is_refused_and_an_older_fact_is_completed_once(
    client: Client,
) -> None:
    keys = {"bengkulu": b"k" * 32}
    assert (await facts.policies(client, keys, [version(2, 24)], lambda: AT)).made == ["policy version 2 of bengkulu"]
    again = await facts.policies(client, keys, [version(2, 24)], lambda: AT)
    assert (again.made, again.kept) == ([], [])
    other = await facts.policies(client, keys, [version(2, 12)], lambda: AT)
    assert other.made == []
    assert "raise policy.version in bengkulu.yaml to 3" in other.kept[0]
    older = await facts.policies(client, keys, [version(1, 24)], lambda: AT)
    assert "version 2 is in force since 02.03.2026 10:00 and stays" in older.kept[0]
    assert len(await Log(client, STREAM).load("city.bengkulu.policy.policy")) == 1
