"""Following on a real server: order, poison, pauses, take-over, retry by hand."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable

from nats.aio.client import Client

from services.cli.supervisor.nats import NatsServer
from services.runtime.follow import Delivery, Parked
from services.runtime.log import Draft, Log
from services.runtime.parking import BEHIND, Parking
from tests.runtime.following import SEALER, Seen, Work, drained, start, until


async def test_each_key_is_handled_in_order_while_others_go_on_beside_it(connection: Client) -> None:
    work, seen = await start(connection), Seen(pause=0.002)
    for number in range(40):
        for key in ("a", "b", "c"):
            await work.publish(key, [number])
    work.follow(seen)
    await until(lambda: seen.total == 120)
    assert all(numbers == list(range(40)) for numbers in seen.by_key.values())
    await drained(connection, work)
    await work.end()


async def test_a_consumer_without_a_priority_group_is_followed_too(connection: Client) -> None:
    work, seen = await start(connection, pinned=False), Seen()
    follower = work.follow(seen)
    await work.publish("a", range(10))
    await until(lambda: seen.total == 10)
    assert follower.check().ok
    await work.end()


async def test_poison_is_parked_with_its_reason_and_later_ones_of_its_key_behind_it(connection: Client) -> None:
    work, seen = await start(connection), Seen(poison={("bad", 3)})
    work.follow(seen)
    for number in range(8):
        await work.publish("bad", [number])
        await work.publish("good", [number])
    await until(lambda: len(seen.by_key["good"]) == 8 and work.parking.count == 5)
    assert seen.by_key["bad"] == [0, 1, 2]
    parked = await work.parking.ls()
    assert [item.reason for item in parked] == ["failed", BEHIND, BEHIND, BEHIND, BEHIND]
    assert "ValueError" in parked[0].sentence
    assert "person" not in parked[0].sentence
    item, delivery = await work.parking.show(parked[0].id)
    assert (delivery.body, item.stream, item.consumer) == (b"3", "WORK", work.topic)
    await drained(connection, work)
    await work.end()


async def test_a_retry_after_the_mend_finishes_the_line_in_order_while_new_ones_arrive(connection: Client) -> None:
    work, seen = await start(connection), Seen(poison={("bad", 1)})
    work.follow(seen)
    await work.publish("bad", range(4))
    await until(lambda: work.parking.count == 3)
    operator = Parking(connection, work.service, SEALER)
    await operator.retry(by="operator")
    await until(lambda: any(item.retried == 1 for item in work.parking._items.values()))
    assert seen.by_key["bad"] == [0]
    seen.poison.clear()
    await work.publish("bad", [4])
    assert await operator.retry((await operator.ls())[0].id) == 1
    await work.publish("bad", [5, 6])
    await until(lambda: seen.total == 7)
    assert seen.by_key["bad"] == list(range(7))
    assert await operator.ls() == []
    await work.end()


async def test_what_is_parked_is_still_known_after_a_restart(connection: Client) -> None:
    work, seen = await start(connection), Seen(poison={("bad", 0)})
    work.follow(seen)
    await work.publish("bad", [0])
    await until(lambda: work.parking.count == 1)
    await work.end()
    again = Work(connection, work.service, work.topic)
    again.follow(seen)
    await again.publish("bad", [1])
    await until(lambda: again.parking.count == 2)
    assert seen.total == 0
    await again.parking.drop((await again.parking.ls())[0].id)
    await again.parking.retry()
    await until(lambda: seen.by_key["bad"] == [1])
    await again.end()


async def test_a_handler_can_park_at_once_with_its_own_reason(connection: Client) -> None:
    work = await start(connection)

    class Refusing(Seen):
        async def __call__(self, delivery: Delivery) -> None:
            self.tries += 1
            raise Parked("changed", "Kunci yang sama datang dengan isi lain.")

    seen = Refusing()
    work.follow(seen)
    await work.publish("a", [1])
    await until(lambda: work.parking.count == 1)
    assert seen.tries == 1
    assert (await work.parking.ls())[0].reason == "changed"
    await work.end()


async def test_what_is_away_pauses_everything_and_parks_nothing(connection: Client) -> None:
    work, seen = await start(connection, ack_wait=1.0), Seen(away=True)
    follower = work.follow(seen)
    await work.publish("a", range(5))
    await work.publish("b", range(5))
    await asyncio.sleep(2.5)  # longer than the ack wait: what is in hand must be kept alive
    assert not follower.check().ok
    seen.away = False
    await until(lambda: seen.total == 10)
    assert seen.by_key == {"a": list(range(5)), "b": list(range(5))}
    assert await work.parking.ls() == []
    assert follower.check().ok
    await work.end()


async def test_a_batch_is_one_call_and_a_poison_in_it_harms_only_its_own_key(connection: Client) -> None:
    work, seen = await start(connection), Seen(poison={("bad", 2)})
    for number in range(20):
        for key in ("good", "bad"):
            await work.publish(key, [number])
    work.follow(seen, batch=True)
    await until(lambda: len(seen.by_key["good"]) == 20 and work.parking.count == 18)
    assert seen.by_key == {"good": list(range(20)), "bad": [0, 1]}
    seen.poison.clear()
    await work.parking.retry()
    await until(lambda: seen.total == 40)
    assert seen.by_key["bad"] == list(range(20))
    before = seen.batches
    for number in range(20, 60):
        await work.publish("good", [number])
    await until(lambda: seen.total == 80)
    assert seen.batches - before <= 40
    await work.end()


async def test_the_events_of_one_decision_come_one_behind_the_other_and_are_parked_together(
    connection: Client,
) -> None:
    work, seen = await start(connection), Seen(poison={("bad", 5)})
    log = Log(connection, "WORK")
    for key in ("bad", "good"):
        drafts = [Draft(f"work.noted{number}", 1, "", str(number).encode()) for number in range(4, 7)]
        await log.append(f"work.{work.topic}.{key}", drafts, 0)
    work.follow(seen)
    await until(lambda: seen.by_key["good"] == [4, 5, 6] and work.parking.count == 1)
    seen.poison.clear()
    seen.by_key["bad"].clear()
    await work.parking.retry()
    await until(lambda: seen.by_key["bad"] == [4, 5, 6])
    assert await work.parking.ls() == []
    await work.end()


async def test_one_replica_serves_and_the_other_takes_over_when_it_is_gone(
    connect: Callable[[], Awaitable[Client]],
) -> None:
    first, second = await connect(), await connect()
    work = await start(first)
    seen_first, seen_second = Seen(), Seen()
    work.follow(seen_first)
    await work.publish("a", range(3))
    await until(lambda: seen_first.total == 3)
    standby = Work(second, work.service, work.topic)
    follower = standby.follow(seen_second)
    await standby.publish("a", range(3, 6))
    await until(lambda: seen_first.total == 6)
    assert seen_second.total == 0
    assert not follower.check().detail["serving"]
    assert follower.check().ok
    await work.end()
    await standby.publish("a", range(6, 9))
    await until(lambda: seen_second.total == 3, patience=10.0)
    await standby.end()


async def test_when_told_to_stop_the_running_one_ends_and_the_rest_is_given_back_at_once(connection: Client) -> None:
    work, seen = await start(connection), Seen(held=asyncio.Event())
    await work.publish("a", range(4))
    follower = work.follow(seen)
    await until(lambda: seen.tries == 1)
    ending = asyncio.create_task(work.end())
    await until(lambda: follower._stopping)
    assert seen.held is not None
    seen.held.set()
    await ending
    assert seen.by_key["a"] == [0]
    again = Work(connection, work.service, work.topic)
    again.follow(seen)
    # At once, not after the ack wait of half a minute.
    await until(lambda: seen.total == 4, patience=20.0)
    assert seen.by_key["a"] == list(range(4))
    await again.end()


async def test_following_goes_on_by_itself_after_the_server_was_killed(
    broker: NatsServer, connect: Callable[[], Awaitable[Client]]
) -> None:
    work, seen = await start(await connect(), ack_wait=2.0), Seen(pause=0.001)
    work.follow(seen)
    await work.publish("a", range(50))
    await until(lambda: seen.total >= 50)
    await broker.kill()
    await asyncio.sleep(1.0)
    await broker.start()
    await until(lambda: work.connection.is_connected)
    await work.publish("b", range(50))
    await until(lambda: len(set(seen.by_key["b"])) == 50, patience=15.0)
    assert await work.parking.ls() == []
    await work.end()


async def test_under_random_failures_and_kills_every_message_is_handled_and_none_is_parked(
    broker: NatsServer, connect: Callable[[], Awaitable[Client]]
) -> None:
    """Half of the tries meet a database that is away, some messages fail at first, the server dies twice."""
    chance = random.Random(7)
    handled: dict[str, list[int]] = defaultdict(list)
    stumbled: set[tuple[str, int]] = set()

    class Stumbling(Seen):
        async def __call__(self, delivery: Delivery) -> None:
            key, number = delivery.subject.rpartition(".")[2], int(delivery.body)
            await asyncio.sleep(chance.random() * 0.004)
            if chance.random() < 0.05:
                raise ConnectionResetError
            if number % 17 == 0 and (key, number) not in stumbled:
                stumbled.add((key, number))
                raise ValueError
            handled[key].append(number)

    work = await start(await connect(), ack_wait=2.0)
    publisher = await connect()
    js = publisher.jetstream()
    expected = {f"k{key}": list(range(25)) for key in range(12)}
    for number in range(25):
        for key in expected:
            await js.publish(f"work.{work.topic}.{key}", str(number).encode())
    work.follow(Stumbling())
    for _ in range(2):
        await asyncio.sleep(0.15)
        await broker.kill()
        await broker.start()
    await until(lambda: all(set(handled[key]) == set(numbers) for key, numbers in expected.items()), patience=40.0)
    await drained(publisher, work)
    assert await work.parking.ls() == []
    await work.end()


async def test_a_flow_is_gathered_and_what_comes_after_a_quiet_time_is_not_kept_waiting(connection: Client) -> None:
    work, seen = await start(connection), Seen()
    work.follow(seen, batch=True, gather=30.0)
    await work.publish("a", [0])
    await until(lambda: seen.total == 1)
    await work.publish("a", range(1, 20))
    await asyncio.sleep(0.2)
    assert seen.batches == 1

    # A stop does not wait for it either: what was gathered comes again.
    await asyncio.wait_for(work.end(), 15)
    work.stop.clear()
    work.tasks.clear()
    work.follow(seen, batch=True, gather=0.3)
    await until(lambda: seen.total == 20)
    assert seen.by_key["a"] == list(range(20))
    assert seen.batches < 15
    await work.end()
