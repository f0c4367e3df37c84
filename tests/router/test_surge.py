"""An outage: hundreds write within minutes. One cluster, one handling, every one with a complaint of his own."""

import asyncio
from datetime import timedelta

import pytest

from services.complaint import events as e
from services.complaint.state import Merged, State, Working
from services.router.merging.facts import CLUSTER, Clustered
from services.runtime.log import Log
from tests.router.harness import Town, eventually

CITY = "kupang"
COUNT = 120
WORDS = (
    "air pdam mati di {ward} dari pagi",
    "min aer pdam mati di {ward} kapan jalan lai",
    "pak air pdam sonde jalan di {ward}, mati total",
    "air ledeng pdam mati {ward} tolong",
)


async def state_of(town: Town, complaint: str) -> State:
    return (await town.deciding.load(CITY, complaint))[0]


async def clusters(town: Town) -> dict[str, Clustered]:
    found: dict[str, Clustered] = {}
    async for entries in Log(town.intake, "CITY").pages(f"city.{CITY}.cluster.*"):
        for entry in entries:
            event = CLUSTER.decode(entry.type, entry.schema, entry.body)
            found[event.complaint] = CLUSTER.evolve(found.get(event.complaint, CLUSTER.initial), event)
    return found


@pytest.fixture
def wards(town: Town) -> list[str]:
    return [ward.name for ward in list(town.stack.cities[CITY].wards.values())[:8]]


async def surge(town: Town, wards: list[str], count: int = COUNT) -> list[str]:
    async def one(number: int) -> str:
        words = WORDS[number % len(WORDS)].format(ward=wards[number % len(wards)])
        return await town.hear(CITY, words)

    return [await one(0), *(await asyncio.gather(*(one(number) for number in range(1, count))))]


async def handled_once(town: Town, complaints: list[str]) -> str:
    """The main complaint, once every other one is merged into it."""

    async def settled() -> str | None:
        states = {complaint: await state_of(town, complaint) for complaint in complaints}
        mains = [complaint for complaint, state in states.items() if isinstance(state, Working)]
        if len(mains) != 1:
            return None
        state = states[mains[0]]
        assert isinstance(state, Working)
        # Whoever wrote of this earlier, in another test, may be taken along.
        return mains[0] if set(complaints) - {mains[0]} <= state.file.shared.joined else None

    return await eventually(settled, "one main complaint")


async def test_an_outage_becomes_one_cluster_with_one_task(town: Town, wards: list[str]) -> None:
    complaints = await surge(town, wards)
    main = await handled_once(town, complaints)
    state = await state_of(town, main)
    assert isinstance(state, Working)
    lead = state.desk.lead
    assert lead is not None
    for complaint in complaints:
        if complaint != main and not await town.no_task(CITY, lead, complaint):
            assert (await town.task(CITY, lead, complaint)).state == "gone", "who came before the cluster is in it, too"

    async def counted() -> bool | None:
        return True if (await town.task(CITY, lead, main)).reporters == COUNT else None

    assert await eventually(counted, "the office knows how many wait")
    tickets = [getattr(await state_of(town, complaint), "file").ticket for complaint in complaints]  # noqa: B009
    assert len(set(tickets)) == COUNT

    _, events = await town.deciding.load(CITY, main)
    joins = [event.data for event in events if isinstance(event.data, e.MergeJoined)]
    assert len(joins) < COUNT / 2, "batches join together, so that the main complaint's stream stays short"

    async def grown() -> Clustered | None:
        found = [one for one in (await clusters(town)).values() if one.opened and one.opened.main == main]
        return found[0] if found and found[0].count >= 100 else None

    fact = await eventually(grown, "the fact of the cluster")
    assert fact.opened is not None
    assert fact.opened.function == "water_utility"

    # One that speaks of a danger to life, and one that is secret, are never part of it.
    danger = await town.hear(CITY, f"air pdam mati di {wards[0]} dan ada kebakaran rumah, orang terjebak di dalam")
    await town.until(CITY, danger, "complaint.assigned")
    hidden = await town.hear(CITY, f"air pdam mati di {wards[0]} dari pagi", confidentiality="secret")
    await town.until(CITY, hidden, "complaint.screening_proposed")
    assert not isinstance(await state_of(town, danger), Merged)
    assert not isinstance(await state_of(town, hidden), Merged)

    # A person takes one out: it stays out, though its words are of the surge.
    out = next(complaint for complaint in complaints if complaint != main)
    team = next(seat.id for seat in town.stack.cities[CITY].seats.values() if "screener" in seat.roles)
    assert (await town.staff(CITY, team, ("screener",), out, do="unmerge")).refusal is None
    await town.until(CITY, out, "complaint.assigned")
    assert not isinstance(await state_of(town, out), Merged)

    # The resolution asks every single one.
    assert (await town.agency(CITY, lead, main, do="resolve", closure="fixed", text="Pompa diganti.")).refusal is None
    for complaint in (c for c in complaints if c not in (main, out)):
        await town.until(CITY, complaint, "complaint.matter_resolved")

    async def closed() -> bool | None:
        ended = (await clusters(town)).values()
        return True if all(one.closed for one in ended if one.opened and one.opened.main == main) else None

    assert await eventually(closed, "with the matter the cluster is over")


async def test_a_dissolved_cluster_leaves_every_complaint_to_itself(town: Town, wards: list[str]) -> None:
    town.clock.ahead += timedelta(hours=2)
    complaints = await surge(town, wards, 60)
    main = await handled_once(town, complaints)
    team = next(seat.id for seat in town.stack.cities[CITY].seats.values() if "screener" in seat.roles)
    reply = await town.staff(CITY, team, ("screener",), main, do="dissolve_cluster")
    assert reply.refusal is None, reply
    for complaint in complaints:
        await town.until(CITY, complaint, "complaint.assigned")
    again = await town.staff(CITY, team, ("screener",), complaints[-1], do="dissolve_cluster")
    assert again.refusal is not None
