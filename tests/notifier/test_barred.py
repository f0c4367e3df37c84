"""An account of the city that somebody else has: nothing goes through it, and who wrote by it hears another way."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts import subjects
from services.contracts.ids import message_key
from services.notifier import policy
from tests.complaint.given import MONDAY, recorded
from tests.notifier.conftest import CITY, DOOR, World
from tests.notifier.settling import settled

OTHER = "hotline-wawali"


def barring(*doors: str) -> Any:
    return lambda _city, door: "account_compromised" if door in doors else None


def _both_numbers(world: World) -> None:
    """The provider knows the city's second number too."""
    number = world.stack.cities[CITY].door(OTHER).phone_number_id
    assert number is not None
    (known,) = world.provider.numbers.values()
    world.provider.numbers[number] = replace(known, phone_number_id=number)


async def lost(world: World, complaint: str, *, suspect: bool = False) -> None:
    cause = message_key(world.id_key, CITY, "test", secrets.token_hex(8))
    since = datetime.now(UTC) - timedelta(hours=1)
    await world.does(complaint, c.RecordAccountLost(cause=cause, door=DOOR, since=since, suspect=suspect))


async def test_another_number_of_the_city_writes_with_a_template_because_it_has_no_window(world: World) -> None:
    _both_numbers(world)
    complaint, phone = await world.opens()
    async with world.notifier(barred=barring(DOOR)):
        await settled(world, complaint, "read")
    (message,) = world.arrived(phone)
    assert message.type == "template"
    assert {row["at_door"] for row in await world.notices(complaint)} == {OTHER}


async def test_where_no_account_is_left_the_desk_is_to_call_and_nothing_was_sent(world: World) -> None:
    complaint, phone = await world.opens()
    async with world.notifier(barred=barring(DOOR, OTHER)):
        await settled(world, complaint, "calling")

        async def fact() -> Any:
            return await world.events(complaint, e.CallWanted)

        (call,) = await world.until(fact)
    assert call.reason == "account_compromised"
    assert world.arrived(phone) == []


async def test_an_adapter_is_handed_nothing_for_an_account_that_may_be_anybodys(world: World) -> None:
    complaint, _ = await world.opens(channel="instagram", door="instagram")
    js = world.admin.jetstream()

    async def handed() -> dict[str, int]:
        found = await js.stream_info(subjects.OUTBOUND, subjects_filter=subjects.outbound(CITY, "instagram"))
        return found.state.subjects or {}

    before = await handed()
    async with world.notifier(barred=barring("instagram")):
        await settled(world, complaint, "unreachable")

        async def fact() -> Any:
            return await world.events(complaint, e.ReporterUnreachable)

        (unreachable,) = await world.until(fact)
    assert unreachable.reason == "account_compromised"
    assert await handed() == before


async def test_who_waits_hears_that_the_account_is_not_the_citys_and_the_report_goes_on(world: World) -> None:
    _both_numbers(world)
    complaint, phone = await world.opens()
    await lost(world, complaint)
    async with world.notifier(barred=barring(DOOR)):

        async def told() -> bool:
            return len(world.arrived(phone)) == 2

        await world.until(told)
    assert [row["template"] for row in await world.notices(complaint)] == ["received", "account_lost"]


def test_whoever_wrote_since_it_was_lost_may_not_be_the_person_and_is_told_nothing_of_it() -> None:
    for suspect, told in ((False, ("account_lost",)), (True, ())):
        event = recorded(3, e.AccountLost(door="facebook", since=MONDAY, suspect=suspect), "c" * 26)
        assert tuple(planned.template for planned in policy.for_reporter(event)) == told
