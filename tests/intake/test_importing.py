"""A table of complaints: what each row is, and that running an import again changes nothing."""

import contextlib
import csv
import io
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.complaint.events import ComplaintReceived
from services.contracts.city import City
from services.contracts.intake import Past
from services.intake.importing.bring import readings
from services.intake.importing.columns import columns
from services.intake.importing.rows import Reading, moment, read
from services.intake.tools.importing import arguments_of, run
from services.runtime import cities as city_files
from services.runtime.settings import Settings
from services.runtime.tables import Unreadable
from tests.conftest import ROOT
from tests.intake.conftest import CITY, Behind, Process
from tests.router.test_learning_tables import spreadsheet

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LAPOR = [
    ["Laporan SP4N-LAPOR!", "Pemerintah Kota Contoh"],
    ["Diunduh", "3 Maret 2026"],
    ["Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", "Nama Pelapor", "Klasifikasi Laporan", "Kategori",
     "Judul Laporan", "Isi Laporan Awal", "Isi Laporan Akhir", "Tipe Laporan (Anonim/Rahasia)", "Status Laporan",
     "Kecamatan", "Kelurahan"],
    ["5512001", "02/03/2026", "08:15", "Ibu Contoh", "Pengaduan", "Lampu Jalan", "Lampu mati", "Lampu jalan mati",
     "Lampu jalan mati.", "Anonim", "Terverifikasi", "Gading Cempaka", "Padang Harapan"],
    ["5512002", "01/02/2026", "10:00", "-", "Aspirasi", "", "", "Buatkan taman", "", "", "Ditutup oleh Admin", "", ""],
]  # fmt: skip


@pytest.fixture(scope="module")
def city() -> City:
    return city_files.load(ROOT / "deploy" / "cities")[CITY]


def one(city: City, cells: dict[str, str], tell: bool = False) -> Reading:
    rows = [(1, list(cells)), (2, list(cells.values()))]
    at = columns(rows)
    assert at is not None
    return read(2, rows[1][1], at, city, tell=tell, now=NOW)


def took(city: City, cells: dict[str, str], tell: bool = False) -> Any:
    reading = one(city, cells, tell)
    assert reading.message is not None, reading.notes
    return reading.message


def test_what_sp4n_lapor_lets_one_download_is_read_as_it_is(city: City, tmp_path: Path) -> None:
    path = tmp_path / "lapor.csv"
    with path.open("w", newline="", encoding="cp1252") as file:
        csv.writer(file, delimiter=";").writerows(LAPOR)
    (_, first), (_, second) = readings(path, city, tell=False, now=NOW)
    assert first.message is not None
    message = first.message
    assert (first.number, first.verdict, message.id) == (4, "take", "import:5512001")
    assert message.text == (
        "Lampu mati\n\nLampu jalan mati\nLokasi: Padang Harapan, Gading Cempaka\nKategori di sumber: Lampu Jalan"
    )
    assert message.sent_at == datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
    assert (message.kind, message.confidentiality, message.sender.name) == ("complaint", "anonymous", "Ibu Contoh")
    assert message.ward == next(code for code, ward in city.wards.items() if ward.name == "Padang Harapan")
    assert message.sender.address is None, "nobody hears anything unless the operator says so"
    assert second.verdict == "closed"
    assert second.message is not None
    assert second.message.past == Past(how="done")


STATUSES = [
    ("Terverifikasi", None), ("Belum selesai", None), ("", None), ("-", None), ("Proses", None),
    ("Menunggu diselesaikan", None), ("Sedang diselesaikan OPD", None), ("Tidak dapat ditutup", None),
    ("Unresolved", None), ("Not closed", None), ("Dalam Proses Penyelesaian", None),
    ("Selesai", "done"), ("Ditutup oleh Sistem", "done"), ("DIARSIPKAN", "archived"), ("closed", "done"),
    ("Telah diselesaikan", "done"), ("Ditolak", "refused"), ("Selesai - Diarsipkan", "archived"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "how"), STATUSES)
def test_what_ended_at_the_source_comes_in_closed_and_what_waits_is_opened(
    city: City, status: str, how: str | None
) -> None:
    reading = one(city, {"Isi": "air mati", "Status": status, "No HP": "08110000001"}, tell=True)
    assert reading.verdict == ("take" if how is None else "closed")
    assert reading.message is not None
    assert (reading.message.past.how if reading.message.past else None) == how
    told = reading.message.sender.address
    assert (told is None) == (how is not None), "nobody hears of what ended long ago"


ENDED = [
    ("05/03/2026", None, "tanggal selesai di masa depan; tidak dipakai"),
    ("2 Maret 2026", "2026-03-01T17:00:00+00:00", "sudah berakhir di sumber pada 02/03/2026: Selesai"),
    ("01/02/2026", None, "tanggal selesai sebelum tanggal masuk; tidak dipakai"),
    ("kapan-kapan", None, "tanggal selesai tidak terbaca: kapan-kapan"),
    ("", None, "sudah berakhir di sumber: Selesai"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "at", "note"), ENDED)
def test_the_day_of_its_end_is_the_sources_where_it_can_be_true(
    city: City, said: str, at: str | None, note: str
) -> None:
    cells = {"Isi": "air mati", "Tanggal": "02/03/2026", "Tanggal Selesai": said, "Status": "Selesai"}
    reading = one(city, cells)
    assert reading.message is not None
    past = reading.message.past
    assert past is not None
    assert (past.ended.isoformat() if past.ended else None) == at
    assert note in reading.notes


DATES = [
    ("2026-03-02", "", "2026-03-01T17:00:00+00:00"),
    ("2026-03-02T10:00:00+08:00", "", "2026-03-02T02:00:00+00:00"),
    ("02/03/2026", "08.15", "2026-03-02T01:15:00+00:00"),
    ("02/03/2026", "08:15", "2026-03-02T01:15:00+00:00"),
    ("2 Maret 2026", "", "2026-03-01T17:00:00+00:00"),
    ("Senin, 2 Maret 2026 08.15 WIB", "", "2026-03-02T01:15:00+00:00"),
    ("02-03-2026 08:15:30", "", "2026-03-02T01:15:30+00:00"),
    ("31/12/25", "", "2025-12-30T17:00:00+00:00"),
    ("1 Agustus 2025", "", "2025-07-31T17:00:00+00:00"),
    ("01/01/0001", "", None), ("9999-12-31T23:59:59-12:00", "", None),
    ("46083", "", "2026-03-01T17:00:00+00:00"), ("46083,34375", "", "2026-03-02T01:15:00+00:00"),
    ("46083.34375", "", "2026-03-02T01:15:00+00:00"), ("46083", "08.15", "2026-03-02T01:15:00+00:00"),
    ("46083", "08:15:00", "2026-03-02T01:15:00+00:00"), ("12345", "", None), ("99999", "", None),
    ("kemarin", "", None), ("99/99/9999", "", None), ("", "", None), ("02/03/2026", "pagi", None),
]  # fmt: skip


@pytest.mark.parametrize(("date", "time", "at"), DATES, ids=[case[0] or "none" for case in DATES])
def test_dates_are_read_day_first_in_the_citys_zone(city: City, date: str, time: str, at: str | None) -> None:
    found = moment(date, time, city)
    assert (found.isoformat() if found else None) == at


def test_what_is_doubtful_is_said_and_does_not_stop_the_row(city: City) -> None:
    reading = one(city, {"Isi": "air mati", "Tanggal": "kemarin", "Kelurahan": "Atlantis"})
    assert (reading.verdict, len(reading.notes)) == ("take", 2)
    future = one(city, {"Isi": "air mati", "Tanggal": "2030-01-01"})
    assert future.message is not None
    assert future.message.sent_at is None


def test_a_row_without_words_is_wrong(city: City) -> None:
    assert one(city, {"Isi": "-", "Nama": "Ibu Contoh"}).verdict == "wrong"


WAYS = [
    ({"Email": "Ibu@Warga.example"}, "mailto:ibu@warga.example"), ({"No HP": "0811-0000-0001"}, "tel:+6281100000001"),
    ({"No HP": "+62 811 0000 0001"}, "tel:+6281100000001"), ({"No HP": "62811 0000 0001"}, "tel:+6281100000001"),
    ({"No HP": "81100000001"}, "tel:+6281100000001"), ({"No HP": "0811-0000-0001/0811-2"}, "tel:+6281100000001"),
    ({"No HP": "0811 0000 0001 atau 0811 0000 0002"}, "tel:+6281100000001"), ({"No HP": "#N/A"}, None),
    ({"No HP": "tidak ada"}, None), ({"No HP": "123"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "address"), WAYS)
def test_reporters_hear_of_it_only_where_the_operator_says_so(city: City, cells: dict[str, str], address: str) -> None:
    assert took(city, {"Isi": "air mati", **cells}, tell=True).sender.address == address
    assert took(city, {"Isi": "air mati", **cells}).sender.address is None


def test_without_a_number_of_the_source_what_the_row_says_is_its_id(city: City) -> None:
    first = took(city, {"Isi": "air mati", "Nama": "Ibu"})
    assert took(city, {"Isi": "air mati", "Nama": "Ibu"}).id == first.id
    assert took(city, {"Isi": "air mati", "Nama": "Pak"}).id != first.id


def test_numbers_that_a_spreadsheet_rounded_are_no_ids(city: City) -> None:
    first, second = (one(city, {"ID": "5,51E+06", "Isi": text}) for text in ("air mati", "lampu mati"))
    assert first.message is not None
    assert second.message is not None
    assert first.message.id != second.message.id
    assert first.notes == ("nomor dibulatkan oleh lembar kerja: 5,51E+06",)


def test_cells_that_span_rows_and_headings_in_two_rows_are_read_as_people_mean_them(city: City, tmp_path: Path) -> None:
    path = tmp_path / "rekap.xlsx"
    rows = [
        ["REKAP ADUAN", "", "", "", "", ""],
        ["No Aduan", "Tanggal", "Pelapor", "", "Isi Aduan", "Kelurahan"],
        ["", "", "Nama", "No HP", "", ""],
        ["A-1", "02/03/2026", "Ibu Contoh", "08110000001", "Air mati", "Padang Harapan"],
        ["A-2", "", "Pak Contoh", "08110000002", "Lampu jalan mati", ""],
        ["A-3", "03/03/2026", "", "", "Got mampet", ""],
    ]
    spreadsheet(path, rows, merged=("A1:F1", "A2:A3", "B2:B3", "C2:D2", "B4:B5", "F4:F6"))
    found = [reading for _, reading in readings(path, city, tell=True, now=NOW)]
    assert [(one.number, one.verdict, one.notes) for one in found] == [
        (4, "take", ()),
        (5, "take", ()),
        (6, "take", ()),
    ]
    messages = [one.message for one in found if one.message is not None]
    assert [one.sent_at and one.sent_at.isoformat() for one in messages] == [
        "2026-03-01T17:00:00+00:00", "2026-03-01T17:00:00+00:00", "2026-03-02T17:00:00+00:00",
    ]  # fmt: skip
    assert [one.sender.address for one in messages] == ["tel:+628110000001", "tel:+628110000002", None]
    assert len({one.ward for one in messages}) == 1
    assert messages[0].ward is not None


def test_a_table_as_excel_saves_it_here_is_read(city: City, tmp_path: Path) -> None:
    path = tmp_path / "lapor.csv"
    said = "Kode Tracking;Tanggal Lapor;Rincian Laporan;Kec;Kel;Status\r\n"
    said += "T-1;46083;Air mati;#REF!;Padang Harapan;Disposisi\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + said.encode())
    [(_, reading)] = readings(path, city, tell=False, now=NOW)
    assert reading.message is not None
    assert (reading.message.id, reading.verdict, reading.notes) == ("import:T-1", "take", ())
    assert reading.message.text == "Air mati\nLokasi: Padang Harapan"
    assert reading.message.sent_at == datetime(2026, 3, 1, 17, tzinfo=UTC)


def test_a_file_that_is_no_such_table_says_so(city: City, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(Unreadable):
        list(readings(path, city, tell=False, now=NOW))


async def tuntas_import(behind: Behind, path: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    place, said = behind.stack.installation, io.StringIO()
    settings = Settings(
        vault_url=place.vault_url("tuntas_intake"), nats_url=place.nats_url("intake"), cities_dir=place.cities_dir,
        master_key_file=place.keeper.master_key_file,
    )  # fmt: skip
    with contextlib.redirect_stdout(said):
        code = await run(arguments_of([str(path), "--city", CITY, "--json", *more]), settings)
    return code, [json.loads(line) for line in said.getvalue().splitlines()]


async def test_an_import_says_of_every_row_what_became_of_it_and_run_again_changes_nothing(
    behind: Behind, intake: Process, tmp_path: Path
) -> None:
    path, mark = tmp_path / "aduan.csv", secrets.token_hex(6)
    rows = [["No Aduan", "Tanggal", "Isi Aduan", "No HP", "Status"]]
    rows += [
        [f"{mark}-{n}", "01/02/2026", f"Lampu mati nomor {n} di Pasar Minggu", "08110000001", ""] for n in range(6)
    ]
    rows += [
        [f"{mark}-3", "01/02/2026", "kembar", "", ""],
        [f"{mark}-9", "01/02/2026", "sudah", "08110000001", "Selesai"],
        ["", "", "", "8", ""],
    ]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    wanted = ["would_open"] * 6 + ["twice", "would_close", "wrong"]
    code, told = await tuntas_import(behind, path, "--dry-run")
    assert (code, sorted(one["end"] for one in told)) == (1, sorted(wanted))
    before = (await behind.connection.jetstream().stream_info("INTAKE")).state.last_seq
    code, told = await tuntas_import(behind, path, "--tell")
    opened = [one for one in told if one["end"] == "opened"]
    assert len(opened) == 6
    assert all(one["ticket"].startswith("BKL-") for one in opened)
    assert (await behind.connection.jetstream().stream_info("INTAKE")).state.last_seq > before
    [closed] = [one for one in told if one["end"] == "closed"]
    code, again = await tuntas_import(behind, path, "--tell")
    assert [(one["end"], one["ticket"]) for one in again if one["ticket"]] == [
        ("there", one["ticket"]) for one in (*opened, closed)
    ]
    received = await _received(behind, opened[0]["ticket"])
    assert received.data.message.sent_at == datetime(2026, 1, 31, 17, tzinfo=UTC)
    assert received.at.year >= 2026
    assert (await behind.vault.contact(received.complaint, "reporter:1")) is not None
    ended = await _received(behind, closed["ticket"])
    assert ended.data.past is not None
    assert ended.data.past.how == "done"
    assert ended.data.message.sent_at == datetime(2026, 1, 31, 17, tzinfo=UTC)
    contact = await behind.vault.contact(ended.complaint, "reporter:1")
    assert contact is None or "0811" not in contact.address, "there is nobody to tell"


async def _received(behind: Behind, ticket: str) -> Any:
    """What a complaint began with; of one that came in closed, all that there is."""
    row = await behind.pool.fetchrow("select complaint from intake.complaint where ticket = $1", ticket)
    assert row is not None
    [received, *after] = await behind.events(row["complaint"])
    assert isinstance(received.data, ComplaintReceived)
    assert received.data.past is None or not after
    return received
