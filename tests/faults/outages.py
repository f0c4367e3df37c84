"""Postgres or NATS away for so long that a client's usual patience ends; afterwards all goes on by itself."""

import asyncio
import random
from typing import Literal

from services.contracts import subjects
from tests.faults import people, properties
from tests.faults.outcome import Outcome
from tests.faults.people import Delivering
from tests.faults.stack import NotSo, Stack, until
from tests.faults.verdict import FOLLOWED, judge

CITY = "bengkulu"


async def run(
    stack: Stack, part: Literal["nats", "postgres"], away: float, resumes_within: float, messages: int
) -> Outcome:
    """`away`: seconds. People write before, meanwhile and after; a word said on its return must reach an office."""
    outcome = Outcome(f"{part}-away", times=1)
    chance = random.Random(13)
    number = stack.number(CITY)
    series = {"nats": 3, "postgres": 4}[part]
    crowd = [people.person(n, series) for n in range(messages)]
    written = [message for who in crowd for message in people.conversation(number, who, 1, chance)]
    folder = stack.home / "loads" / f"{part}-away"
    delivering = Delivering(
        folder, [number.webhook_url], number.app_secret, written, rate=messages / (away + 6), at_once=16,
        patience=away + 120,
    )  # fmt: skip
    await asyncio.sleep(3)
    stack.hold_supervisor()
    try:
        stack.kill(part)
        await asyncio.sleep(away)
    finally:
        stack.free_supervisor()
    floors: dict[str, int] = await until(f"{part} is there again", lambda: _served(stack, part), 60)
    probe = people.writes(number, people.person(999_999, series), people.FIRST.format(ward="Padang Harapan"))
    asked = Delivering(folder / "probe", [number.webhook_url], number.app_secret, [probe], at_once=1)
    key = await stack.id_key(CITY)
    complaint = properties.complaint_id(key, CITY, "whatsapp", probe.id)
    try:
        await until("work goes on by itself", lambda: _moves(stack, floors), resumes_within)
        # Behind everything that piled up meanwhile.
        await until("a new word reaches an office", lambda: _handled(stack, complaint, probe.person), 60 + messages / 5)
    finally:
        await asked.done(120)
        figures = await delivering.done(away + 180)
    outcome.notes.append(f"answers {figures['answers']}, slowest refusal {figures['slowest_refusal']} s")
    sent = {message.id: message.person for message in [*written, probe]}
    acknowledged = {wamid: sent[wamid] for wamid in [*delivering.acknowledged(), *asked.acknowledged()]}
    if len(acknowledged) != len(sent):
        outcome.breaks(f"{len(sent) - len(acknowledged)} messages were never answered 200")
    await judge(stack, outcome, CITY, acknowledged, patience=120)
    return outcome


async def _served(stack: Stack, part: str) -> dict[str, int]:
    """How far every follower has come, once the part answers again."""
    if part == "postgres":
        await (await stack.database("main")).close()
    return await _floors(stack)


async def _floors(stack: Stack) -> dict[str, int]:
    client = await stack.admin()
    context = client.jetstream(timeout=5)
    try:
        found = {}
        for stream, durable in (*FOLLOWED, (subjects.OUTBOUND, subjects.outbound_consumer(CITY, "whatsapp"))):
            floor = (await context.consumer_info(stream, durable)).ack_floor
            found[f"{stream}/{durable}"] = floor.stream_seq if floor is not None else 0
        return found
    finally:
        await client.close()


async def _moves(stack: Stack, before: dict[str, int]) -> bool:
    """Every follower has finished something since."""
    still = [name for name, floor in (await _floors(stack)).items() if floor <= before[name]]
    if still:
        raise NotSo(f"nothing moves in {', '.join(still)}")
    return True


async def _handled(stack: Stack, complaint: str, person: str) -> bool:
    """In an office's queue, shown, and its reporter told."""
    client = await stack.admin()
    try:
        found = await client.jetstream(timeout=5).get_last_msg(
            subjects.AGENCY, subjects.agency_task(CITY, "perkim", complaint)
        )
    finally:
        await client.close()
    database = await stack.database("main")
    try:
        shown = await database.fetchval("select n from reporting.complaint where complaint = $1", complaint)
    finally:
        await database.close()
    told = any(message["to"] == person for message in await stack.arrived())
    return bool(found.data and shown and told)
