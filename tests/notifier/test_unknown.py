"""On the real broker and database: nobody hears twice and nobody is left out, whatever breaks on the way."""

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest

from services.cli.standins.provider import Behaviour, Failure
from services.complaint import events as e
from services.notifier.delivery.rows import Notice
from tests.notifier.conftest import SHORT, World
from tests.notifier.settling import settled

PATIENT = replace(SHORT, lease=600, silent=600, hold=600)
"""Nothing is taken for lost while the test runs, however slow the machine: only what the test itself brings about."""


async def test_a_lost_answer_is_unknown_until_the_receipt_tells_and_is_not_sent_again(world: World) -> None:
    world.provider.behaviour = Behaviour(lose_answers=1, hang_seconds=5)
    world.hold_receipts = True
    async with world.notifier(PATIENT, provider_seconds=0.3):
        complaint, phone = await world.opens()
        await settled(world, complaint, "unknown")
        assert await world.events(complaint, e.ReporterTold) == []
        await world.releases_receipts()
        await settled(world, complaint, "read")
        await asyncio.sleep(1)
    assert len(world.arrived(phone)) == 1
    assert len(await world.events(complaint, e.ReporterTold)) == 1


async def test_what_can_not_be_said_of_a_message_that_is_out_sends_it_not_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.provider.behaviour = Behaviour(receipts=False)
    tries: list[str] = []

    async def fails(notice: Notice) -> None:
        tries.append(notice.owner)
        raise ValueError("no log takes this")

    async with world.notifier(replace(PATIENT, fact=0.0)) as app:
        with monkeypatch.context() as broken:
            broken.setattr(app.deliverer._settler._facts, "record", fails)
            complaint, phone = await world.opens()

            async def tried() -> Any:
                return tries.count(complaint) >= 3

            await world.until(tried)
            assert await world.statuses(complaint) == ["accepted"]
            assert len(world.arrived(phone)) == 1

        async def told() -> Any:
            return await world.events(complaint, e.ReporterTold)

        assert len(await world.until(told)) == 1
    assert len(world.arrived(phone)) == 1


async def test_silence_about_an_unknown_one_sends_it_again_in_the_end(world: World) -> None:
    world.provider.behaviour = Behaviour(lose_answers=1, hang_seconds=5, receipts=False)
    async with world.notifier(provider_seconds=0.3):
        complaint, phone = await world.opens()
        await settled(world, complaint, "accepted")
    [notice] = await world.notices(complaint)
    tries = await world.reader.fetch(
        "select outcome from delivery.attempt where notice = $1 order by number", notice["id"]
    )
    outcomes = [row["outcome"] for row in tries]
    # A machine that stands still for a moment loses an answer more; never one that is known to have been taken.
    assert outcomes == ["lost"] * (len(outcomes) - 1) + ["accepted"]
    assert len(outcomes) >= 2
    assert len(world.arrived(phone)) >= 2


async def test_passing_errors_and_a_stopped_account_hold_messages_back_without_losing_one(world: World) -> None:
    world.provider.behaviour = Behaviour(
        fail_next=[Failure(code=131000), Failure(code=190), Failure(code=130429)], receipt_delay_ms=1
    )
    async with world.notifier():
        complaint, phone = await world.opens()
        await settled(world, complaint, "read")
    assert len(world.arrived(phone)) == 1


async def test_a_provider_that_was_away_gets_everything_once_it_is_back(world: World) -> None:
    numbers, world.standin = world.standin, "http://127.0.0.1:9"
    async with world.notifier():
        complaint, phone = await world.opens()

        async def refused() -> Any:
            rows = await world.notices(complaint)
            return rows and rows[0]["reason"] == "slow_ConnectError"

        await world.until(refused)
    world.standin = numbers
    async with world.notifier():
        await settled(world, complaint, "read")
    assert len(world.arrived(phone)) == 1


async def test_a_claim_whose_process_died_becomes_unknown_and_the_receipt_settles_it(world: World) -> None:
    world.hold_receipts = True
    world.provider.behaviour = Behaviour(hang_seconds=30, lose_answers=1)
    async with world.notifier(PATIENT, provider_seconds=60):
        complaint, phone = await world.opens()
        await settled(world, complaint, "sending")

        async def out() -> Any:
            return world.arrived(phone)

        await world.until(out)
    # Its lease is over.
    await world.reader.execute("update delivery.notice set next_at = now() where owner = $1", complaint)
    async with world.notifier(PATIENT):
        await settled(world, complaint, "unknown")
        await world.releases_receipts()
        await settled(world, complaint, "read")
    assert len(world.arrived(phone)) == 1


async def test_a_queue_entry_that_was_lost_is_found_and_sent(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with world.notifier() as app:
        real = app.planner._outbox.queue
        monkeypatch.setattr(app.planner._outbox, "queue", _nothing)
        complaint, phone = await world.opens()
        await settled(world, complaint, "queued")
        monkeypatch.setattr(app.planner._outbox, "queue", real)
        await settled(world, complaint, "read")
    assert len(world.arrived(phone)) == 1


async def _nothing(_: Any) -> None:
    return


@pytest.mark.slow
async def test_the_service_itself_killed_at_random_tells_everybody_once(world: World) -> None:
    """`kill -9` of the real process, again and again, while it sends; what nobody knows is settled by receipts."""
    world.provider.behaviour = Behaviour(latency_ms=30, receipt_delay_ms=30)
    made: list[tuple[str, str]] = []
    for _ in range(3):
        made += [await world.opens() for _ in range(12)]
        process = await world.process()
        sent = len(world.provider.arrived)

        async def moving(before: int = sent) -> Any:
            return len(world.provider.arrived) > before

        try:
            await world.until(moving, 120)
            await asyncio.sleep(random.random() * 0.3)
        finally:
            process.kill()
            await process.wait()
    last = await world.process()
    try:
        told_by_last, _ = await world.opens()

        async def runs() -> Any:
            return await world.statuses(told_by_last) == ["read"]

        await world.until(runs, 60)  # only then can it be asked to end

        async def all_known() -> Any:
            """Claimed ones whose receipt never comes were never posted; they wait for policy, and are not sent now."""
            for complaint, phone in made:
                wanted = {"read"} if world.arrived(phone) else {"sending", "unknown"}
                if not set(await world.statuses(complaint) or ["none"]) <= wanted:
                    return False
            return True

        await world.until(all_known, 60)
        for complaint, phone in made:
            (row,) = await world.notices(complaint)
            assert len(world.arrived(phone)) == (1 if row["status"] == "read" else 0)

            async def in_the_log(of: str = complaint, count: int = len(world.arrived(phone))) -> Any:
                return len(await world.events(of, e.ReporterTold)) == count

            await world.until(in_the_log)
    finally:
        last.terminate()
        assert await last.wait() == 0
