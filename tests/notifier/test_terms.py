"""What reporters read of moved dates, planned work and questions that wait."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.notifier.templates import ANSWERS, NOTICES
from tests.notifier.test_templates import BENGKULU, HAPPENED, NOW, story

WHEN = "Selasa 24 November pukul 09.10 WIB"


def test_a_granted_extension_names_the_new_date_who_wanted_it_and_who_agreed() -> None:
    text = NOTICES["extended"](story(happened=replace(HAPPENED, to="Asisten Perekonomian"))).text
    assert "Kepala Dinas Lingkungan Hidup meminta tambahan waktu, dan Asisten Perekonomian menyetujuinya" in text
    assert f"paling lambat {WHEN}" in text


def test_planned_work_names_programme_and_date_and_is_no_end() -> None:
    told = replace(HAPPENED, programme="Pemeliharaan drainase 2027")
    text = NOTICES["planned"](story(happened=told, phase="planned")).text
    assert "“Pemeliharaan drainase 2027”" in text
    assert WHEN in text
    assert "dijadwalkan belum berarti selesai" in text
    assert "dijadwalkan ulang" in NOTICES["planned"](story(happened=replace(told, earlier=1))).text


def test_a_private_plan_names_the_date_and_not_the_programme() -> None:
    told = replace(HAPPENED, programme="Pemeliharaan drainase 2027")
    text = NOTICES["planned"](story(happened=told, confidentiality="anonymous")).text
    assert WHEN in text
    assert "drainase" not in text


def test_a_status_says_of_planned_work_that_it_is_not_done() -> None:
    text = ANSWERS["status"](BENGKULU, [story(phase="planned")]).text
    assert "belum selesai; pekerjaannya dijadwalkan Kepala Dinas Lingkungan Hidup untuk Selasa 24 November" in text


def test_a_reminder_repeats_the_question_and_says_until_when() -> None:
    text = NOTICES["question_reminded"](story(phase="waiting")).text
    assert "angkut sampah" in text
    assert f"Tanpa jawaban sampai {WHEN}" in text


def test_after_a_question_has_lapsed_an_answer_is_still_welcome() -> None:
    text = NOTICES["question_lapsed"](story()).text
    assert "boleh dikirim kapan saja" in text
    assert "giliran Kepala Dinas Lingkungan Hidup" in text


@pytest.mark.parametrize("name", ["assigned", "answered", "handed_off", "sent_back", "reopened", "added"])
@pytest.mark.parametrize("level", ["normal", "anonymous"])
def test_what_goes_out_late_promises_no_day_that_is_over(name: str, level: str) -> None:
    over = NOW - timedelta(days=2)
    late = NOTICES[name](story(due=over, overdue=True, confidentiality=level)).text
    assert "paling lambat" not in late
    assert "sudah lewat dan kami catat" in late
    answered = NOTICES[name](story(due=over, confidentiality=level)).text  # somebody has answered meanwhile
    assert "sudah lewat" not in answered or name == "added"
    assert f"paling lambat {WHEN}" in NOTICES[name](story(confidentiality=level)).text


def test_a_question_says_until_when_it_waits() -> None:
    for level in ("normal", "anonymous"):
        assert f"Tanpa jawaban sampai {WHEN}" in NOTICES["question"](story(confidentiality=level)).text


def test_an_acceptance_without_a_day_says_so() -> None:
    text = NOTICES["accepted"](story(happened=replace(HAPPENED, when=None))).text
    assert "tanpa menyebut kapan selesai" in text
    assert "secepatnya" not in text


def test_a_closing_question_whose_day_is_over_threatens_with_nothing() -> None:
    over = NOW - timedelta(days=1)
    text = NOTICES["resolved"](story(due=over, happened=replace(HAPPENED, when=over))).text
    assert "kami anggap selesai" not in text
    assert "SUDAH atau BELUM" in text
