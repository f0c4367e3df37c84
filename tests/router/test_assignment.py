"""Who gets what, by the rules of the four cities."""

import pytest

from services.contracts.city import City
from services.router.assignment import Case, Chosen, choose, with_lead
from tests.router.cities import read

GADING, HARAPAN = "17.71.02", "17.71.02.1001"


def ward(city: City, name: str) -> tuple[str, str]:
    found = next(w for w in city.wards.values() if w.name == name)
    return city.district_of(found.code).code, found.code


def test_garbage_in_gading_cempaka_goes_to_the_office_and_the_camat() -> None:
    city = read("bengkulu")
    district, code = ward(city, "Padang Harapan")
    chosen = choose(city, Case("garbage", "environment", district_code=district, ward_code=code))
    assert chosen is not None
    assert (chosen.lead, chosen.territorial, chosen.unit) == ("dlh", "camat-gading-cempaka", "kebersihan")
    assert (chosen.rule, chosen.rules["territorial"]) == ("garbage_gading_cempaka", "garbage_gading_cempaka")


def test_without_a_place_the_office_alone_gets_it() -> None:
    assert choose(read("bengkulu"), Case("water_off", "water_utility")) == Chosen("pdam", "function.water_utility")


def test_a_neighbour_in_need_is_found_by_the_lurah() -> None:
    city = read("bengkulu")
    district, code = ward(city, "Padang Harapan")
    chosen = choose(city, Case("neighbour_in_need", "social", district_code=district, ward_code=code))
    assert chosen is not None
    assert (chosen.lead, chosen.territorial) == ("dinsos", "lurah-padang-harapan")


@pytest.mark.parametrize(
    ("about", "lead"),
    [
        ("rt", "lurah-manggis-ganting"),
        ("rw", "lurah-manggis-ganting"),
        ("lurah", "camat-mandiangin-koto-selayan"),
        ("camat", "sekda"),
        ("mayor", "inspektorat"),
        ("official", "inspektorat"),
    ],
)
def test_who_is_complained_about_never_gets_it_and_nobody_else_is_told(about: str, lead: str) -> None:
    city = read("bukittinggi")
    district, code = ward(city, "Manggis Ganting")
    case = Case("official_conduct", "village_ward", "normal", district, code, about, "camat-mandiangin-koto-selayan")  # type: ignore[arg-type]
    chosen = choose(city, case)
    assert chosen is not None
    assert chosen.seats == (lead,)


def test_a_subdistricts_own_number_leads_to_its_camat_first() -> None:
    city = read("bukittinggi")
    district, code = ward(city, "Manggis Ganting")
    case = Case("garbage", "environment", "normal", district, code, first_level="camat-mandiangin-koto-selayan")
    chosen = choose(city, case)
    assert chosen is not None
    assert (chosen.lead, chosen.rule, chosen.territorial) == (case.first_level, "first_level", "lurah-manggis-ganting")
    assert chosen.person


def test_danger_to_life_goes_to_rescue_first_whatever_the_door() -> None:
    city = read("bukittinggi")
    case = Case("fire", "disaster_fire", "danger", first_level="camat-mandiangin-koto-selayan")
    fire, wire = choose(city, case), choose(city, Case("power_cut", "power_utility", "danger"))
    assert fire is not None
    assert wire is not None
    assert (fire.lead, fire.rule, wire.lead, wire.rule) == ("damkar", "danger_fire", "bpbd", "danger_elsewhere")


def test_what_is_outside_the_citys_competence_waits_for_a_person() -> None:
    assert choose(read("kupang"), Case("power_cut", "power_utility")) is None


def test_every_function_of_the_city_leads_somewhere() -> None:
    for name in ("bengkulu", "bukittinggi", "kupang", "pekanbaru"):
        city = read(name)
        for agency in city.agencies:
            for function in agency.functions:
                chosen = choose(city, Case("x", function))
                assert chosen is not None
                assert function in city.seats[chosen.lead].functions


def test_a_persons_choice_of_the_lead_keeps_the_camat_beside_it() -> None:
    city = read("bengkulu")
    case = Case("garbage", "environment", district_code="17.71.02")
    ruled = with_lead(city, case, "pupr", ("dlh", "pupr"))
    assert (ruled.lead, ruled.rule, ruled.territorial) == ("pupr", "ruling", "camat-gading-cempaka")
    assert (ruled.supporting, ruled.unit) == (("dlh",), None)
    assert with_lead(city, case, "camat-gading-cempaka").territorial is None
