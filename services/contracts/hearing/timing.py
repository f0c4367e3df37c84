"""When something that can wait goes out: pure, in the city's zone, stated in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.contracts.hearing.rows import When
from services.contracts.hearing.rules import Hearing


def quiet_until(hearing: Hearing, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The end of the quiet hours that `now` lies in; None outside of them. The first minute is quiet, the last not."""
    if hearing.quiet is None:
        return None
    begins, ends = (time.fromisoformat(part) for part in hearing.quiet.split("-"))
    local = now.astimezone(zone)
    clock, day = local.time(), local.date()
    if begins < ends:
        return _at(day, ends, zone) if begins <= clock < ends else None
    if clock >= begins:
        return _at(day + timedelta(days=1), ends, zone)
    return _at(day, ends, zone) if clock < ends else None


def next_list(hearing: Hearing, zone: ZoneInfo, now: datetime) -> datetime:
    """When seats get their lists next, after `now`."""
    day = now.astimezone(zone).date()
    today = _at(day, hearing.digest.at, zone)
    return today if now < today else _at(day + timedelta(days=1), hearing.digest.at, zone)


def goes_out(when: When, hearing: Hearing, zone: ZoneInfo, now: datetime, *, seat: bool) -> datetime | None:
    """Not before when: None is at once. What waits for a seat goes with its list; `never` is not asked here."""
    if when == "digest":
        return next_list(hearing, zone, now) + _with_list(hearing)
    until = quiet_until(hearing, zone, now) if when == "quiet" else None
    if until is None or not seat:
        return until
    listed = next_list(hearing, zone, now)
    # A list that comes long after the night is no reason to know of a task at noon.
    return listed + _with_list(hearing) if until <= listed <= until + timedelta(hours=3) else until


def _with_list(hearing: Hearing) -> timedelta:
    """A seat's daily list takes what waits for it along; it is counted and planned within this."""
    return timedelta(minutes=1) if hearing.digest.daily else timedelta(0)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
