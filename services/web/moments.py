"""Moments in words, in the city's zone: `Senin 09.10 WIB`, `2 jam yang lalu`. Stored times are UTC."""

from datetime import date, datetime, timedelta, tzinfo

from babel.dates import format_date, format_datetime, format_timedelta

_NEAR = timedelta(days=6)
_TIME = {"id": "HH.mm", "en": "HH:mm"}


def exact(at: datetime, zone: tzinfo, language: str) -> str:
    """`Senin, 21 November 2026 09.10 WIB`."""
    local = at.astimezone(zone)
    return _told(local, f"EEEE, d MMMM y {_TIME[language]}", language)


def short(at: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """The shortest form that can't be mistaken: `09.10 WIB` is today, `Senin 09.10 WIB` within six days, else with the
    date. The country has three zones, and people read of one city in another."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return _told(local, _TIME[language], language)
    if abs(local - today) < _NEAR:
        return _told(local, f"EEEE {_TIME[language]}", language)
    pattern = "d MMM" if local.year == today.year else "d MMM y"
    return _told(local, f"{pattern} {_TIME[language]}", language)


def _told(local: datetime, pattern: str, language: str) -> str:
    return f"{format_datetime(local, pattern, locale=language)} {local.tzname()}"


def relative(at: datetime, now: datetime, language: str) -> str:
    """`2 jam yang lalu`, `dalam 3 hari`."""
    return format_timedelta(at - now, add_direction=True, locale=language)


def length(span: timedelta, language: str) -> str:
    """`3 jam`."""
    return format_timedelta(abs(span), locale=language)


def day(at: datetime, zone: tzinfo, language: str) -> str:
    return of_day(at.astimezone(zone).date(), language)


def of_day(day: date, language: str) -> str:
    """`21 November 2026`."""
    return format_date(day, "d MMMM y", locale=language)
