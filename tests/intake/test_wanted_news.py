"""BERHENTI, MULAI and the word after SUDAH, in the speech of chats; and what only sounds like them."""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.buttons import Pressed
from services.intake.conversation.afterwords import score
from services.intake.conversation.chat import WORD_WITHIN, Chat, Heard, Known, Question
from services.intake.conversation.decisions import (
    Add,
    Afterword,
    Cancel,
    Decision,
    Done,
    Hold,
    MayCall,
    News,
    NotDone,
    Open,
    Tell,
)
from services.intake.conversation.phrases import read
from services.intake.conversation.remembering import after, expired
from services.intake.conversation.rules import decide
from services.intake.conversation.topics import topics
from services.intake.conversation.words import words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

STOPS = [
    "BERHENTI",
    "STOP",
    "stop dong",
    "berhenti ya min",
    "Jangan kirim lagi",
    "jangan kirim pesan lagi ya",
    "tolong jangan kirim kabar lagi",
    "tidak usah kirim kabar lagi",
    "ndak usah dikabari lai",
    "jan dikirimi juo lai pesan ko",
    "baranti se mangirim pesan",
    "dak usah kirim kirim lagi pesan",
    "berenti la ngirim pesan",
    "tak payah kirim pesan lagi",
    "tak usah kabari lagi do",
    "sonde usah kirim kabar lai",
    "jang kirim lai",
    "stop kirim pesan su",
    "son usah kasi kabar lai",
    "berenti kirim pesan ko",
    "idak usah dikabari lagi",
    "matikan notifikasi",
    "jangan kirim2 lagi",
    "saya tidak mau terima pesan lagi",
    "sudah cukup, jangan kirim pesan lagi",
    "hentikan notifikasinya",
    "unsubscribe",
    "jangan ganggu saya lagi",
    "gak usah update lagi",
    "nggak perlu info lagi makasih",
    "berhenti kirim WA ke nomor ini",
    "tolong stop sms nya",
    "jangan spam",
]
OTHERWISE = [
    "lampu merah stop",
    "lampu merah di simpang stop tidak nyala",
    "tolong berhentikan truk",
    "tolong berhentikan truk sampah yang lewat malam",
    "banjir sudah berhenti",
    "hujan sudah berhenti pak",
    "air berhenti mengalir",
    "air PDAM stop",
    "jangan kirim air kotor lagi",
    "pdam jangan kirim tagihan lagi",
    "tidak ada kabar",
    "tidak ada kabar lagi dari dinas",
    "belum ada kabar lagi",
    "kenapa tidak dikabari lagi",
    "jangan lupa kabari saya",
    "batal",
    "batalkan laporan saya",
    "hentikan laporan saya",
    "jangan hubungi saya lagi",
    "jangan kasih tau siapa-siapa",
    "tolong kabari",
    "kabari saya kalau sudah selesai",
    "stop buang sampah di sini",
    "angkot berhenti sembarangan",
    "berhenti bekerja",
    "truk berhenti di jalan",
    "jangan dikirim petugas itu lagi",
    "kapan dikabari lagi",
    "apa tidak dikirim lagi?",
    "pesan saya tidak dibalas lagi",
    "jangan kirim foto saya ke rt",
    "pekerjaannya berhenti",
    "pekerjaan berhenti di tengah jalan",
    "tidak mau mati lampu lagi",
]
RESUMES = [
    "MULAI",
    "mulai lagi",
    "kabari saya lagi",
    "boleh kirim kabar lagi",
    "tolong dikabari lagi ya",
    "kirim pesan lagi min",
    "kabari lai pak",
    "aktifkan lagi notifikasi",
]


@pytest.mark.parametrize("text", STOPS)
def test_no_more_news_is_wished(text: str) -> None:
    assert read(text).says == "stop_news"


@pytest.mark.parametrize("text", OTHERWISE)
def test_words_that_tell_of_something_are_no_such_wish(text: str) -> None:
    assert read(text).says not in ("stop_news", "resume_news")


@pytest.mark.parametrize("text", RESUMES)
def test_news_is_wished_again(text: str) -> None:
    assert read(text).says == "resume_news"


def known(name: str, phase: str = "open", text: str = "", *, hours: float = 1, asked: bool = False) -> Known:
    return Known(name, phase, NOW - timedelta(hours=hours), asked, topics(words(text)))  # type: ignore[arg-type]


LAMP = known("lamp", text="lampu jalan padam")
WATER = known("water", text="air mati", hours=5)
LAMP_ASKED = known("lamp", text="lampu jalan padam", asked=True)
LAMP_DONE = known("lamp", "resolved", "lampu jalan padam")
LAMP_CLOSED = known("lamp", "closed", "lampu jalan padam")


def hears(text: str | None, chat: Chat, **more: object) -> Decision:
    return decide(chat, Heard(at=NOW, reading=read(text), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "chat", "expected"),
    [
        ("BERHENTI", (LAMP,), News(("lamp",))),
        ("jangan kirim lagi", (LAMP, WATER), News(("lamp", "water"))),
        ("stop", (LAMP_CLOSED,), News(("lamp",))),
        ("stop", (), Tell("nothing_open")),
        ("kabar yang lampu jangan dikirim lagi", (LAMP, WATER), Add("lamp")),
        ("berhenti", (LAMP_ASKED, WATER), Add("lamp")),
        ("STOP", (LAMP_ASKED, WATER), News(("lamp", "water"))),
        ("MULAI", (LAMP, WATER), News(("lamp", "water"), wanted=True)),
        ("mulai", (), Tell("greeting")),
        ("batalkan laporan saya", (LAMP,), Cancel("lamp")),
        ("jangan hubungi saya lagi", (LAMP,), MayCall(("lamp",), may=False)),
        ("lampu merah stop", (LAMP,), Add("lamp")),
        ("sekarang tetangga juga gelap. jangan kirim pesan lagi ya", (WATER, LAMP), News(("lamp", "water"))),
    ],
)
def test_it_holds_for_every_complaint_of_the_person(text: str, chat: tuple[Known, ...], expected: Decision) -> None:
    assert hears(text, Chat(chat)) == expected


def confirmed(*others: Known) -> Chat:
    """After SUDAH to what was said to be done."""
    chat = Chat((LAMP_DONE, *others))
    heard = Heard(at=NOW - timedelta(minutes=5), reading=read("sudah"))
    chat = after(chat, heard, Done("lamp"))
    return Chat((LAMP_CLOSED, *others), chat.question)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", Afterword("lamp", 5)),
        ("bintang lima", Afterword("lamp", 5)),
        ("4 dari 5", Afterword("lamp", 4)),
        ("sangat puas", Afterword("lamp", 5)),
        ("kurang puas pak", Afterword("lamp", 2)),
        ("petugasnya ramah dan cepat", Afterword("lamp")),
        ("agak lama tapi terima kasih", Afterword("lamp")),
        ("kecewa, lambat sekali pelayanannya", Afterword("lamp")),
        ("semoga lampu yang lain juga dirawat", Afterword("lamp")),
        ("terima kasih", Tell("thanks", ("lamp",))),
        ("ok", Tell("thanks", ("lamp",))),
        ("status", Tell("status", ("lamp",))),
        ("belum pak, masih mati", NotDone("lamp")),
        ("STOP", News(("lamp",))),
        ("jalan di depan pasar berlubang besar", Open()),
        ("ada laporan baru, air pdam mati di gang melati", Open()),
    ],
)
def test_the_next_message_after_sudah_is_the_word_unless_it_plainly_is_not(text: str, expected: Decision) -> None:
    assert hears(text, confirmed()) == expected


def test_a_photo_and_danger_are_no_word() -> None:
    assert isinstance(hears("puas", confirmed(), carries=True), Hold | Open)
    assert isinstance(hears("tolong kebakaran di pasar", confirmed()), Open)


def test_the_word_is_asked_for_once_and_for_a_day() -> None:
    chat = confirmed()
    assert chat.question == Question("word", "add", ("lamp",), (), NOW - timedelta(minutes=5))
    heard = Heard(at=NOW, reading=read("5"))
    assert after(chat, heard, decide(chat, heard)).question is None
    assert chat.question is not None
    assert expired(chat, chat.question.since + WORD_WITHIN).question is not None
    assert expired(chat, chat.question.since + WORD_WITHIN + timedelta(seconds=1)).question is None


def test_sudah_to_what_nobody_said_was_done_asks_for_nothing() -> None:
    chat = Chat((LAMP,))
    assert after(chat, Heard(at=NOW, reading=read("sudah")), Done("lamp")).question is None


def test_a_button_asks_for_the_word_too_and_belum_takes_the_question_back() -> None:
    chat = Chat((LAMP_DONE,))
    pressed = Heard(at=NOW, reading=read(None), form="button", pressed=Pressed("confirm", "lamp"))
    asked = after(chat, pressed, decide(chat, pressed))
    assert asked.question is not None
    assert asked.question.asks == "word"
    no = Heard(at=NOW, reading=read("belum"))
    assert after(asked, no, NotDone("lamp")).question is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5), ("1", 1), ("0", None), ("6", None), ("10", None), ("nilai 3 saja", 3), ("puas", 4), ("5/5", 5),
        ("3 hari selesai", None), ("rt 5", None), ("1 atau 2", None), ("tidak puas", 2), ("sangat tidak puas", 1),
        ("", None),
    ],
)  # fmt: skip
def test_only_a_number_or_a_step_of_the_scale_counts(text: str, expected: int | None) -> None:
    assert score(read(text).meaning) == expected
