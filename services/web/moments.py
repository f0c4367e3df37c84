"""Moments in words, in the city's zone: `Senin 09.10`, `2 jam yang lalu`. Stored times are UTC."""

from datetime import datetime, timedelta, tzinfo

from babel.dates import format_date, format_datetime, format_timedelta

_NEAR = timedelta(days=6)
_TIME = {"id": "HH.mm", "en": "HH:mm"}


def exact(at: datetime, zone: tzinfo, language: str) -> str:
    """`Senin, 21 November 2026 09.10`."""
    return format_datetime(at.astimezone(zone), f"EEEE, d MMMM y {_TIME[language]}", locale=language)


def short(at: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """The shortest form that can't be mistaken: `09.10` is today, `Senin 09.10` within six days, else with the date."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return format_datetime(local, _TIME[language], locale=language)
    if abs(local - today) < _NEAR:
        return format_datetime(local, f"EEEE {_TIME[language]}", locale=language)
    pattern = "d MMM" if local.year == today.year else "d MMM y"
    return format_datetime(local, f"{pattern} {_TIME[language]}", locale=language)


def relative(at: datetime, now: datetime, language: str) -> str:
    """`2 jam yang lalu`, `dalam 3 hari`."""
    return format_timedelta(at - now, add_direction=True, locale=language)


def length(span: timedelta, language: str) -> str:
    """`3 jam`."""
    return format_timedelta(abs(span), locale=language)


def day(at: datetime, zone: tzinfo, language: str) -> str:
    return format_date(at.astimezone(zone).date(), "d MMMM y", locale=language)
