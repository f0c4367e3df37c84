"""What is said to a seat and what a person says for himself: a table of short words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.contracts.officers import payload
from services.contracts.officers import read as button
from services.intake.officers import dates
from services.intake.officers.words import Heard, Pending, read

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # Thursday, 10.00 in Bengkulu
ZONE = ZoneInfo("Asia/Jakarta")
TASK = "a" * 26


def heard(text: str, pictures: int = 0, about: str | None = None) -> Heard:
    return Heard(text, pictures, NOW, ZONE, about=about)


@pytest.mark.parametrize(
    ("text", "do", "number"),
    [
        ("daftar", "list", None),
        ("Daftar tugas saya", "list", None),
        ("tugas", "list", None),
        ("2", "show", 2),
        ("lihat 3", "show", 3),
        ("1 terima", "accept", 1),
        ("Terima 1 besok", "accept", 1),
        ("nomor 2 terima", "accept", 2),
        ("terima 3 hari", "accept", None),
        ("selesai", "resolve", None),
        ("beres", "resolve", None),
        ("2 sudah selesai. saluran bersih", "resolve", 2),
        ("selesai 2, lampu diganti", "resolve", 2),
        ("1 kembalikan bukan wilayah kami", "return", 1),
        ("kembalikan bukan wilayah kami", "return", None),
        ("1 progres tim sudah di lokasi", "progress", 1),
    ],
)
def test_short_words_are_a_wish(text: str, do: str, number: int | None) -> None:
    goes = read(heard(text), None)
    assert goes is not None
    assert (goes.wish.do, goes.wish.number) == (do, number)


@pytest.mark.parametrize(
    "text",
    [
        "Lampu jalan mati di depan SD 5",
        "terima kasih",
        "Terimakasih pak",
        "2 lampu mati di RT 3",
        "3 hari air tidak mengalir",
        "selesai kerja bakti, sampah malah menumpuk di simpang",
        "sudah selesai",
        "daftar antrean BPJS susah sekali",
        "kembalikan uang parkir saya, ditarik dua kali di pasar",
        "belum",
        "tugas lurah sebelah kok tidak dikerjakan, jalan rusak",
        "",
    ],
)
def test_anything_else_is_his_own_complaint(text: str) -> None:
    assert read(heard(text), None) is None


def test_a_number_behind_the_verb_may_count_something_else() -> None:
    goes = read(heard("selesai 2 lampu diganti", pictures=1), None)
    assert goes is not None
    assert (goes.wish.number, goes.wish.text) == (None, "2 lampu diganti")


def test_a_reply_names_its_task_by_itself() -> None:
    goes = read(heard("selesai saluran sudah dibersihkan dari ujung ke ujung", about=TASK), None)
    assert goes is not None
    assert (goes.wish.do, goes.wish.complaint) == ("resolve", TASK)


@pytest.mark.parametrize(
    ("asked", "text", "pictures", "counts"),
    [
        ("accept", "besok", 0, True),
        ("accept", "3 hari", 0, True),
        ("accept", "jalan rusak di depan pasar besok", 0, True),
        ("accept", "jalan rusak parah di depan pasar dan tidak ada yang datang besok", 0, False),
        ("return", "bukan wilayah kami", 0, True),
        ("return", "jalan rusak di depan pasar", 0, False),
        ("resolve", "", 1, True),
        ("resolve", "saluran bersih", 1, True),
        ("resolve", "tanpa foto, warga sudah ditemui", 0, True),
        ("resolve", "ada jalan rusak di RT 3", 0, False),
    ],
)
def test_what_was_asked_back_is_answered_by_that_alone(asked: str, text: str, pictures: int, counts: bool) -> None:
    goes = read(heard(text, pictures), Pending(asked, TASK, "order"))  # type: ignore[arg-type]
    assert (goes is not None and goes.completes == "order") is counts


def test_a_number_answers_which_task_was_meant() -> None:
    goes = read(heard("2"), Pending("resolve", None, "order"))
    assert goes is not None
    assert (goes.wish.do, goes.wish.number, goes.completes) == ("resolve", 2, "order")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("besok", "2026-11-27"), ("lusa", "2026-11-28"), ("hari ini", "2026-11-26"), ("3 hari", "2026-11-29"),
        ("dua minggu", "2026-12-10"), ("jumat", "2026-11-27"), ("kamis", "2026-12-03"), ("28/11", "2026-11-28"),
        ("tgl 28", "2026-11-28"), ("2 desember", "2026-12-02"), ("5 januari", "2027-01-05"),
        ("1/12/2026", "2026-12-01"),
    ],
)  # fmt: skip
def test_dates_as_people_promise_them(words: str, day: str) -> None:
    found = dates.read(words, NOW, ZONE)
    assert found is not None
    assert found.astimezone(ZONE).date().isoformat() == day
    assert found >= NOW


@pytest.mark.parametrize("words", ["secepatnya", "nanti", "1/12/2020", "31/2", "99 bulan"])
def test_what_is_no_date_is_asked_for(words: str) -> None:
    assert dates.read(words, NOW, ZONE) is None


def test_hours_and_a_faster_day() -> None:
    assert dates.read("2 jam", NOW, ZONE) == datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
    hasted = dates.read("besok", NOW, ZONE, scale=60 / 86400)
    assert hasted is not None
    assert (hasted - NOW).total_seconds() == pytest.approx(60.0)


def test_a_promise_of_a_day_of_seconds_is_not_over_before_it_arrives() -> None:
    assert dates.read("besok", NOW, ZONE, scale=2 / 86400) == NOW + dates.HASTED


@pytest.mark.parametrize("do", ["list", "show", "accept", "return", "progress", "resolve"])
def test_a_button_comes_back_as_it_was_sent(do: str) -> None:
    pressed = button(payload(do, TASK, "3"))  # type: ignore[arg-type]
    assert pressed is not None
    assert (pressed.do, pressed.complaint, pressed.more) == (do, TASK, "3")
    assert button(f"confirm:{TASK}") is None
    assert len(payload("return", TASK, "not_our_function")) <= 256
