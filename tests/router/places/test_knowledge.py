"""What a city's facts say of its places: stored for ever, followed while running, the same after a new start."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import nats
import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.js.api import StreamConfig

from services.cli.supervisor.nats import NatsServer
from services.contracts.facts.places import PLACE_FACTS
from services.contracts.ids import derive
from services.router.boundaries import Deciders, put_in_force
from services.router.places import Pin
from services.router.places.facts import PLACE_FACT, decider
from services.router.places.geojson import read_boundaries
from services.router.places.knowledge import Knowledge
from services.runtime.log import Log
from tests.router.cities import read
from tests.router.places.drawn import geojson, squares

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
STREAM = "CITY"
CITY = read("bukittinggi")
WARD, OTHER = CITY.wards["13.75.01.1001"], CITY.wards["13.75.02.1008"]
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
EVENT = derive(b"k" * 32, "event", "1")


class Keys:
    """One key for every city."""

    async def id_key(self, city: str) -> bytes:
        return b"k" * 32


@pytest_asyncio.fixture
async def client(nats_server: NatsServer) -> AsyncIterator[Client]:
    connection = await nats.connect(nats_server.url)
    js = connection.jetstream()
    await js.add_stream(StreamConfig(name=STREAM, subjects=["city.*.*.*"], allow_direct=True))
    yield connection
    await js.delete_stream(STREAM)
    await connection.close()


async def known(client: Client) -> Knowledge:
    """As a router that starts now has it."""
    knowledge = Knowledge({CITY.id: CITY}, Log(client, STREAM), Keys(), lambda: AT)
    await knowledge.unlock()
    await knowledge.look()
    return knowledge


async def put(client: Client, half: float) -> int:
    log = Log(client, STREAM)
    deciders = Deciders(decider("boundary", log, Keys(), lambda: AT), decider("boundaries", log, Keys(), lambda: AT))
    boundaries = read_boundaries(CITY, geojson(squares(CITY, half)))
    return await put_in_force(deciders, b"k" * 32, CITY, boundaries)


async def stored(client: Client) -> str:
    """Everything that stands in the log, as text."""
    return b"\n".join([entry.body async for page in Log(client, STREAM).pages(">") for entry in page]).decode()


async def test_boundaries_swap_in_a_running_router_and_stand_after_a_new_start(client: Client) -> None:
    running = await known(client)
    aside = [Pin(WARD.latitude, WARD.longitude + 0.0008)]
    gazetteer = running.gazetteers[CITY.id]
    assert gazetteer.find([], aside).how == "pin"
    assert await put(client, 0.0001) == 1
    await running.look()
    # 80 metres beyond every polygon still counts, as phones err; two hundred do not.
    assert running.gazetteers[CITY.id] is gazetteer
    assert gazetteer.find([], aside).ward_code == WARD.code
    assert gazetteer.find([], [Pin(WARD.latitude, WARD.longitude + 0.002)]).how == "outside"
    assert await put(client, 0.0025) == 2
    await running.look()
    again = await known(client)
    for one in (running, again):
        assert one.gazetteers[CITY.id].find([], [Pin(WARD.latitude, WARD.longitude + 0.002)]).ward_code == WARD.code


async def test_the_same_drawing_again_changes_nothing_and_an_earlier_one_can_come_back(client: Client) -> None:
    assert [await put(client, half) for half in (0.0001, 0.0001, 0.0005, 0.0001)] == [1, 1, 2, 3]
    assert (await known(client)).gazetteers[CITY.id].shapes is not None


async def test_polygons_count_only_when_all_of_them_are_in_force(client: Client) -> None:
    await put(client, 0.0005)
    knowledge = Knowledge({CITY.id: CITY}, Log(client, STREAM), Keys(), lambda: AT)
    entries = [entry async for page in Log(client, STREAM).pages("city.*.*.*") for entry in page]
    for entry in entries[1:]:
        knowledge._take(entry)
    assert knowledge.gazetteers[CITY.id].shapes is None
    for entry in entries:
        knowledge._take(entry)
    assert knowledge.gazetteers[CITY.id].shapes is not None


async def test_a_landmark_confirmed_once_is_found_next_time_and_after_a_new_start(client: Client) -> None:
    running = await known(client)
    said = ["got depan Masjid Rajawali mampet"]
    assert running.gazetteers[CITY.id].find(said).how == "none"
    await running.screened(CITY.id, said, WARD.code, event=EVENT)
    for knowledge in (running, await known(client)):
        place = knowledge.gazetteers[CITY.id].find(["lampu mati dibelakang mesjid rajawalii pak"])
        assert (place.ward_code, place.how) == (WARD.code, "landmark")
        assert knowledge.gazetteers[CITY.id].find(["lampu mati dekat masjid"]).how == "none"


async def test_two_places_of_one_name_are_asked_for_and_a_name_of_a_kelurahan_goes_before_a_landmark(
    client: Client,
) -> None:
    knowledge = await known(client)
    await knowledge.screened(CITY.id, ["got depan indomaret mampet"], WARD.code, event=EVENT)
    await knowledge.screened(CITY.id, ["depan indomaret banjir"], OTHER.code, event=derive(b"k" * 32, "event", "2"))
    gazetteer = knowledge.gazetteers[CITY.id]
    place = gazetteer.find(["sampah depan indomaret"])
    assert not place.known
    assert {one.ward_code for one in place.candidates} == {WARD.code, OTHER.code}
    assert gazetteer.find(["sampah depan indomaret Kelurahan Birugo"]).ward_code == "13.75.03.1002"


async def test_a_street_says_which_kelurahan_it_may_be_and_no_more(client: Client) -> None:
    knowledge = await known(client)
    await knowledge.screened(CITY.id, ["Jl. Kenari Indah berlubang"], WARD.code, event=EVENT)
    place = knowledge.gazetteers[CITY.id].find(["jalan kenari indah banjir"])
    assert not place.known
    assert [one.ward_code for one in place.candidates] == [WARD.code]


async def test_a_pin_teaches_a_landmark_only_by_polygons_and_a_persons_word_goes_before_it(client: Client) -> None:
    knowledge = await known(client)
    said, pin = ["got depan sd 12"], [Pin(WARD.latitude, WARD.longitude)]
    await knowledge.pinned(CITY.id, said, pin, WARD.code, event=EVENT)
    assert knowledge.gazetteers[CITY.id].find(said).how == "none"
    await put(client, 0.0005)
    await knowledge.look()
    await knowledge.pinned(CITY.id, said, pin, WARD.code, event=EVENT)
    assert knowledge.gazetteers[CITY.id].find(["depan SDN 12"]).ward_code == WARD.code
    await knowledge.screened(CITY.id, said, OTHER.code, event=EVENT)
    assert knowledge.gazetteers[CITY.id].find(["depan SDN 12"]).ward_code == OTHER.code


async def test_the_log_holds_no_word_of_a_landmark_and_each_is_said_once(client: Client) -> None:
    knowledge = await known(client)
    for _ in range(2):
        await knowledge.screened(CITY.id, ["got depan Masjid Rajawali"], WARD.code, event=EVENT)
    text = (await stored(client)).lower()
    assert "rajawali" not in text
    assert "masjid" not in text
    assert text.count("city.landmark_confirmed") == 1


def test_every_fact_of_a_place_is_pinned() -> None:
    assert {file.stem.rpartition(".v")[0] for file in GOLDEN} == set(PLACE_FACTS)


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_what_was_stored_loads_and_is_written_the_same(file: Path) -> None:
    event_type, _, schema = file.stem.rpartition(".v")
    stored_ = file.read_bytes().strip()
    fact = PLACE_FACT.decode(event_type, int(schema), stored_)
    assert isinstance(fact.data, PLACE_FACTS[event_type])
    assert PLACE_FACT.encode(fact) == stored_
    later = {**json.loads(stored_), "later": 1}
    assert PLACE_FACT.decode(event_type, int(schema), json.dumps(later).encode()) == fact
