"""Whom a seat may hand a complaint to: up and down its line, beyond it by a rule of the city."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.city import City, Neighbourhood
from services.contracts.city.handing import Handed
from services.contracts.city.handing import may_hand_off as may_with
from tests.router.cities import read

GARBAGE = Handed("environment", district_code="17.71.02")
TREES = Handed("environment")


def may_hand_off(city: City, handed: Handed, giver: str, to: str) -> bool:
    return may_with(city, city.rules, handed, giver, to)


def with_neighbourhoods(city: City) -> City:
    ward = next(w for w in city.wards.values() if w.name == "Padang Harapan")
    listed = (Neighbourhood(ward=ward.code, rw="02"), Neighbourhood(ward=ward.code, rw="02", rt="05"))
    return City.model_validate({**city.model_dump(exclude={"rules", "neighbourhoods"}), "neighbourhoods": listed})


@pytest.mark.parametrize(
    ("giver", "to", "may"),
    [
        ("rt-05-rw-02-padang-harapan", "rw-02-padang-harapan", True),
        ("rw-02-padang-harapan", "lurah-padang-harapan", True),
        ("lurah-padang-harapan", "rt-05-rw-02-padang-harapan", True),
        ("lurah-padang-harapan", "camat-gading-cempaka", True),
        ("camat-gading-cempaka", "lurah-padang-harapan", True),
        ("camat-gading-cempaka", "dlh", True),
        ("camat-gading-cempaka", "sekda", True),
        ("dlh", "asisten-2", True),
        ("dlh", "walikota", True),
        ("sekda", "dlh", True),
        ("tim-saring", "pupr", True),
        ("lurah-padang-harapan", "dlh", False),
        ("lurah-padang-harapan", "camat-selebar", False),
        ("lurah-padang-harapan", "lurah-jalan-gedang", False),
        ("camat-gading-cempaka", "pupr", False),
        ("dlh", "pupr", False),
        ("dlh", "camat-gading-cempaka", False),
        ("rt-05-rw-02-padang-harapan", "dlh", False),
        ("nobody", "dlh", False),
        ("dlh", "nobody", False),
    ],
)
def test_a_complaint_goes_up_and_down_the_line_and_from_the_kecamatan_to_the_office_of_its_function(
    giver: str, to: str, may: bool
) -> None:
    assert may_hand_off(with_neighbourhoods(read("bengkulu")), GARBAGE, giver, to) is may


def test_offices_hand_on_sideways_only_what_a_rule_of_the_city_names() -> None:
    city = read("bengkulu")
    assert may_hand_off(city, TREES, "dlh", "perkim")
    assert may_hand_off(city, TREES, "perkim", "dlh")
    assert not may_hand_off(city, Handed("water_utility"), "dlh", "perkim")
    assert not may_hand_off(read("kupang"), TREES, "dlhk", "perkim")


@given(st.sampled_from(list(read("kupang").seats)), st.sampled_from(list(read("kupang").seats)))
def test_what_may_go_down_to_a_seat_may_come_back_up(giver: str, to: str) -> None:
    city = read("kupang")
    superior = city.seats[to].superior
    if superior == giver:
        assert may_hand_off(city, GARBAGE, giver, to)
        assert may_hand_off(city, GARBAGE, to, giver)
