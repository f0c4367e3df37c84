"""A kelurahan from a list or a poster: over the words, under a pin; and the poster's code in every city."""

import pytest

from services.contracts import place_codes
from services.router.places.chosen import chosen
from services.router.places.place import Place
from services.runtime.cities import load
from tests.conftest import ROOT

CITIES = load(ROOT / "deploy" / "cities")
CITY = CITIES["bengkulu"]
HERE, THERE = list(CITY.wards)[:2]
AT_PIN = Place(THERE, CITY.district_of(THERE).code, "pin")


@pytest.mark.parametrize(
    ("place", "ward", "expected", "disagrees"),
    [
        (Place(), HERE, HERE, False),
        (Place(how="ambiguous"), HERE, HERE, False),
        (Place(None, CITY.district_of(HERE).code, "district"), HERE, HERE, False),
        (Place(HERE, CITY.district_of(HERE).code, "named"), HERE, HERE, False),
        (Place(THERE, CITY.district_of(THERE).code, "named"), HERE, HERE, True),
        (AT_PIN, HERE, THERE, False),
        (Place(how="outside"), HERE, None, False),
        (Place(), "99.99.99.9999", None, False),
        (Place(), None, None, False),
    ],
)  # fmt: skip
def test_what_was_chosen_counts(place: Place, ward: str | None, expected: str | None, disagrees: bool) -> None:
    got = chosen(CITY, place, ward)
    assert (got.ward_code, got.disagrees) == (expected, disagrees)
    assert got.district_code == (None if expected is None else CITY.district_of(expected).code)


def test_every_kelurahan_has_a_code_of_its_own_that_is_found_in_a_sentence() -> None:
    for city in CITIES.values():
        codes = {place_codes.code(ward): ward for ward in city.wards}
        assert len(codes) == len(city.wards)
        for code, ward in codes.items():
            assert place_codes.find(city, f"Lapor untuk Kelurahan Contoh ({code}). Lampu mati") == ward


@pytest.mark.parametrize("text", ["", "#", "#999999", "#12345", "#0210011", "nomor 021001", "##", "# 021001"])
def test_what_is_no_code_of_the_city_names_nothing(text: str) -> None:
    assert place_codes.find(CITY, text) is None
