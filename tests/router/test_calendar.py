"""Working days and clocks of a city."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.city import City
from services.router.assignment import Chosen
from services.router.clocks import calendar, sentences, terms
from tests.router.cities import read

AT = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 17), 3, date(2026, 3, 27)),  # Nyepi, Idulfitri and cuti bersama lie between
        (date(2026, 11, 16), 5, date(2026, 11, 23)),  # an ordinary week
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # cuti bersama, Christmas, a weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
    ],
)
def test_working_days_skip_weekends_holidays_and_joint_leave(start: date, days: int, end: date) -> None:
    assert calendar.add_working_days(start, days) == end


def test_a_city_may_add_days_off() -> None:
    assert calendar.add_working_days(date(2026, 11, 16), 1, frozenset({date(2026, 11, 17)})) == date(2026, 11, 18)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 1)), st.integers(1, 30))
def test_a_term_ends_on_a_working_day_and_never_earlier_than_its_number_of_days(start: date, days: int) -> None:
    end = calendar.add_working_days(start, days)
    assert calendar.is_working(end)
    assert (end - start).days >= days


def test_the_first_response_clock_runs_through_nights_and_weekends() -> None:
    clock = terms.first_response(read("bengkulu"), "pupr", datetime(2026, 11, 20, 15, 0, tzinfo=UTC), 1.0)
    assert (clock.due, clock.rule) == (datetime(2026, 11, 21, 15, 0, tzinfo=UTC), "24h")


def test_each_seat_has_a_clock_of_its_own_and_only_the_lead_owes_the_resolution() -> None:
    made = terms.assignments(
        read("bengkulu"), Chosen("dlh", "x", "camat-gading-cempaka", ("pupr",)), "complaint", AT, 1.0
    )
    assert [(a.seat, a.role, [c.name for c in a.clocks]) for a in made] == [
        ("dlh", "lead", ["first_response", "resolve"]),
        ("pupr", "supporting", ["first_response"]),
        ("camat-gading-cempaka", "territorial", ["first_response"]),
    ]


def test_a_resolution_is_due_at_the_same_local_hour_in_kupang() -> None:
    late = datetime(2026, 3, 17, 17, 30, tzinfo=UTC)  # Wednesday 01.30 in Kupang
    clock = terms.resolution(read("kupang"), "pupr", "question", late, 1.0)
    assert clock.due == datetime(2026, 3, 30, 17, 30, tzinfo=UTC)
    assert clock.calendar == calendar.SOURCE


def scaled(city: City, scale: float) -> City:
    policy = city.policy.model_copy(
        update={
            "first_response_hours": city.policy.first_response_hours * scale,
            "confirm_working_days": city.policy.confirm_working_days * scale,
        }
    )
    return city.model_copy(update={"policy": policy})


def test_where_time_is_scaled_a_working_day_is_a_scaled_day_without_a_calendar() -> None:
    scale = 1 / 86_400
    city = scaled(read("bengkulu"), scale)
    assert terms.resolution(city, "pupr", "complaint", AT, scale).due - AT == timedelta(seconds=14)
    assert abs(terms.confirm_by(city, AT, scale) - AT - timedelta(seconds=10)) < timedelta(milliseconds=1)
    assert terms.first_response(city, "pupr", AT, scale).rule == "24h"


def test_a_clock_says_in_a_sentence_why_it_is_due() -> None:
    city = read("bengkulu")
    clock = terms.first_response(city, "pupr", AT, 1.0)
    assert sentences.because(city, clock) == (
        "Tanggapan nyata pertama paling lambat Rabu 18 Mar 2026 10.00 WIB: 24 jam sejak penugasan, termasuk malam dan "
        "hari libur (kebijakan v1)."
    )
    moved = sentences.because(city, clock, clock.due + timedelta(hours=2))
    assert "12.00 WIB" in moved
    assert "menunggu jawaban pelapor" in moved
