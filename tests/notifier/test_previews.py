"""Every text in every case, for every kind of confidentiality, on every way: as providers allow and people read."""

from pathlib import Path
from typing import get_args

import pytest

from services.contracts.base import Confidentiality
from services.contracts.city.template_forms import TemplateForm
from services.notifier.previewing import checks
from services.notifier.previewing.checks import Fault, faults, template_faults, text_faults
from services.notifier.previewing.forms import forms
from services.notifier.previewing.samples import Sample, first, samples
from services.notifier.senders.page.client import call
from services.notifier.senders.sms import alphabet
from services.notifier.sending import Outgoing, Rendered, octets, shortened
from services.notifier.templates import ANSWERS, NOTICES
from services.notifier.templates import officers as seat_templates
from services.runtime import cities

CITIES = cities.load(Path("deploy/cities"))


@pytest.mark.parametrize("city", sorted(CITIES))
def test_nothing_is_wrong_with_any_text_of_any_city(city: str) -> None:
    assert list(faults(CITIES[city])) == []


@pytest.mark.parametrize("level", get_args(Confidentiality))
def test_every_text_is_among_the_samples(level: Confidentiality) -> None:
    shown = {(one.audience, one.template) for one in first(CITIES["bengkulu"], level)}
    wanted = {("reporter", name) for name in NOTICES} | {("answer", name) for name in ANSWERS}
    wanted |= {("seat", name) for name in seat_templates.NOTICES} if level == "normal" else set()
    assert shown >= wanted


def sample(text: str, line: str = "baris", buttons: tuple[tuple[str, str], ...] = (), **more: object) -> Sample:
    given: dict[str, object] = {"template": "t", "audience": "reporter", "case": "c", "ticket": "BKL-1"}
    return Sample(**{**given, "rendered": Rendered(text, line, buttons), **more})  # type: ignore[arg-type]


WRONG = [
    (sample("Nama: None"), "not filled in: None"),
    (sample("Nama: {seat}"), "not filled in: {seat}"),
    (sample("Beres \U0001f389"), "a picture in place of words"),
    (sample("Laporan segera ditindaklanjuti."), "officialese: ditindaklanjuti"),
    (sample("dua  spasi"), "two spaces"),
    (sample("Sedang diproses."), "being processed, and nothing else"),
    (sample("x", "a" * 201), "its line has 201 characters"),
    (sample("kata rahasia-isi-kantor", confidentiality="secret"), "lock screen"),
]


@pytest.mark.parametrize(("one", "says"), WRONG, ids=lambda one: one if isinstance(one, str) else "")
def test_what_a_person_should_not_read_is_found(one: Sample, says: str) -> None:
    assert any(says in fault for fault in text_faults(one))


ON_THE_WAY = [
    ("a template's parameter in two lines", sample("x", "satu\ndua"), "whatsapp_template", "line break"),
    ("an empty parameter", sample("x", " "), "whatsapp_template", "empty parameter"),
    ("a button of 21", sample("x", "x", (("p", "a" * 21),)), "whatsapp", "21 characters, 20 allowed"),
    ("four buttons", sample("x", "x", tuple((f"p{n}", f"l{n}") for n in range(4))), "whatsapp", "4 buttons, 3"),
    ("too long for buttons", sample("x" * 1025, "x", (("p", "YA"),)), "whatsapp", "too long for its buttons"),
    ("a button's data", sample("x", "x", (("p" * 65, "YA"),)), "telegram", "64 octets"),
    ("a letter no telephone of 1995 knows", sample("x", "ḥadir"), "sms", "7-bit alphabet: ḥ"),
    ("nothing", sample(" "), "telegram", "says nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "form", "says"), [r[1:] for r in ON_THE_WAY], ids=[r[0] for r in ON_THE_WAY])
def test_what_a_provider_would_refuse_is_found(one: Sample, form: str, says: str) -> None:
    shown = next(shown for shown in forms(one, "Kota Contoh") if shown.form == form)
    assert any(says in problem for problem in shown.problems), shown.problems


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (TemplateForm("Kabar", "id", "UTILITY", "a {{1}} b"), "small letters"),
        (TemplateForm("kabar", "id", "UTILITY", "{{1}} b"), "neither begins nor ends"),
        (TemplateForm("kabar", "id", "UTILITY", "a {{2}} b"), "counted 1, 2, 3"),
        (TemplateForm("kabar", "id", "UTILITY", "a" * 1025), "1025 characters"),
        (TemplateForm("kabar", "id", "UTILITY", "a", ("x" * 26,)), "longer than 25"),
    ],
)
def test_a_form_that_would_not_be_approved_is_found(form: TemplateForm, says: str) -> None:
    assert any(says in fault for fault in template_faults(form))


@pytest.mark.parametrize("limit", [60, 100, 1000])
def test_what_is_shortened_keeps_its_ticket_and_never_breaks_the_limit(limit: int) -> None:
    text = "“Kami sudah angkut…” " * 200 + "\n\nNomor: BKL-4K7QT9M2-X"
    for size in (len, octets):
        short = shortened(text, limit, size)
        assert size(short) <= limit
        assert short.endswith("Nomor: BKL-4K7QT9M2-X")
    assert shortened("pendek", limit) == "pendek"


def test_instagram_counts_octets_and_a_private_reply_has_room_for_its_buttons_words() -> None:
    long = Rendered("“é”" * 900 + "\n\nNomor: BKL-1", "baris", (("a", "SUDAH"), ("b", "BELUM")))
    for to in ("17841400000000000", "comment:1784"):
        asked = call("instagram", "1", Outgoing("n" * 26, to, "private" if ":" in to else "free", "BKL-1", long))
        assert asked is not None
        assert octets(asked.body["message"]["text"]) <= 1000
        assert "Nomor: BKL-1" in asked.body["message"]["text"]


SIZES = [
    ("160 plain letters", "a" * 160, 1), ("161", "a" * 161, 2), ("306", "a" * 306, 2), ("307", "a" * 307, 3),
    ("a bracket counts twice", "[" * 81, 2), ("70 of another script", "ḥ" * 70, 1), ("71", "ḥ" * 71, 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), [r[1:] for r in SIZES], ids=[r[0] for r in SIZES])
def test_what_an_sms_costs(text: str, parts: int) -> None:
    assert alphabet.parts(text) == parts


def test_typography_is_made_plain_before_it_costs() -> None:
    assert alphabet.plain("“Beres” – kata warga…") == '"Beres" - kata warga...'
    assert alphabet.seven_bit(alphabet.plain("“Beres” – kata warga…"))


NEXT = frozenset((
    "paling lambat", "berikutnya", "giliran", "balas", "jawab", "tekan", "telepon", "kirim", "kabari", "tutup",
    "hubungi", "lihat", "perkiraan selesai", "beri tahu", "pesan terakhir", "kami kabarkan",
))  # fmt: skip
"""A date, a turn, something to do, or that it is over."""


def test_every_sample_says_what_is_next_or_that_nothing_is() -> None:
    """Never no more than that somebody is at it."""
    for level in get_args(Confidentiality):
        for one in samples(CITIES["kupang"], level):
            said = one.rendered.text.lower()
            assert one.audience != "reporter" or any(word in said for word in NEXT), one


def test_a_fault_names_what_where_and_why() -> None:
    assert Fault("received", "long", "secret", "sms", "too long").form == "sms"
    assert checks.LINE_LIMIT == 200
