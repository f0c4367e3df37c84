"""On the real broker and database, against the provider's stand-in: told once, whatever happens on the way."""

import asyncio
import random
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from nats.aio.msg import Msg
from nats.js import JetStreamContext

from services.cli.standins import mail
from services.cli.standins.provider import Behaviour, Failure
from services.cli.standins.sms import Gateway
from services.cli.standins.sms import application as sms_gateway
from services.complaint import commands as c
from services.complaint import events as e
from services.contracts import subjects
from services.contracts.city import City, Door
from services.contracts.city.gateways import MailServer, SmsGateway
from services.contracts.ids import message_key
from services.contracts.intake import Ask, DeliveryReceipt
from services.contracts.outbound import OutboundMessage
from services.contracts.secrets import CitySecrets, WhatsAppSecrets
from services.notifier import telling
from services.notifier.delivery.rows import Notice
from services.runtime.delivery import Delivery
from tests.notifier.conftest import CITY, DOOR, SHORT, World, served

PATIENT = replace(SHORT, lease=600, silent=600, hold=600)
"""Nothing is taken for lost while the test runs, however slow the machine: only what the test itself brings about."""


async def settled(world: World, owner: str, *wanted: str) -> list[str]:
    async def seen() -> Any:
        found = await world.statuses(owner)
        return found if found == list(wanted) else None

    try:
        return list(await world.until(seen))
    except TimeoutError:
        raise AssertionError(f"wanted {wanted}, stands at {await world.notices(owner)}") from None


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


async def test_a_closed_window_told_by_receipt_leads_to_the_approved_template(world: World) -> None:
    async with world.notifier():
        world.provider.behaviour = Behaviour(default_window="closed")
        complaint, phone = await world.opens()
        await settled(world, complaint, "read")
    (message,) = world.arrived(phone)
    assert message.type == "template"
    assert "Got" not in message.text


async def test_a_closed_window_told_in_the_answer_leads_to_the_approved_template(world: World) -> None:
    async with world.notifier():
        world.provider.behaviour = Behaviour(default_window="closed", refuse_in_answer=True)
        complaint, phone = await world.opens()
        await settled(world, complaint, "read")
    assert [m.type for m in world.arrived(phone)] == ["template"]


async def test_who_was_not_heard_for_a_day_gets_a_template_at_once(world: World) -> None:
    async with world.notifier():
        complaint, phone = await world.opens(heard=timedelta(days=2))
        await settled(world, complaint, "read")
    assert [m.type for m in world.arrived(phone)] == ["template"]


async def test_whom_no_message_reaches_the_desk_is_to_call(world: World) -> None:
    async with world.notifier():
        for in_answer in (True, False):
            complaint, phone = await world.opens(heard=timedelta(days=3))
            world.provider.behaviour = Behaviour(undeliverable=[phone], refuse_in_answer=in_answer)
            await settled(world, complaint, "calling")

            async def fact(of: str = complaint) -> Any:
                return await world.events(of, e.CallWanted)

            (call,) = await world.until(fact)
            assert (call.reason, call.channel) == ("not_on_channel", "whatsapp")
            assert world.arrived(phone) == []


async def test_who_wants_to_hear_nothing_is_left_alone_as_a_fact(world: World) -> None:
    async with world.notifier():
        world.provider.behaviour = Behaviour(fail_next=[Failure(code=131050)])
        complaint, phone = await world.opens()
        await settled(world, complaint, "unreachable")

        async def fact() -> Any:
            return await world.events(complaint, e.ReporterUnreachable)

        (unreachable,) = await world.until(fact)
        assert unreachable.reason == "opted_out"
        assert world.arrived(phone) == []


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


async def its_message(queue: JetStreamContext.PullSubscription, person: str) -> tuple[Msg, OutboundMessage]:
    """The adapter's queue belongs to the whole session: others' messages may lie before the one that is looked for."""
    while True:
        (entry,) = await queue.fetch(1, timeout=30)
        message = OutboundMessage.model_validate_json(entry.data)
        if message.to == person:
            return entry, message
        await entry.ack()


async def test_an_external_adapter_gets_the_whole_message_in_its_own_queue_with_a_time_to_live(world: World) -> None:
    complaint, person = await world.opens(channel="instagram", door="instagram")
    js = world.admin.jetstream()
    queue = await js.pull_subscribe_bind(subjects.outbound_consumer(CITY, "instagram"), subjects.OUTBOUND)
    async with world.notifier():
        await settled(world, complaint, "published")
        entry, message = await its_message(queue, person)
        assert message.door == "instagram"
        assert "sudah kami terima" in message.text
        assert entry.headers is not None
        assert entry.headers["Nats-TTL"] == "86400s"
        (told,) = await world.events(complaint, e.ReporterTold)
        assert (told.notice, told.channel) == (message.notice, "instagram")
        await entry.ack()
        delivered = DeliveryReceipt(type="receipt", id="m1", notice=message.notice, status="delivered")
        await world.receipt(delivered, "instagram")
        await settled(world, complaint, "delivered")


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


def with_email(city: City) -> City:
    return city.model_copy(update={"doors": (*city.doors, Door(id="email", channel="email", label="Surel"))})


async def test_down_the_ladder_from_whatsapp_to_sms_and_e_mail(world: World) -> None:
    """Each way has a queue of its own; the log knows by which one the reporter heard, and why not by the one before."""
    gateway, server = Gateway("contoh"), mail.MailServer()
    async with served(sms_gateway(gateway)) as url, mail.running(server) as port:
        secrets = {
            CITY: CitySecrets(
                whatsapp=WhatsAppSecrets(access_token=world.token),
                sms=SmsGateway(url=f"{url}/send", token="contoh", codes={"E12": "invalid_number"}),
                mail=MailServer(host="127.0.0.1", port=port, security="none", sender="lapor@contoh.test"),
            )
        }
        cities = dict(world.stack.cities)
        cities[CITY] = with_email(cities[CITY])
        async with world.notifier(secrets=secrets, cities=cities, channels=("whatsapp", "sms")) as app:
            complaint, phone = await world.opens(heard=timedelta(days=3))
            world.provider.behaviour = Behaviour(undeliverable=[phone])

            async def by_sms() -> Any:
                return [one for one in await world.events(complaint, e.ReporterTold) if one.channel == "sms"]

            (told,) = await world.until(by_sms)
            (sms,) = gateway.arrived
            assert (sms.to, sms.text.split(": ")[0]) == (f"+{phone}", cities[CITY].name)
            assert (told.rung, told.why) == ("sms", "not_on_channel")

            late = DeliveryReceipt(type="receipt", id=sms.id, notice=sms.reference, status="delivered")
            await world.receipt(late, "sms")
            await settled(world, complaint, "delivered")

            other, its_phone = await world.opens()
            gateway.refuse[f"+{its_phone}"] = (400, "E12")
            world.provider.behaviour = Behaviour(undeliverable=[its_phone])
            await world.writes_to(other, its_phone, email="warga@contoh.test")

            async def moved() -> Any:
                rows = await world.notices(other)
                return rows and rows[0]["way"] == "email"

            await world.until(moved)
            # E-mail has no queue in this city; its turn is given by hand.
            for row in await world.notices(other):
                await app.deliverer.deliver(row["id"])
            await settled(world, other, "accepted")
    assert [one.to for one in server.arrived] == ["warga@contoh.test"]
    (told,) = [one for one in await world.events(other, e.ReporterTold) if one.channel == "email"]
    assert (told.rung, told.why) == ("email", "wrong_number")
