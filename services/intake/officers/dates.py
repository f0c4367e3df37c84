"""Dates as people promise them: `besok`, `3 hari`, `Jumat`, `28/11`, `tgl 28 Desember`. Pure."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

END_OF_DAY = time(23, 59)
FURTHEST = timedelta(days=366)
HASTED = timedelta(seconds=20)

_DAYS = {
    "senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "sabtu": 5, "minggu": 6, "ahad": 6,
    "salasa": 1, "kamih": 3, "jumaik": 4, "jumaat": 4,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari feb pebruari", "maret mar", "april apr", "mei", "juni jun", "juli jul",
            "agustus agu ags", "september sep sept", "oktober okt", "november nov nopember", "desember des",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SPAN = re.compile(r"\b(\d{1,3}|se|satu|dua|tiga|empat|lima|enam|tujuh)\s*(jam|hari|minggu|pekan|bulan)\b")
_COUNT = {"se": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7}
_UNIT = {"jam": 1 / 24, "hari": 1, "minggu": 7, "pekan": 7, "bulan": 30}
_SLASHED = re.compile(r"\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?\b")
_NAMED = re.compile(r"\b(?:tgl|tanggal)?\s*(\d{1,2})\s+([a-z]+)(?:\s+(\d{4}))?\b")
_ALONE = re.compile(r"\b(?:tgl|tanggal)\s*(\d{1,2})\b")
_NEAR = {
    "lusa": 2, "luso": 2, "besok": 1, "bsk": 1, "bsok": 1, "besuk": 1, "esok": 1, "bisuak": 1, "isuak": 1, "isuk": 1,
    "beso": 1, "hari ini": 0, "hr ini": 0, "hari iko": 0, "malam ini": 0, "sore ini": 0, "siang ini": 0,
    "nanti malam": 0, "nanti sore": 0, "sekarang": 0, "skrg": 0,
}  # fmt: skip
_NEXT = re.compile(r"\b(?:(minggu|pekan|bulan)\s+(depan|ini)|akhir\s+(minggu|pekan|bulan))\b")


def read(words: str, now: datetime, zone: ZoneInfo, scale: float = 1.0) -> datetime | None:
    """The end of the day that is meant, in UTC, not before `now` and within a year; None if none is named.

    `scale`: how much faster days pass than the calendar's, in a demonstration. A promise is still no nearer than
    HASTED: what he writes takes as long to arrive as ever, and a date that has passed by then is refused.
    """
    lowered = words.lower()
    span = _SPAN.search(lowered)
    coming = _NEXT.search(lowered)
    if coming is not None and scale == 1.0:
        return _kept(_end(_of_span(coming, now.astimezone(zone).date()), zone), now)
    if span is not None:
        count = _COUNT.get(span[1]) or int(span[1])
        length = timedelta(days=count * _UNIT[span[2]])
        if span[2] == "jam" or scale != 1.0:
            return _kept(now + length * scale, now)
        return _kept(_end((now + length).astimezone(zone).date(), zone), now)
    near = next((days for word, days in _NEAR.items() if re.search(rf"\b{word}\b", lowered)), None)
    if near is not None:
        if scale != 1.0:
            return now + max(timedelta(days=max(near, 0.5)) * scale, HASTED)
        return _end(now.astimezone(zone).date() + timedelta(days=near), zone)
    day = _of_calendar(lowered, now.astimezone(zone).date())
    return None if day is None else _kept(_end(day, zone), now)


def _of_span(said: re.Match[str], today: date) -> date:
    """The last day of it: `minggu depan` is next week's Sunday, `akhir bulan` the month's last day."""
    if (said[1] or said[3]) != "bulan":
        sunday = today + timedelta(days=6 - today.weekday())
        return sunday + timedelta(days=7) if said[2] == "depan" else sunday
    first = today.replace(day=1) + timedelta(days=32)
    if said[2] == "depan":
        first = first.replace(day=1) + timedelta(days=32)
    return first.replace(day=1) - timedelta(days=1)


def _of_calendar(lowered: str, today: date) -> date | None:
    slashed = _SLASHED.search(lowered)
    if slashed is not None:
        return _day(int(slashed[1]), int(slashed[2]), slashed[3], today)
    for named in _NAMED.finditer(lowered):
        if named[2] in _MONTHS:
            return _day(int(named[1]), _MONTHS[named[2]], named[3], today)
    alone = _ALONE.search(lowered)
    if alone is not None:
        for month in (today.month, today.month % 12 + 1):
            found = _day(int(alone[1]), month, None, today)
            if found is not None and (found - today).days < 62:
                return found
        return None
    weekday = next((number for word, number in _DAYS.items() if re.search(rf"\b{word}\b", lowered)), None)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _day(day: int, month: int, year: str | None, today: date) -> date | None:
    """Without a year the next such day."""
    years = [today.year, today.year + 1] if year is None else [int(year) + (2000 if len(year) == 2 else 0)]
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _end(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, END_OF_DAY, zone).astimezone(ZoneInfo("UTC"))


def _kept(found: datetime, now: datetime) -> datetime | None:
    return found if now <= found <= now + FURTHEST else None
