"""Whether a door is silent against its own habit: the same hours of the same weekday, in the weeks before. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median

from services.intake.silence.heard import hour_of

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
WEEKS, LEAST_WEEKS = 8, 3
"""Looked at, the nearest first; with fewer there is no habit yet, and no alarm."""
BACK = 52
"""Weeks within which they are looked for: a door that has been silent for months is compared with the time before."""
LONGEST = 24
"""Hours that are compared; a longer silence is told by its last day."""
EXPECTED = 8.0
"""Messages that usually come in these hours. With eight, none at all comes by chance once in three thousand."""


@dataclass(frozen=True, slots=True)
class Silence:
    since: datetime
    """The last message."""
    usual: int
    """Messages that usually come in the hours which have passed without one."""
    hours: int
    weeks: int
    """How many weeks say so."""


def silence(hours: Mapping[datetime, int], last: datetime, now: datetime) -> Silence | None:
    """`hours`: messages by full hour (UTC), hours without any left out. `last`: of the last message.

    Weeks in which these hours were as silent (holidays, a quiet night) speak against an alarm: of six one may be.
    """
    begin, end = hour_of(last) + HOUR, hour_of(now)
    begin = max(begin, end - LONGEST * HOUR)
    if end <= begin or not hours:
        return None
    first, heard_until = min(hours), hour_of(last) + HOUR
    counts: list[int] = []
    for week in range(1, BACK + 1):
        start, stop = begin - week * WEEK, end - week * WEEK
        if start < first or len(counts) == WEEKS:
            break
        if stop <= heard_until:
            counts.append(sum(hours.get(start + i * HOUR, 0) for i in range((stop - start) // HOUR)))
    if len(counts) < LEAST_WEEKS or counts.count(0) > len(counts) // 6 or mean(counts) < EXPECTED:
        return None
    return Silence(last, int(median(counts)), (end - begin) // HOUR, len(counts))
