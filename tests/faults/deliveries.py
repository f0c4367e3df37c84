"""The provider repeats itself: every webhook five times, in any order, some a week late, to two intake replicas.

Beside it two adapters, whose providers number their messages 1, 2, 3 …, say everything five times as well.
"""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime

from nats.aio.client import Client
from nats.errors import Error as NatsError

from services.contracts import subjects
from services.contracts.intake import IntakeMessage, Sender
from tests.faults import people, properties, rawlog
from tests.faults.outcome import Outcome
from tests.faults.people import Delivering
from tests.faults.stack import Stack
from tests.faults.verdict import judge

CITY = "bengkulu"
ADAPTERS = ("instagram", "tiktok")
TIMES = 5
EACH = 2
"""Messages of one person."""


async def run(stack: Stack, deliveries: int, by_adapter: int, patience: float = 120) -> Outcome:
    """`deliveries` different webhooks; `by_adapter` messages of each adapter."""
    outcome = Outcome("deliveries", times=deliveries * TIMES)
    chance = random.Random(7)
    number = stack.number(CITY)
    targets = [number.webhook_url, f"{await stack.second_intake()}/webhooks/{CITY}/whatsapp"]
    crowd = [people.person(n, 1) for n in range(deliveries // EACH)]
    written = [message for who in crowd for message in people.conversation(number, who, EACH, chance)]
    repeated = written * TIMES
    chance.shuffle(repeated)
    folder = stack.home / "loads" / "deliveries"
    delivering = Delivering(folder, targets, number.app_secret, repeated, at_once=32)
    for channel in ADAPTERS:
        await _adapter(stack, channel, by_adapter, chance)
    figures = await delivering.done(patience + deliveries)
    answered = Counter(delivering.acknowledged())
    outcome.notes.append(f"answers {figures['answers']}")
    if set(answered.values()) != {TIMES} or len(answered) != len(written):
        outcome.breaks(f"{len(answered)} of {len(written)} webhooks were answered 200, each {set(answered.values())}")
    sent = {message.id: message.person for message in written}
    events = await judge(stack, outcome, CITY, sent, patience=patience + deliveries / 20)
    key = await stack.id_key(CITY)
    adapters = {
        properties.message_key(key, CITY, channel, str(n)): f"{channel} {n}"
        for channel in ADAPTERS
        for n in range(1, by_adapter + 1)
    }
    properties.check_acknowledged(outcome, events, adapters)
    ours = {properties.message_key(key, CITY, "whatsapp", wamid) for wamid in sent} | set(adapters)
    _count(outcome, events, ours, len(crowd) + len(ADAPTERS) * by_adapter, len(ours))
    await _answers_wait(stack, outcome, by_adapter)
    return outcome


def _count(outcome: Outcome, events: list[rawlog.Raw], ours: set[str], complaints: int, messages: int) -> None:
    """Exactly so many complaints and messages came of what was sent."""
    mine = [event for event in events if event.json["causation"] in ours]
    opened = sum(event.json["type"] == "complaint.received" for event in mine)
    heard = sum(event.json["type"] in ("complaint.received", "complaint.message_added") for event in mine)
    if (opened, heard) != (complaints, messages):
        outcome.breaks(f"{opened} complaints and {heard} messages instead of {complaints} and {messages}")
    outcome.notes.append(f"{opened} complaints, {heard} messages")


async def _adapter(stack: Stack, channel: str, count: int, chance: random.Random) -> None:
    """The same numbers as the other adapter's, from different people."""
    client = await stack.guest(stack.credentials(f"adapter:{CITY}:{channel}"))
    numbers = [n for n in range(1, count + 1) for _ in range(TIMES)]
    chance.shuffle(numbers)
    try:
        for start in range(0, len(numbers), 50):
            await asyncio.gather(*(_publish(client, channel, n) for n in numbers[start : start + 50]))
    finally:
        await client.close()


async def _publish(client: Client, channel: str, number: int) -> None:
    message = IntakeMessage(
        id=str(number),
        sender=Sender(person=f"{channel}-contoh-{number}", name=f"Warga Contoh {channel} {number}"),
        text=people.FIRST.format(ward=people.WARDS[number % len(people.WARDS)]),
        sent_at=datetime.now(UTC),
    )
    while True:
        try:
            answer = await client.request(
                subjects.intake(CITY, channel), message.model_dump_json(exclude_none=True).encode(), timeout=5
            )
        except (NatsError, TimeoutError):
            continue
        if b'"seq"' in answer.data:
            return


async def _answers_wait(stack: Stack, outcome: Outcome, by_adapter: int) -> None:
    """For each adapter's person a message waits to be sent, no notice twice."""
    client = await stack.admin()
    try:
        waiting = await rawlog.read(client, subjects.OUTBOUND)
    finally:
        await client.close()
    for channel in ADAPTERS:
        mine = [one.json for one in waiting if one.subject == subjects.outbound(CITY, channel)]
        notices = Counter(one["notice"] for one in mine)
        outcome.doubles(f"notices wait twice on {channel}", [n for n, times in notices.items() if times > 1])
        outcome.loses(
            f"people on {channel} have no answer waiting",
            {f"{channel}-contoh-{n}" for n in range(1, by_adapter + 1)} - {one["to"] for one in mine},
        )
