"""Which words a city's model may learn: what several people say in several ways; never a name, however it is signed."""

import random
from collections.abc import Callable

import pytest

from services.router.knowledge import base_model
from services.router.learning import vocabulary
from services.router.learning.examples import Example
from services.router.learning.training import labelled
from services.router.learning.vocabulary import Said, learnable, written_as_names
from services.router.screening import reading

FIRST, LAST = "zulqarnita", "bodrowasti"
"""Invented; no rule knows them."""

MATTERS = (
    "klotrang di simpang rusak lagi", "tolong klotrang kami diperbaiki", "sudah lama klotrang mati", "klotrang bunyi",
    "lampu padam dan klotrang hilang", "kapan klotrang diganti pak", "dekat pasar klotrang jatuh",
)  # fmt: skip


def said(*texts: str) -> list[Said]:
    return [Said(reading.read([text]).words, (text,)) for text in texts]


def test_a_word_of_the_citys_own_that_people_use_is_learned() -> None:
    assert "klotrang" in learnable(said(*MATTERS), frozenset())


SIGNED: list[tuple[str, Callable[[str], str]]] = [
    ("at the end", lambda matter: f"{matter} terima kasih {FIRST} {LAST}"),
    ("at the beginning", lambda matter: f"{FIRST} {LAST} melapor {matter}"),
    ("with a capital", lambda matter: f"{matter}, salam dari {FIRST.title()} {LAST.title()} di sini"),
    ("behind a title", lambda matter: f"lapor pak, saya ibu {FIRST} {LAST}, {matter}"),
    ("behind nama saya", lambda matter: f"perkenalkan nama saya {FIRST} {LAST} {matter}"),
    ("within a turn of phrase", lambda matter: f"{matter} demikian laporan {FIRST} {LAST} warga rt dua"),
    ("as every sms", lambda matter: f"({FIRST}_{LAST}) {matter}"),
]


@pytest.mark.parametrize("sign", [row[1] for row in SIGNED], ids=[row[0] for row in SIGNED])
def test_however_often_one_person_signs_the_name_is_not_learned(sign: Callable[[str], str]) -> None:
    texts = [sign(matter) for matter in MATTERS]
    before = base_model()
    seen = labelled([Example((text,), frozenset({"transport"}), 1.0, "history") for text in texts], before)
    known = frozenset(before.weights().rarity)
    new = {name for one in seen for name in one.seen.worded} - known
    assert any("klotrang" in name for name in new)
    for name in (FIRST, LAST):
        pieces = {name[at : at + 4] for at in range(len(name) - 3)}
        assert not [one for one in new if any(piece in one for piece in pieces)], name


def test_usual_names_are_not_learned_wherever_they_stand() -> None:
    chance = random.Random(4)
    texts = []
    for number in range(60):
        words = [*MATTERS[number % len(MATTERS)].split(), *chance.sample(("sutrisno", "hasibuan", "wulandari"), 2)]
        chance.shuffle(words)
        texts.append(" ".join(words))
    allowed = learnable(said(*texts), frozenset())
    assert "klotrang" in allowed
    assert not allowed & {"sutrisno", "hasibuan", "wulandari"}
    assert {"sutrisno", "hasibuan", "wulandari"} <= vocabulary.GIVEN


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Pak, kemarin Zulqarnita jatuh di got", {"zulqarnita"}),
        ("Zulqarnita jatuh. Kemarin hujan", set()),
        ("TOLONG LAMPU ZULQARNITA MATI", set()),
        ("lampu mati di gang", set()),
        ("", set()),
    ],
)
def test_a_capital_within_a_sentence_is_a_name_unless_everything_has_one(text: str, named: set[str]) -> None:
    assert written_as_names([text]) == named


def test_numbers_are_no_words() -> None:
    texts = [f"nomor {number} {matter} 7788" for number, matter in enumerate(MATTERS)]
    assert not [word for word in learnable(said(*texts), frozenset()) if any(letter.isdigit() for letter in word)]
