"""On the real broker and database, against the provider's stand-in: everybody hears what is due, once."""

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Any

import pytest

from services.cli.standins.provider import Behaviour
from services.complaint import commands as c
from services.complaint import events as e
from services.contracts import subjects
from services.contracts.ids import message_key
from services.contracts.intake import Ask
from services.notifier import telling
from services.runtime.delivery import Delivery
from tests.notifier.conftest import CITY, DOOR, World
from tests.notifier.settling import settled


async def test_a_complaint_is_acknowledged_assigned_and_resolved_and_the_log_knows_it(world: World) -> None:
    async with world.notifier():
        complaint, phone = await world.opens()
        await world.assigns(complaint)
        await settled(world, complaint, "read", "read")
        await world.resolves(complaint, "Got sudah kami bersihkan.")
        await settled(world, complaint, "read", "read", "read")
    first, second, third = world.arrived(phone)
    assert "sudah kami terima" in first.text
    assert "ditangani Kepala Dinas Lingkungan Hidup, bersama Camat Gading Cempaka" in second.text
    assert "“Got sudah kami bersihkan.”" in third.text
    assert [label for _, label in third.buttons] == ["SUDAH", "BELUM"]
    told = await world.events(complaint, e.ReporterTold)
    assert [t.template for t in told] == ["received", "assigned", "resolved"]
    assert [t.notice for t in told] == [m.callback for m in (first, second, third)]


async def test_the_same_events_again_send_nothing(world: World) -> None:
    async with world.notifier() as app:
        complaint, phone = await world.opens()
        await settled(world, complaint, "read")
        _, events = await world.decider.load(CITY, complaint)
        again = [
            Delivery(subjects.COMPLAINTS, subjects.complaint(CITY, complaint), 1, event.type, {},
                     event.model_dump_json(by_alias=True).encode())
            for event in events
        ]  # fmt: skip
        for _ in range(3):
            await app.planner.follow(again)
        await app.sweeper.sweep()
        await asyncio.sleep(0.5)
    assert len(world.arrived(phone)) == 1


async def test_duplicated_and_shuffled_receipts_never_move_a_status_back(world: World) -> None:
    world.provider.behaviour = Behaviour(duplicate_receipts=3, shuffle_receipts=True, receipt_delay_ms=5)
    async with world.notifier():
        made = [await world.opens() for _ in range(4)]
        for complaint, _ in made:
            await settled(world, complaint, "read")
        await asyncio.sleep(0.5)
        for complaint, phone in made:
            assert await world.statuses(complaint) == ["read"]
            assert len(world.arrived(phone)) == 1
            assert len(await world.events(complaint, e.ReporterTold)) == 1


async def test_after_berhenti_nothing_of_what_offices_do_is_sent_until_mulai(world: World) -> None:
    async with world.notifier():
        complaint, phone = await world.opens()
        await settled(world, complaint, "read")
        said = e.Message(channel="whatsapp", door=DOOR, form="text")
        await world.does(
            complaint,
            c.StopNews(cause=message_key(world.id_key, CITY, "test", "stop"), party="reporter:1", message=said),
        )
        await settled(world, complaint, "read", "read")
        await world.assigns(complaint)
        await settled(world, complaint, "read", "read", "skipped")
        await world.does(
            complaint,
            c.ResumeNews(cause=message_key(world.id_key, CITY, "test", "go on"), party="reporter:1", message=said),
        )
        await world.resolves(complaint, "Sudah kami keruk.")
        await settled(world, complaint, "read", "read", "skipped", "read", "read")
        rows = await world.notices(complaint)
        assert [row["reason"] for row in rows if row["status"] == "skipped"] == ["unwanted"]
    texts = [one.text for one in world.arrived(phone)]
    assert "tidak mengirim kabar lagi" in texts[1]
    assert "kabari lagi" in texts[2]
    assert "Sudah kami keruk." in texts[3]


async def test_status_is_answered_with_step_and_due_once_for_each_ask(world: World) -> None:
    async with world.notifier():
        complaint, phone = await world.opens()
        await world.assigns(complaint)
        await settled(world, complaint, "read", "read")
        conversation = complaint[::-1]
        await world.vault.make_keys([(conversation, "reporter:1")])
        await world.knows(conversation, phone, datetime.now(UTC))
        ask = Ask(
            id=secrets.token_hex(8), city=CITY, channel="whatsapp", door=DOOR, conversation=conversation,
            kind="status", complaints=(complaint,),
        )  # fmt: skip
        await world.asks(ask)
        await world.asks(ask)
        await settled(world, conversation, "read")
        await asyncio.sleep(0.3)
    answers = [m for m in world.arrived(phone) if "/lacak/" in m.text]
    assert len(answers) == 1
    assert "ditangani Kepala Dinas Lingkungan Hidup, batas " in answers[0].text


async def test_what_is_written_down_about_a_delivery_holds_nothing_personal(world: World) -> None:
    async with world.notifier():
        complaint, phone = await world.opens()
        await world.assigns(complaint)
        await settled(world, complaint, "read", "read")
        await world.resolves(complaint, "kalimat-canary-kami")
        await settled(world, complaint, "read", "read", "read")
        rows = str(await world.notices(complaint))
    for personal in (phone, "canary", "Ibu Contoh"):
        assert personal not in rows
    assert any("kalimat-canary-kami" in m.text for m in world.arrived(phone))


async def test_what_was_overtaken_before_its_turn_is_not_said(world: World) -> None:
    complaint, phone = await world.opens()
    await world.assigns(complaint)
    await world.resolves(complaint, "Sudah beres.")
    async with world.notifier():
        await settled(world, complaint, "read", "skipped", "read")
    assert len(world.arrived(phone)) == 2
    assert [t.template for t in await world.events(complaint, e.ReporterTold)] == ["received", "resolved"]


async def test_who_asked_to_be_forgotten_hears_that_it_is_done_and_nothing_more(world: World) -> None:
    async with world.notifier():
        complaint, phone = await world.opens()
        await world.assigns(complaint)
        await settled(world, complaint, "read", "read")
        cause = message_key(world.id_key, CITY, "test", secrets.token_hex(8))
        await world.does(complaint, c.EraseReporter(cause=cause, party="reporter:1"))

        async def planned() -> Any:
            return len(await world.notices(complaint)) == 3

        await world.until(planned)
        await world.vault.destroy(complaint, "reporter:1")
        await settled(world, complaint, "read", "read", "read")
        await world.resolves(complaint, "Sudah beres.")
        await asyncio.sleep(1)
    assert "kami hapus" in world.arrived(phone)[-1].text
    assert len(world.arrived(phone)) == 3


async def test_a_reopening_is_told_in_one_message_with_the_new_due_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PATIENCE_FOR_CLOCKS", 600.0)
    async with world.notifier():
        complaint, phone = await world.opens()
        await world.assigns(complaint)
        await settled(world, complaint, "read", "read")
        await world.resolves(complaint, "Sudah beres.")
        await settled(world, complaint, "read", "read", "read")
        await world.reopens(complaint)
        await settled(world, complaint, "read", "read", "read", "read")
    last = world.arrived(phone)[-1].text
    assert "kami buka kembali" in last
    assert "tanggapan paling lambat" in last
