"""A stream's share of its own for one test, followed by a handler that notes what it saw and fails as told."""

import asyncio
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from nats.aio.client import Client

from services.runtime.failures import Away
from services.runtime.follow import Delivery, Follower
from services.runtime.parking import Parking
from services.runtime.sealing import MasterKey

SEALER = MasterKey(b"m" * 32).derived("parked")


@dataclass
class Seen:
    """A handler that notes what it saw, and fails as told."""

    by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    poison: set[tuple[str, int]] = field(default_factory=set)
    away: bool = False
    pause: float = 0.0
    held: asyncio.Event | None = None
    """Nothing is done until it is set."""
    tries: int = 0
    batches: int = 0

    async def __call__(self, delivery: Delivery) -> None:
        await self.many([delivery])

    async def many(self, deliveries: Sequence[Delivery]) -> None:
        self.tries += 1
        self.batches += 1
        if self.away:
            raise Away("the database is being restarted")
        if self.pause:
            await asyncio.sleep(self.pause)
        if self.held is not None:
            await self.held.wait()
        read = [(one.subject.rpartition(".")[2], int(one.body)) for one in deliveries]
        for key, number in read:
            if (key, number) in self.poison:
                raise ValueError("a sentence that a person wrote")
        for key, number in read:
            self.by_key[key].append(number)

    @property
    def total(self) -> int:
        return sum(len(numbers) for numbers in self.by_key.values())


class Work:
    """A stream's share of its own for one test, with a consumer and a follower."""

    def __init__(self, connection: Client, service: str, topic: str) -> None:
        self.connection = connection
        self.service = service
        self.topic = topic
        self.stop = asyncio.Event()
        self.parking = Parking(connection, service, SEALER)
        self.tasks: list[asyncio.Task[None]] = []

    async def consumer(self, *, pinned: bool = True, ack_wait: float = 30.0) -> None:
        """By the API itself: nats-py 2.16 has no words for priority groups."""
        config: dict[str, object] = {
            "durable_name": self.topic,
            "filter_subject": f"work.{self.topic}.*",
            "ack_policy": "explicit",
            "deliver_policy": "all",
            "ack_wait": int(ack_wait * 1e9),
            "max_ack_pending": 4096,
        }
        if pinned:
            config |= {"priority_groups": ["all"], "priority_policy": "pinned_client", "priority_timeout": int(3e9)}
        answer = await self.connection.request(
            f"$JS.API.CONSUMER.DURABLE.CREATE.WORK.{self.topic}",
            json.dumps({"stream_name": "WORK", "config": config}).encode(),
            timeout=30,
        )
        assert "error" not in json.loads(answer.data), answer.data

    async def publish(self, key: str, numbers: Sequence[int]) -> None:
        js = self.connection.jetstream()
        for number in numbers:
            await js.publish(f"work.{self.topic}.{key}", str(number).encode())

    def follow(
        self, seen: Seen, connection: Client | None = None, *, batch: bool = False, gather: float = 0.0
    ) -> Follower:
        follower = Follower(
            connection or self.connection,
            "WORK",
            self.topic,
            None if batch else seen,
            batch_handler=seen.many if batch else None,
            service=self.service,
            park=self.parking if connection is None else Parking(connection, self.service, SEALER),
            pauses=(0.02, 0.05),
            retries=2,
            look_for_retries=0.1,
            gather=gather,
        )
        self.tasks.append(asyncio.create_task(follower.run(self.stop)))
        return follower

    async def end(self) -> None:
        self.stop.set()
        await asyncio.gather(*self.tasks)


async def start(connection: Client, *, pinned: bool = True, ack_wait: float = 30.0) -> Work:
    name = f"t{secrets.token_hex(4)}"
    work = Work(connection, name, name)
    await work.consumer(pinned=pinned, ack_wait=ack_wait)
    return work


async def until(true: Callable[[], bool], patience: float = 20.0) -> None:
    async with asyncio.timeout(patience):
        while not true():
            await asyncio.sleep(0.02)


async def pending(connection: Client, work: Work) -> int:
    info = await connection.jetstream().consumer_info("WORK", work.topic)
    return (info.num_pending or 0) + (info.num_ack_pending or 0)


async def drained(connection: Client, work: Work, patience: float = 20.0) -> None:
    """Every message of the topic is acknowledged."""
    async with asyncio.timeout(patience):
        while await pending(connection, work):
            await asyncio.sleep(0.05)
