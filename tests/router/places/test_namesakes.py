"""Every kelurahan's name where it heads a message or ends an address, and where somebody or something is called so."""

import pytest

from services.router.places import Gazetteer
from services.router.places.ordinary import ORDINARY
from services.router.places.spelling import squeeze
from tests.router.cities import read

CITIES = ("bengkulu", "bukittinggi", "kupang", "pekanbaru")
GAZETTEERS = {city: Gazetteer(read(city)) for city in CITIES}

PLACE = (
    "{}: tiang telkom miring, mau roboh menimpa kabel",
    "{} - pohon tua mau tumbang",
    "{} \N{EN DASH} parit penuh eceng gondok",
    "Yth. Bapak Wali Kota, sudah tiga malam PJU padam. Alamat: Jl. Cendana No. 14 RT 03/01 {}",
    "anjing gila berkeliaran di wilayah kel. {}, tolong",
)
NO_PLACE = (
    "PT {} belum membayar gaji kami",
    "karyawan CV {} tidak didaftarkan",
    "toko {} menjual gas oplosan",
    "TK {} minta pungutan terus",
    "RM {} buang limbah ke got",
    "nama petugasnya {}, orangnya kasar",
    "nama anak saya {}, umur enam tahun",
    "dulu saya tinggal di Jl {} Bandung, mau pindah KK",
    "Jalan {} di Jakarta saja mulus",
    "bukan {} ya pak, salah kirim tadi",
    "saudara saya di {} Jakarta kebanjiran",
    "di {} Makassar lampunya terang semua",
    "waktu di {} di Bandung sampah diangkut tiap hari",
)


@pytest.mark.parametrize("city", CITIES)
def test_a_name_that_heads_a_message_or_ends_an_address_is_where_it_is(city: str) -> None:
    told = [(ward, text.format(ward.name)) for ward in read(city).wards.values() for text in PLACE]
    found = [GAZETTEERS[city].find([text]).ward_code for _, text in told]
    right = sum(code == ward.code for (ward, _), code in zip(told, found, strict=True))
    assert right >= 0.95 * len(told), [text for (w, text), code in zip(told, found, strict=True) if code != w.code]
    assert all(code in (ward.code, None) for (ward, _), code in zip(told, found, strict=True))


@pytest.mark.parametrize("city", CITIES)
def test_what_is_called_like_a_kelurahan_is_none(city: str) -> None:
    texts = [text.format(ward.name) for ward in read(city).wards.values() for text in NO_PLACE]
    assert [text for text in texts if GAZETTEERS[city].find([text]).known] == []


@pytest.mark.parametrize("city", CITIES)
def test_a_thing_that_is_listed_behind_a_colon_heads_nothing(city: str) -> None:
    for name, ordinary in ORDINARY.items():
        if ordinary.need in ("far", "mark") and not name.startswith(("kampung", "kota", "pasar", "padang", "simpang")):
            assert not GAZETTEERS[city].find([f"{name}: KTP, KK, akta"]).known


@pytest.mark.parametrize(
    ("city", "text"),
    [
        ("kupang", "Pak Maulana tidak datang ke rapat"),
        ("kupang", "saya Maulana mau tanya jadwal KIR"),
        ("kupang", "nama saya Bello, mau tanya KTP"),
        ("pekanbaru", "Ibu Delima belum dapat bansos"),
        ("pekanbaru", "Bu Maharani memarahi murid"),
        ("pekanbaru", "Delia belum dapat rapor"),
        ("bengkulu", "Pak Sukarmi tidak datang ke rapat"),
        ("bengkulu", "Toko Berkah tutup terus, di Berkah banyak lalat"),
        ("bengkulu", "aplikasi Panorama tidak bisa dibuka"),
        ("bukittinggi", "Sapriyan belum dilayani di Dukcapil"),
    ],
)
def test_a_person_or_a_brand_beside_a_name_is_not_misspelled(city: str, text: str) -> None:
    assert not GAZETTEERS[city].find([text]).known


@pytest.mark.parametrize(
    ("city", "text", "ward"),
    [
        ("bengkulu", "pak sukarami banjir lagi, tolong", "Sukarami"),
        ("bengkulu", "Bu, di Panorama lampu mati semua", "Panorama"),
        ("bengkulu", "min panorama rt 4 gelap", "Panorama"),
        ("pekanbaru", "pak delima banjir lagi", "Delima"),
        ("pekanbaru", "Tangk. Selatan gelap min", "Tangkerang Selatan"),
        ("pekanbaru", "sampah di sidomulyo tim. belum diangkut", "Sidomulyo Timur"),
        ("bengkulu", "pem. gubernur banjir", "Pematang Gubernur"),
        ("bengkulu", "tel. sepang berdebu batu bara", "Teluk Sepang"),
        ("bengkulu", "dipadang harapan lampu mati", "Padang Harapan"),
        ("kupang", "warga Alak belum dapat air, di Alak su seminggu", "Alak"),
    ],
)
def test_whoever_is_spoken_to_stands_before_a_place_all_the_same(city: str, text: str, ward: str) -> None:
    code = GAZETTEERS[city].find([text]).ward_code
    assert code is not None
    assert squeeze(read(city).wards[code].name.lower().split()) == squeeze(ward.lower().split())
