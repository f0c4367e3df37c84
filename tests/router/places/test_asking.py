"""What a proposal says of a doubtful place, and when its reporter is asked."""

from collections.abc import Mapping
from typing import Any

import pytest

from services.complaint.events import Matter, Whereabouts
from services.router.places import Gazetteer, Pin
from services.router.places.asking import whereabouts
from tests.router.cities import read

CITY = read("pekanbaru")
GAZETTEER = Gazetteer(CITY)


def of(text: str, *pins: Pin, known_matter: bool = True, **changes: Any) -> Whereabouts | None:
    fields: Mapping[str, Any] = {
        "kind": "complaint", "category": "drain", "function": "public_works", "urgency": "normal",
        "confidentiality": "normal", **changes,
    }  # fmt: skip
    return whereabouts(GAZETTEER.find([text], pins), Matter.model_validate(fields), known_matter=known_matter)


def test_a_place_that_is_known_leaves_no_doubt() -> None:
    assert of("got mampet di kelurahan Kulim") is None


def test_several_that_are_possible_are_asked_for_by_name() -> None:
    found = of("got mampet di tangkerang")
    assert found is not None
    assert (found.how, found.ask) == ("ambiguous", True)
    names = [CITY.wards[one.ward_code].name for one in found.candidates if one.ward_code]
    assert all(name.startswith("Tangkerang") for name in names)
    assert len(names) > 2


def test_a_kecamatan_is_enough() -> None:
    found = of("got mampet di kecamatan Tenayan Raya")
    assert found is not None
    assert (found.how, found.ask) == ("district", False)


@pytest.mark.parametrize(
    "changes",
    [
        {"urgency": "danger"},
        {"confidentiality": "secret"},
        {"kind": "suggestion"},
        {"kind": "question"},
        {"function": "civil_registry"},
        {"known_matter": False},
    ],
)
def test_nobody_is_asked_where_it_does_not_matter_or_would_be_wrong_to_ask(changes: dict[str, Any]) -> None:
    found = of("got mampet", **changes)
    assert found is not None
    assert not found.ask


def test_a_pin_beyond_the_city_is_said_and_asked_for() -> None:
    found = of("got mampet", Pin(-6.2, 106.8))
    assert found is not None
    assert (found.how, found.ask) == ("outside", True)


def test_a_pin_that_disagrees_with_the_words_is_marked_and_nobody_is_asked() -> None:
    kulim = CITY.wards["14.71.14.1001"]
    found = of("got mampet di kelurahan Delima", Pin(kulim.latitude, kulim.longitude))
    assert found is not None
    assert (found.how, found.disagrees, found.ask) == ("pin", True, False)
    assert [one.why for one in found.candidates][:2] == ["pin", "named"]
