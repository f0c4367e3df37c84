"""What is alike, what is near, and when it is a surge: tables, without any service."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.base import Function
from services.router.merging.alike import likeness, marks, metres
from services.router.merging.surge import Area, Cluster, Watch
from services.router.merging.window import MOST, PER_PLACE, Entry, Window

KEY = b"k" * 32
MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
SPAN = timedelta(days=7)

ALIKE: list[tuple[str, str, str, float, float]] = [
    ("the same words", "lampu jalan mati di depan masjid", "lampu jalan mati di depan masjid", 0.99, 1.0),
    ("abbreviated and misspelt", "lampu jln mati dpn masjid rajawali", "lampu jalan mati depan masjid rajawali",
     0.7, 1.0),
    ("regional words for the same", "aek pdam mati galo", "air pdam mati semua", 0.8, 1.0),
    ("a short one says a part of a long one", "air pdam mati", "air pdam mati sejak subuh di rumah kami tolong",
     0.7, 1.0),
    ("another matter", "lampu jalan mati depan masjid", "sampah menumpuk dekat pasar", 0.0, 0.01),
    ("one word in common proves little", "jalan berlubang depan sekolah", "jalan macet", 0.0, 0.4),
    ("empty words alone are nothing", "tolong pak mohon segera", "tolong bu mohon segera ya", 0.0, 0.01),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "least", "most"), [r[1:] for r in ALIKE], ids=[r[0] for r in ALIKE])
def test_likeness(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(marks([one], KEY), marks([other], KEY)) <= most


def test_marks_of_another_city_have_nothing_in_common() -> None:
    text = ["lampu jalan mati di depan masjid"]
    assert not marks(text, KEY).words & marks(text, b"o" * 32).words


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(one: str, other: str) -> None:
    a, b = marks([one], KEY), marks([other], KEY)
    assert likeness(a, b) == likeness(b, a)
    assert 0.0 <= likeness(a, b) <= 1.0


def test_metres_between_pins() -> None:
    assert metres([(-3.80, 102.26)], []) is None
    near = metres([(-3.8000, 102.2600)], [(-3.8010, 102.2600), (-3.9, 102.3)])
    assert near is not None
    assert 105 < near < 118


def entry(
    number: int,
    words: str = "lampu jalan mati depan masjid rajawali",
    *,
    ward: str | None = "1",
    district: str | None = "A",
    function: Function = "housing_lighting",
    category: str = "street_light",
    pins: tuple[tuple[float, float], ...] = (),
    after: timedelta = timedelta(),
) -> Entry:
    return Entry(f"complaint-{number}", MONDAY + after, category, function, district, ward, pins, marks([words], KEY))


FOUND: list[tuple[str, Entry, Entry, bool]] = [
    ("same ward, same words", entry(1), entry(2), True),
    ("another ward", entry(1), entry(2, ward="2"), False),
    ("the place of one is not known", entry(1, ward=None, district=None), entry(2), True),
    ("another function", entry(1), entry(2, function="environment"), False),
    ("another matter at the same place", entry(1, "lampu taman sekolah pecah"), entry(2), False),
    ("eight days apart", entry(1), entry(2, after=timedelta(days=8)), False),
    ("pins some steps apart", entry(1, pins=((-3.8, 102.26),)), entry(2, pins=((-3.8005, 102.26),)), True),
    ("pins a kilometre apart, in one ward", entry(1, pins=((-3.8, 102.26),)), entry(2, pins=((-3.81, 102.26),)), False),
    ("pins on both sides of a ward's border", entry(1, ward="2", pins=((-3.8, 102.26),)),
     entry(2, pins=((-3.8005, 102.26),)), True),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "found"), [r[1:] for r in FOUND], ids=[r[0] for r in FOUND])
def test_a_second_report_is_found_where_it_may_be_one(first: Entry, second: Entry, found: bool) -> None:
    window = Window(SPAN)
    window.put(first)
    alike = window.like(second, 0.6)
    assert [one.entry.complaint for one in alike] == ([first.complaint] if found else [])
    if found:
        assert alike[0].why


def test_what_is_over_is_found_no_more() -> None:
    window = Window(SPAN)
    window.put(entry(1))
    assert window.drop("complaint-1") == "street_light"
    assert window.like(entry(2), 0.6) == []
    assert window.drop("complaint-1") is None


def test_the_best_three_come_first() -> None:
    window = Window(SPAN)
    for number in range(10):
        window.put(entry(number, after=timedelta(minutes=number)))
    window.put(entry(50, "lampu jalan mati depan masjid rajawali simpang lima"))
    found = window.like(entry(99, "lampu jalan mati depan masjid rajawali simpang lima"), 0.6)
    assert len(found) == 3
    assert found[0].entry.complaint == "complaint-50"


def test_a_window_stays_bounded_at_one_place_and_altogether() -> None:
    window = Window(SPAN)
    for number in range(MOST + 500):
        window.put(entry(number, ward=str(number % 7), after=timedelta(seconds=number)))
    assert len(window) == MOST
    assert max(len(here) for here in window._at.values()) <= PER_PLACE
    later = entry(1_000_000, after=timedelta(days=30))
    window.put(later)
    assert len(window) == 1, "what is too old goes with the next that comes"


def water(number: int, words: str = "air pdam mati dari pagi", **changes: object) -> Entry:
    fields: dict[str, object] = {"function": "water_utility", "category": "water_off", "ward": None, "district": None}
    return entry(number, words, **(fields | changes))  # type: ignore[arg-type]  # fields by name


def test_enough_alike_within_minutes_are_a_surge_and_one_less_is_none() -> None:
    watch = Watch()
    seen = [watch.seen(water(n, after=timedelta(seconds=n)), 10, timedelta(minutes=15)) for n in range(10)]
    assert seen[:9] == [None] * 9
    surge = seen[9]
    assert surge is not None
    assert surge.entries[0].complaint == "complaint-0"
    assert surge.area == Area()


def test_the_same_over_a_day_are_none() -> None:
    watch = Watch()
    assert not any(watch.seen(water(n, after=timedelta(hours=n)), 10, timedelta(minutes=15)) for n in range(40))


def test_never_when_the_city_wants_none() -> None:
    watch = Watch()
    assert not any(watch.seen(water(n), 0, timedelta(minutes=15)) for n in range(100))


def test_an_outage_of_one_district_is_that_districts() -> None:
    watch = Watch()
    surge = None
    for number in range(12):
        surge = watch.seen(water(number, district="A", ward=str(number % 5)), 10, timedelta(minutes=15)) or surge
    assert surge is not None
    assert surge.area == Area("A")


def test_holes_all_over_the_city_are_each_their_own_matter() -> None:
    watch = Watch()
    holes = [
        entry(n, "jalan berlubang", ward=str(n), function="public_works", category="pothole") for n in range(60)
    ]  # fmt: skip
    assert not any(watch.seen(one, 10, timedelta(minutes=15)) for one in holes)
    one_ward = [entry(n, "jalan ambles total", function="public_works", category="pothole") for n in range(100, 111)]
    assert any(watch.seen(one, 10, timedelta(minutes=15)) for one in one_ward)


def test_the_unsure_make_no_surge_and_are_in_it_from_the_beginning() -> None:
    watch, span = Watch(), timedelta(minutes=15)
    unsure = [replace(water(n, "aia pam mati"), sure=False, confidence=0.4) for n in range(40)]
    assert not any(watch.seen(one, 10, span) for one in unsure)
    surge = next(found for n in range(100, 120) if (found := watch.seen(water(n), 10, span)))
    assert surge.entries[0].sure
    assert {one.complaint for one in unsure} <= {one.complaint for one in surge.entries}


def test_a_surge_is_known_by_all_the_ways_in_which_its_first_ones_say_it() -> None:
    watch, span, ways = Watch(), timedelta(minutes=15), ("air tidak mengalir", "air pdam mati total", "kran air kering")
    found = [watch.seen(water(n, ways[n % 3]), 10, span) for n in range(60)]
    surge = next(one for one in found if one is not None)
    assert surge.words >= marks(["air mengalir pdam mati kran kering"], KEY).words


@pytest.mark.parametrize("last", range(4))
def test_whoever_writes_last_enough_who_say_it_in_four_ways_are_a_surge(last: int) -> None:
    ways = (
        "air pdam mati dari pagi",
        "aer pdam sonde jalan kapan hidup lai",
        "pdam macet total kota bapak",
        "leding mati lagi ko",
    )
    watch = Watch()
    seen = [watch.seen(water(n, ways[(n + last) % 4]), 20, timedelta(minutes=15)) for n in range(22)]
    assert any(seen)


def test_what_turned_out_to_be_something_else_is_watched_no_more() -> None:
    watch, span = Watch(), timedelta(minutes=15)
    for n in range(9):
        watch.seen(water(n), 10, span)
    watch.seen(water(0, category="water_dirty"), 10, span)
    assert watch.seen(water(9), 10, span) is None


TAKES: list[tuple[str, Entry, bool]] = [
    ("in other words", water(2, "kapan air pdam hidup"), True),
    ("without a typical word", water(2, "halo halo"), False),
    ("another category", water(2, category="water_dirty"), False),
    ("its own main complaint", water(1), False),
    ("another district", water(2, district="B"), False),
    ("unsure, in the same words", replace(water(2, "pam air mati"), sure=False, confidence=0.4), True),
    ("unsure, with one word in common", replace(water(2, "tagihan air"), sure=False, confidence=0.6), False),
    ("a mere guess", replace(water(2), sure=False, confidence=0.2), False),
]


@pytest.mark.parametrize(("one", "taken"), [r[1:] for r in TAKES], ids=[r[0] for r in TAKES])
def test_a_cluster_takes_what_is_of_it(one: Entry, taken: bool) -> None:
    words = marks(["air pdam mati"], KEY).words
    area = Area("A") if one.district is not None else Area()
    assert Cluster("c", "complaint-1", "water_off", "water_utility", area, words).takes(one) is taken


def test_matching_costs_little_however_much_there_is() -> None:
    """CPU of one complaint among thousands at one place: hashing and at most a few hundred set comparisons."""
    window, watch = Window(SPAN), Watch()
    text = "lampu jalan mati di depan masjid rajawali sudah dua minggu gelap sekali pak tolong"
    for number in range(2_000):
        window.put(entry(number, text, after=timedelta(seconds=number)))
    began = time.process_time()
    for number in range(5_000, 5_500):
        new = entry(number, text, after=timedelta(hours=1, seconds=number))
        window.like(new, 0.6)
        window.put(new)
        watch.seen(new, 0, timedelta(minutes=15))
    spent = (time.process_time() - began) / 500
    assert spent < 0.01, f"{spent * 1000:.2f} ms"
