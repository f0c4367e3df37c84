"""Working days of an Indonesian city: no weekends, no national holidays, no cuti bersama, no day the city adds."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from holidays.countries.indonesia import Indonesia

from services.contracts.city import City

SOURCE = "id-holidays"
"""Recorded with each due time that counted working days."""

_DAY = timedelta(days=1)


@cache
def _national(year: int) -> frozenset[date]:
    """National holidays and cuti bersama (the government's joint leave) of one year."""
    return frozenset(Indonesia(years=year, categories=("public", "government")))


def is_working(day: date, extra: frozenset[date] = frozenset()) -> bool:
    return day.weekday() < 5 and day not in _national(day.year) and day not in extra


@lru_cache(maxsize=4096)  # thousands of complaints of one day ask for the same date
def add_working_days(start: date, days: int, extra: frozenset[date] = frozenset()) -> date:
    """The day that is `days` working days after `start`; `start` itself is not counted."""
    day = start
    while days > 0:
        day += _DAY
        if is_working(day, extra):
            days -= 1
    return day


def after_working_days(city: City, start: datetime, days: float, scale: float = 1.0) -> datetime:
    """The same time of day, in the city's zone, after that many working days.

    Where policy durations are scaled (a demonstration), a working day has 24 hours times the scale and no calendar:
    `days` must come unscaled.
    """
    if scale != 1.0:
        return start + timedelta(hours=24 * days) * scale
    local = start.astimezone(city.zone)
    whole = add_working_days(local.date(), round(days), holidays_of(city))
    return datetime.combine(whole, local.timetz()).astimezone(start.tzinfo)


def holidays_of(city: City) -> frozenset[date]:
    """Days that the city adds to the national ones."""
    return _dates(city.policy.extra_holidays)


@cache
def _dates(days: tuple[str, ...]) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in days)
