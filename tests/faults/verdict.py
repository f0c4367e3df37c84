"""Waits until a stack has done everything it was given, then holds it against every property at once."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import Mapping

from nats.aio.client import Client
from nats.errors import TimeoutError as NatsTimeoutError

from services.contracts import subjects
from services.runtime.delivery import Delivery
from services.runtime.parking import Item, Parking
from tests.faults import properties, rawlog
from tests.faults.outcome import Outcome
from tests.faults.stack import NotSo, Stack, until

FOLLOWED = (
    (subjects.INTAKE, "intake"),
    (subjects.COMPLAINTS, "intake"),
    (subjects.COMPLAINTS, "router"),
    (subjects.COMPLAINTS, "notifier"),
    (subjects.COMPLAINTS, "reporting"),
    (subjects.ASK, "notifier"),
)


async def settled(stack: Stack, patience: float, quiet: float = 2.0) -> None:
    """Every consumer of ours has nothing before it, and the log stands still for `quiet` seconds. NotSo if not."""
    since = time.monotonic()
    before = -1

    async def still() -> bool:
        nonlocal since, before
        client = await stack.admin()
        try:
            waiting = await _waiting(client, stack)
            last = await rawlog.last_sequence(client, subjects.COMPLAINTS)
        finally:
            await client.close()
        if waiting or last != before:
            before, since = last, time.monotonic()
            if waiting:
                raise NotSo(f"in front of {waiting}")
        return time.monotonic() - since >= quiet

    await until("everything is done", still, patience, 0.5)


async def _waiting(client: Client, stack: Stack) -> dict[str, int]:
    context = client.jetstream(timeout=10)
    built_in = [(subjects.OUTBOUND, subjects.outbound_consumer(city.id, "whatsapp")) for city in stack.cities.values()]
    found: dict[str, int] = {}
    for stream, durable in (*FOLLOWED, *built_in):
        info = await context.consumer_info(stream, durable)
        ahead = (info.num_pending or 0) + (info.num_ack_pending or 0)
        if ahead:
            found[f"{stream}/{durable}"] = ahead
    return found


async def parked(stack: Stack) -> list[tuple[str, Item, Delivery]]:
    """Everything that is set aside: service, item, and the message itself."""
    client = await stack.admin()
    found: list[tuple[str, Item, Delivery]] = []
    try:
        for service in subjects.SERVICES:
            parking = Parking(client, service, stack.master.derived("parked"))
            found += [(service, item, parking.open(item)) for item in await parking.ls()]
    finally:
        await client.close()
    return found


def _provider_id(message: Delivery) -> str | None:
    """Of a message that was set aside at the door."""
    try:
        return str(json.loads(message.body)["id"]) if message.stream == subjects.INTAKE else None
    except (ValueError, LookupError, TypeError):
        return None


async def pulled(stack: Stack, city: str) -> dict[str, set[str]]:
    """What some offices' programs ever got out of their queues, with their own credentials: complaint ids."""
    await asyncio.gather(*(_pull(stack, city, office) for office in OFFICES))
    return stack.received


OFFICES = ("perkim", "dlh", "pupr", "pdam")
"""Those whose queues are read as the office itself does; the others' in the stream."""


async def _pull(stack: Stack, city: str, office: str) -> None:
    """Until nothing waits for this office any more."""
    credentials = stack.credentials(f"agency:{city}:{office}")
    found = stack.received.setdefault(office, set())
    client, admin = await stack.guest(credentials), await stack.admin()
    try:
        subscription = await client.jetstream().pull_subscribe_bind(credentials["consumer"], credentials["stream"])
        while (await admin.jetstream().consumer_info(credentials["stream"], credentials["consumer"])).num_pending:
            with contextlib.suppress(TimeoutError, NatsTimeoutError):
                for message in await subscription.fetch(250, timeout=5):
                    found.add(json.loads(message.data)["complaint"])
                    await message.ack()
        await client.flush()
    finally:
        await client.close()
        await admin.close()


async def judge(
    stack: Stack,
    outcome: Outcome,
    city: str,
    acknowledged: Mapping[str, str],
    *,
    patience: float = 120,
) -> list[rawlog.Raw]:
    """All properties at once. `acknowledged`: provider id → person, by WhatsApp. Returns the whole log."""
    await settled(stack, patience)
    await _check_outcomes(stack, outcome)
    key = await stack.id_key(city)
    aside = await parked(stack)
    client = await stack.admin()
    try:
        events = rawlog.events(await rawlog.read(client, subjects.COMPLAINTS))
        last = await rawlog.last_sequence(client, subjects.COMPLAINTS)
        tasks = await rawlog.read(client, subjects.AGENCY)
        waiting = await rawlog.read(client, subjects.OUTBOUND)
    finally:
        await client.close()
    if aside:
        outcome.breaks("something was parked", [f"{s}: {i.reason} {i.sentence}" for s, i, _ in aside])
    properties.check_sequences(outcome, events, last)
    properties.check_log(outcome, events)
    keys = {properties.message_key(key, city, "whatsapp", wamid): wamid for wamid in acknowledged}
    ids = [_provider_id(message) for _, _, message in aside]
    set_aside = {properties.message_key(key, city, "whatsapp", wamid) for wamid in ids if wamid is not None}
    properties.check_acknowledged(outcome, events, keys, set_aside)
    arrived = await stack.arrived()
    handed = [one.json["notice"] for one in waiting if not one.subject.endswith(".whatsapp")]
    properties.check_notices(outcome, events, arrived, set(acknowledged.values()), handed)
    properties.check_tasks(outcome, events, tasks, await pulled(stack, city))
    await _check_keys(stack, outcome, events)
    await _check_read_models(stack, outcome)
    return events


OPEN_NOTICES = """
    select status, count(*) as many from delivery.notice
    where channel = 'whatsapp' and status in ('queued', 'deferred', 'sending', 'unknown')
    and reason is distinct from 'later' group by status
"""

RECONCILED_WITHIN = 420.0
"""Seconds: a sender that died leaves its notice claimed for 90, unknown until a receipt or policy tells."""


async def _check_outcomes(stack: Stack, outcome: Outcome) -> None:
    """No notice is left half sent: what was unknown has been reconciled, by a receipt or by the policy."""
    vault = await stack.database("vault")
    left: dict[str, int] = {}

    async def none_open() -> bool:
        nonlocal left
        left = {row["status"]: row["many"] for row in await vault.fetch(OPEN_NOTICES)}
        return not left

    try:
        await until("every notice has an outcome", none_open, RECONCILED_WITHIN, 1.0)
    except NotSo:
        outcome.breaks(f"notices without an outcome: {left}")
    finally:
        await vault.close()


_SEALED = re.compile(rb"A256GCM\.([a-z2-7]{26})/([a-z]+(?::[0-9]+)?)\.")


async def _check_keys(stack: Stack, outcome: Outcome, events: list[rawlog.Raw]) -> None:
    """What stands sealed in the log can be opened: its key was kept before it, and survived what came."""
    used = {(owner.decode(), party.decode()) for event in events for owner, party in _SEALED.findall(event.body)}
    vault = await stack.database("vault")
    try:
        kept = {(row["owner"], row["party"]) for row in await vault.fetch("select owner, party from vault.data_key")}
    finally:
        await vault.close()
    outcome.loses("keys of what stands in the log", ["/".join(pair) for pair in used - kept])


async def _check_read_models(stack: Stack, outcome: Outcome) -> None:
    """What is shown is what a rebuild from the log would show."""
    said = await asyncio.to_thread(stack.tuntas, "rebuild", "--compare", "--json", fails=True)
    report = json.loads(said.strip().splitlines()[-1]) if said.strip() else {}
    if report.get("equal") is not True:
        outcome.breaks(f"read models are not equal to a rebuild: {report or 'no answer'}")
