"""Every text, rendered: within the provider's rules, and without what a lock screen must not show."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from services.cli.standins.requests import visible
from services.contracts import buttons
from services.contracts.intake import AskKind
from services.notifier.senders.whatsapp.client import body
from services.notifier.sending import Outgoing, Rendered
from services.notifier.story import Happened, Last, Place, Story
from services.notifier.templates import ANSWERS, NOTICES, phrases

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
DUE = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)
COMPLAINT = "abcdefghijklmnopqrstuvwxyz"
TICKET = "BKL-4K7QT9M2-X"
SAID = "Kami sudah angkut sampah di depan rumah nomor 7 RT 3. " * 40
BENGKULU = Place("Kota Bengkulu", ZoneInfo("Asia/Jakarta"), "112", "Hotline Wali Kota")

HAPPENED = Happened(
    seat="Kepala Dinas Lingkungan Hidup",
    words=SAID,
    when=DUE,
    to="Kepala Dinas Sosial",
    beside=("Camat Gading Cempaka",),
    ground="not_our_function",
    closure="fixed",
    link="https://example.go.id/kabar/1",
    referred_to="PLN",
    level="secret",
    clock="first_response",
    places=("Gading Cempaka Satu", "Gading Cempaka Dua"),
)


def story(**changes: Any) -> Story:
    base = Story(
        place=BENGKULU,
        complaint=COMPLAINT,
        ticket=TICKET,
        confidentiality="normal",
        phase="working",
        now=NOW,
        page=f"https://tuntas.example/lacak/{TICKET}",
        lead="Kepala Dinas Lingkungan Hidup",
        due=DUE,
        last=Last("Kepala Dinas Lingkungan Hidup", SAID, NOW, "question"),
        happened=HAPPENED,
    )
    return replace(base, **changes)


def shown(rendered: Rendered, form: Any = "free") -> tuple[str, list[tuple[str, str]]]:
    """What arrives at a phone; fails where the provider would refuse the message."""
    return visible(
        body(Outgoing("n" * 26, "628110000001", form, TICKET, rendered)), {"tuntas_kabar_1": 2, "tuntas_tutup_1": 2}
    )


@pytest.mark.parametrize("confidentiality", ["normal", "anonymous", "secret"])
@pytest.mark.parametrize(
    "phase", ["screening", "working", "waiting", "planned", "leaderless", "resolved", "closed", "withdrawn"]
)
@pytest.mark.parametrize("template", sorted(NOTICES))
def test_every_notice_fits_the_provider_in_both_forms(template: str, phase: Any, confidentiality: Any) -> None:
    rendered = NOTICES[template](story(phase=phase, confidentiality=confidentiality))
    text, _ = shown(rendered)
    assert TICKET in text
    assert "None" not in text
    assert "{" not in text
    assert "  " not in text.replace("\n", "")
    assert len(rendered.line) <= 200
    shown(rendered, "template")


@pytest.mark.parametrize("template", sorted(NOTICES))
def test_a_notice_with_nothing_known_still_reads_as_a_sentence(template: str) -> None:
    bare = story(happened=Happened(seat="Petugas", to="Petugas"), due=None, lead=None, last=None)
    text, _ = shown(NOTICES[template](bare))
    assert "None" not in text


@pytest.mark.parametrize("confidentiality", ["anonymous", "secret"])
@pytest.mark.parametrize("template", sorted(NOTICES))
def test_a_private_notice_says_ticket_and_step_and_no_word_office_or_place(template: str, confidentiality: Any) -> None:
    rendered = NOTICES[template](story(confidentiality=confidentiality))
    for part in ("Lingkungan Hidup", "Dinas Sosial", "Gading Cempaka", "angkut sampah", "PLN", "example.go.id"):
        assert part not in rendered.text + rendered.line, f"{template} shows {part!r} on a lock screen"


@pytest.mark.parametrize("template", sorted(NOTICES))
def test_the_line_of_a_template_form_never_holds_anybodys_words(template: str) -> None:
    assert "angkut sampah" not in NOTICES[template](story()).line


@pytest.mark.parametrize("template", sorted(NOTICES))
def test_nothing_is_ever_only_being_processed(template: str) -> None:
    text = NOTICES[template](story()).text.lower()
    assert "sedang diproses" not in text


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("complaint", "Apakah benar sudah beres?"),
        ("question", "Apakah pertanyaan Anda sudah terjawab?"),
        ("assistance_request", "Apakah bantuannya sudah Anda terima?"),
        ("suggestion", "Apakah tanggapan ini cukup bagi Anda?"),
        ("criticism", "Apakah tanggapan ini cukup bagi Anda?"),
    ],
)
def test_a_resolution_asks_the_closing_question_of_its_kind_with_two_buttons(kind: Any, question: str) -> None:
    text, pressed = shown(NOTICES["resolved"](story(kind=kind, phase="resolved")))
    assert question in text
    assert [label for _, label in pressed] == ["SUDAH", "BELUM"]
    assert [buttons.read(payload) for payload, _ in pressed] == [("confirm", COMPLAINT), ("reopen", COMPLAINT)]


@pytest.mark.parametrize(
    ("confidentiality", "told"),
    [
        ("normal", "Nama dan nomor Anda tidak diberikan kepada dinas"),
        ("anonymous", "RT dan RW tidak melihat nama, nomor, atau pesan asli Anda"),
        ("secret", "Isinya tidak tampil untuk umum"),
    ],
)
def test_the_first_message_says_who_can_see_the_reporter(confidentiality: Any, told: str) -> None:
    text = NOTICES["received"](story(confidentiality=confidentiality, phase="screening")).text
    assert told in text
    assert "paling lambat 3 hari kerja" in text


def test_times_are_the_citys_own() -> None:
    assert "Selasa 24 November pukul 09.10 WIB" in NOTICES["assigned"](story()).text
    kupang = replace(BENGKULU, zone=ZoneInfo("Asia/Makassar"))
    assert "Selasa 24 November pukul 10.10 WITA" in NOTICES["assigned"](story(place=kupang)).text
    assert phrases.when(DUE.replace(year=2027), BENGKULU.zone, NOW).startswith("Rabu 24 November 2027")


@pytest.mark.parametrize(
    ("happened", "asked"),
    [
        (Happened(places=("Birugo", "Sapiran")), "Apakah tempatnya di Kelurahan Birugo atau Kelurahan Sapiran?"),
        (Happened(), "Di kelurahan mana tempatnya, dan dekat apa?"),
        (Happened(outside=True), "Titik lokasi yang Anda kirim berada di luar Kota Bengkulu."),
    ],
)
def test_where_it_is_is_asked_between_the_names_that_are_possible(happened: Happened, asked: str) -> None:
    text = NOTICES["where"](story(happened=happened, phase="screening")).text
    assert asked in text
    assert "Laporan Anda tetap berjalan" in text


def test_danger_names_the_emergency_number_first() -> None:
    assert "telepon 112 SEKARANG" in NOTICES["danger"](story()).text.split("\n")[0]


def test_a_breach_is_an_honest_word() -> None:
    text = NOTICES["breached"](story()).text
    assert text.startswith("Kami berterus terang: Kepala Dinas Lingkungan Hidup belum memberi tanggapan")
    assert "Kepala Dinas Sosial" in text


def test_a_reply_is_signed_by_role() -> None:
    text = NOTICES["replied"](
        story(happened=replace(HAPPENED, seat="Wali Kota Bengkulu", words="Besok saya lihat."))
    ).text
    assert "“Besok saya lihat.”" in text
    assert "— Wali Kota Bengkulu" in text


@pytest.mark.parametrize("kind", [kind for kind in get_args(AskKind) if kind != "officer"])
def test_every_answer_fits_the_provider(kind: AskKind) -> None:
    for stories in ([], [story()], [story(phase="resolved", last=None)], [story(ticket=f"BKL-{n}") for n in range(15)]):
        text, _ = shown(ANSWERS[kind](BENGKULU, stories))
        assert "None" not in text


def test_a_status_says_whose_turn_it_is_by_when_and_shows_the_words_even_of_a_private_complaint() -> None:
    text = ANSWERS["status"](BENGKULU, [story(confidentiality="secret")]).text
    assert "ditangani Kepala Dinas Lingkungan Hidup, batas Selasa 24 November pukul 09.10 WIB" in text
    assert "angkut sampah" in text
    assert f"/lacak/{TICKET}" in text


def test_long_words_are_cut_at_a_word() -> None:
    assert phrases.cut("satu dua tiga", 9) == "satu…"
    assert phrases.cut("satu dua", 9) == "satu dua"
    assert phrases.one_line("a\n b\t\tc", 20) == "a b c"


@pytest.mark.parametrize("confidentiality", ["normal", "anonymous", "secret"])
def test_who_complains_about_the_mayor_is_told_of_the_ombudsman(confidentiality: Any) -> None:
    told = NOTICES["assigned"](story(about_mayor=True, confidentiality=confidentiality))
    assert "Ombudsman Republik Indonesia, telepon 137" in told.text
    assert "Ombudsman" not in NOTICES["assigned"](story(confidentiality=confidentiality)).text


@pytest.mark.parametrize("confidentiality", ["normal", "anonymous", "secret"])
def test_nobody_who_speaks_of_a_danger_is_promised_days(confidentiality: Any) -> None:
    urgent = story(confidentiality=confidentiality, phase="screening", happened=replace(HAPPENED, urgent=True))
    text, _ = shown(NOTICES["received"](urgent))
    assert "112" in text
    assert "hari kerja" not in text
    assert "hari kerja" in NOTICES["received"](story(confidentiality=confidentiality, phase="screening")).text
