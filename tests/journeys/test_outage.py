"""The water is off and three hundred people write within a minute: one work, three hundred reporters."""

import asyncio
import re

import pytest

from services.cli.demo.adapter import Adapter, comment
from services.cli.demo.office import Office, Task
from services.cli.demo.stage import Stage

pytestmark = pytest.mark.slow

PEOPLE = 300
AT_ONCE = 50
WORDS = (
    "Air PDAM mati di Padang Harapan dari pagi",
    "Min air pdam mati lagi di Padang Harapan, kapan hidup?",
    "aek pdam dak ngalir di padang harapan pak, mati galo",
)
TICKET = re.compile(r"BKL-[0-9A-Z]{8}-[0-9A-Z]")


def person(number: int) -> str:
    return f"warga.air.{number}"


async def write(adapter: Adapter, numbers: range) -> None:
    await asyncio.gather(*(
        adapter.hands_in(comment(person(n), f"Warga Contoh {n}", WORDS[n % len(WORDS)])) for n in numbers
    ))  # fmt: skip


async def test_one_task_for_all_and_a_ticket_and_an_end_for_each(stage: Stage) -> None:
    async with (
        Adapter(stage.credentials("adapter:bengkulu:instagram")) as adapter,
        Office("pdam", stage.credentials("agency:bengkulu:pdam")) as office,
    ):
        for start in range(0, PEOPLE, AT_ONCE):
            await write(adapter, range(start, min(start + AT_ONCE, PEOPLE)))
        tickets = []
        for number in range(PEOPLE):
            told = await adapter.waits_for(person(number), "sudah kami terima", patience=120)
            found = TICKET.search(told["text"])
            assert found is not None
            tickets.append(found[0])
        assert len(set(tickets)) == PEOPLE

        task = await one_task_for(office, PEOPLE)
        others = [t for t in office._tasks.values() if t["ticket"] != task["ticket"]]
        assert not [t for t in others if t["state"] == "open" and t["ticket"] in tickets]

        done = await office.does(task, "resolve", closure="fixed", text="Pipa induk sudah diganti.")
        assert not done.get("refusal"), done
        asked = {
            number: await adapter.waits_for(person(number), "Pipa induk sudah diganti", patience=120)
            for number in range(PEOPLE)
        }
        happy, unhappy, quiet, further = [n for n in range(PEOPLE) if tickets[n] != task["ticket"]][:4]
        assert len({buttons_of(message) for message in asked.values()}) == PEOPLE, "each is asked about his own"

        await press(adapter, happy, asked[happy], "confirm")
        await adapter.waits_for(person(happy), "beres, menurut Anda sendiri")
        before = len([m for m in adapter.arrived if m["to"] in (person(happy), person(quiet), person(further))])
        await press(adapter, unhappy, asked[unhappy], "reopen")
        await adapter.waits_for(person(unhappy), "kami buka kembali", patience=60)
        again = await office.task(task["ticket"], round=2, state="open")
        assert again["reporters"] == task["reporters"]
        after = len([m for m in adapter.arrived if m["to"] in (person(happy), person(quiet), person(further))])
        assert after == before, "nobody hears of another one's word"

    ends = await stage.life(tickets[happy]), await stage.life(tickets[quiet])
    assert [event["type"] for event in ends[0]][-1] in ("complaint.confirmed", "complaint.reporter_told")
    assert "complaint.reopened" not in [event["type"] for event in ends[1]]


async def one_task_for(office: Office, reporters: int) -> Task:
    """Once the office's queue says that so many wait; whoever wrote of this water earlier is taken along."""
    async with asyncio.timeout(120):
        while True:
            for task in office._tasks.values():
                if task.get("reporters", 0) >= reporters:
                    return task
            await asyncio.sleep(0.2)


def buttons_of(message: dict[str, object]) -> str:
    return str(message["buttons"])


async def press(adapter: Adapter, number: int, message: dict[str, object], wish: str) -> None:
    buttons = message["buttons"]
    assert isinstance(buttons, list)
    payload = next(one[0] for one in buttons if one[0].startswith(f"{wish}:"))
    said = comment(person(number), f"Warga Contoh {number}", "SUDAH" if wish == "confirm" else "BELUM")
    await adapter.hands_in({**said, "form": "button", "button": payload})
