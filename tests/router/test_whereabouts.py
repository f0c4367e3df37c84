"""Addresses are left out before a message is read; an office that is complained of is not. Our own sentences."""

import pytest

from services.router.screening.propose import propose
from services.router.screening.reading import read


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Got mampet di kelurahan Padang Harapan", "got tersumbat di"),
        ("got mampet kel. Sukarami RT 05 RW 02", "got tersumbat"),
        ("pak lurah got mampet di RT 3", "pak got tersumbat di"),
        ("di kecamatan kami jalan rusak", "di kami jalan rusak"),
        ("warga RT 05 RW 02 kelurahan Gading Cempaka lampu mati", "warga lampu mati"),
        ("sampah menumpuk di dekat kantor lurah", "sampah menumpuk di dekat"),
        ("pohon tumbang depan kantor dinas kesehatan kota", "pohon tumbang depan"),
        ("got belakang SD negeri 12 bau", "got belakang bau"),
        ("banjir di perumahan", "banjir di"),
        # the office itself
        ("petugas kelurahan minta uang", "petugas kelurahan minta uang"),
        ("pak lurah kami jarang di tempat", "pak lurah kami jarang di tempat"),
        ("pak rt 05 pilih kasih", "pak rt 05 pilih kasih"),
        ("kantor lurah tutup", "kantor lurah tutup"),
        ("urus surat di kelurahan lama", "urus surat di kelurahan lama"),
        ("kepala desa diam saja soal dana desa", "kepala desa diam saja soal dana desa"),
    ],
)
def test_an_address_is_no_part_of_the_matter(text: str, left: str) -> None:
    assert " ".join(read([text]).words) == left


@pytest.mark.parametrize("where", ["di kelurahan sukamaju", "kel. sukamaju rt 05 rw 02", "di rt 3", "pak lurah,", ""])
def test_where_it_is_changes_little_of_what_it_is(where: str) -> None:
    found = propose([f"{where} got mampet" if where.startswith("pak") else f"got mampet {where}"])
    assert found.function == "public_works"
    assert found.functions[0].p >= 0.85


@pytest.mark.parametrize(
    "text",
    [
        "lurah kami jarang masuk kantor",
        "pelayanan kelurahan lambat sekali",
        "pak rt pilih kasih membagi sembako",
        "kantor camat jam dua sudah tutup",
        "minta surat keterangan di kelurahan dipersulit",
    ],
)
def test_what_is_about_the_wards_own_service_is_the_wards(text: str) -> None:
    assert propose([text]).functions[0].function == "village_ward"
