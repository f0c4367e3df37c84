"""Pins and polygons: ours against a geometry library, invented ones always and real ones where they are given."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, geometry, unary_union

from services.router.places import Gazetteer, Pin
from services.router.places.geojson import read_boundaries
from services.router.places.points import Points
from services.router.places.shapes import BESIDE_KM, WardShapes
from tests.router.cities import read
from tests.router.places.drawn import FOLDER, polygon, real, squares

CITIES = ("bengkulu", "bukittinggi", "kupang", "pekanbaru")
LEFT = (((100.0, 0.0), (101.0, 0.0), (101.0, 1.0), (100.0, 1.0), (100.0, 0.0)),)
HOLE = ((100.4, 0.4), (100.6, 0.4), (100.6, 0.6), (100.4, 0.6), (100.4, 0.4))
RIGHT = (((101.0, 0.0), (102.0, 0.0), (102.0, 1.0), (101.0, 1.0), (101.0, 0.0)),)
ISLAND = (((103.0, 0.0), (103.2, 0.0), (103.2, 0.2), (103.0, 0.2), (103.0, 0.0)),)


def test_a_pin_is_in_the_polygon_around_it_with_its_islands_and_without_its_holes() -> None:
    shapes = WardShapes({"left": [(*LEFT, HOLE)], "right": [RIGHT, ISLAND], "lake": [(HOLE,)]})
    assert shapes.ward_at(0.2, 100.2) == "left"
    assert shapes.ward_at(0.5, 100.5) == "lake"
    assert shapes.ward_at(0.1, 103.1) == "right"
    assert shapes.ward_at(0.1, 102.5) is None


@pytest.mark.parametrize("latitude", [0.0, 0.25, 0.5, 1.0])
def test_on_a_border_there_is_always_a_kelurahan(latitude: float) -> None:
    shapes = WardShapes({"left": [LEFT], "right": [RIGHT]})
    assert shapes.ward_at(latitude, 101.0) in ("left", "right")
    assert shapes.ward_at(latitude, 100.0) == "left"


def test_where_two_overlap_the_one_that_the_pin_is_deeper_in_wins_and_in_a_gap_the_nearer() -> None:
    wide = (((100.9, 0.0), (102.0, 0.0), (102.0, 1.0), (100.9, 1.0), (100.9, 0.0)),)
    overlapping = WardShapes({"left": [LEFT], "right": [wide]})
    assert overlapping.ward_at(0.5, 100.91) == "left"
    assert overlapping.ward_at(0.5, 100.99) == "right"
    gap = (((101.001, 0.0), (102.0, 0.0), (102.0, 1.0), (101.001, 1.0), (101.001, 0.0)),)
    parted = WardShapes({"left": [LEFT], "right": [gap]})
    assert parted.ward_at(0.5, 101.0004) == "left"
    assert parted.ward_at(0.5, 101.0006) == "right"


corners = st.lists(
    st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(lambda p: (round(p[0], 4), round(p[1], 4))),
    min_size=3,
    max_size=12,
    unique=True,
)


@settings(max_examples=300, deadline=None)
@given(corners, st.tuples(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2)))
def test_inside_and_outside_are_those_of_a_geometry_library(
    points: list[tuple[float, float]], at: tuple[float, float]
) -> None:
    outline = Polygon(points).convex_hull
    if not isinstance(outline, Polygon) or outline.area < 1e-4:
        return
    shapes = WardShapes({"it": [[list(outline.exterior.coords)]]})
    where = Point(at)
    far = outline.exterior.distance(where) * 111.2 > 2 * BESIDE_KM
    if far:
        assert (shapes.ward_at(at[1], at[0]) == "it") == outline.contains(where)
    elif outline.covers(where):
        assert shapes.ward_at(at[1], at[0]) == "it"


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_pin_anywhere_in_a_kelurahans_polygon_is_in_that_kelurahan(data: st.DataObject) -> None:
    city = read(data.draw(st.sampled_from(CITIES)))
    wards = {code: [polygon(one)] for code, one in squares(city).items()}
    ward = data.draw(st.sampled_from(list(city.wards.values())))
    gazetteer = Gazetteer(city, WardShapes(wards))
    aside = st.floats(-0.00049, 0.00049)
    pin = Pin(ward.latitude + data.draw(aside), ward.longitude + data.draw(aside))
    assert gazetteer.find(["lampu mati"], [pin]).ward_code == ward.code


def test_without_polygons_the_nearest_point_counts_and_beyond_the_neighbours_is_outside() -> None:
    points = Points([("a", 0.0, 100.0), ("b", 0.0, 100.02), ("c", 0.02, 100.0), ("d", 0.02, 100.02)])
    assert points.nearest(0.001, 100.001)[0][0] == "a"
    assert points.nearest(0.0, 100.3) == []


def test_a_pin_wins_over_words_and_says_that_they_name_another_kelurahan() -> None:
    city = read("bengkulu")
    ward = city.wards["17.71.02.1001"]
    place = Gazetteer(city).find(["lampu mati di kelurahan Betungan"], [Pin(ward.latitude, ward.longitude)])
    assert (place.ward_code, place.how, place.disagrees) == (ward.code, "pin", True)
    assert "17.71.01.1005" in [one.ward_code for one in place.candidates]
    agreed = Gazetteer(city).find(["lampu mati di Padang Harapan"], [Pin(ward.latitude, ward.longitude)])
    assert not agreed.disagrees


# Real boundaries


@pytest.mark.parametrize("city", CITIES)
def test_real_boundaries_a_pin_inside_a_kelurahan_is_in_it_and_one_on_a_border_in_one_beside_it(city: str) -> None:
    content = real(city)
    if content is None:
        pytest.skip(f"no polygons of {city}: name their folder in {FOLDER}")
    shapes = WardShapes(read_boundaries(read(city), content).wards)
    outlines = {one["properties"]["kode"]: geometry.shape(one["geometry"]) for one in json.loads(content)["features"]}
    chance = random.Random(city)
    for code, outline in outlines.items():
        for x, y in _inside(outline, 10, chance):
            holders = [other for other, shape in outlines.items() if shape.covers(Point(x, y))]
            assert shapes.ward_at(y, x) in holders
            assert len(holders) > 1 or shapes.ward_at(y, x) == code
        parts = outline.geoms if isinstance(outline, MultiPolygon) else [outline]
        for x, y in [corner for part in parts for corner in part.exterior.coords][::7]:
            beside = [other for other, shape in outlines.items() if shape.distance(Point(x, y)) < 0.002]
            assert shapes.ward_at(y, x) in beside


@pytest.mark.parametrize("city", CITIES)
def test_real_boundaries_a_pin_half_a_kilometre_beyond_the_city_is_outside(city: str) -> None:
    content = real(city)
    if content is None:
        pytest.skip(f"no polygons of {city}: name their folder in {FOLDER}")
    gazetteer = Gazetteer(read(city), WardShapes(read_boundaries(read(city), content).wards))
    whole = unary_union([geometry.shape(one["geometry"]) for one in json.loads(content)["features"]])
    west, south, east, north = whole.bounds
    chance = random.Random(city)
    for _ in range(200):
        at = Point(chance.uniform(west - 0.1, east + 0.1), chance.uniform(south - 0.1, north + 0.1))
        if whole.distance(at) > 0.005:
            assert gazetteer.find(["lampu mati"], [Pin(at.y, at.x)]).how == "outside"


def _inside(outline: Polygon, count: int, chance: random.Random) -> list[tuple[float, float]]:
    west, south, east, north = outline.bounds
    found: list[tuple[float, float]] = []
    while len(found) < count:
        x, y = chance.uniform(west, east), chance.uniform(south, north)
        if outline.contains(Point(x, y)):
            found.append((x, y))
    return found
