"""How a place is meant: where the matter is, where somebody lives, what is only compared or passed through."""

import pytest

from services.router.places import Gazetteer
from tests.router.cities import read

GAZETTEERS = {city: Gazetteer(read(city)) for city in ("bengkulu", "bukittinggi", "kupang", "pekanbaru")}

CASES = [
    ("bengkulu", "saya warga padang harapan, jalan rusak di sukarami", "Sukarami"),
    ("bengkulu", "Saya warga Kelurahan Padang Harapan. Jalan rusak di Sukarami belum ditambal", "Sukarami"),
    ("bengkulu", "saya tinggal di lempuing tapi sampah numpuk di kebun tebeng", "Kebun Tebeng"),
    ("bengkulu", "saya warga padang harapan, lampu jalan mati", "Padang Harapan"),
    ("bengkulu", "bukan di sukarami tapi di pagar dewa pak", "Pagar Dewa"),
    ("bengkulu", "bukan di sukarami pak", None),
    ("bengkulu", "kalau di sukarami bersih, di pagar dewa sampah menumpuk", "Pagar Dewa"),
    ("bengkulu", "kalau di sukarami bersih, kenapa tempat kami tidak", None),
    ("bengkulu", "di sukarami sudah diaspal, sedangkan di betungan belum", "Betungan"),
    ("bengkulu", "jalan dari betungan ke pagar dewa rusak parah", None),
    ("bengkulu", "Kel. P. Hrpn kec gading cempaka", "Padang Harapan"),
    ("bengkulu", "anggut dalam kondisi rusak", None),
    ("bengkulu", "sawah lebar baru kemarin banjir", "Sawah Lebar"),
    ("bengkulu", "banjir di sawah lebar baru", "Sawah Lebar Baru"),
    ("bengkulu", "Sampah di Panorama, dekat pasar", "Panorama"),
    ("bengkulu", "sampah depan pasar panorama", "Panorama"),
    ("bengkulu", "berkas, kec teluk segara", "Berkas"),
    ("bengkulu", "RT 5 RW 2 berkas", "Berkas"),
    ("bengkulu", "Berkas pak", "Berkas"),
    ("bengkulu", "lampu jalan sukarami mati", "Sukarami"),
    ("bengkulu", "Jalan Semarang rusak", None),
    ("bengkulu", "lampu mati di Surabaya dekat masjid", "Surabaya"),
    ("bengkulu", "anak saya sekolah di surabaya", None),
    ("bengkulu", "kecamatan padang harapan got mampet", "Padang Harapan"),
    ("bengkulu", "kami di sukarami kec selebar, jalan pagar dewa rusak", "Sukarami"),
    ("bengkulu", "pesan untuk Lurah Kebun Beler: parit kotor", "Kebun Beler"),
    ("bengkulu", "Laporan dari Padang Harapan: lampu mati", "Padang Harapan"),
    ("kupang", "Oebufu, Oebobo", "Oebufu"),
    ("kupang", "sampah di oesapa selatan", "Oesapa Selatan"),
    ("kupang", "TDM aer mati", "Tuak Daun Merah"),
    ("kupang", "di LLBK aer mati", "Lai Lai Bisi Kopan"),
    ("kupang", "lampu mati di Kelurahan Naikoten I", "Naikoten Satu"),
    ("kupang", "di penkase ada tawuran", "Penkase Oeleta"),
    ("pekanbaru", "sei sibam banjir", "Sungaisibam"),
    ("pekanbaru", "Tangkerang barat, marpoyan damai", "Tangkerang Barat"),
    ("bukittinggi", "di tarok ado rabah batang kayu", "Tarok Dipo"),
    ("bukittinggi", "Jln rusak kelurahan ATTS", "Aur Tajungkang Tangah Sawah"),
]


@pytest.mark.parametrize(("city", "text", "ward"), CASES, ids=[text for _, text, _ in CASES])
def test_the_matters_place_is_taken_and_no_other(city: str, text: str, ward: str | None) -> None:
    found = GAZETTEERS[city].find([text]).ward_code
    assert (read(city).wards[found].name if found else None) == ward


@pytest.mark.parametrize(
    ("city", "text", "candidates"),
    [
        ("pekanbaru", "tangkerang banjir", {"Tangkerang Barat", "Tangkerang Timur", "Tangkerang Utara"}),
        ("kupang", "naikoten banjir", {"Naikoten Satu", "Naikoten Dua"}),
        ("bengkulu", "jalan dari betungan ke pagar dewa rusak", {"Betungan", "Pagar Dewa"}),
        ("bengkulu", "Jl. Padang Harapan rusak", {"Padang Harapan"}),
        ("bengkulu", "kalau di sukarami bersih, kenapa tempat kami tidak", {"Sukarami"}),
    ],
)
def test_what_may_be_meant_is_a_candidate_and_not_guessed(city: str, text: str, candidates: set[str]) -> None:
    place = GAZETTEERS[city].find([text])
    names = {read(city).wards[one.ward_code].name for one in place.candidates if one.ward_code}
    assert place.ward_code is None
    assert candidates <= names


def test_wards_of_one_name_in_one_kecamatan_leave_the_kecamatan() -> None:
    place = GAZETTEERS["kupang"].find(["naikoten banjir"])
    assert (place.how, place.district_code) == ("district", "53.71.05")


def test_a_second_message_adds_its_kecamatan_to_the_first() -> None:
    alone = GAZETTEERS["bengkulu"].find(["lampu mati dekat berkas"])
    assert not alone.known
    both = GAZETTEERS["bengkulu"].find(["lampu mati dekat berkas", "kecamatan teluk segara"])
    assert both.ward_code == "17.71.03.1001"
