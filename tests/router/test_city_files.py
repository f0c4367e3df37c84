"""The four city files that come with the product."""

import pytest

from services.contracts.base import OUT_OF_COMPETENCE, Function
from services.contracts.city import City
from tests.router.cities import read

CITIES = ("bengkulu", "bukittinggi", "kupang", "pekanbaru")


@pytest.fixture(params=CITIES)
def city(request: pytest.FixtureRequest) -> City:
    return read(request.param)


@pytest.mark.parametrize(
    ("name", "districts", "wards"),
    [("bengkulu", 9, 67), ("bukittinggi", 3, 24), ("kupang", 6, 51), ("pekanbaru", 15, 83)],
)
def test_every_kecamatan_and_kelurahan_is_a_seat(name: str, districts: int, wards: int) -> None:
    seats = read(name).seats.values()
    assert sum(seat.kind == "district" for seat in seats) == districts
    assert sum(seat.kind == "ward" for seat in seats) == wards


def test_a_city_has_at_least_fifteen_offices_and_its_water_utility(city: City) -> None:
    assert len(city.agencies) >= 15
    assert [agency.id for agency in city.agencies if agency.utility] == ["pdam"]


def test_every_function_in_the_citys_competence_has_an_office(city: City) -> None:
    covered = {function for agency in city.agencies for function in agency.functions}
    assert set(Function.__args__) - OUT_OF_COMPETENCE <= covered  # type: ignore[attr-defined]


def test_the_seats_that_rules_name_exist(city: City) -> None:
    for seat in ("walikota", "wawali", "sekda", "asisten-1", "asisten-2", "inspektorat", "desk", "dpo"):
        assert seat in city.seats
    assert [seat.id for seat in city.leaders if seat.kind == "screening"]


def test_superiors_lead_up_to_the_mayor(city: City) -> None:
    for seat in city.seats.values():
        steps, at = 0, seat
        while at.superior is not None:
            at, steps = city.seats[at.superior], steps + 1
            assert steps < 10
        assert at.id == "walikota"


def test_no_two_doors_share_a_phone_number_id() -> None:
    numbers = [door.phone_number_id for name in CITIES for door in read(name).doors if door.phone_number_id]
    assert len(numbers) == len(set(numbers)) == 6


def test_a_subdistricts_own_number_hides_its_reporters() -> None:
    door = read("bukittinggi").door("mandiangin-koto-selayan")
    assert (door.confidentiality, door.first_level) == ("anonymous", "camat-mandiangin-koto-selayan")
