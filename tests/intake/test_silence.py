"""A door that is silent against its own habit is noticed; one without a habit, or with a quiet one, is not."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from services.intake.silence.usual import silence

HOUR = timedelta(hours=1)
NOW = datetime(2026, 3, 30, 10, 20, tzinfo=UTC)
"""A Monday, 17.20 in Bengkulu."""


def habit(weeks: float, by_day: int = 10, by_night: int = 0, until: datetime = NOW) -> dict[datetime, int]:
    """Messages an hour, 07 to 22 o'clock and at night."""
    begin = (until - timedelta(weeks=weeks)).replace(minute=0)
    hours = [begin + n * HOUR for n in range(int((until - begin) / HOUR) + 1)]
    counts = {hour: by_day if 0 <= hour.hour < 15 else by_night for hour in hours}
    return {hour: count for hour, count in counts.items() if count}


def found(hours: dict[datetime, int], silent_for: float, now: datetime = NOW) -> bool:
    last = now - timedelta(hours=silent_for)
    heard = {hour: count for hour, count in hours.items() if hour <= last}
    return bool(heard) and silence(heard, max(min(last, max(heard) + HOUR / 2), min(heard)), now) is not None


CASES = [
    ("a busy door, silent for four hours", habit(6), 4, True),
    ("silent for ten minutes", habit(6), 0.2, False),
    ("two weeks of history", habit(2), 4, False),
    ("a new door", habit(0.3), 4, False),
    ("a door with a message a day", habit(10, by_day=0) | {NOW.replace(minute=0) - n * 24 * HOUR: 1 for n in range(70)},
     6, False),
    ("a quiet hour, two messages usually", habit(8, by_day=1), 3, False),
    ("the same after a day", habit(8, by_day=1), 20, True),
    ("silent for three weeks, six weeks of history before", habit(9), 24 * 21, True),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "silent_for", "alarm"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_silence_against_habit(hours: dict[datetime, int], silent_for: float, alarm: bool) -> None:
    assert found(hours, silent_for) is alarm


def test_a_night_that_is_always_silent_is_no_alarm() -> None:
    midnight = datetime(2026, 3, 29, 22, 0, tzinfo=UTC)  # 05.00 in Bengkulu; the last messages came at 21.59
    assert not found(habit(8, until=midnight), 7.5, midnight)


def test_a_weekday_that_is_silent_every_week_is_no_alarm() -> None:
    sunday = datetime(2026, 3, 29, 10, 0, tzinfo=UTC)
    weekdays = {hour: count for hour, count in habit(8, until=sunday).items() if hour.weekday() != 6}
    assert not found(weekdays, 12, sunday)


def test_chance_alone_raises_hardly_ever_an_alarm() -> None:
    """A door with two messages an hour by day, looked at every hour of eight weeks."""
    chance, start = random.Random(11), datetime(2026, 1, 1, tzinfo=UTC)
    hours: dict[datetime, int] = {}
    alarms, last = 0, start
    for n in range(24 * 7 * 12):
        hour = start + n * HOUR
        if 0 <= hour.hour < 15 and (count := sum(chance.random() < 0.2 for _ in range(10))):
            hours[hour], last = count, hour + HOUR / 2
        if n > 24 * 28:
            alarms += silence(hours, last, hour + HOUR) is not None
    assert alarms <= 1


def test_what_is_told_says_since_when_and_what_is_usual() -> None:
    hours = {hour: count for hour, count in habit(6).items() if hour < NOW - 4 * HOUR}
    told = silence(hours, NOW - 4 * HOUR, NOW)
    assert told is not None
    assert (told.hours, told.usual, told.since) == (3, 30, NOW - 4 * HOUR)
    assert told.weeks >= 5
