"""kill -9 of every part in turn, at random moments, while people write."""

import asyncio
import random
import time
from itertools import count

from tests.faults import people
from tests.faults.outcome import Outcome
from tests.faults.people import Delivering
from tests.faults.stack import PARTS, NotSo, Part, Stack, until
from tests.faults.verdict import judge

CITY = "bengkulu"
EACH = 2


async def run(stack: Stack, kills: int, messages: int, pauses: tuple[float, float], patience: float = 180) -> Outcome:
    """At least `kills` kills and `messages` acknowledged; `pauses`: between two kills, in seconds, any in this span."""
    outcome = Outcome("kills")
    chance = random.Random(11)
    number = stack.number(CITY)
    # More than enough to write about, so that there is load until the last kill.
    rate = max(10.0, messages / (kills * (sum(pauses) / 2 + 1.0)))
    crowd = (people.person(n, 2) for n in count())
    written = [
        message
        for _, who in zip(range(2 * messages // EACH + 200), crowd, strict=False)
        for message in people.conversation(number, who, EACH, chance)
    ]
    folder = stack.home / "loads" / "kills"
    delivering = Delivering(folder, [number.webhook_url], number.app_secret, written, rate=rate, at_once=24)
    began = time.monotonic()
    killed: dict[Part, int] = {}
    while outcome.times < kills or len(delivering.acknowledged()) < messages:
        await asyncio.sleep(chance.uniform(*pauses))
        part = PARTS[outcome.times % len(PARTS)]
        killed[part] = await _kill(stack, part, killed.get(part), while_starting=outcome.times % 7 == 6)
        outcome.times += 1
        if time.monotonic() - began > 20 * kills + 60:
            outcome.breaks(f"only {len(delivering.acknowledged())} messages were answered in all that time")
            break
    figures = await delivering.stop()
    outcome.notes.append(f"answers {figures['answers']}")
    acknowledged = set(delivering.acknowledged())
    sent = {message.id: message.person for message in written}
    await until("all parts are back", lambda: all(part.ready for part in stack.state.parts.values()), patience)
    heard = {wamid: sent[wamid] for wamid in acknowledged}
    await judge(stack, outcome, CITY, heard, patience=patience + messages / 20)
    outcome.notes.append(f"restarts { ({name: part.restarts for name, part in stack.state.parts.items()}) }")
    return outcome


async def _kill(stack: Stack, part: Part, before: int | None, *, while_starting: bool) -> int:
    """Kill the part that came after the one that was killed last time; its pid.

    `while_starting`: as soon as it runs; otherwise once it works again. The load goes on all the time.
    """

    def lives() -> int:
        found = stack.state.parts.get(part)
        if found is None or found.pid is None or found.pid == before:
            raise NotSo(f"{part} is not back yet")
        if not (found.ready or while_starting):
            raise NotSo(f"{part} is not ready yet")
        return found.pid

    pid: int = await until(f"{part} runs again", lives, 120)
    stack.kill(part)
    return pid
