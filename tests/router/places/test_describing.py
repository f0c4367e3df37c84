"""Street, landmark, RT and RW, as a person would note them down."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.router.places import Gazetteer
from services.router.places.describing import described, neighbours
from tests.router.cities import read

GAZETTEER = Gazetteer(read("bengkulu"))


@pytest.mark.parametrize(
    ("text", "rt", "rw"),
    [
        ("di RT 05/RW 02", "05", "02"),
        ("rt5 rw2", "05", "02"),
        ("rt5rw2", "05", "02"),
        ("RT.05/02", "05", "02"),
        ("RT/RW 005/012", "05", "12"),
        ("rt 5 rw ii", "05", "02"),
        ("Rt. 12, Rw. 03", "12", "03"),
        ("RT 5 RW IX", "05", "09"),
        ("rukun tetangga 7", "07", None),
        ("rw 4 gelap", None, "04"),
        ("kami di art 5 pasar", None, None),
        ("pak rt tidak pernah datang", None, None),
    ],
)
def test_rt_and_rw_are_read_in_every_form(text: str, rt: str | None, rw: str | None) -> None:
    assert neighbours([text]) == (rt, rw)


@pytest.mark.parametrize(
    ("text", "street", "landmark"),
    [
        ("got depan SD 12 mampet", None, "sd 12"),
        ("min got depan masjid rajawali mampet, bau, udah 2 minggu", None, "masjid rajawali"),
        ("macet di simpang lima", None, "simpang lima"),
        ("Jl. Kenari Indah, depan rumah no. 4, berlubang", "jl kenari indah", None),
        ("gang mawar 3 gelap, belakang mesjid at taqwa", "gang mawar 3", "mesjid at taqwa"),
        ("dekat masjid", None, None),
        ("toko 2 lantai", None, None),
        ("jalan rusak parah", None, None),
        ("lampu jalan mati", None, None),
    ],
)
def test_streets_and_landmarks_are_those_with_a_name(text: str, street: str | None, landmark: str | None) -> None:
    found = described(GAZETTEER, [text])
    assert (found["street"], found["landmark"]) == (street, landmark)


def test_a_whole_address_is_taken_apart() -> None:
    found = described(GAZETTEER, ["Lampu mati di Jl. Kenari Indah RT 05 RW 02, depan SMP 4, Kel. Padang Harapan"])
    assert found["ward_code"] == "17.71.02.1001"
    assert (found["rt"], found["rw"], found["outside"]) == ("05", "02", False)
    assert (found["street"], found["landmark"]) == ("jl kenari indah", "smp 4")


@given(st.lists(st.text(max_size=60), max_size=3))
def test_whatever_is_said_it_can_be_told_as_json(said: list[str]) -> None:
    json.dumps(described(GAZETTEER, said))
