"""Whose is it, as tables: the five practices and the cases that rules are made for, in the four cities."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.base import Function
from services.contracts.city import Agency, City, Unit
from services.contracts.city.conflicts import conflict_free
from services.contracts.city.rules import Rules
from services.router.rules.case import Case, Chosen
from services.router.rules.choosing import Book
from services.runtime import cities
from tests.router.cities import read

MANDIANGIN = "camat-mandiangin-koto-selayan"
DAY, NIGHT = datetime(2026, 3, 3, 3, 0, tzinfo=UTC), datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
NYEPI = datetime(2026, 3, 19, 3, 0, tzinfo=UTC)


def chosen(city: str | City, category: str, function: Function, **more: object) -> Chosen | None:
    known = read(city) if isinstance(city, str) else city
    place = more.pop("ward", None)
    if place is not None:
        ward = next(w for w in known.wards.values() if w.name == place)
        more |= {"ward_code": ward.code, "district_code": known.district_of(ward.code).code}
    return Book(known).choose(Case(category, function, **more))  # type: ignore[arg-type]


def seats(found: Chosen | None) -> tuple[str, str | None, tuple[str, ...]]:
    assert found is not None
    return found.lead, found.territorial, found.supporting


@pytest.mark.parametrize(
    ("city", "category", "function", "more", "gets"),
    [
        # Bengkulu: both are tagged, each with a clock of its own; the utility is an agency like any other
        ("bengkulu", "garbage", "environment", {"ward": "Padang Harapan"}, ("dlh", "camat-gading-cempaka", ())),
        ("bengkulu", "water_off", "water_utility", {"ward": "Padang Harapan"}, ("pdam", "camat-gading-cempaka", ())),
        ("bengkulu", "water_off", "water_utility", {}, ("pdam", None, ())),
        ("bengkulu", "neighbour_in_need", "social", {"ward": "Bentiring"}, ("dinsos", "lurah-bentiring", ())),
        ("bengkulu", "sport_facility", "tourism_sport", {}, ("dispora", None, ())),
        ("bengkulu", "tourist_site", "tourism_sport", {}, ("dispar", None, ())),
        # Bukittinggi: the sub-district's own number, its chain, who is complained about
        ("bukittinggi", "garbage", "environment", {"ward": "Manggis Ganting", "first_level": MANDIANGIN},
         (MANDIANGIN, "lurah-manggis-ganting", ())),
        ("bukittinggi", "garbage", "environment", {"ward": "Manggis Ganting"}, ("dlh", MANDIANGIN, ())),
        ("bukittinggi", "fire", "disaster_fire", {"first_level": MANDIANGIN, "urgency": "danger"},
         ("damkar", None, ())),
        ("bukittinggi", "ambulance", "health", {"first_level": MANDIANGIN, "urgency": "danger"}, ("dinkes", None, ())),
        ("bukittinggi", "official_conduct", "village_ward",
         {"ward": "Manggis Ganting", "about": "lurah", "against": "lurah-manggis-ganting", "first_level": MANDIANGIN},
         (MANDIANGIN, None, ())),
        ("bukittinggi", "official_conduct", "village_ward", {"about": "lurah", "first_level": MANDIANGIN},
         (MANDIANGIN, None, ())),
        ("bukittinggi", "official_conduct", "village_ward", {"about": "lurah"}, ("sekda", None, ())),
        ("bukittinggi", "official_conduct", "village_ward", {"ward": "Manggis Ganting", "about": "rw"},
         ("lurah-manggis-ganting", None, ())),
        ("bukittinggi", "official_conduct", "village_ward", {"about": "rt", "first_level": MANDIANGIN},
         (MANDIANGIN, None, ())),
        ("bukittinggi", "official_conduct", "village_ward",
         {"ward": "Manggis Ganting", "about": "camat", "against": MANDIANGIN, "first_level": MANDIANGIN},
         ("sekda", None, ())),
        ("bukittinggi", "official_conduct", "village_ward", {"about": "mayor", "against": "walikota"},
         ("inspektorat", None, ())),
        ("bukittinggi", "ward_service", "village_ward", {"ward": "Manggis Ganting"},
         ("lurah-manggis-ganting", None, ())),
        ("bukittinggi", "market_facility", "trade_markets", {"district_code": "13.75.01", "at": NYEPI},
         ("perdagangan", "camat-guguak-panjang", ("satpol-pp",))),
        # Pekanbaru: two offices declare food, a rule tells them apart; the dump site has a unit
        ("pekanbaru", "livestock", "agriculture_food", {}, ("pertanian", None, ())),
        ("pekanbaru", "food_stock", "agriculture_food", {}, ("ketapang", None, ())),
        # corruption in an office: never the office, with and without knowing which
        ("pekanbaru", "official_conduct", "public_works", {"about": "official"}, ("inspektorat", None, ())),
        ("pekanbaru", "official_conduct", "public_works", {"about": "official", "against": "pupr"},
         ("inspektorat", None, ())),
        ("pekanbaru", "garbage", "environment", {"about": "agency", "against": "dlhk"}, ("inspektorat", None, ())),
        # Kupang: day, night and holiday
        ("kupang", "road_damage", "public_works", {"urgency": "urgent", "at": DAY}, ("pupr", None, ())),
        ("kupang", "road_damage", "public_works", {"urgency": "urgent", "at": NIGHT}, ("pupr", None, ("bpbd",))),
        ("kupang", "road_damage", "public_works", {"urgency": "urgent", "at": NYEPI}, ("pupr", None, ("bpbd",))),
        ("kupang", "road_damage", "public_works", {"at": NIGHT}, ("pupr", None, ())),
        ("kupang", "power_cut", "power_utility", {"urgency": "danger"}, ("bpbd", None, ())),
        ("kupang", "flood_rescue", "disaster_fire", {"urgency": "danger"}, ("bpbd", None, ())),
        ("kupang", "drain_clogged", "public_works", {"urgency": "danger"}, ("bpbd", None, ("pupr",))),
        ("kupang", "animal_rescue", "disaster_fire", {}, ("damkar", None, ())),
    ],
)  # fmt: skip
def test_who_gets_it(
    city: str, category: str, function: Function, more: dict[str, object], gets: tuple[str, str | None, tuple[str, ...]]
) -> None:  # fmt: skip
    """Lead, territorial seat, supporting ones."""
    assert seats(chosen(city, category, function, **more)) == gets


def test_the_first_rule_that_says_a_part_gives_it_and_leaves_the_others_to_those_below() -> None:
    found = chosen("bengkulu", "road_damage", "public_works", ward="Padang Harapan", urgency="urgent", at=NIGHT)
    assert found is not None
    assert (found.rule, found.unit) == ("function.public_works", "bina-marga")
    assert found.rules == {"supporting": "night_watch", "territorial": "camat_beside", "unit": "roads"}


def test_who_was_named_but_is_complained_about_stands_in_the_answer() -> None:
    found = chosen("bengkulu", "garbage", "environment", ward="Padang Harapan", against="camat-gading-cempaka")
    assert found is not None
    assert (found.lead, found.territorial, found.left_out) == ("dlh", None, ("camat-gading-cempaka",))


def declared(*agencies: Agency) -> City:
    """Kupang with these offices beside its own, and no rules."""
    city = read("kupang")
    return cities.remade(city, rules=Rules(), agencies=(*city.agencies, *agencies))


def test_without_rules_the_office_that_declares_the_function_there_gets_it_and_two_leave_it_to_people() -> None:
    near = Agency(id="upt-oebobo", name="UPT Kebersihan Oebobo", functions=("environment",), areas=("Oebobo",))
    city = declared(near)
    oebobo = next(d for d in city.districts if d.name == "Oebobo")
    there = chosen(city, "garbage", "environment", ward=oebobo.wards[0].name)
    assert there is not None
    assert (there.lead, there.rule) == ("upt-oebobo", "function.environment")
    assert seats(chosen(city, "garbage", "environment"))[0] == "dlhk"
    assert chosen(city, "fire", "disaster_fire") is None


def test_a_unit_that_declares_the_function_is_named_and_a_unit_of_the_place_goes_first() -> None:
    units = (
        Unit(id="penyuluhan", name="Bidang Penyuluhan", functions=("agriculture_food",)),
        Unit(id="upt-alak", name="UPT Alak", functions=("agriculture_food",), areas=("Alak",)),
    )
    city = read("kupang")
    agencies = tuple(
        Agency.model_validate({**a.model_dump(), "units": units}) if a.id == "pertanian" else a for a in city.agencies
    )
    city = cities.remade(city, agencies=agencies)
    everywhere = chosen(city, "farming", "agriculture_food")
    alak = chosen(
        city, "farming", "agriculture_food", district_code=next(d.code for d in city.districts if d.name == "Alak")
    )
    assert everywhere is not None
    assert alak is not None
    assert (everywhere.unit, alak.unit) == ("penyuluhan", "upt-alak")


CITIES = [read(name) for name in ("bengkulu", "bukittinggi", "kupang", "pekanbaru")]


@st.composite
def cases(draw: st.DrawFn) -> tuple[City, Case]:
    city = draw(st.sampled_from(CITIES))
    ward = draw(st.sampled_from([None, *city.wards]))
    case = Case(
        category=draw(st.sampled_from(["garbage", "fire", "official_conduct", "unfit_house", "sport_facility", "x"])),
        function=draw(st.sampled_from(list(Function.__args__))),  # type: ignore[attr-defined]
        urgency=draw(st.sampled_from(["normal", "urgent", "danger"])),
        district_code=city.district_of(ward).code if ward else draw(st.sampled_from([None, city.districts[0].code])),
        ward_code=ward,
        about=draw(st.sampled_from([None, "rt", "rw", "lurah", "camat", "agency", "official", "mayor"])),
        first_level=draw(st.sampled_from([None, city.district_seat(city.districts[0])])),
        against=draw(st.sampled_from([None, *city.seats])),
        at=draw(st.sampled_from([None, DAY, NIGHT, NYEPI])),
    )
    return city, case


@settings(max_examples=300)
@given(cases())
def test_one_lead_that_the_city_has_and_nobody_who_is_complained_about_or_a_person_decides(
    given_: tuple[City, Case],
) -> None:
    city, case = given_
    found = Book(city).choose(case)
    if found is None:
        return
    assert len(set(found.seats)) == len(found.seats)
    assert set(found.seats) <= set(city.seats)
    assert case.against not in found.seats
    assert all(conflict_free(city, case, seat) for seat in found.seats)
    assert not set(found.left_out) & set(found.seats)
