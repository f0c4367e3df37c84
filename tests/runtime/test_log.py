"""The log on a real server: what an append promises, also when its answer is lost."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

import nats
import pytest
from nats.aio.client import Client

from services.cli.supervisor.nats import NatsServer
from services.contracts.commands import Refusal
from services.runtime.deciding import LONG, Decided
from services.runtime.log import Conflict, Draft, Entry, Log, Rejected, Unavailable, Unknown
from tests.runtime.ledger import Note, Noted, cause, decider, subject


def draft(number: int = 1, size: int = 0) -> Draft:
    return Draft("ledger.noted", 1, str(number), f'{{"number":{number}}}'.encode() + b" " * size, {"extra": "kept"})


def fresh() -> str:
    return secrets.token_hex(8)


@pytest.fixture
def log(connection: Client) -> Log:
    return Log(connection, "LEDGER")


async def test_a_stream_that_does_not_exist_loads_as_nothing(log: Log) -> None:
    assert await log.load(f"ledger.a.{fresh()}") == []


async def test_what_was_appended_is_loaded_with_its_type_and_headers(log: Log) -> None:
    name = f"ledger.a.{fresh()}"
    sequence = await log.append(name, [draft()], 0)
    assert await log.load(name) == [
        Entry(
            name,
            sequence,
            "ledger.noted",
            {"extra": "kept", "Tuntas-Type": "ledger.noted", "Tuntas-Schema": "1"},
            b'{"number":1}',
        )
    ]


async def test_a_long_stream_loads_whole_and_in_order_over_several_pages(log: Log) -> None:
    name = f"ledger.a.{fresh()}"
    last = 0
    for number in range(0, 2000, 2):
        last = await log.append(name, [draft(number), draft(number + 1)], last)
    last = await log.append(name, [draft(number) for number in range(2000, 2500)], last)
    assert last - (await log.load(name))[0].sequence == 1000, "one message a decision"
    loaded = await log.load(name)
    assert [entry.body for entry in loaded] == [draft(number).body for number in range(2500)]
    assert loaded[-1].sequence == last
    assert [entry.body for entry in await log.load(name, after=loaded[1999].sequence)] == [
        draft(number).body for number in range(2000, 2500)
    ]
    pages = [page async for page in log.pages("ledger.a.*", after=loaded[0].sequence - 1)]
    assert [entry for page in pages for entry in page if entry.subject == name] == loaded


async def test_a_stale_expectation_is_a_conflict_and_stores_nothing(log: Log) -> None:
    name = f"ledger.a.{fresh()}"
    await log.append(name, [draft(1)], 0)
    with pytest.raises(Conflict):
        await log.append(name, [draft(2)], 0)
    with pytest.raises(Conflict):
        await log.append(name, [draft(2), draft(3)], 0)
    assert len(await log.load(name)) == 1


async def test_several_events_of_one_decision_stand_together_or_not_at_all(log: Log) -> None:
    name = f"ledger.a.{fresh()}"
    last = await log.append(name, [draft(1), draft(2), draft(3)], 0)
    loaded = await log.load(name)
    assert [entry.body for entry in loaded] == [draft(number).body for number in (1, 2, 3)]
    assert last == loaded[-1].sequence
    with pytest.raises(Rejected):
        await log.append(name, [draft(4), draft(5, size=300_000)], last)
    assert len(await log.load(name)) == 3


async def test_of_many_that_append_at_once_exactly_one_wins(log: Log) -> None:
    name = f"ledger.a.{fresh()}"
    ends = await asyncio.gather(
        *(log.append(name, [draft(n), draft(n)] if n % 2 else [draft(n)], 0) for n in range(20)),
        return_exceptions=True,
    )
    assert sum(isinstance(end, int) for end in ends) == 1
    assert sum(isinstance(end, Conflict) for end in ends) == 19


async def test_many_decisions_of_several_events_in_flight_at_once_do_not_mix(log: Log) -> None:
    names = [f"ledger.a.{fresh()}" for _ in range(200)]
    await asyncio.gather(*(log.append(name, [draft(n) for n in range(5)], 0) for name in names))
    for name in names:
        assert [entry.body for entry in await log.load(name)] == [draft(n).body for n in range(5)]


async def test_without_a_server_an_append_ends_unknown_and_a_load_unavailable(
    broker: NatsServer, connect: Callable[[], Awaitable[Client]]
) -> None:
    log = Log(await connect(), "LEDGER", timeout=1.0)
    name = f"ledger.a.{fresh()}"
    await log.append(name, [draft()], 0)
    await broker.kill()
    try:
        with pytest.raises(Unknown):
            await log.append(name, [draft()], 1)
        with pytest.raises(Unavailable):
            await log.load(name)
    finally:
        await broker.start()


async def test_a_stream_that_nobody_stores_is_unavailable_at_once(connection: Client) -> None:
    with pytest.raises(Unavailable):
        await Log(connection, "NOSUCH", timeout=1.0).append("nosuch.a", [draft()], 0)


async def test_a_command_is_carried_out_once_however_often_it_is_sent(log: Log) -> None:
    deciding, name = decider(log), fresh()
    command = Note((1, 2))
    first = await deciding.execute("a", name, command, cause=cause("first"), actor="service:test", fresh=True)
    await deciding.execute("a", name, Note((5,)), cause=cause("second"), actor="service:test")
    again = await deciding.execute("a", name, command, cause=cause("first"), actor="service:test", fresh=True)
    assert isinstance(first, Decided)
    assert isinstance(again, Decided)
    assert (first.n, first.repeated) == (2, False)
    assert (again.n, again.repeated, again.events) == (2, True, first.events)
    state, events = await deciding.load("a", name)
    assert state == 8
    assert [event.n for event in events] == [1, 2, 3]
    assert [event.data for event in events] == [Noted(amount=1), Noted(amount=2), Noted(amount=5)]


async def test_many_that_decide_at_once_leave_no_gap_and_no_double(log: Log) -> None:
    deciding, name = decider(log), fresh()
    await asyncio.gather(
        *(
            deciding.execute("a", name, Note((1,) * (1 + n % 2)), cause=cause(f"c{n % 8}"), actor="service:test")
            for n in range(24)
        )
    )
    _, events = await deciding.load("a", name)
    assert [event.n for event in events] == list(range(1, 13))
    assert len({event.id for event in events}) == 12


async def test_a_refusal_and_an_unmet_position_append_nothing(log: Log) -> None:
    deciding, name = decider(log), fresh()
    await deciding.execute("a", name, Note((100,)), cause=cause("one"), actor="service:test")
    refused = await deciding.execute("a", name, Note((1,)), cause=cause("two"), actor="service:test")
    stale = await deciding.execute("a", name, Note((1,)), cause=cause("three"), actor="service:test", expected_n=1)
    nothing = await deciding.execute("a", name + "x", Note(()), cause=cause("four"), actor="service:test")
    assert isinstance(refused, Refusal)
    assert refused.code == "wrong_state"
    assert isinstance(stale, Refusal)
    assert stale.code == "changed_meanwhile"
    assert isinstance(nothing, Decided)
    assert (nothing.n, nothing.events) == (0, ())
    assert len((await deciding.load("a", name))[1]) == 2


async def test_an_answer_lost_by_killing_the_server_leads_to_one_event_each(
    broker: NatsServer, connect: Callable[[], Awaitable[Client]]
) -> None:
    """Commands in flight while the server dies, under later events of others: each stands once, none is lost."""
    client = await connect()
    deciding = decider(Log(client, "LEDGER", timeout=2.0), patience=30.0)
    names = [fresh() for _ in range(40)]

    async def work(name: str) -> None:
        for number in range(6):
            await deciding.execute("a", name, Note((1, 1)), cause=cause(f"{name}{number}"), actor="service:test")

    running = [asyncio.ensure_future(work(name)) for name in names]
    for _ in range(3):
        await asyncio.sleep(0.08)
        await broker.kill()
        await broker.start()
    await asyncio.gather(*running)
    async with asyncio.timeout(30):  # all may have been done before the server went the last time
        while not client.is_connected:
            await asyncio.sleep(0.05)
    for name in names:
        _, events = await deciding.load("a", name)
        assert [event.n for event in events] == list(range(1, 13))
        assert len({event.causation for event in events}) == 6


async def test_a_lost_answer_is_found_under_later_events_of_others(log: Log, connection: Client) -> None:
    """The first try stands, but its answer never came; meanwhile others went on."""
    deciding, name = decider(log), fresh()
    await deciding.execute("a", name, Note((1,)), cause=cause("mine"), actor="service:test")
    for number in range(3):
        await deciding.execute("a", name, Note((1,)), cause=cause(f"other{number}"), actor="service:test")
    again = await decider(log).execute("a", name, Note((1,)), cause=cause("mine"), actor="service:test")
    assert isinstance(again, Decided)
    assert again.repeated
    assert again.n == 1
    assert len(await log.load(subject("a", name))) == 4


async def test_an_append_says_how_fast_it_is(broker: NatsServer) -> None:
    """Not a budget, a floor: pipelining must not be lost by accident (one at a time is below this)."""
    connection = await nats.connect(broker.url)
    log = Log(connection, "LEDGER")
    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(log.append(f"ledger.f.{fresh()}", [draft()], 0) for _ in range(2_000)))
    rate = 2_000 / (loop.time() - began)
    await connection.close()
    assert rate > 500


async def test_a_long_stream_is_read_once_and_then_only_what_others_add(log: Log, connection: Client) -> None:
    asked: list[int] = []

    class Watched(Log):
        async def load(self, subject: str, after: int = 0) -> list[Entry]:
            found = await super().load(subject, after)
            asked.append(len(found))
            return found

    name, ours, theirs = fresh(), decider(Watched(connection, "LEDGER")), decider(log)
    for number in range(LONG):
        await theirs.execute("a", name, Note((0,)), cause=cause(f"{number}"), actor="service:router")
    assert len((await ours.load("a", name))[1]) == LONG
    (await ours.load("a", name))[1].clear()  # what a caller does with its list is its own business
    await theirs.execute("a", name, Note((5, 7)), cause=cause("more"), actor="service:router")
    state, events = await ours.load("a", name)
    assert (state, [event.n for event in events]) == (12, list(range(1, LONG + 3)))
    done = await ours.execute("a", name, Note((1,)), cause=cause("mine"), actor="service:router")
    again = await ours.execute("a", name, Note((1,)), cause=cause("mine"), actor="service:router")
    assert isinstance(done, Decided)
    assert isinstance(again, Decided)
    assert (done.n, again.n, again.repeated, again.state) == (LONG + 3, LONG + 3, True, 13)
    assert asked == [LONG, 0, 2, 0, 1]
