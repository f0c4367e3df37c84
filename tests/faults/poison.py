"""One complaint that a service can't handle, among many: it is set aside with its reason, what comes later of it stays
behind it, everything else is done; once the cause is mended, a retry finishes it.

The cause is a trigger in the database that refuses rows of this one complaint: a real error in the service's own work,
of a kind that no waiting mends, and one that a test can mend.
"""

import asyncio
import random

from nats.aio.client import Client

from services.contracts import subjects
from services.runtime.delivery import Delivery
from tests.faults import people, properties, rawlog, verdict
from tests.faults.outcome import Outcome
from tests.faults.people import Delivering
from tests.faults.stack import NotSo, Stack, until

CITY = "bengkulu"
SPOILT = {"router": "router.work", "reporting": "reporting.complaint"}
"""Service → the table in which it can't write."""

_SPOIL = """
create or replace function public.spoilt() returns trigger language plpgsql as $$
begin
    if new.complaint = '{complaint}' then
        raise exception 'spoilt on purpose';
    end if;
    return new;
end $$;
create trigger spoilt before insert or update on {table} for each row execute function public.spoilt();
"""


async def run(stack: Stack, messages: int, patience: float = 120) -> Outcome:
    """One poisoned complaint among `messages`."""
    outcome = Outcome("poison", times=len(SPOILT))
    chance = random.Random(17)
    number = stack.number(CITY)
    crowd = [people.person(n, 5) for n in range(messages)]
    written = [message for who in crowd for message in people.conversation(number, who, 1, chance)]
    poison = written[messages // 2]
    further = people.writes(number, crowd[messages // 2], people.FURTHER)
    complaint = properties.complaint_id(await stack.id_key(CITY), CITY, "whatsapp", poison.id)
    await spoil(stack, complaint, list(SPOILT))
    try:
        folder = stack.home / "loads" / "poison"
        first = Delivering(folder, [number.webhook_url], number.app_secret, written, at_once=16)
        await first.done(patience + messages)
        await until("the poison is set aside", lambda: _set_aside(stack, complaint), patience + messages / 8)
        second = Delivering(folder / "further", [number.webhook_url], number.app_secret, [further], at_once=1)
        await second.done(60)
        await verdict.settled(stack, patience + messages / 8)
        await _look_at_parked(stack, outcome, complaint)
        await _others_are_done(stack, outcome, {m.id for m in written if m is not poison})
    finally:
        await mend(stack)
    await asyncio.to_thread(stack.tuntas, "parked", "retry", "--all")

    async def empty() -> bool:
        left = await verdict.parked(stack)
        if left:
            raise NotSo(f"{len(left)} still parked")
        return True

    await until("the retry finishes it", empty, patience)
    sent = {message.id: message.person for message in [*written, further]}
    await verdict.judge(stack, outcome, CITY, sent, patience=patience)
    return outcome


async def spoil(stack: Stack, complaint: str, services: list[str]) -> None:
    """From now on these services can't write rows of this complaint."""
    database = await stack.database("main")
    try:
        for service in services:
            await database.execute(_SPOIL.format(complaint=complaint, table=SPOILT[service]))
    finally:
        await database.close()


async def mend(stack: Stack) -> None:
    """They can again."""
    database = await stack.database("main")
    try:
        await database.execute("drop function if exists public.spoilt() cascade")
    finally:
        await database.close()


async def _set_aside(stack: Stack, complaint: str) -> bool:
    """By both services: the message that failed, with a reason of its own."""
    found = {
        service
        for service, item, message in await verdict.parked(stack)
        if _is_of(message, complaint) and not item.behind
    }
    if found != set(SPOILT):
        raise NotSo(f"set aside by {sorted(found)}")
    return True


def _is_of(message: Delivery, complaint: str) -> bool:
    return message.stream == subjects.COMPLAINTS and message.subject.endswith(f".{complaint}")


async def _look_at_parked(stack: Stack, outcome: Outcome, complaint: str) -> None:
    """Only this complaint; one failed message a service, which is the first; all later ones behind it."""
    everything = await verdict.parked(stack)
    strangers = [f"{service}: {item.reason}" for service, item, m in everything if not _is_of(m, complaint)]
    if strangers:
        outcome.breaks("others were parked, too", strangers)
    client = await stack.admin()
    try:
        history = await _history(client, complaint)
    finally:
        await client.close()
    for service in SPOILT:
        mine = sorted((item.sequence, item.behind, item.reason, item.sentence) for s, item, _ in everything
                      if s == service)  # fmt: skip
        if [behind for _, behind, _, _ in mine] != [False, *[True] * (len(mine) - 1)]:
            outcome.breaks(f"{service}: not one failed message with the rest behind it: {mine}")
        if mine and not (mine[0][2] and mine[0][3]):
            outcome.breaks(f"{service}: parked without a reason")
        behind = {sequence for sequence, _, _, _ in mine}
        outcome.loses(f"later events of the complaint are not behind it in {service}",
                      [n for n in history if mine and n > mine[0][0] and n not in behind])  # fmt: skip
        outcome.notes.append(f"{service} parked {len(mine)}: {mine[0][2]}, {mine[0][3]}" if mine else f"{service}: 0")


async def _history(client: Client, complaint: str) -> list[int]:
    messages = await rawlog.read(client, subjects.COMPLAINTS)
    return [message.sequence for message in messages if message.subject.endswith(f".{complaint}")]


async def _others_are_done(stack: Stack, outcome: Outcome, sent: set[str]) -> None:
    """While the poison lies aside, every other complaint is shown and assigned."""
    key = await stack.id_key(CITY)
    wanted = {properties.complaint_id(key, CITY, "whatsapp", wamid) for wamid in sent}
    database = await stack.database("main")
    try:
        shown = {row["complaint"] for row in await database.fetch("select complaint from reporting.complaint")}
        held = {row["complaint"] for row in await database.fetch("select complaint from router.work")}
    finally:
        await database.close()
    outcome.loses("others are not shown because of the poison", wanted - shown)
    outcome.loses("others are not with an office because of the poison", wanted - held)
