"""`/aturan`: coordinators read the rules in force as sentences, in both languages."""

import pytest

from services.contracts.city.rules import When
from services.reporting import rule_sentences
from services.web.i18n import translations
from tests.reporting.conftest import House
from tests.router.cities import read


async def test_the_rules_in_force_are_read_as_sentences_and_only_by_those_who_rule(house: House) -> None:
    await house.rule()
    async with house.seat("tim-saring") as screener, house.seat("dlh") as office:
        page = await screener.get("/aturan")
        view = (await screener.get("/aturan.json")).json()
        english = (await screener.get("/aturan?lang=en")).text
        refused = await office.get("/aturan.json")
    assert page.status_code == 200
    assert view["answer"] == "22 aturan berlaku, kebijakan versi 1. Yang pertama cocok menentukan."
    rules = {one["id"]: one for one in view["rules"]}
    assert rules["garbage_gading_cempaka"]["when"].endswith("di Kecamatan Gading Cempaka")
    assert rules["garbage_gading_cempaka"]["then"][:2] == [
        "Penanggung jawab: Kepala Dinas Lingkungan Hidup", "Wilayah: camat setempat",
    ]  # fmt: skip
    assert rules["about_lurah"]["why"] in page.text
    assert "22 rules are in force, policy version 1." in english
    assert "Lead: Kepala Dinas Lingkungan Hidup" in english
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("when", "indonesian", "english"),
    [
        ({}, "selalu", "always"),
        ({"urgency": "urgent", "hours": "20:00-06:00"}, "Mendesak; pukul 20.00 sampai 06.00",
         "Urgent; from 20.00 to 06.00"),
        ({"about": ["rt", "rw"]}, "tentang ketua RT atau ketua RW", "about the head of an RT or the head of an RW"),
        ({"working_day": False, "days": ["sat"]}, "hari Sabtu; hari libur", "on Saturday; on days off"),
        ({"ward": "Padang Harapan", "first_level": True}, "di Kelurahan Padang Harapan; lewat nomor sebuah kecamatan",
         "in Kelurahan Padang Harapan; by a sub-district’s own number"),
        ({"door": "tiktok", "place": "unknown", "on_behalf": True},
         "tempat belum diketahui; lewat TikTok Kota Bengkulu; untuk orang lain",
         "place not known yet; by TikTok Kota Bengkulu; for somebody else"),
        ({"function": "health", "kind": "question", "confidentiality": "secret"},
         "bidang Kesehatan; jenis Pertanyaan; kerahasiaan Rahasia",
         "field Health; kind Question; confidentiality Secret"),
    ],
)  # fmt: skip
def test_a_condition_is_a_phrase_in_both_languages(when: dict[str, object], indonesian: str, english: str) -> None:
    city, said = read("bengkulu"), When.model_validate(when)
    assert rule_sentences.when(city, said, translations("id").ugettext) == indonesian
    assert rule_sentences.when(city, said, translations("en").ugettext) == english
