"""What rules make of a message. All sentences here are our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.base import OUT_OF_COMPETENCE
from services.router.knowledge.texts import own_texts
from services.router.screening.categories import CATEGORIES
from services.router.screening.propose import propose
from services.router.screening.words import tokens


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Pak jalan depan rumah kami berlubang parah, tolong diperbaiki", "road_damage"),
        ("jln di gang kami ancur pak, mhn diaspal", "road_damage"),
        ("sampah sudah seminggu tidak diangkut, baunya busuk", "garbage"),
        ("air pdam mati sudah tiga hari", "water_off"),
        ("lampu jalan mati dari pasar sampai masjid", "street_light"),
        ("parkir liar depan toko, jukirnya minta lima ribu tanpa karcis", "illegal_parking"),
        ("mau tanya syarat bikin ktp yang hilang", "id_card"),
        ("tetangga saya nenek sebatang kara belum makan dua hari", "neighbour_in_need"),
        ("got di depan sekolah mampet airnya meluap", "drain_clogged"),
        ("nyamuk banyak, minta fogging di RT kami", "disease"),
        ("pedagang jualan di trotoar mohon ditertibkan", "street_vendors"),
        ("gas melon langka di warung", "prices_gas"),
    ],
)
def test_the_matter_is_recognised_in_plain_indonesian(text: str, category: str) -> None:
    assert propose([text]).category == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("aek ledeng dak idup dari kemaren, ambo idak biso masak", "water_off"),  # Bengkulu Malay
        ("siring depan rumah ambo tersumbat nian", "drain_clogged"),
        ("sarok manumpuak di tapi jalan, baunyo busuak", "garbage"),  # Minang
        ("banda di muko rumah tasumbek, aia malimpah", "drain_clogged"),
        ("aia pdam indak mangalia lah tigo hari", "water_off"),
        ("parit tersumbat, takde yang bersihkan", "drain_clogged"),  # Pekanbaru Malay
        ("aer pdam su tiga hari sonde jalan, katong sonde bisa mandi", "water_off"),  # Kupang Malay
        ("lampu jalan sonde menyala dong, gelap talalu", "street_light"),
    ],
)
def test_the_matter_is_recognised_in_the_speech_of_each_city(text: str, category: str) -> None:
    assert propose([text]).category == category


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("tolong rumah terbakar di belakang pasar", True),
        ("kami terjebak banjir, air sepinggang, butuh perahu", True),
        ("kabel listrik putus menjuntai ke jalan", True),
        ("ada orang pingsan, butuh ambulans", True),
        ("tahun lalu pernah kebakaran, mohon simulasi di sekolah", False),
        ("takut kebakaran karena kabel semrawut", False),
        ("jalan berlubang", False),
    ],
)
def test_danger_to_life_is_seen_and_old_or_feared_danger_is_not(text: str, danger: bool) -> None:
    assert (propose([text]).urgency == "danger") is danger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Saran saya sebaiknya dibuat lampu jalan di sana", "suggestion"),
        ("apakah puskesmas buka hari sabtu?", "question"),
        ("kritik untuk dinas perhubungan soal parkir liar", "criticism"),
        ("mohon bantuan kursi roda untuk tetangga yang lumpuh", "assistance_request"),
        ("lampu jalan mati", "complaint"),
    ],
)
def test_the_kind_is_told_apart(text: str, kind: str) -> None:
    assert propose([text]).kind == kind


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("ketua RT kami minta uang untuk surat pengantar", "rt"),
        ("pak lurah pilih kasih membagi bansos", "lurah"),
        ("camat jarang di kantor dan mempersulit warga", "camat"),
        ("oknum petugas dishub pungli di terminal", "official"),
        ("laporan ini soal korupsi wali kota", "mayor"),
        ("Pak wali kota, jalan kami rusak dan dipersulit terus", None),
        ("jalan di depan kantor camat rusak", None),
    ],
)
def test_who_is_complained_about_is_told_from_who_is_addressed(text: str, about: str | None) -> None:
    assert propose([text]).about == about


def test_a_report_about_an_official_asks_for_protection() -> None:
    assert propose(["ketua RT kami minta uang"]).confidentiality == "anonymous"
    assert propose(["tetangga dipukul suami tiap malam, kdrt"]).confidentiality == "secret"


def test_a_report_on_behalf_of_somebody_is_seen() -> None:
    assert propose(["ada nenek sebatang kara di gang kami, sakit"]).on_behalf
    assert not propose(["rumah saya sendiri tidak layak huni"]).on_behalf


def test_power_cuts_are_outside_the_citys_competence() -> None:
    assert propose(["listrik padam dari sore"]).function in OUT_OF_COMPETENCE


@pytest.mark.parametrize("text", ["", "tes", "assalamualaikum pak", "???", "lihat foto ini", "🙏🙏"])
def test_it_abstains_where_nothing_is_said(text: str) -> None:
    proposal = propose([text])
    assert proposal.abstains
    assert proposal.confidence == 0


def test_two_matters_of_two_offices_lower_the_confidence_and_stand_as_alternatives() -> None:
    one = propose(["lampu jalan mati"])
    two = propose(["lampu jalan mati", "dan sampah menumpuk tidak diangkut"])
    assert two.confidence < one.confidence
    assert {a.function for a in two.alternatives} >= {"housing_lighting", "environment"}


def test_advertising_is_left_to_a_person() -> None:
    assert propose(["pinjaman online tanpa jaminan, klik link"]).abstains


def test_the_reasons_hold_our_words_and_never_the_reporters() -> None:
    proposal = propose(["Saya Contoh Budiman di Jl. Rahasia 7, jalan rusak berlubang"])
    vocabulary = {w for c in CATEGORIES for p in (*c.strong, *c.weak) for w in tokens(p)}
    vocabulary |= {w for c in CATEGORIES for pair in c.pairs for side in pair for w in tokens(side)}
    vocabulary |= {w for own in own_texts() for w in tokens(own.text)}
    assert {w for entry in proposal.words for w in entry.replace("+", " ").split()} <= vocabulary
    assert not {"budiman", "contoh", "7"} & set(" ".join(proposal.words).split())
    assert "strong.road_damage" in proposal.rules


@given(st.text(max_size=400))
def test_any_text_leads_to_some_proposal(text: str) -> None:
    proposal = propose([text])
    assert 0 <= proposal.confidence <= 1
    assert (proposal.category is None) == (proposal.function is None)


@given(st.lists(st.sampled_from(sorted({w for c in CATEGORIES for p in c.strong for w in p.split()})), max_size=30))
def test_the_same_message_always_leads_to_the_same_proposal(words: list[str]) -> None:
    assert propose([" ".join(words)]) == propose([" ".join(words)])
