"""How a lurah really answers from his phone: in his region's speech, with slips, below our message, with his voice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.contracts.officers import OfficerTask
from services.intake.officers import dates
from services.intake.officers.acting import shown_only
from services.intake.officers.words import Goes, Heard, Pending, Wish, read

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # Thursday, 10.00 in Bengkulu
ZONE = ZoneInfo("Asia/Jakarta")
TASK = "a" * 26


def said(
    text: str, pictures: int = 0, *, below: bool = False, voice: bool = False, pending: Pending | None = None
) -> Goes | None:
    about = TASK if below else None
    return read(Heard(text, pictures, NOW, ZONE, about=about, voice=voice), pending)


@pytest.mark.parametrize(
    ("text", "do", "number", "day"),
    [
        ("trima 1 bsk", "accept", 1, "2026-11-27"),
        ("ambo tarimo 1 bisuak", "accept", 1, "2026-11-27"),
        ("beta terima 1 beso", "accept", 1, "2026-11-27"),
        ("oke pak, terima nomor 1 lusa", "accept", 1, "2026-11-28"),
        ("siap terima 1, 3 hari", "accept", 1, "2026-11-29"),
        ("terima 1 minggu depan", "accept", 1, "2026-12-06"),
        ("terima 1 minggu", "accept", None, "2026-12-03"),
        ("1 siap", "accept", 1, None),
        ("2 ok", "accept", 2, None),
        ("dua selesai", "resolve", 2, None),
        ("1 lah salasai", "resolve", 1, None),
        ("1 su beres", "resolve", 1, None),
        ("2 sdh dikerjakan", "resolve", 2, None),
        ("kembaliin 1 bukan tugas kami", "return", 1, None),
        ("1 baliakkan indak wilayah kami", "return", 1, None),
        ("1 bukan kelurahan sy", "return", 1, None),
        ("1 update tim su di lokasi", "progress", 1, None),
        ("yg no 2", "show", 2, None),
        ("2?", "show", 2, None),
        ("apa tugas sy hari ini", "list", None, None),
        ("cek tugas", "list", None, None),
    ],
)
def test_the_words_of_the_cities_and_slips_of_the_finger(
    text: str, do: str, number: int | None, day: str | None
) -> None:
    goes = said(text)
    assert goes is not None
    until = None if goes.wish.until is None else goes.wish.until.astimezone(ZONE).date().isoformat()
    assert (goes.wish.do, goes.wish.number, until, goes.wish.unclear) == (do, number, day, None)


@pytest.mark.parametrize(
    ("text", "do", "ground"),
    [
        ("siap", "accept", None),
        ("baik bu", "accept", None),
        ("siap 3 hari", "accept", None),
        ("besok", "accept", None),
        ("insyaallah jumat selesai pak", "accept", None),
        ("sudah pak", "resolve", None),
        ("lah dikarajoan", "resolve", None),
        ("su kerja", "resolve", None),
        ("sonde wilayah kami", "return", "not_our_area"),
        ("bukan kelurahan kami pak, itu kelurahan sebelah", "return", "not_our_area"),
        ("itu tugas PUPR", "return", "not_our_function"),
        ("sudah ada laporan yang sama", "return", "duplicate"),
    ],
)
def test_below_our_message_little_is_enough(text: str, do: str, ground: str | None) -> None:
    goes = said(text, below=True)
    assert goes is not None
    assert (goes.wish.do, goes.wish.ground, goes.wish.complaint) == (do, ground, TASK)


@pytest.mark.parametrize(
    "text",
    ["dimana lokasinya?", "nanti saya cek", "besok saya cek ke lokasi", "tim meluncur",
     "minta tambahan waktu 3 hari", "tidak bisa",     "ini kan sudah selesai minggu lalu"],
)  # fmt: skip
def test_what_is_not_understood_below_our_message_is_asked_about_and_no_complaint(text: str) -> None:
    goes = said(text, below=True)
    assert goes is not None
    assert (goes.wish.unclear, goes.wish.complaint) == ("words", TASK)


@pytest.mark.parametrize(
    "text",
    [
        "terima kasih",
        "alhamdulillah",
        "👍",
        (
            "pak ada lagi ini di ujung gang rumah saya lampu mati dua titik sudah seminggu gelap sekali anak-anak "
            "takut lewat kalau malam"
        ),
    ],
)
def test_thanks_and_what_is_told_at_length_stay_a_persons_own(text: str) -> None:
    assert said(text, below=True) is None


@pytest.mark.parametrize(
    "text",
    ["1 dan 2 selesai", "1,2 terima besok", "terima 1 dan 2 besok", "terima 1 3 hari, 2 besok", "selesai semua",
     "terima semua besok", "1 terima besok\n2 kembalikan bukan wilayah kami", "1 selesai, 2 selesai"],
)  # fmt: skip
def test_of_two_tasks_in_one_message_neither_is_done_by_half(text: str) -> None:
    goes = said(text)
    assert goes is not None
    assert goes.wish.unclear == "several"


@pytest.mark.parametrize("text", ["terima 1, 2 hari", "selesai 2, lampu diganti 3", "1 selesai. 2 lubang ditambal"])
def test_a_second_number_may_count_something(text: str) -> None:
    goes = said(text)
    assert goes is not None
    assert goes.wish.unclear is None


def test_a_voice_is_an_answer_only_where_something_was_asked() -> None:
    assert said("", voice=True) is None
    below = said("", voice=True, below=True)
    asked = said("", voice=True, pending=Pending("resolve", TASK, "order"))
    for goes in (below, asked):
        assert goes is not None
        assert (goes.wish.unclear, goes.wish.complaint, goes.completes) == ("voice", TASK, None)


@pytest.mark.parametrize(
    ("text", "do"), [("", "progress"), ("ini hasilnya", "progress"), ("sdh dibersihkan", "resolve"), ("su", "resolve")]
)
def test_a_picture_below_our_message_shows_that_task(text: str, do: str) -> None:
    goes = said(text, pictures=1, below=True)
    assert goes is not None
    assert (goes.wish.do, goes.wish.complaint) == (do, TASK)
    assert goes.wish.text != "su"  # true, and nothing that a reporter can read


@pytest.mark.parametrize("text", ["1", "foto 1", "ini fotonya no 1"])
def test_a_picture_with_a_number_shows_that_one(text: str) -> None:
    goes = said(text, pictures=1)
    assert goes is not None
    assert (goes.wish.do, goes.wish.number) == ("progress", 1)


@pytest.mark.parametrize(
    ("asked", "text"), [("accept", "secepatnya"), ("return", "bukan"), ("resolve", "nanti fotonya")]
)
def test_an_evasion_is_asked_once_more(asked: str, text: str) -> None:
    goes = said(text, pending=Pending(asked, TASK, "order"))  # type: ignore[arg-type]  # one of them
    assert goes is not None
    assert (goes.wish.do, goes.completes, goes.wish.until, goes.wish.ground) == (asked, "order", None, None)
    assert not goes.wish.without_picture


@pytest.mark.parametrize(
    "text", ["ndak ado foto", "sonde ada foto", "gak ada fotonya, warga sudah ditemui", "tanpa foto"]
)
def test_that_there_is_no_picture(text: str) -> None:
    goes = said(text, pending=Pending("resolve", TASK, "order"))
    assert goes is not None
    assert goes.wish.without_picture


@pytest.mark.parametrize(
    "text",
    [
        "sudah selesai", "lah salasai", "su beres", "siap", "besok", "bukan wilayah kami",
        "2 lampu mati di RT 3", "1 minggu air mati", "satu rumah roboh", "kembali lagi banjir di pasar",
        "update dong laporan saya", "buka jam berapa kantor lurah",
    ],
)  # fmt: skip
def test_without_a_task_in_sight_it_is_his_own_matter(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("minggu depan", "2026-12-06"), ("minggu ini", "2026-11-29"), ("akhir bulan", "2026-11-30"),
        ("bulan depan", "2026-12-31"), ("isuak", "2026-11-27"), ("hari minggu", "2026-11-29"),
        ("nanti sore", "2026-11-26"),
        ("kamih", "2026-12-03"),
    ],
)  # fmt: skip
def test_days_as_they_are_said_there(words: str, day: str) -> None:
    found = dates.read(words, NOW, ZONE)
    assert found is not None
    assert found.astimezone(ZONE).date().isoformat() == day


@pytest.mark.parametrize(
    ("wish", "standing", "shown"),
    [
        (Wish("show"), "open", "task"),
        (Wish("accept", mild=True), "new", None),
        (Wish("accept", mild=True), "open", "task"),
        (Wish("accept"), "open", None),
        (Wish("show", unclear="voice"), "new", "voice"),
        (Wish("show", unclear="words"), "new", "unclear"),
    ],
)
def test_what_changes_nothing_shows_the_task(wish: Wish, standing: str, shown: str | None) -> None:
    task = OfficerTask.model_validate({"complaint": TASK, "ticket": "BKL-1", "summary": "x", "standing": standing})
    assert shown_only(wish, task) == shown
