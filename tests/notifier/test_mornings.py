"""The leaders' five lines and the seats' lists: what they say, and once a day whatever happens."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.contracts.city import City
from services.contracts.hearing.rules import Hearing
from services.contracts.mornings import Listed, Morning, MorningRequest, SeatList, Silent
from services.notifier.delivery.rows import NewNotice
from services.notifier.mornings import Mornings
from services.notifier.officers.planning import Holder
from services.notifier.officers.telling import LEADERS, LIST
from services.notifier.templates.morning import five_lines, seat_list
from services.notifier.timetable import Timetable
from services.runtime import cities
from tests.notifier.conftest import CITY, DOOR, World
from tests.notifier.test_officers import fits

FILE = cities.load(Path("deploy/cities"))[CITY]
SIX_THIRTY = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
COUNTED = Morning(
    since=SIX_THIRTY - timedelta(days=1), at=SIX_THIRTY, new=12, late=7, resolved=9, danger=1,
    silent=(Silent(seat="dlh", complaints=4), Silent(seat="camat-selebar", complaints=2)), silent_more=3,
)  # fmt: skip
MINE = SeatList(
    new=2, soon=1, late=1,
    tasks=(
        Listed(ticket="BKL-1", about="Sampah menumpuk, Kelurahan Berkas", due=SIX_THIRTY - timedelta(hours=5)),
        Listed(ticket="BKL-2", about="", due=SIX_THIRTY + timedelta(hours=5)),
    ),
)  # fmt: skip


def test_a_leader_reads_five_lines_each_with_what_it_counts() -> None:
    text = fits(five_lines(FILE, "Wali Kota Bengkulu", COUNTED, "https://tuntas.example/papan"))
    lines = [line for line in text.splitlines() if line[:1].isdigit()]
    assert lines == [
        "1. Baru: 12 (diterima sejak Kamis 26 November pukul 06.30 WIB)",
        "2. Terlambat: 7 (masih terbuka, ada batas waktu yang lewat)",
        (
            "3. Diam: Kepala Dinas Lingkungan Hidup 4, Camat Selebar 2, dan 3 jabatan lain (laporan yang tanggapan "
            "pertamanya lewat batas)"
        ),
        "4. Menunggu kata warga: 9 (dinyatakan selesai kantor, pelapor belum menjawab)",
        "5. Bahaya jiwa: 1 (masih terbuka)",
    ]
    assert text.startswith("Wali Kota Bengkulu, Kota Bengkulu, Jumat 27 November:")


def test_a_seat_reads_what_it_has_in_hand_and_of_a_secret_one_the_ticket_alone() -> None:
    text = fits(seat_list(FILE, "Lurah Berkas", MINE, SIX_THIRTY, "1. BKL-9: Beres, menurut pelapornya sendiri."))
    assert "Tugas Lurah Berkas: 1 terlambat, 1 jatuh tempo dalam sehari, 2 baru menunggu tanggapan." in text
    assert "• BKL-1 Sampah menumpuk, Kelurahan Berkas\n   TERLAMBAT sejak Jumat 27 November" in text
    assert "• BKL-2\n   batas Jumat 27 November pukul 11.30 WIB" in text
    assert "• dan 2 lagi" in text
    assert "BKL-9" in text


@dataclass
class Office:
    """Numbers of seats, counts, and what was sent, for one city; `plan` remembers ids as the table does."""

    holders: list[Holder]
    counted: Morning | None = COUNTED
    asked: list[MorningRequest] = field(default_factory=list)
    sent: dict[str, NewNotice] = field(default_factory=dict)
    sends: int = 0

    async def ask(self, _city: str, wanted: MorningRequest) -> Morning | None:
        self.asked.append(wanted)
        return self.counted

    async def send(self, rows: Any) -> None:
        for row in rows:
            self.sends += row.id not in self.sent
            self.sent.setdefault(row.id, row)


class Numbers:
    def __init__(self, holders: list[Holder]) -> None:
        self._holders = holders

    async def holders(self, city: str) -> list[Holder]:
        return [one for one in self._holders if one.city == city]


class Keys:
    async def id_key(self, _city: str) -> bytes:
        return b"k" * 32


def holder(seat: str, name: str = "h") -> Holder:
    return Holder(f"{name}-{seat}", CITY, seat, "whatsapp", DOOR)


def at_work(office: Office, now: datetime, **hearing: Any) -> Mornings:
    city: City = cities.remade(FILE, hearing=Hearing.model_validate(hearing))
    return Mornings(
        cities={CITY: city}, timetable=Timetable({CITY: city}), officers=Numbers(office.holders),  # type: ignore[arg-type]
        keys=Keys(), ask=office.ask, send=office.send, clock=lambda: now,
    )  # fmt: skip


MORNING = {"at": "06:30", "seats": ["walikota"]}


@pytest.mark.parametrize(
    ("minutes", "told"), [(-1, 0), (0, 1), (30, 1), (239, 1), (240, 0), (12 * 60, 0)],
)  # fmt: skip
async def test_it_goes_out_at_its_hour_and_not_at_noon(minutes: int, told: int) -> None:
    office = Office([holder("walikota"), holder("dlh")])
    await at_work(office, SIX_THIRTY + timedelta(minutes=minutes), morning=MORNING).look()
    assert [row.detail.partition(":")[0] for row in office.sent.values() if row.detail] == ["walikota"] * told
    assert {row.template for row in office.sent.values()} <= {LEADERS}


async def test_once_a_day_however_often_it_looks_and_after_any_restart() -> None:
    office = Office([holder("walikota"), holder("walikota", "second")])
    for minutes in (0, 1, 90):
        work = at_work(office, SIX_THIRTY + timedelta(minutes=minutes), morning=MORNING)
        await asyncio.gather(work.look(), work.look())
        await work.look()
    assert office.sends == 2
    await at_work(office, SIX_THIRTY + timedelta(days=1), morning=MORNING).look()
    assert office.sends == 4


async def test_while_nobody_counts_it_waits_and_says_nothing_made_up() -> None:
    office = Office([holder("walikota")], counted=None)
    work = at_work(office, SIX_THIRTY, morning=MORNING)
    await work.look()
    assert not office.sent
    office.counted = COUNTED
    await work.look()
    assert office.sends == 1


async def test_nobody_is_asked_for_counts_where_nobody_is_told() -> None:
    office = Office([holder("dlh")])
    await at_work(office, SIX_THIRTY).look()
    await at_work(office, SIX_THIRTY, morning=MORNING).look()
    assert not office.asked


async def test_each_seat_gets_its_own_list_and_none_where_there_is_nothing() -> None:
    office = Office([holder("dlh"), holder("pupr"), holder("dinsos")])
    office.counted = COUNTED.model_copy(update={"lists": {"dlh": MINE, "pupr": SeatList(new=1)}})
    await at_work(office, SIX_THIRTY, digest={"at": "06:30", "daily": True}).look()
    assert office.asked[0].seats == ("dinsos", "dlh", "pupr")
    lists = {row.detail.partition(":")[0]: row for row in office.sent.values() if row.detail}
    assert sorted(lists) == ["dlh", "pupr"]
    assert "BKL-1" in (lists["dlh"].detail or "")
    assert "BKL-1" not in (lists["pupr"].detail or "")
    assert {row.template for row in lists.values()} == {LIST}


async def test_a_leader_hears_on_his_phone_once_over_two_starts_of_the_service(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.notifier.test_officers import _registers  # noqa: PLC0415  # its own fixtures

    phone = f"62811{secrets.randbelow(10**8):08}"
    name = await _registers(world, "walikota", phone, code=None)
    hearing = Hearing.model_validate({"quiet": None, "morning": MORNING})
    served = {CITY: cities.remade(world.stack.cities[CITY], hearing=hearing)}
    # A morning of its own: what hour it is while this runs, or that midnight comes in between, must not matter.
    morning = SIX_THIRTY + timedelta(days=secrets.randbelow(10_000), minutes=1)
    for _ in range(2):
        async with world.notifier(cities=served, timetable=Timetable(served), ask=_counted) as app:
            monkeypatch.setattr(app.mornings, "_clock", lambda: morning)
            await app.mornings.look()
            await app.mornings.look()
            try:
                await world.until(lambda: _arrived(world, phone), 60)
            except TimeoutError:
                pytest.fail(f"nothing arrived; written down: {await world.notices(name)}")
    assert len(world.arrived(phone)) == 1
    assert "1. Baru: 12" in world.arrived(phone)[0].text


async def _counted(_city: str, _wanted: MorningRequest) -> Morning | None:
    return COUNTED


async def _arrived(world: World, phone: str) -> bool:
    return bool(world.arrived(phone))
