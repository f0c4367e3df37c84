"""Quiet hours on the real parts: what can wait does, goes out as one message, and what can't does not."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.city.in_force import fact_of
from services.contracts.envelope import Recorded
from services.contracts.facts import PolicyPutInForce
from services.contracts.hearing.rules import Hearing
from services.contracts.ids import message_key
from services.contracts.intake import Ask
from services.notifier.sending import Rendered
from services.notifier.templates.several import together
from services.notifier.timetable import Hour, Timetable
from services.runtime import cities
from services.runtime.log import Entry
from tests.notifier.conftest import CITY, DOOR, World

BUTTONS = (("confirm:x", "SUDAH"), ("reopen:x", "BELUM"))


def said(line: str, buttons: tuple[tuple[str, str], ...] = (), text: str = "") -> Rendered:
    return Rendered(text or f"{line.capitalize()}, panjangnya.\n\nNomor: BKL-1", line, buttons)


def test_one_piece_of_news_stays_as_it_is() -> None:
    assert together([said("ditangani dinas")]) == said("ditangani dinas")


def test_several_are_one_message_the_latest_in_full() -> None:
    one = together([said("ditangani dinas"), said("ada kemajuan"), said("dinyatakan selesai", BUTTONS)])
    assert one.text.startswith("Sejak semalam ada 3 kabar tentang laporan Anda:\n• Ditangani dinas.\n• Ada kemajuan.")
    assert one.text.endswith(said("dinyatakan selesai").text)
    assert one.buttons == BUTTONS
    assert len(one.line) <= 200


def test_what_asks_stands_last_whatever_came_after_it() -> None:
    one = together([said("dinyatakan selesai", BUTTONS), said("kontak anda dilihat")])
    assert one.text.endswith(said("dinyatakan selesai").text)


@pytest.mark.parametrize("count", [2, 9, 40])
def test_however_many_wait_it_fits_above_buttons(count: int) -> None:
    earlier = [said(f"kabar nomor {n} " + "sangat panjang " * 10) for n in range(count)]
    one = together([*earlier, said("dinyatakan selesai", BUTTONS, "x" * 900)])
    assert len(one.text) <= 1024
    assert one.text.endswith("x" * 900)


class Night(Timetable):
    """Always night; what waits is woken by `dawn`."""

    def __init__(self, world: World) -> None:
        super().__init__(world.stack.cities)

    def hour(self, city: str, when: Any, now: datetime, *, seat: bool = False) -> Hour:
        if when == "now":
            return Hour()
        return Hour(now + timedelta(minutes=10), "digest" if seat else "quiet")


async def dawn(world: World, complaint: str) -> None:
    """It comes for all that waits at one instant, as six o'clock does."""
    await world.reader.execute(
        "update delivery.notice set next_at = now() where owner = $1 and status = 'deferred'", complaint
    )


def rows(world: World, complaint: str) -> Callable[[], Awaitable[list[dict[str, Any]]]]:
    async def of() -> list[dict[str, Any]]:
        return [row for row in await world.notices(complaint) if row["template"] != "received"]

    return of


async def test_at_night_a_person_hears_only_the_acknowledgement_and_in_the_morning_once(world: World) -> None:
    async with world.notifier(timetable=Night(world)):
        complaint, phone = await world.opens(heard=timedelta(hours=2))
        await world.until(lambda: _has(world, phone, 1))
        await world.assigns(complaint)
        await accepts(world, complaint)
        waiting = await world.until(lambda: _many(rows(world, complaint), 2))
        assert {(row["status"], row["reason"]) for row in waiting} == {("deferred", "quiet")}
        # STATUS is answered at any hour.
        asking, asked = (message_key(world.id_key, CITY, "test", secrets.token_hex(8)) for _ in range(2))
        await world.vault.make_keys([(asking, "reporter:1")])
        await world.knows(asking, phone, datetime.now(UTC) - timedelta(hours=2))
        await world.asks(Ask(
            kind="status", city=CITY, channel="whatsapp", door=DOOR, conversation=asking, id=asked,
            complaints=(complaint,),
        ))  # fmt: skip
        await world.until(lambda: _has(world, phone, 2))
        assert {row["status"] for row in await rows(world, complaint)()} == {"deferred"}
        await dawn(world, complaint)
        await world.until(lambda: _has(world, phone, 3), 20)
        told = await world.until(lambda: _told(world, complaint, 3), 20)
    assert [one.template for one in told][:1] == ["received"]
    assert {one.template for one in told} == {"received", "assigned", "accepted"}
    assert len(world.arrived(phone)) == 3
    morning = world.arrived(phone)[-1].text
    assert morning.startswith("Sejak semalam ada 2 kabar tentang laporan Anda:\n• Kini giliran")
    assert "menyanggupi: selesai" in morning
    within = [row for row in await world.notices(complaint) if row["within"]]
    assert [(row["template"], row["status"]) for row in within] == [("accepted", "skipped")]


async def test_whoever_just_wrote_is_not_asleep_and_danger_does_not_wait(world: World) -> None:
    async with world.notifier(timetable=Night(world)):
        awake, phone = await world.opens()
        await world.assigns(awake)
        await world.until(lambda: _has(world, phone, 2))
        assert not {row["reason"] for row in await world.notices(awake)} & {"quiet", "digest"}


async def accepts(world: World, complaint: str) -> None:
    await world.does(
        complaint,
        c.Accept(
            cause=message_key(world.id_key, CITY, "test", secrets.token_hex(8)),
            seat="dlh",
            finish_by=datetime.now(UTC) + timedelta(days=2),
        ),
    )


def policy_fact(version: int, **hearing: Any) -> Entry:
    city = cities.load(Path("deploy/cities"))[CITY]
    changed = cities.remade(city, hearing=Hearing.model_validate(hearing))
    fact = fact_of(changed).model_copy(update={"version": version})
    event = Recorded[PolicyPutInForce](
        id="a" * 26, complaint="policy", n=version, type="city.policy_put_in_force", schema=1, city=CITY,
        at=datetime.now(UTC), actor="service:provision", causation="b" * 26, data=fact,
    )  # fmt: skip
    return Entry("city.bengkulu.policy.policy", version, event.type, {}, event.model_dump_json(by_alias=True).encode())


def test_a_version_that_is_put_in_force_counts_and_an_older_one_does_not() -> None:
    table = Timetable(cities.load(Path("deploy/cities")))
    left_out = {"row": "reporter.visited", "when": "never", "why": "Kunjungan dikabarkan lewat telepon."}
    assert table.when(CITY, "reporter.visited", "whatsapp") == "quiet"
    table.take(policy_fact(3, changes=[left_out]))
    assert table.when(CITY, "reporter.visited", "whatsapp") == "never"
    table.take(policy_fact(2))
    assert table.when(CITY, "reporter.visited", "whatsapp") == "never"
    table.take(policy_fact(4))
    assert table.when(CITY, "reporter.visited", "whatsapp") == "quiet"


def test_where_tests_and_demonstrations_run_nothing_waits_whatever_is_put_in_force() -> None:
    table = Timetable(cities.load(Path("deploy/cities")), quiet_hours=False)
    table.take(policy_fact(3, quiet="00:00-23:59"))
    assert table.hour(CITY, "quiet", datetime.now(UTC)) == Hour()
    assert table.hour(CITY, "digest", datetime.now(UTC), seat=True) == Hour()


async def _has(world: World, phone: str, count: int) -> bool:
    return len(world.arrived(phone)) >= count


async def _many(of: Callable[[], Awaitable[list[dict[str, Any]]]], count: int) -> list[dict[str, Any]]:
    found = await of()
    return found if len(found) >= count else []


async def _told(world: World, complaint: str, count: int) -> list[e.ReporterTold]:
    told: list[e.ReporterTold] = await world.events(complaint, e.ReporterTold)
    return told if len(told) >= count else []
