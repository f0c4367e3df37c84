"""Places as people write them."""

import pytest

from services.router.places import Gazetteer, Pin
from tests.router.cities import read

GAZETTEERS = {city: Gazetteer(read(city)) for city in ("bengkulu", "bukittinggi", "kupang", "pekanbaru")}


def names(city: str, text: str, *pins: Pin) -> tuple[str | None, str | None]:
    place = GAZETTEERS[city].find([text], pins)
    ward = read(city).wards.get(place.ward_code or "")
    district = next((d.name for d in read(city).districts if d.code == place.district_code), None)
    return ward.name if ward else None, district


@pytest.mark.parametrize(
    ("city", "text", "ward", "district"),
    [
        ("bengkulu", "sampah numpuk di padang harapan pak", "Padang Harapan", "Gading Cempaka"),
        ("bengkulu", "got mampet kel. Pdg Harapan", "Padang Harapan", "Gading Cempaka"),
        ("bengkulu", "Jalan rusak kec. gading cempaka", None, "Gading Cempaka"),
        ("bengkulu", "banjir di kebun ros", "Kebun Roos", "Teluk Segara"),
        ("bengkulu", "lampu mati di kandang mas", "Kandang Mas", "Kampung Melayu"),
        ("bengkulu", "kp bali gelap", "Kampung Bali", "Teluk Segara"),
        ("bengkulu", "jalan bentiring permai berlubang", None, None),
        ("bengkulu", "Bentiring Permai jalannya berlubang", "Bentiring Permai", "Muara Bangka Hulu"),
        ("bukittinggi", "sarok di manggis ganting alun diangkuik", "Manggis Ganting", "Mandiangin Koto Selayan"),
        ("bukittinggi", "jalan rusak di MKS", None, "Mandiangin Koto Selayan"),
        ("bukittinggi", "aur kuniang macet, aur kuning pak", "Aur Kuning", "Aur Birugo Tigo Baleh"),
        ("pekanbaru", "parit tersumbat di tobek godang", "Tobekgodang", "Binawidya"),
        ("pekanbaru", "sampah di sidomulyo barat tak diangkut", "Sidomulyo Barat", "Tuahmadani"),
        ("pekanbaru", "tuah madani jalannya hancur", "Tuahmadani", "Tuahmadani"),
        ("kupang", "aer sonde jalan di oebufu", "Oebufu", "Oebobo"),
        ("kupang", "lampu mati naikoten 1", "Naikoten Satu", "Kota Raja"),
        ("kupang", "Kelurahan Kelapa Lima banyak sampah", "Kelapa Lima", "Kelapa Lima"),
    ],
)
def test_a_name_is_found_as_people_write_it(city: str, text: str, ward: str | None, district: str | None) -> None:
    assert names(city, text) == (ward, district)


@pytest.mark.parametrize(
    ("city", "text"),
    [
        ("bengkulu", "berkas saya belum jadi"),
        ("bengkulu", "bau kandang ayam"),
        ("pekanbaru", "macet di simpang empat"),
        ("pekanbaru", "air hitam keluar dari keran"),
        ("kupang", "sampai keluar air mata"),
        ("bengkulu", "dari semarang saya menulis"),
    ],
)
def test_an_ordinary_word_is_not_taken_for_a_kelurahan(city: str, text: str) -> None:
    assert names(city, text) == (None, None)


def test_an_ordinary_word_counts_with_its_kind_before_it() -> None:
    assert names("bengkulu", "jalan rusak kelurahan berkas") == ("Berkas", "Teluk Segara")


def test_the_name_of_a_street_alone_is_no_place() -> None:
    assert names("bengkulu", "Jl. Padang Harapan rusak") == (None, None)


def test_two_kelurahan_in_one_message_leave_their_common_kecamatan_or_nothing() -> None:
    assert names("bengkulu", "banjir di sukarami dan pagar dewa") == (None, "Selebar")
    assert GAZETTEERS["bengkulu"].find(["banjir di sukarami dan panorama dan padang jati"]).how == "ambiguous"


def test_a_pin_finds_the_nearest_kelurahan_and_goes_before_names() -> None:
    ward = read("bengkulu").districts[1].wards[0]
    found = names("bengkulu", "dekat sukarami", Pin(ward.latitude + 0.0005, ward.longitude))
    assert found == (ward.name, read("bengkulu").districts[1].name)


def test_a_pin_far_outside_is_said_to_be_outside() -> None:
    assert GAZETTEERS["kupang"].find([], [Pin(-6.2, 106.8)]).how == "outside"


def test_every_name_of_a_city_finds_its_own_place() -> None:
    for city, gazetteer in GAZETTEERS.items():
        for code, ward in read(city).wards.items():
            text = f"kelurahan {ward.name} kecamatan {read(city).district_of(code).name}"
            assert gazetteer.find([text]).ward_code == code, (city, ward.name)


@pytest.mark.parametrize(
    ("city", "text", "left"),
    [
        ("kupang", "Lampu mati di kelurahan Nunbaun Sabu", "lampu mati di kelurahan"),
        ("pekanbaru", "Jalan rusak, kel. Air Hitam", "jalan rusak kel"),
        ("bengkulu", "Got dekat Pasar Baru mampet", "got dekat pasar baru mampet"),
    ],
)
def test_the_words_of_a_name_say_nothing_of_the_matter(city: str, text: str, left: str) -> None:
    assert GAZETTEERS[city].without_names(text) == left
