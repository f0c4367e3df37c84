"""Time that counts on working days only."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.city.working_days import WorkingDays

JAKARTA = WorkingDays(calendar="id-2026", utc_offset=7, days_off=(date(2026, 3, 18), date(2026, 3, 19)))
KUPANG = WorkingDays(calendar="id-2026", utc_offset=8, days_off=(date(2026, 3, 18), date(2026, 3, 19)))
HOUR = timedelta(hours=1)

MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30), timezones=st.just(UTC))  # noqa: DTZ001 - of UTC
SPANS = st.timedeltas(timedelta(), timedelta(days=40))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (datetime(2026, 3, 16, 3, tzinfo=UTC), datetime(2026, 3, 16, 5, tzinfo=UTC), 2),
        (datetime(2026, 3, 17, 16, tzinfo=UTC), datetime(2026, 3, 19, 18, tzinfo=UTC), 2),  # 23.00 to Friday 01.00
        (datetime(2026, 3, 20, 16, tzinfo=UTC), datetime(2026, 3, 22, 17, tzinfo=UTC), 1),  # into the weekend
        (datetime(2026, 3, 21, 3, tzinfo=UTC), datetime(2026, 3, 22, 3, tzinfo=UTC), 0),  # Saturday to Sunday
        (datetime(2026, 3, 20, 3, tzinfo=UTC), datetime(2026, 3, 19, 3, tzinfo=UTC), 0),  # backwards
    ],
)
def test_only_working_days_count_from_midnight_to_midnight_in_the_citys_zone(
    start: datetime, end: datetime, hours: int
) -> None:
    assert JAKARTA.between(start, end) == hours * HOUR


def test_days_begin_an_hour_earlier_in_kupang() -> None:
    start, end = datetime(2026, 3, 17, 15, tzinfo=UTC), datetime(2026, 3, 17, 17, tzinfo=UTC)
    assert (JAKARTA.between(start, end), KUPANG.between(start, end)) == (2 * HOUR, HOUR)


def test_what_would_end_with_a_weekend_before_it_ends_when_the_next_working_day_begins() -> None:
    friday = datetime(2026, 3, 20, 16, tzinfo=UTC)  # 23.00
    assert JAKARTA.after(friday, HOUR) == datetime(2026, 3, 22, 17, tzinfo=UTC)  # Monday 00.00
    assert JAKARTA.after(friday, 2 * HOUR) == datetime(2026, 3, 22, 18, tzinfo=UTC)


@given(MOMENTS, SPANS)
def test_after_a_span_exactly_that_much_has_passed_and_it_is_a_working_day(start: datetime, span: timedelta) -> None:
    end = JAKARTA.after(start, span)
    assert JAKARTA.between(start, end) == span
    assert JAKARTA.works((end + timedelta(hours=7)).date())


@given(MOMENTS, SPANS, SPANS)
def test_two_spans_one_after_the_other_are_their_sum(start: datetime, one: timedelta, other: timedelta) -> None:
    assert JAKARTA.after(JAKARTA.after(start, one), other) == JAKARTA.after(start, one + other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        JAKARTA.after(datetime(2026, 3, 20), HOUR)  # noqa: DTZ001 - that is the point
