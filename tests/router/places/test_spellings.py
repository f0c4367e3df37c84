"""Every kelurahan in every usual spelling, counted; and how often a place is found where none is named."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.router.knowledge.texts import corpus
from services.router.places import Gazetteer, Pin
from services.router.places.ordinary import ORDINARY
from services.router.places.spelling import letters
from tests.router.cities import read
from tests.router.places import texts

CITIES = ("bengkulu", "bukittinggi", "kupang", "pekanbaru")
GAZETTEERS = {city: Gazetteer(read(city)) for city in CITIES}


def share(city: str, carriers: tuple[str, ...], leave_out: frozenset[str] = frozenset()) -> tuple[float, float]:
    """(found, taken for another) as shares of all sentences that name a kelurahan."""
    right = wrong = count = 0
    for code, _, text in texts.named(read(city), carriers):
        if code in leave_out:
            continue
        found = GAZETTEERS[city].find([text]).ward_code
        count, right, wrong = count + 1, right + (found == code), wrong + (found not in (code, None))
    return right / count, wrong / count


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("carriers", [texts.CARRIERS, texts.HELD_OUT], ids=["known", "held out"])
def test_ninety_five_of_a_hundred_names_are_found_and_next_to_none_is_taken_for_another(
    city: str, carriers: tuple[str, ...]
) -> None:
    right, wrong = share(city, carriers)
    assert right >= 0.95
    assert wrong <= 0.01


@pytest.mark.parametrize("city", CITIES)
def test_a_name_that_is_nothing_else_is_found_without_a_word_that_says_so(city: str) -> None:
    ordinary = frozenset(
        code for code, ward in read(city).wards.items() if letters(re.sub(r"\W", "", ward.name.lower())) in ORDINARY
    )
    right, wrong = share(city, texts.BARE, leave_out=ordinary)
    assert right >= 0.93
    assert wrong <= 0.01


@pytest.mark.parametrize("city", CITIES)
def test_two_of_a_hundred_sentences_without_a_place_are_given_one_at_most(city: str) -> None:
    invented = [text for text in texts.NOWHERE if GAZETTEERS[city].find([text]).known]
    assert len(invented) <= 0.02 * len(texts.NOWHERE), invented


@pytest.mark.parametrize("city", CITIES)
def test_our_own_complaints_which_name_no_place_of_these_cities_are_given_next_to_none(city: str) -> None:
    own = list(corpus())[::3]
    invented = [text for text in own if GAZETTEERS[city].find([text]).known]
    assert len(invented) <= 0.003 * len(own), invented


@pytest.mark.parametrize(
    ("city", "text"),
    [
        ("pekanbaru", "sambungan baru sudah dibayar tapi tidak dipasang"),
        ("kupang", "rumah sakit manulak orang miskin"),
        ("kupang", "kelapa lima butir harganya naik"),
        ("bengkulu", "pintu batu bata di gudang pecah"),
    ],
)
def test_an_ordinary_word_is_no_misspelled_name_and_what_is_counted_is_a_thing(city: str, text: str) -> None:
    assert not GAZETTEERS[city].find([text]).known


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text(max_size=80), max_size=3),
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=2),
)
def test_nothing_that_people_send_is_an_error(said: list[str], pins: list[tuple[float, float]]) -> None:
    for gazetteer in GAZETTEERS.values():
        place = gazetteer.find(said, [Pin(latitude, longitude) for latitude, longitude in pins])
        assert place.known == (place.how in ("pin", "named", "landmark", "district"))
        for text in said:
            gazetteer.without_names(text)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_name_among_any_words_gives_its_own_place_or_none_of_another_name(data: st.DataObject) -> None:
    city = read("bengkulu")
    ward = data.draw(st.sampled_from([w for w in city.wards.values() if w.name not in ("Sawah Lebar", "Rawa Makmur")]))
    before = data.draw(st.sampled_from(texts.NOWHERE))
    place = GAZETTEERS["bengkulu"].find([f"{before}. Lokasi kelurahan {ward.name}."])
    assert place.ward_code == ward.code
