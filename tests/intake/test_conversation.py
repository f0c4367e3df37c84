"""Given a chat, when a message comes, then it belongs here and wants that."""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.buttons import Pressed
from services.intake.conversation.chat import Chat, Heard, Known, Phase
from services.intake.conversation.decisions import (
    Add,
    Cancel,
    Decision,
    Done,
    Forget,
    Hold,
    NotDone,
    Nothing,
    Open,
    Raise,
    Tell,
    Together,
)
from services.intake.conversation.phrases import read
from services.intake.conversation.rules import decide
from services.intake.conversation.topics import topics
from services.intake.conversation.words import words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def known(
    name: str, phase: Phase = "open", text: str = "", *, ago: timedelta = timedelta(minutes=5), asked: bool = False
) -> Known:
    return Known(name, phase, NOW - ago, asked, topics(words(text)))


def when(text: str | None, chat: tuple[Known, ...] = (), **more: object) -> Decision:
    return decide(Chat(chat), Heard(at=NOW, reading=read(text), **more))  # type: ignore[arg-type]


DAY = timedelta(days=1)
WATER = known("water", text="air mati")
WATER_RESOLVED = known("water", "resolved", "air mati", ago=DAY)
WATER_CLOSED = known("water", "closed", "air mati", ago=5 * DAY)
ROAD = known("road", text="jalan berlubang", ago=timedelta(hours=2))
ROAD_RESOLVED = known("road", "resolved", "jalan berlubang", ago=2 * DAY)
LONG_AGO = known("water", text="air mati", ago=3 * DAY)
WATER_ASKED = known("water", text="air mati", ago=DAY, asked=True)
ROAD_ASKED = known("road", text="jalan berlubang", ago=2 * DAY, asked=True)
NEW_ROAD = "jalan di depan pasar berlubang besar"


@pytest.mark.parametrize(
    ("text", "chat", "expected"),
    [
        ("air mati di padang harapan", (), Open()),
        ("air mati sejak pagi", (WATER,), Add("water")),
        # a street's lamp, or a house without power: asked back as it opens
        ("lampu mati", (), Open(asks="which_lamp")),
        ("pak, lampu su padam dari tadi malam", (), Open(asks="which_lamp")),
        ("mati lampu", (), Open()),
        ("lampu jalan mati", (), Open()),
        ("lampu mati di rumah kami", (), Open()),
        ("lampu merah mati", (), Open()),
        ("nomor 5 pak", (WATER,), Add("water")),
        # what opens nothing
        ("P", (), Tell("greeting")),
        ("halo", (WATER,), Tell("greeting", ("water",))),
        ("makasih", (), Tell("thanks")),
        ("makasih", (WATER_RESOLVED,), Tell("thanks", ("water",))),
        ("👍", (), Tell("greeting")),
        ("👍", (WATER,), Tell("thanks", ("water",))),
        ("ok", (WATER,), Tell("thanks", ("water",))),
        ("cara lapor", (), Tell("help")),
        # STATUS
        ("gmn laporan sy", (WATER,), Tell("status", ("water",))),
        ("STATUS", (WATER, ROAD), Tell("status", ("water", "road"))),
        ("status", (WATER_CLOSED,), Tell("status", ("water",))),
        ("status", (), Tell("nothing_open")),
        # SUDAH and BELUM: the complaint itself knows whether it is resolved
        ("su beres", (WATER_RESOLVED,), Done("water")),
        ("sudah", (WATER,), Done("water")),
        ("sudah", (WATER_RESOLVED, ROAD), Done("water")),
        ("sudah", (WATER_RESOLVED, ROAD_RESOLVED), Hold("which_complaint", ("road", "water"), "done")),
        ("sudah", (WATER_CLOSED,), Tell("thanks", ("water",))),
        ("sudah", (WATER_ASKED, ROAD_ASKED), Hold("which_complaint", ("road", "water"), "done")),
        ("belum pak", (WATER_ASKED, ROAD_ASKED), Hold("which_complaint", ("road", "water"), "not_done")),
        ("jalannya sudah", (WATER_ASKED, ROAD_ASKED), Done("road")),
        ("keduanya sudah beres", (WATER_RESOLVED, ROAD_RESOLVED), Together((Done("road"), Done("water")))),
        ("masih mati, jangan wa saya lagi", (WATER_RESOLVED,), NotDone("water", ("water",))),
        ("sudah", (), Tell("nothing_open")),
        ("blm jg", (WATER,), NotDone("water")),
        ("blm jg", (WATER_RESOLVED,), NotDone("water")),
        ("blm jg", (WATER_CLOSED,), NotDone("water")),
        ("blm jg", (), Tell("nothing_open")),
        ("blm", (WATER_RESOLVED, ROAD_RESOLVED), Hold("which_complaint", ("road", "water"), "not_done")),
        ("air masih mati", (WATER_RESOLVED, ROAD_RESOLVED), NotDone("water")),
        ("lampu jalan masih mati", (), Open()),
        ("gaji guru honorer belum dibayar tiga bulan", (WATER_CLOSED,), Open()),
        ("airnya belum mengalir juga sampai hari ini", (WATER_CLOSED,), NotDone("water")),
        ("sampah di depan rumah belum diangkut", (WATER_RESOLVED,), Open()),
        # wishes
        ("batal", (WATER,), Cancel("water")),
        ("batal", (WATER, ROAD), Hold("which_complaint", ("road", "water"), "withdraw")),
        ("batal", (WATER_CLOSED,), Tell("nothing_open")),
        ("RAHASIA", (WATER, ROAD), Raise(("water", "road"), "secret")),
        ("ANONIM", (WATER,), Raise(("water",), "anonymous")),
        ("ANONIM", (), Tell("nothing_open")),
        ("LUPAKAN SAYA", (WATER, WATER_CLOSED), Forget(("water", "water"))),
        ("lurah minta uang untuk surat, jangan sebut nama saya ya pak karena saya takut", (), Open("anonymous")),
        ("ini soal surat di kantor lurah, mohon dirahasiakan karena saya takut", (WATER,), Raise(("water",), "secret")),
        # one chat, many complaints
        (NEW_ROAD, (WATER,), Open()),
        ("nomor 5, dekat masjid", (WATER,), Add("water")),
        (NEW_ROAD, (LONG_AGO,), Open()),
        (NEW_ROAD, (WATER_RESOLVED,), Open()),
        (NEW_ROAD, (WATER_CLOSED,), Open()),
        (NEW_ROAD, (WATER, ROAD), Add("road")),
        ("laporan baru pak, " + NEW_ROAD, (WATER,), Open()),
        ("airnya mati lagi sejak tadi malam di rumah kami semua", (WATER_RESOLVED,), NotDone("water")),
        ("tadi petugas datang tapi pipanya cuma dilihat", (WATER_RESOLVED,), NotDone("water")),
        ("petugasnya ramah pak", (WATER_RESOLVED,), Add("water")),
        # what is gone: the bad is over, the wanted is missed
        ("baunya sudah tidak ada", (WATER_RESOLVED,), Done("water")),
        ("air sudah tidak ada", (WATER_RESOLVED,), NotDone("water")),
        ("1 kran hidup, 2 lagi enggak", (WATER_RESOLVED,), NotDone("water")),
        ("\N{THUMBS DOWN SIGN}", (WATER_RESOLVED,), NotDone("water")),
        ("alun tajawab pak, ambo tanyo hari apo", (WATER_RESOLVED,), NotDone("water")),
        # where it is, told late, and a danger that answers no question
        ("maaf baru sempat. lokasinya jl meranti dekat puskesmas", (WATER,), Add("water")),
        ("pak ada kebakaran di Tarok, cepat", (WATER_ASKED,), Open(urgent=True)),
        ("jan sampai urang banyak tau masalah ko pak", (WATER,), Raise(("water",), "anonymous")),
        ("semoga dibalas Allah pak", (WATER,), Tell("thanks", ("water",))),
    ],
)  # fmt: skip
def test_a_text_belongs_where_people_would_say_it_does(text: str, chat: tuple[Known, ...], expected: Decision) -> None:
    assert when(text, chat) == expected


def test_words_of_danger_are_known_for_it_before_screening_is() -> None:
    assert when("tolong rumah terbakar di simpang limau, ada orang terjebak") == Open(urgent=True)
    assert when("kabel pln putus menjuntai, anak kesetrum", (WATER_CLOSED,)) == Open(urgent=True)
    assert when("lampu jalan mati di simpang limau") == Open()


def test_a_photo_or_a_place_alone_opens_and_joins_what_is_open() -> None:
    assert when(None, form="image", carries=True) == Open()
    assert when(None, (WATER,), form="location", carries=True) == Add("water")
    assert when("selamat pagi", (), form="image", carries=True) == Open()
    assert when(None, (LONG_AGO,), form="image", carries=True) == Add("water")


def test_a_photo_that_says_not_done_reopens() -> None:
    assert when("masih rusak pak", (WATER_RESOLVED,), form="image", carries=True) == NotDone("water")


def test_stickers_and_reactions_open_nothing() -> None:
    assert when(None, form="sticker", carries=True) == Tell("greeting")
    assert when("👍", (WATER,), form="reaction", about="water") == Nothing()


def test_what_we_have_no_form_for_is_answered_kindly() -> None:
    assert when(None, (WATER,), form="other") == Tell("not_understood")


def test_a_reference_to_an_own_complaint_wins_over_the_latest() -> None:
    assert when("di depan warung juga ada", (WATER, ROAD), about="road") == Add("road")
    assert when("sudah", (WATER, ROAD_RESOLVED), about="road") == Done("road")
    assert when("belum", (WATER, WATER_CLOSED, ROAD), about="road") == NotDone("road")
    assert when("status", (WATER, ROAD), about="road") == Tell("status", ("road",))
    assert when("batal", (WATER, ROAD), about="road") == Cancel("road")
    assert when("rahasia", (WATER, ROAD), about="road") == Raise(("road",), "secret")


def test_an_answer_under_an_old_notice_about_something_else_is_a_new_complaint() -> None:
    assert when(NEW_ROAD, (WATER_CLOSED,), about="water") == Open()
    asks = Hold("again_or_new", ("water",), "not_done")
    assert when("foto tadi dari pipa depan masjid", (WATER_CLOSED,), about="water") == asks


def test_a_strangers_ticket_is_good_for_its_status_only() -> None:
    assert when("status BKL-XXXX", (WATER,), stranger="other") == Tell("status", ("other",))
    assert "other" not in repr(when("sudah", (WATER_RESOLVED,), stranger="other"))
    assert "other" not in repr(when(NEW_ROAD, (), stranger="other"))


def test_our_buttons_say_which_complaint_they_mean() -> None:
    assert when("Sudah", (WATER_RESOLVED, ROAD), form="button", pressed=Pressed("confirm", "water")) == Done("water")
    assert when("Belum", (WATER_RESOLVED, ROAD), form="button", pressed=Pressed("reopen", "water")) == NotDone("water")
    assert when("Status", (WATER,), form="button", pressed=Pressed("status", "water")) == Tell("status", ("water",))


def test_a_button_that_names_a_strangers_complaint_is_only_its_label() -> None:
    assert when("Sudah", (WATER_RESOLVED,), form="button", pressed=Pressed("confirm", "other")) == Done("water")
    assert when("Sudah", (), form="button", pressed=Pressed("confirm", "other")) == Tell("nothing_open")


def test_while_an_office_waits_for_an_answer_short_words_are_the_answer() -> None:
    asked = known("water", text="air mati", asked=True, ago=2 * DAY)
    assert when("iya", (asked,)) == Add("water")
    assert when("sudah", (asked,)) == Done("water"), "which the complaint takes as the answer while it is not resolved"
    assert when("di jalan depan pasar, nomor 5", (asked, ROAD)) == Add("water")
    assert when(NEW_ROAD, (asked, ROAD)) == Add("road"), "which it plainly speaks of"
    assert when("status", (asked,)) == Tell("status", ("water",))
