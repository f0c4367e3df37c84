"""Days off that the government decreed: national holidays and cuti bersama, one joint decree of three ministers a year.

Facts as decreed by the ministers of religious affairs, manpower and administrative reform (SKB 3 Menteri):
2025: 17 national holidays, 10 cuti bersama, with 18 August 2025 added in August 2025.
2026: numbers 1497/2025, 2/2025 and 5/2025 of 19 September 2025: 17 national holidays, 8 cuti bersama.
2027: numbers 1205/2026, 3/2026 and 2/2026 of 15 September 2026: 18 national holidays, 8 cuti bersama.
A later decree may change a year; a city can add or strike days in its policy meanwhile. For a year without a decree
national holidays are calculated (those by the moon are estimates), and nobody knows its cuti bersama.
"""

from datetime import date
from functools import cache

HOLIDAYS: dict[int, tuple[str, ...]] = {
    2025: (
        "01-01", "01-27", "01-29", "03-29", "03-31", "04-01", "04-18", "04-20", "05-01", "05-12", "05-29", "06-01",
        "06-06", "06-27", "08-17", "09-05", "12-25",
    ),
    2026: (
        "01-01", "01-16", "02-17", "03-19", "03-21", "03-22", "04-03", "04-05", "05-01", "05-14", "05-27", "05-31",
        "06-01", "06-16", "08-17", "08-25", "12-25",
    ),
    2027: (
        "01-01", "01-05", "02-06", "03-08", "03-10", "03-11", "03-26", "03-28", "05-01", "05-06", "05-17", "05-20",
        "06-01", "06-06", "08-15", "08-17", "12-25", "12-26",
    ),
}  # fmt: skip
"""Month and day of each national holiday."""

JOINT_LEAVE: dict[int, tuple[str, ...]] = {
    2025: (
        "01-28", "03-28", "04-02", "04-03", "04-04", "04-07", "05-13", "05-30", "06-09", "08-18", "12-26",
    ),
    2026: ("02-16", "03-18", "03-20", "03-23", "03-24", "05-15", "05-28", "12-24"),
    2027: ("02-05", "03-09", "03-12", "03-15", "03-25", "05-18", "05-19", "12-24"),
}  # fmt: skip
"""Cuti bersama: offices are closed, though no holiday is celebrated."""


def decreed(year: int) -> bool:
    return year in HOLIDAYS


@cache
def days_off(year: int) -> frozenset[date]:
    """Every day off of one year, weekends aside; calculated where there is no decree."""
    if not decreed(year):
        # Here and not above: the package reads the holidays of all countries, a third of what a router needs to start.
        from holidays.countries.indonesia import Indonesia  # noqa: PLC0415

        return frozenset(Indonesia(years=year, categories=("public", "government")))
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in (*HOLIDAYS[year], *JOINT_LEAVE[year]))
