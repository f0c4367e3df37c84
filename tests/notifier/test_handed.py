"""What is handed to somebody else's program: told once it is taken, another way once it was left lying."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.cli.standins.sms import Gateway
from services.cli.standins.sms import application as sms_gateway
from services.complaint import events as e
from services.contracts import subjects
from services.contracts.city.gateways import SmsGateway
from services.contracts.city.sending import LADDERS, OTHER, Rung
from services.contracts.intake import DeliveryReceipt
from services.contracts.secrets import CitySecrets
from services.notifier.climbing import DANGER_LIES, by_adapter, lies
from services.notifier.ladder import Known, NoWay, Step, Wait, climb
from services.notifier.outbox import EXTERNAL_TTL, KEPT_LONGER
from services.runtime.vault import Contact
from tests.notifier.conftest import CITY, World, served
from tests.notifier.settling import settled
from tests.notifier.test_rungs import its_message

HOUR, LONGEST = timedelta(hours=1), EXTERNAL_TTL - KEPT_LONGER
PHONE = "+6281100000999"
LONG_AGO = Known(channel="instagram", heard=timedelta(days=30), adapter=True)


@pytest.mark.parametrize(
    ("channel", "rungs"),
    [
        ("instagram", ["free", "sms", "email", "call"]),
        ("whatsapp", ["free", "sms", "email", "call"]),
        ("tiktok", ["free", "sms", "email", "call"]),
        ("email", ["email", "sms", "call"]),
        ("sms", ["sms", "email", "call"]),
    ],
)
def test_a_program_of_somebody_else_is_one_rung(channel: str, rungs: list[Rung]) -> None:
    assert by_adapter(LADDERS.get(channel, OTHER)) == rungs


@pytest.mark.parametrize(
    ("tried", "step"),
    [
        ({}, Step("free", "first")),
        ({"free": "not_taken"}, NoWay("not_taken")),
        ({"free": "failed_at_provider"}, NoWay("failed_at_provider")),
    ],
)
def test_it_knows_its_windows_itself_and_is_tried_once(tried: Mapping[Rung, str], step: Step | NoWay) -> None:
    assert climb(by_adapter(LADDERS["instagram"]), LONG_AGO, tried, {}) == step


@pytest.mark.parametrize(
    ("after", "urgent", "within"),
    [
        (Step("sms", "not_taken"), False, HOUR),
        (Wait(300, "budget"), False, HOUR),
        (Step("sms", "not_taken"), True, DANGER_LIES),
        (Step("call", "not_taken"), False, LONGEST),
        (NoWay("not_taken"), False, LONGEST),
        (Step("call", "not_taken"), True, HOUR),
        (NoWay("not_taken"), True, HOUR),
    ],
)
def test_it_lies_as_long_as_nobody_would_be_told_sooner(
    after: Step | Wait | NoWay, urgent: bool, within: timedelta
) -> None:
    assert lies(after, urgent=urgent, patience=HOUR) == within


def test_a_city_of_endless_patience_still_has_an_end() -> None:
    assert lies(Step("sms", "x"), urgent=False, patience=timedelta(days=9)) == LONGEST


async def comes(world: World) -> tuple[str, str]:
    return await world.opens(channel="instagram", door="instagram")


async def has_a_phone(world: World, owner: str, person: str) -> None:
    contact = Contact(
        owner, "reporter:1", CITY, "instagram", "instagram", person, "Ibu Contoh", datetime.now(UTC), phone=PHONE
    )
    async with world.vault_pool.acquire() as connection:
        keys = await world.vault.keys([(owner, "reporter:1")], connection)
        await world.vault.put_contacts(connection, [contact], keys)


async def first(world: World, complaint: str, kind: type[e.Event]) -> Any:
    async def seen() -> Any:
        return await world.events(complaint, kind)

    return (await world.until(seen))[0]


async def the_row(world: World, complaint: str) -> dict[str, Any]:
    (row,) = await world.notices(complaint)
    return row


async def its_time_is_over(world: World, complaint: str, ago: timedelta = timedelta(0)) -> None:
    await world.reader.execute(
        "update delivery.notice set take_by = now() - $2::interval, next_at = now() where owner = $1", complaint, ago
    )


async def test_whoever_takes_it_and_says_nothing_more_has_told(world: World) -> None:
    complaint, person = await comes(world)
    queue = await world.admin.jetstream().pull_subscribe_bind(
        subjects.outbound_consumer(CITY, "instagram"), subjects.OUTBOUND
    )
    async with world.notifier():
        await settled(world, complaint, "published")
        entry, message = await its_message(queue, person)
        await entry.ack()
        await settled(world, complaint, "accepted")
        told = await first(world, complaint, e.ReporterTold)
        assert (told.notice, told.channel) == (message.notice, "instagram")

        # It may still say that nothing came of it.
        failed = DeliveryReceipt(type="receipt", id="m1", notice=message.notice, status="failed")
        for _ in range(2):
            await world.receipt(failed, "instagram")
        await settled(world, complaint, "unreachable")
        assert (await first(world, complaint, e.ReporterUnreachable)).reason == "failed_at_provider"


async def test_what_nobody_takes_is_never_told_and_never_nothing(world: World) -> None:
    """Without another way it is a fact that nobody was reached; with one, that one, and sooner."""
    without, _ = await comes(world)
    forgotten, _ = await comes(world)
    another, person = await comes(world)
    await has_a_phone(world, another, person)
    gateway = Gateway("contoh")
    async with served(sms_gateway(gateway)) as url:
        sms = SmsGateway(url=f"{url}/send", token="contoh")
        async with world.notifier(secrets={CITY: CitySecrets(sms=sms)}, channels=("sms",)):
            for one, within in ((without, LONGEST), (forgotten, LONGEST), (another, HOUR)):
                await settled(world, one, "published")
                row = await the_row(world, one)
                assert row["take_by"] - row["updated_at"] == within
            await its_time_is_over(world, without)
            # Nobody looked until the queue had forgotten this one by itself: taken or not, it can't be known.
            await world.admin.jetstream().delete_msg(subjects.OUTBOUND, (await the_row(world, forgotten))["handed"])
            await its_time_is_over(world, forgotten, HOUR)
            await its_time_is_over(world, another)
            for one in (without, forgotten):
                unreachable = await first(world, one, e.ReporterUnreachable)
                assert unreachable.reason == "not_taken"
                assert await world.events(one, e.ReporterTold) == []
            told = await first(world, another, e.ReporterTold)
            assert (told.channel, told.rung, told.why) == ("sms", "sms", "not_taken")
    assert [one.to for one in gateway.arrived] == [PHONE]
