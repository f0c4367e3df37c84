"""What a city may hand in as its boundaries, and what it is told of a file that can't be used."""

import json
from typing import Any

import pytest

from services.router.places.geojson import NotUsable, read_boundaries
from tests.router.cities import read
from tests.router.places.drawn import geojson, square, squares

CITY = read("bukittinggi")
FIRST = "13.75.01.1001"


def wrong(content: bytes) -> str:
    with pytest.raises(NotUsable) as told:
        read_boundaries(CITY, content)
    return str(told.value)


def with_first(geometry: Any) -> bytes:
    return geojson({**squares(CITY), FIRST: geometry})


def test_codes_are_found_whatever_their_property_is_called_and_with_or_without_dots() -> None:
    plain = {code.replace(".", ""): one for code, one in squares(CITY).items()}
    for name in ("kode", "KODE_KEL", "id"):
        found = read_boundaries(CITY, geojson(plain, name))
        assert set(found.wards) == set(CITY.wards)
        assert found.remarks == ()


def test_two_features_of_one_kelurahan_are_its_two_parts() -> None:
    ward = CITY.wards[FIRST]
    file = json.loads(geojson(squares(CITY)))
    island = {"type": "Polygon", "coordinates": square(ward.longitude + 0.002, ward.latitude, 0.0003)}
    file["features"].append({"type": "Feature", "properties": {"kode": FIRST}, "geometry": island})
    assert len(read_boundaries(CITY, json.dumps(file).encode()).wards[FIRST]) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "no JSON"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "no features"),
        (geojson({"99.99.99.9999": squares(CITY)[FIRST]}), "no property"),
        (with_first({"type": "Point", "coordinates": [100.0, 0.0]}), "neither Polygon"),
        (with_first({"type": "Polygon", "coordinates": []}), "without rings|no coordinates"),
        (
            with_first({"type": "Polygon", "coordinates": [[[100.0, 0.0], [100.1, 0.0], [100.0, 0.0]]]}),
            "fewer than four",
        ),
        (
            with_first({"type": "Polygon", "coordinates": [[[100.0, 0.0], [100.1, 0.0], [100.1, 0.1], [100.0, 0.1]]]}),
            "not closed",
        ),
        (with_first({"type": "Polygon", "coordinates": [[["a", 0.0]] * 4]}), "no pair of numbers"),
        (with_first({"type": "Polygon", "coordinates": square(-0.3, 100.4, 0.001)}), "longitude comes first"),
        (with_first({"type": "Polygon", "coordinates": square(101.0, -0.3, 0.001)}), "more than 5 km"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_with_its_reason(content: bytes, said: str) -> None:
    assert any(part in wrong(content) for part in said.split("|"))


def test_a_file_in_metres_is_refused() -> None:
    file = json.loads(geojson(squares(CITY)))
    file["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32747"}}
    assert "WGS 84" in wrong(json.dumps(file).encode())


def test_missing_kelurahan_are_named() -> None:
    some = {code: one for code, one in squares(CITY).items() if code != FIRST}
    assert "Tarok Dipo" in wrong(geojson(some))


def test_what_is_of_another_city_is_left_out_and_said() -> None:
    found = read_boundaries(CITY, geojson({**squares(CITY), "13.71.01.1001": squares(CITY)[FIRST]}))
    assert "13.71.01.1001" in found.remarks[0]


def test_overlaps_are_said_and_large_ones_refused() -> None:
    neighbour = CITY.wards["13.75.01.1002"]
    little = square(neighbour.longitude + 0.0009, neighbour.latitude, 0.0005)
    first = CITY.wards[FIRST]
    near = {"type": "MultiPolygon", "coordinates": [square(first.longitude, first.latitude, 0.0005), little]}
    assert any("too" in one for one in read_boundaries(CITY, with_first(near)).remarks)
    much = {
        "type": "MultiPolygon",
        "coordinates": [*near["coordinates"][:1], squares(CITY)[neighbour.code]["coordinates"]],
    }
    assert "lies in" in wrong(with_first(much))
