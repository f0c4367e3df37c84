"""From an officer's wish and his open tasks to a command, or to what we ask him back."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.contracts.commands import Accept, Progress, Resolve, Return
from services.contracts.tasks import Task
from services.intake.officers.acting import Missing, action, line, name, named, pick, workable
from services.intake.officers.claiming import code_in
from services.intake.officers.orders import completed
from services.intake.officers.words import Wish

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


def task(number: int, **changes: Any) -> Task:
    given: dict[str, Any] = {
        "complaint": "a" * 25 + "bcdefg"[number], "n": 3, "city": "bengkulu", "seat": "lurah-padang-harapan",
        "ticket": f"BKL-0000000{number}-0", "update": "changed", "state": "open", "role": "lead", "kind": "complaint",
        "at": NOW,
    }  # fmt: skip
    return Task(**given | changes)


ONE, TWO = task(1), task(2)


def test_a_number_means_what_the_last_list_said_even_when_the_order_changed_since() -> None:
    assert pick(Wish("accept", number=1), [TWO, ONE], [ONE.complaint, TWO.complaint]) is ONE
    assert pick(Wish("accept", number=2), [ONE], [ONE.complaint, TWO.complaint]) == Missing("no_such")
    assert pick(Wish("accept", number=3), [ONE, TWO], [ONE.complaint, TWO.complaint]) == Missing("no_such")
    assert pick(Wish("accept", number=1), [TWO, ONE], []) is TWO


def test_what_he_speaks_of_is_asked_for_by_name() -> None:
    listed = [ONE.complaint, f"{TWO.complaint}@lurah-padang-harapan"]
    assert named(Wish("show", number=2), listed) == TWO.complaint
    assert named(Wish("accept", complaint=f"{ONE.complaint}@dlh"), []) == ONE.complaint
    for nothing in (Wish("list"), Wish("show", number=3), Wish("accept", ticket=ONE.ticket)):
        assert named(nothing, listed) is None


def test_without_a_name_the_only_task_is_meant_and_of_several_none() -> None:
    assert pick(Wish("resolve"), [ONE], []) is ONE
    assert pick(Wish("resolve"), [ONE, TWO], []) == Missing("which")
    assert pick(Wish("resolve"), [], []) == Missing("nothing")
    assert pick(Wish("resolve", ticket=TWO.ticket), [ONE, TWO], []) is TWO
    assert pick(Wish("resolve", complaint="z" * 26), [ONE], []) == Missing("no_such")


def test_of_two_seats_with_the_same_matter_he_is_asked_which_and_his_number_says_it() -> None:
    lurah, camat = ONE, task(1, seat="camat-gading-cempaka", role="superior")
    mine = [lurah, TWO, camat]
    for wish in (Wish("accept", ticket=ONE.ticket), Wish("accept", complaint=ONE.complaint)):
        assert pick(wish, mine, []) == Missing("which", among=(lurah, camat))
    listed = [name(one, mine) for one in (lurah, camat)]
    assert pick(Wish("accept", number=1), mine, listed) is lurah
    assert pick(Wish("accept", number=2), mine, listed) is camat
    assert pick(Wish("accept", complaint=listed[1]), mine, []) is camat
    assert pick(Wish("accept", number=2), [lurah, TWO], listed) == Missing("no_such")
    assert name(TWO, mine) == TWO.complaint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DAFTAR K7Q2M4XZ", "k7q2m4xz"), ("/start daftar_k7q2m4xz", "k7q2m4xz"), ("daftar-k7q2m4xz ", "k7q2m4xz"),
        ("daftar", None), ("daftar K7Q2M4X", None), ("mau daftar K7Q2M4XZ", None), ("daftar k7q2m4xz sekarang", None),
        (None, None),
    ],
)  # fmt: skip
def test_the_code_of_a_registration_stands_alone(text: str | None, code: str | None) -> None:
    assert code_in(text) == code


def test_what_is_over_is_in_nobody_s_list() -> None:
    assert workable([task(1, state="resolved"), task(2, state="closed"), TWO]) == [TWO]


@pytest.mark.parametrize(
    ("wish", "said", "evidence", "wanted"),
    [
        (Wish("accept", until=NOW), "besok", (), Accept(do="accept", finish_by=NOW)),
        (Wish("accept"), "", (), Missing("when", ONE)),
        (Wish("return", ground="not_our_area"), "bukan wilayah kami", (),
         Return(do="return", ground="not_our_area", reason="Bukan wilayah kami")),
        (Wish("return", ground="not_our_area"), "", (),
         Return(do="return", ground="not_our_area", reason="Bukan wilayah kami.")),
        (Wish("return"), "malas", (), Missing("why", ONE)),
        (Wish("progress"), "", (), Missing("words", ONE)),
        (Wish("progress"), "", ("p",), Progress(do="progress", text="Foto dari lokasi.", evidence=("p",))),
        (Wish("resolve"), "sudah", (), Missing("photo", ONE)),
        (Wish("resolve"), "got bersih", ("p",),
         Resolve(do="resolve", closure="fixed", text="Got bersih", evidence=("p",))),
        (Wish("resolve", without_picture=True), "tanpa foto, warga ditemui", (),
         Resolve(do="resolve", closure="fixed", text="Warga ditemui")),
    ],
)  # fmt: skip
def test_a_wish_becomes_a_command_or_a_question(wish: Wish, said: str, evidence: tuple[str, ...], wanted: Any) -> None:
    assert action(wish, said, evidence, ONE) == wanted


def test_a_question_is_answered_and_not_fixed() -> None:
    found = action(Wish("resolve", without_picture=True), "tanpa foto. Buka jam delapan.", (), task(1, kind="question"))
    assert isinstance(found, Resolve)
    assert (found.closure, found.text) == ("explained", "Buka jam delapan")


def test_what_was_missing_completes_the_order_and_keeps_the_rest() -> None:
    earlier = Wish("resolve", number=2, text="got bersih")
    assert completed(Wish("resolve", complaint="c"), earlier) == replace(earlier, complaint="c")
    assert completed(Wish("accept", until=NOW), Wish("accept", number=1)) == Wish("accept", number=1, until=NOW)


def test_a_secret_task_shows_no_more_than_its_number() -> None:
    shown = line(task(1, confidentiality="secret"))
    assert shown.summary == "Laporan rahasia"
    assert shown.wording is None
