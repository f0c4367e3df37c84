"""A retry whose event already stands: the first answer was lost on its way back, and others wrote meanwhile.

The log stands behind a network that swallows the server's answer. What was asked is done, whoever asked can't know it,
and by the time it looks again three later events of others stand behind its own.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.contracts import subjects
from services.contracts.commands import Refusal
from services.contracts.ids import derive
from services.runtime.deciding import Decided, Decider
from services.runtime.log import Log
from tests.faults import broker, rawlog
from tests.faults.outcome import Outcome
from tests.faults.properties import check_log, check_sequences
from tests.faults.proxy import Proxy

KEY = b"a key of this test alone, 32 byte"
CITY = "bengkulu"


class _Keys:
    async def id_key(self, city: str) -> bytes:
        return KEY


def _now() -> datetime:
    return datetime.now(UTC)


async def run(folder: Path, times: int) -> Outcome:
    outcome = Outcome("retry", times=times)
    async with broker.server_in(folder / "retry") as server:
        proxy = Proxy(server.host, server.port)
        await proxy.start()
        straight, behind = await broker.connected(server.port), await broker.connected(proxy.port)
        try:
            await broker.make_stream(straight, subjects.COMPLAINTS)
            for number in range(times):
                await _one(outcome, number, proxy, straight, behind)
            events = rawlog.events(await rawlog.read(straight, subjects.COMPLAINTS))
            outcome.acknowledged = len(events)
            if len(events) != 5 * times:
                outcome.breaks(f"{len(events)} events instead of {5 * times}")
            check_log(outcome, events)
            check_sequences(outcome, events, await rawlog.last_sequence(straight, subjects.COMPLAINTS))
        finally:
            await straight.close()
            await behind.close()
            await proxy.stop()
    return outcome


async def _one(outcome: Outcome, number: int, proxy: Proxy, straight: Any, behind: Any) -> None:
    complaint = derive(KEY, "complaint", str(number))
    others = Decider(Log(straight, subjects.COMPLAINTS), COMPLAINT, subjects.complaint, _Keys(), _now)
    ours = Decider(
        Log(behind, subjects.COMPLAINTS, timeout=0.5), COMPLAINT, subjects.complaint, _Keys(), _now, patience=30
    )
    message = e.Message(channel="whatsapp", door="hotline-walikota", form="text")
    opened = derive(KEY, "open", str(number))
    await others.execute(
        CITY, complaint,
        c.OpenComplaint(cause=opened, ticket="BKL-00000000-0", reporter="reporter:1", message=message,
                        confidentiality="normal"),
        cause=opened, actor="reporter:1",
    )  # fmt: skip
    cause = derive(KEY, "ours", str(number))
    added = c.AddMessage(cause=cause, party="reporter:1", message=message)
    await behind.flush()
    proxy.swallow_after(b"HPUB complaint.")
    asked = asyncio.create_task(ours.execute(CITY, complaint, added, cause=cause, actor="reporter:1"))
    await _stands(straight, complaint, 2, number)
    for other in range(3):
        name = derive(KEY, "other", str(number), str(other))
        late = c.AddMessage(cause=name, party="reporter:1", message=message)
        await others.execute(CITY, complaint, late, cause=name, actor="reporter:1")
    proxy.cut()
    try:
        answer = await asked
    except Exception as error:  # noqa: BLE001 - any error to the caller is what must not be
        outcome.breaks(f"the caller got {type(error).__name__}: {error}")
        return
    _judge(outcome, answer, "after the lost answer")
    _judge(outcome, await ours.execute(CITY, complaint, added, cause=cause, actor="reporter:1"), "asked again")


def _judge(outcome: Outcome, answer: Decided[Any, Any] | Refusal, when: str) -> None:
    if isinstance(answer, Refusal):
        outcome.breaks(f"{when}: refused with {answer.code}")
    elif not answer.repeated or [event.n for event in answer.events] != [2]:
        outcome.breaks(f"{when}: {answer.n}, {[event.n for event in answer.events]}, repeated={answer.repeated}")


async def _stands(connection: Any, complaint: str, position: int, number: int) -> None:
    """Wait until the log holds the complaint's event at this position."""
    async with asyncio.timeout(30):
        while await rawlog.last_sequence(connection, subjects.COMPLAINTS) < 5 * number + position:
            await asyncio.sleep(0.02)
