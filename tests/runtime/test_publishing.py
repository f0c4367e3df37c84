"""Publications that share a write: each is stored when its call returns, and each is handled for itself."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nats.aio.client import Client

from services.cli.supervisor.nats import NatsServer
from services.contracts.envelope import LENGTHS_HEADER, SCHEMA_HEADER, TRACEPARENT_HEADER, TYPE_HEADER
from services.runtime import bundle
from services.runtime.follow import Follower
from services.runtime.publishing import MOST_PIECES, NotStored, Publisher
from tests.runtime.following import Seen, Work, drained, start, until

BODIES = st.lists(st.binary(max_size=40), min_size=1, max_size=6)
VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=","), max_size=8)


def follow_apart(work: Work, seen: Seen, *, batch: bool) -> None:
    follower = Follower(
        work.connection,
        "WORK",
        work.topic,
        None if batch else seen,
        batch_handler=seen.many if batch else None,
        service=work.service,
        park=work.parking,
        key=lambda delivery: delivery.place,
        pauses=(0.02, 0.05),
        retries=2,
        look_for_retries=0.1,
        apart=True,
    )
    work.tasks.append(asyncio.create_task(follower.run(work.stop)))


async def stored(connection: Client, work: Work) -> int:
    info = await connection.jetstream().consumer_info("WORK", work.topic)
    return (info.num_pending or 0) + (info.num_ack_pending or 0)


async def share(work: Work, numbers: range) -> list[int]:
    publisher = Publisher(work.connection, shared=True)
    subject = f"work.{work.topic}.a"
    return list(await asyncio.gather(*(publisher.publish(subject, str(number).encode()) for number in numbers)))


@pytest.mark.parametrize("batch", [True, False])
async def test_what_is_published_at_once_shares_messages_and_is_handled_each_for_itself(
    connection: Client, *, batch: bool
) -> None:
    work, seen = await start(connection), Seen()
    await share(work, range(100))

    assert await stored(connection, work) == -(-100 // MOST_PIECES)
    follow_apart(work, seen, batch=batch)
    await until(lambda: seen.total == 100)
    assert sorted(seen.by_key["a"]) == list(range(100))
    await drained(connection, work)
    await work.end()


@pytest.mark.parametrize("batch", [True, False])
async def test_a_poisoned_piece_is_parked_alone_and_a_retry_finishes_it(connection: Client, *, batch: bool) -> None:
    work, seen = await start(connection), Seen(poison={("a", 7), ("a", 9)})
    await share(work, range(20))
    follow_apart(work, seen, batch=batch)
    await until(lambda: seen.total == 18 and work.parking.count == 2)
    assert [item.reason for item in await work.parking.ls()] == ["failed", "failed"]
    await drained(connection, work)
    seen.poison.clear()
    await work.parking.retry()
    await until(lambda: seen.total == 20)
    assert sorted(seen.by_key["a"]) == list(range(20))
    assert await work.parking.ls() == []
    await work.end()


async def test_alone_a_publication_is_a_plain_message(connection: Client) -> None:
    work = await start(connection)
    publisher = Publisher(connection, shared=True)
    sequences = [await publisher.publish(f"work.{work.topic}.a", body) for body in (b"1", b"2")]
    message = await connection.jetstream().get_msg("WORK", sequences[1])
    assert (message.data, LENGTHS_HEADER in (message.headers or {})) == (b"2", False)


async def test_what_is_known_at_once_shares_messages_and_keeps_its_order(connection: Client) -> None:
    work, seen = await start(connection), Seen()
    await Publisher(connection).publish_all(f"work.{work.topic}.a", [str(number).encode() for number in range(70)])
    assert await stored(connection, work) == -(-70 // MOST_PIECES)
    await Publisher(connection).publish_all(f"work.{work.topic}.a", [b"70"])
    await Publisher(connection).publish_all(f"work.{work.topic}.a", [])
    assert await stored(connection, work) == -(-70 // MOST_PIECES) + 1
    follow_apart(work, seen, batch=True)
    await until(lambda: seen.total == 71)
    assert seen.by_key["a"] == list(range(71))
    await work.end()


async def test_each_piece_keeps_the_trace_that_it_came_with() -> None:
    parts = [({TRACEPARENT_HEADER: f"00-{n:032x}-{n:016x}-01"}, b"{}") for n in (1, 2)]
    headers, body = bundle.join(parts)
    assert [part.headers[TRACEPARENT_HEADER] for part in bundle.split(headers, body)] == [
        of[TRACEPARENT_HEADER] for of, _ in parts
    ]


async def test_lengths_that_lie_make_one_message_of_it(connection: Client) -> None:
    work, seen = await start(connection), Seen()
    js = connection.jetstream()
    for lengths in ("1,2", "x", "-5,9", "", "1", "99999999999999999999,1"):
        await js.publish(f"work.{work.topic}.a", b"7", headers={LENGTHS_HEADER: lengths} if lengths else None)
    follow_apart(work, seen, batch=True)
    await until(lambda: seen.total == 6)
    assert seen.by_key["a"] == [7] * 6
    assert await work.parking.ls() == []
    await work.end()


async def test_what_a_dead_server_did_not_store_is_not_said_to_be_stored(
    broker: NatsServer, connection: Client
) -> None:
    work = await start(connection)
    publisher = Publisher(connection, timeout=3.0, shared=True)

    async def one(number: int) -> int | None:
        await asyncio.sleep(number / 500)
        try:
            await publisher.publish(f"work.{work.topic}.a", str(number).encode())
        except NotStored:
            return None
        return number

    publications = [asyncio.create_task(one(number)) for number in range(300)]
    await asyncio.sleep(0.3)
    await broker.kill()
    await broker.start()
    said = {number for number in await asyncio.gather(*publications) if number is not None}
    assert said
    seen = Seen()
    follow_apart(work, seen, batch=True)
    await until(lambda: said <= set(seen.by_key["a"]))
    await work.end()


@given(BODIES, VALUES, VALUES)
def test_joined_and_split_nothing_is_changed(bodies: list[bytes], event_type: str, schema: str) -> None:
    parts = [({TYPE_HEADER: f"{event_type}{n}", SCHEMA_HEADER: f"{schema}{n}"}, body) for n, body in enumerate(bodies)]
    headers, joined = bundle.join(parts)
    assert [(dict(part.headers), part.body) for part in bundle.split(headers, joined)] == parts


@given(st.text(), st.binary())
def test_whatever_the_headers_say_splitting_never_fails(lengths: str, body: bytes) -> None:
    parts = bundle.split({LENGTHS_HEADER: lengths}, body)
    assert len(parts) == 1 or sum(len(part.body) for part in parts) + len(parts) + 1 == len(body)
