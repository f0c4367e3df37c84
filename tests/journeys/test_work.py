"""The work itself through the outside doors: an adapter's reporter, offices' programs, coordinators at the console."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.cli.demo.adapter import Adapter, comment
from services.cli.demo.office import Office
from services.cli.demo.pictures import draw
from services.cli.demo.staff import Seat
from services.cli.demo.stage import Stage

pytestmark = pytest.mark.slow

GARBAGE = "Sampah menumpuk di Padang Harapan sudah seminggu dak diangkut"


@dataclass
class Town:
    adapter: Adapter
    dlh: Office
    pupr: Office
    coordinator: Seat

    async def reported(self) -> tuple[str, str, dict[str, Any]]:
        """A person, the ticket, and the lead's task."""
        person = f"warga-{uuid.uuid4().hex[:8]}"
        await self.adapter.hands_in(comment(person, person, GARBAGE))
        heard = await self.adapter.waits_for(person, "BKL-")
        ticket = heard["text"].rpartition(" ")[2].strip()
        return person, ticket, await self.dlh.task(ticket, role="lead", state="open")

    async def holders(self, ticket: str) -> list[str | None]:
        """Who held it, one after the other, as a coordinator reads it."""
        case = await self.coordinator.case(ticket)
        return [entry["holder"] for entry in case["ledger"]["entries"]]


@pytest_asyncio.fixture(scope="session")
async def work(stage: Stage) -> AsyncIterator[Town]:
    async with AsyncExitStack() as ends:
        yield Town(
            await ends.enter_async_context(Adapter(stage.credentials("adapter:bengkulu:tiktok"))),
            await ends.enter_async_context(Office("dlh", stage.credentials("agency:bengkulu:dlh"))),
            await ends.enter_async_context(Office("pupr", stage.credentials("agency:bengkulu:pupr"))),
            await ends.enter_async_context(Seat("asisten-2", stage.credentials("staff:bengkulu:asisten-2"))),
        )


def soon(**span: float) -> str:
    return (datetime.now(UTC) + timedelta(**span)).isoformat()


async def test_a_return_is_ruled_on_and_the_reporter_hears_who_has_it(work: Town) -> None:
    person, ticket, task = await work.reported()
    returned = await work.dlh.does(task, "return", ground="not_our_area", reason="Di luar wilayah kami.")
    assert returned.get("refusal") is None
    await work.adapter.waits_for(person, "mengembalikan laporan ini")
    ruled = await work.coordinator.does("refuse_return", ticket, number=1, reason="Ini wilayah Anda.")
    assert ruled.get("refusal") is None
    told = await work.adapter.waits_for(person, "tetap ditangani")
    assert "Lingkungan Hidup" in told["text"]
    again = await work.dlh.task(ticket, role="lead", fixed_here=True)
    refused = await work.dlh.does(again, "return", ground="not_our_area", reason="Sungguh bukan.")
    assert refused["refusal"]["code"] == "needs_ruling"
    async with asyncio.timeout(30):  # the pages follow the log
        while await work.holders(ticket) != ["dlh", None, "dlh"]:
            await asyncio.sleep(0.1)


async def test_a_part_of_the_work_is_done_by_another_office_before_anything_is_fixed(work: Town) -> None:
    _, ticket, task = await work.reported()
    given = await work.dlh.does(task, "give_subtask", seat="pupr", text="Keruk salurannya.", due=soon(minutes=5))
    assert given.get("refusal") is None
    part = await work.pupr.task(ticket, role="supporting")
    assert part["subtasks"][0]["text"] == "Keruk salurannya."
    picture = await work.dlh.uploads(draw("garbage", "a part of the work"))
    early = await work.dlh.does(task, "resolve", closure="fixed", text="Bersih.", evidence=[picture])
    assert early["refusal"]["code"] == "wrong_state"
    done = await work.pupr.does(part, "finish_subtask", number=1, text="Sudah dikeruk.")
    assert done.get("refusal") is None
    lead = await work.dlh.task(
        ticket, holds=lambda held: held["subtasks"] and held["subtasks"][0]["answer"] is not None
    )
    assert (lead["update"], lead["subtasks"][0]["standing"]) == ("subtask", "done")
    fixed = await work.dlh.does(task, "resolve", closure="fixed", text="Bersih.", evidence=[picture])
    assert fixed.get("refusal") is None


async def test_planned_work_is_told_with_programme_and_date_and_wakes_by_itself(work: Town) -> None:
    person, ticket, task = await work.reported()
    what = {"programme": "Pengadaan kontainer 2027", "text": "Menunggu kontainer."}
    planned = await work.dlh.does(task, "plan", **what, date=soon(hours=1))
    assert planned.get("refusal") is None
    told = await work.adapter.waits_for(person, "Pengadaan kontainer 2027")
    assert "dijadwalkan belum berarti selesai" in told["text"]
    waits = await work.dlh.task(ticket, state="planned")
    assert waits["plan"]["programme"] == "Pengadaan kontainer 2027"
    # Moved up once everything above was seen: nothing here has to be faster than a clock.
    async with asyncio.timeout(60):
        while (await work.dlh.does(waits, "plan", **what, date=soon(seconds=3))).get("refusal"):
            await asyncio.sleep(0.1)
    await work.adapter.waits_for(person, "Tanggal rencana pekerjaan untuk laporan Anda sudah tiba")
    woken = await work.dlh.task(ticket, state="open", update="woke")
    assert woken["plan"] is None


async def test_more_time_is_granted_by_the_superior_and_the_reporter_hears_the_new_date(work: Town) -> None:
    person, ticket, task = await work.reported()
    asked = await work.dlh.does(task, "ask_extension", until=soon(days=1), reason="Alat rusak.")
    assert asked.get("refusal") is None
    granted = await work.coordinator.does("rule_extension", ticket, number=1, ruling="granted", reason="Baik.")
    assert granted.get("refusal") is None
    told = await work.adapter.waits_for(person, "Batas yang baru untuk menyelesaikan")
    assert "meminta tambahan waktu" in told["text"]
    extended = await work.dlh.task(ticket, holds=lambda held: any(x["ruling"] == "granted" for x in held["extensions"]))
    again = await work.dlh.does(extended, "ask_extension", until=soon(days=2), reason="Masih rusak.")
    assert again.get("refusal") is None
    refused = await work.coordinator.does("rule_extension", ticket, number=2, ruling="refused", reason="Cukup.")
    assert refused.get("refusal") is None
    held = await work.dlh.task(ticket, holds=lambda held: any(x["ruling"] == "refused" for x in held["extensions"]))
    assert [x["ruling"] for x in held["extensions"]] == ["granted", "refused"]
