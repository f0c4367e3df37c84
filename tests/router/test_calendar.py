"""Working days and clocks of a city."""

from datetime import UTC, date, datetime, timedelta

import pytest
from holidays.countries.indonesia import Indonesia
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.city import City
from services.router.assignment import Chosen
from services.router.clocks import calendar, decrees, sentences, terms
from tests.router.cities import read

AT = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        # 2026, by hand from the decree
        (date(2026, 1, 15), 1, date(2026, 1, 19)),  # Isra Mikraj on a Friday
        (date(2026, 2, 13), 1, date(2026, 2, 18)),  # cuti bersama and Imlek behind a weekend
        (date(2026, 3, 13), 5, date(2026, 3, 27)),  # two days before the long leave, three behind it
        (date(2026, 3, 17), 1, date(2026, 3, 25)),
        (date(2026, 3, 17), 3, date(2026, 3, 27)),  # Nyepi, Idulfitri and their cuti bersama lie between
        (date(2026, 3, 21), 1, date(2026, 3, 25)),  # begun on Idulfitri
        (date(2026, 4, 2), 1, date(2026, 4, 6)),  # Good Friday
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # Labour Day on a Friday
        (date(2026, 5, 13), 1, date(2026, 5, 18)),  # Ascension Day with cuti bersama
        (date(2026, 5, 26), 3, date(2026, 6, 3)),  # Iduladha, cuti bersama, Waisak on a Sunday, Pancasila
        (date(2026, 6, 15), 1, date(2026, 6, 17)),  # Islamic New Year
        (date(2026, 8, 14), 1, date(2026, 8, 18)),  # Independence Day on a Monday
        (date(2026, 8, 24), 1, date(2026, 8, 26)),  # the Prophet's birthday
        (date(2026, 11, 16), 5, date(2026, 11, 23)),  # an ordinary week
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # cuti bersama, Christmas, a weekend
        (date(2026, 12, 23), 5, date(2027, 1, 4)),  # and over New Year
        (date(2026, 12, 23), 6, date(2027, 1, 6)),  # and over Isra Mikraj
        # 2027, by hand from the decree
        (date(2027, 2, 4), 1, date(2027, 2, 8)),  # cuti bersama before Imlek on a Saturday
        (date(2027, 3, 5), 1, date(2027, 3, 16)),  # Nyepi and Idulfitri with their cuti bersama: eleven days
        (date(2027, 3, 5), 5, date(2027, 3, 22)),
        (date(2027, 3, 24), 1, date(2027, 3, 29)),  # cuti bersama before Good Friday
        (date(2027, 4, 30), 1, date(2027, 5, 3)),  # Labour Day on a Saturday
        (date(2027, 5, 5), 1, date(2027, 5, 7)),  # Ascension Day without cuti bersama
        (date(2027, 5, 14), 1, date(2027, 5, 21)),  # Iduladha, two days of cuti bersama, Waisak
        (date(2027, 5, 14), 2, date(2027, 5, 24)),
        (date(2027, 5, 31), 1, date(2027, 6, 2)),  # Pancasila
        (date(2027, 6, 4), 1, date(2027, 6, 7)),  # Islamic New Year on a Sunday
        (date(2027, 8, 16), 1, date(2027, 8, 18)),  # Independence Day
        (date(2027, 12, 23), 1, date(2027, 12, 27)),  # cuti bersama, Christmas and Isra Mikraj on a weekend
        (date(2027, 12, 23), 5, date(2027, 12, 31)),
    ],
)
def test_working_days_skip_weekends_holidays_and_joint_leave(start: date, days: int, end: date) -> None:
    assert calendar.add_working_days(start, days) == end


@pytest.mark.parametrize(("year", "national", "joint"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_what_was_decreed_is_what_the_library_of_holidays_says_too(year: int, national: int, joint: int) -> None:
    """Two who wrote the decrees down apart from each other agree on every day."""
    assert (len(decrees.HOLIDAYS[year]), len(decrees.JOINT_LEAVE[year])) == (national, joint)
    assert decrees.days_off(year) == frozenset(Indonesia(years=year, categories=("public", "government")))


def test_a_year_without_a_decree_is_calculated_and_said_to_be_an_estimate() -> None:
    assert not decrees.decreed(2028)
    assert date(2028, 8, 17) in decrees.days_off(2028)
    start, due = datetime(2027, 12, 28, tzinfo=UTC), datetime(2028, 1, 11, tzinfo=UTC)
    assert calendar.version(read("bengkulu"), start, due) == "id-2027-2028e"


def test_the_recorded_calendar_holds_the_weekdays_off_and_what_the_city_changed() -> None:
    city = read("kupang")
    policy = {"extra_holidays": ("2026-04-27",), "working_holidays": ("2026-03-18",)}
    changed = city.model_copy(update={"policy": city.policy.model_copy(update=policy)})
    days = calendar.working_days(changed, AT)
    assert (days.calendar, days.utc_offset) == ("id-2026-2027+1-1", 8)
    assert not days.works(date(2026, 4, 27))
    assert days.works(date(2026, 3, 18))
    assert not days.works(date(2027, 3, 15))
    assert all(day.weekday() < 5 for day in days.days_off)


def test_the_day_begins_an_hour_earlier_in_kupang_than_in_bengkulu() -> None:
    """Monday 23.30 in Bengkulu is Tuesday 00.30 in Kupang, the last day before a week of leave."""
    at = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
    assert calendar.after_working_days(read("bengkulu"), at, 1) == datetime(2026, 3, 17, 16, 30, tzinfo=UTC)
    assert calendar.after_working_days(read("kupang"), at, 1) == datetime(2026, 3, 24, 16, 30, tzinfo=UTC)


def test_a_city_may_add_days_off_and_work_on_others() -> None:
    assert calendar.add_working_days(date(2026, 11, 16), 1, frozenset({date(2026, 11, 17)})) == date(2026, 11, 18)
    works = frozenset({date(2026, 3, 20), date(2026, 3, 21)})  # a cuti bersama, and a Saturday, which stays one
    assert calendar.add_working_days(date(2026, 3, 17), 2, struck=works) == date(2026, 3, 25)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 1)), st.integers(1, 30))
def test_a_term_ends_on_a_working_day_and_never_earlier_than_its_number_of_days(start: date, days: int) -> None:
    end = calendar.add_working_days(start, days)
    assert calendar.is_working(end)
    assert (end - start).days >= days


def test_the_first_response_clock_runs_through_nights_and_weekends() -> None:
    clock = terms.first_response(read("bengkulu"), "pupr", datetime(2026, 11, 20, 15, 0, tzinfo=UTC), 1.0)
    assert (clock.due, clock.rule) == (datetime(2026, 11, 21, 15, 0, tzinfo=UTC), "24h")


def test_during_a_live_session_the_first_response_is_due_in_minutes() -> None:
    clock = terms.first_response(read("bengkulu"), "pupr", AT, 1.0, live=True)
    assert (clock.due - AT, clock.rule) == (timedelta(minutes=15), "15m")
    assert "15 menit sejak penugasan" in sentences.because(read("bengkulu"), clock)


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
    assert clock.calendar == "id-2026"


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
    planned = sentences.because(city, clock, clock.due + timedelta(days=9), waited=("plan", "signature"))
    assert "menunggu tanggal yang direncanakan dan pengesahan (kebijakan v1)." in planned
    assert "pelapor" not in planned
