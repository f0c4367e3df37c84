"""Working days of an Indonesian city: no weekends, no national holidays, no cuti bersama, no day the city adds.

National practice counts days: a term of three working days that begins on a Tuesday at 14:00 ends on the third working
day after it at 14:00. The day it begins on is not counted, whether it works or not; so what comes in on a Saturday or
a holiday is due as if it had come the working day before, at its own time of day.
"""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from services.contracts.city import City
from services.contracts.city.working_days import WorkingDays
from services.router.clocks import decrees

_DAY = timedelta(days=1)
_HORIZON = 2
"""Years that a recorded calendar reaches, from the year of the moment it is recorded at."""


def is_working(day: date, extra: frozenset[date] = frozenset(), struck: frozenset[date] = frozenset()) -> bool:
    """`extra`: days that the city adds; `struck`: days off on which it works nonetheless."""
    return day.weekday() < 5 and day not in extra and (day in struck or day not in decrees.days_off(day.year))


@lru_cache(maxsize=4096)  # thousands of complaints of one day ask for the same date
def add_working_days(
    start: date, days: int, extra: frozenset[date] = frozenset(), struck: frozenset[date] = frozenset()
) -> date:
    """The day that is `days` working days after `start`; `start` itself is not counted."""
    day = start
    while days > 0:
        day += _DAY
        if is_working(day, extra, struck):
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
    policy = city.policy
    whole = add_working_days(local.date(), round(days), _dates(policy.extra_holidays), _dates(policy.working_holidays))
    return datetime.combine(whole, local.timetz()).astimezone(start.tzinfo)


def works(city: City, day: date) -> bool:
    """Whether the city's offices work on that day, by decree and by its own policy."""
    return is_working(day, _dates(city.policy.extra_holidays), _dates(city.policy.working_holidays))


def version(city: City, start: datetime, due: datetime) -> str:
    """The calendar that a due time came from, to be recorded with it: `id-2026`, `id-2026-2027`.

    `id-2028e`: 2028 is not decreed, so it is an estimate. `+2`: the city added two days, `-1`: it works on one.
    """
    first, last = start.astimezone(city.zone).year, due.astimezone(city.zone).year
    years = "-".join(f"{year}{'' if decrees.decreed(year) else 'e'}" for year in dict.fromkeys((first, last)))
    added, struck = len(city.policy.extra_holidays), len(city.policy.working_holidays)
    return f"id-{years}{f'+{added}' if added else ''}{f'-{struck}' if struck else ''}"


def working_days(city: City, at: datetime) -> WorkingDays:
    """The city's calendar from the year of `at` on, as an event records it."""
    local = at.astimezone(city.zone)
    years = range(local.year, local.year + _HORIZON)
    extra, struck = _dates(city.policy.extra_holidays), _dates(city.policy.working_holidays)
    offset = local.utcoffset() or timedelta()
    return WorkingDays(
        calendar=version(city, at, at.replace(year=years[-1], month=1, day=1)),
        utc_offset=round(offset / timedelta(hours=1)),
        days_off=_weekdays(years, extra, struck),
    )


@lru_cache(maxsize=256)
def _weekdays(years: range, extra: frozenset[date], struck: frozenset[date]) -> tuple[date, ...]:
    off = {day for year in years for day in decrees.days_off(year) if day not in struck}
    off |= {day for day in extra if day.year in years}
    return tuple(sorted(day for day in off if day.weekday() < 5))


@cache
def _dates(days: tuple[str, ...]) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in days)
