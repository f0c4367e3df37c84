"""Small Indonesian phrases that the texts share: dates in the city's time, kinds, cuts."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

KINDS = {
    "complaint": "laporan",
    "suggestion": "saran",
    "criticism": "kritik",
    "question": "pertanyaan",
    "assistance_request": "permintaan bantuan",
}

GROUNDS = {
    "not_our_function": "bukan bidang tugasnya",
    "not_our_area": "di luar wilayahnya",
    "incomplete": "keterangannya belum lengkap",
    "duplicate": "sudah ada laporan yang sama",
}

NO_WORDS = "(isi pesan tidak dapat ditampilkan lagi)"


def when(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """`Selasa 24 November pukul 09.10 WIB`; with the year only when it is another."""
    local = moment.astimezone(zone)
    year = f" {local.year}" if local.year != now.astimezone(zone).year else ""
    day = f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}{year}"
    return f"{day} pukul {local:%H.%M} {ZONES[zone.key]}"


def cut(text: str, length: int) -> str:
    """At most `length` characters, ending at a word, with an ellipsis where something is left out."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(None, 1)[0].rstrip(" ,.;:") + "…"


def one_line(text: str, length: int) -> str:
    """Fit for a template's parameter: no line breaks, no tabs, never more than one space in a row."""
    return cut(re.sub(r"\s+", " ", text).strip(), length)


def listed(names: tuple[str, ...]) -> str:
    """`A`, `A dan B`, `A, B dan C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} dan {names[-1]}"


def quoted(words: str | None, length: int) -> str:
    return f"“{cut(words.strip(), length)}”" if words and words.strip() else NO_WORDS
