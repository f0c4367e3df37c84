"""One row of a table as a message, or why it is none. Pure.

The source's own number is the message's id, so that a table imported twice opens nothing twice; without one, what the
row says is. The date is kept as the source's time (`sent_at`): clocks count from the import, for nobody here could have
answered before. What the source calls closed comes in closed, with the dates that the source gives: it is work that
nobody waits for, so no clock runs, nobody is told, and it counts in a figure of its own.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from pydantic import ValidationError

from services.contracts.base import Confidentiality, HowPast, Kind
from services.contracts.city import City
from services.contracts.intake import IntakeMessage, Past, Sender
from services.intake.clean import clean
from services.intake.importing.columns import Columns
from services.intake.inbox.answering import MAIL, PHONE

Verdict = Literal["take", "closed", "wrong"]

_ENDED: tuple[tuple[HowPast, frozenset[str]], ...] = (
    ("refused", frozenset({"ditolak", "tolak", "refused", "rejected"})),
    ("archived", frozenset({"diarsipkan", "arsip", "archived"})),
    ("done", frozenset({"ditutup", "tutup", "selesai", "diselesaikan", "terselesaikan", "tuntas", "closed", "resolved",
                        "done", "completed"})),
)  # fmt: skip
_NOT_YET = frozenset({"belum", "tidak", "bukan", "akan", "sedang", "menunggu", "masih", "hampir", "blm", "dalam",
                      "proses", "diproses", "not", "being", "waiting", "pending", "un", "in"})  # fmt: skip
"""Beside one of these the word for an end tells of none."""
_KINDS: dict[str, Kind] = {
    "pengaduan": "complaint", "keluhan": "complaint", "complaint": "complaint", "aspirasi": "suggestion",
    "saran": "suggestion", "suggestion": "suggestion", "kritik": "criticism", "permintaan informasi": "question",
    "pertanyaan": "question", "question": "question", "permintaan bantuan": "assistance_request",
}  # fmt: skip
_NONE = frozenset({
    "", "-", "--", "n/a", "na", "null", "none", "kosong", "tidak ada", "#n/a", "#ref!", "#value!", "#name?", "#null!",
})  # fmt: skip
_ROUNDED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001  # the caller knows the zone
"""From which spreadsheets count days."""
_FORMS = (
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M",
    "%d/%m/%Y", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %m %Y %H:%M",
    "%d %m %Y",
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_MONTH_OF = {name: number for number, name in enumerate(_MONTHS, start=1)} | {
    "may": 5, "aug": 8, "agt": 8, "oct": 10, "dec": 12, "nop": 11, "peb": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    number: int
    verdict: Verdict
    message: IntakeMessage | None = None
    notes: tuple[str, ...] = ()
    """What is wrong with it, or doubtful."""


def read(number: int, row: Sequence[str], at: Columns, city: City, *, tell: bool, now: datetime) -> Reading:
    """`tell`: the reporters hear of their complaint where the table says how."""

    def cell(name: str) -> str:
        value = clean(at.cell(row, name)).strip()  # type: ignore[arg-type]  # a heading's meaning
        return "" if value.casefold() in _NONE else value

    notes: list[str] = []
    title, text = cell("title"), cell("text")
    if not (text or title):
        return Reading(number, "wrong", notes=("tanpa isi laporan",))
    sent_at = moment(cell("date"), cell("time"), city)
    if cell("date") and sent_at is None:
        notes.append(f"tanggal tidak terbaca: {cell('date')[:30]}")
    if sent_at is not None and sent_at > now:
        notes.append("tanggal di masa depan; tidak dipakai")
        sent_at = None
    how = ended_as(cell("status"))
    past = None if how is None else Past(how=how, ended=_ended(cell("ended"), sent_at, now, city, notes))
    if past is not None:
        notes.append(_says(past, cell("status"), city))
    ward, place = _place(cell("district"), cell("ward"), cell("address"), city)
    if cell("ward") and ward is None:
        notes.append(f"kelurahan tidak dikenal: {cell('ward')[:40]}")
    given = cell("id")
    if _ROUNDED.fullmatch(given):  # a spreadsheet shortened it, and several reports now have the same
        notes.append(f"nomor dibulatkan oleh lembar kerja: {given[:30]}")
        given = ""
    given = given or _digest(sent_at, title, text, cell("name"))
    words = [text if not title or text.casefold().startswith(title.casefold()) else f"{title}\n\n{text}".strip()]
    words += [f"Lokasi: {place}"] if place else []
    words += [f"Kategori di sumber: {cell('category')}"] if cell("category") else []
    try:
        message = IntakeMessage(
            id=f"import:{given}"[:300],
            sender=Sender(
                person=f"import:{given}"[:300],
                address=_address(cell("email"), cell("phone")) if tell and past is None else None,
                name=cell("name")[:300] or None,
            ),
            sent_at=sent_at,
            text="\n".join(words),
            wish="open",
            kind=_KINDS.get(cell("kind").casefold()),
            ward=ward,
            confidentiality=_secrecy(cell("secrecy")),
            past=past,
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return Reading(number, "wrong", notes=(f"{'.'.join(map(str, first['loc']))}: {first['msg']}",))
    return Reading(number, "take" if past is None else "closed", message, tuple(notes))


def ended_as(status: str) -> HowPast | None:
    """How it ended, by the source's word for where it stands; None: it waits, or the word says nothing of it."""
    said = set(re.findall(r"[a-z]+", status.casefold()))
    if said & _NOT_YET:
        return None
    return next((how for how, words in _ENDED if said & words), None)


def _ended(said: str, came: datetime | None, now: datetime, city: City, notes: list[str]) -> datetime | None:
    """When, if the table says so and it can be true."""
    found = moment(said, "", city)
    if said and found is None:
        notes.append(f"tanggal selesai tidak terbaca: {said[:30]}")
    elif found is not None and found > now:
        notes.append("tanggal selesai di masa depan; tidak dipakai")
        return None
    elif found is not None and came is not None and _day(found, city) < _day(came, city):
        notes.append("tanggal selesai sebelum tanggal masuk; tidak dipakai")
        return None
    return found


def _day(at: datetime, city: City) -> date:
    return at.astimezone(city.zone).date()


def _says(past: Past, status: str, city: City) -> str:
    when = "" if past.ended is None else f" pada {past.ended.astimezone(city.zone):%d/%m/%Y}"
    return f"sudah berakhir di sumber{when}: {status[:40]}"


def _digest(sent_at: datetime | None, *said: str) -> str:
    whole = "\0".join([sent_at.isoformat() if sent_at else "", *said])
    return hashlib.sha256(whole.encode()).hexdigest()


def _secrecy(value: str) -> Confidentiality | None:
    plain = value.casefold()
    if "rahasia" in plain or "secret" in plain:
        return "secret"
    return "anonymous" if "anonim" in plain or "anonymous" in plain else None


def _address(email: str, phone: str) -> str | None:
    """Of several numbers the first. A mobile number without its zero is what a spreadsheet left of it."""
    if re.fullmatch(r"[^\s@]+@[^\s@]+", email):
        return f"{MAIL}{email.lower()}"
    digits = re.sub(r"[^0-9+]", "", re.split(r"[/,;]|\batau\b|\bdan\b", phone, maxsplit=1)[0])
    if digits.startswith("0"):
        digits = f"+62{digits[1:]}"
    elif re.fullmatch(r"8\d{8,11}", digits):
        digits = f"+62{digits}"
    return f"{PHONE}+{digits.lstrip('+')}" if len(digits) >= 8 else None


def _place(district: str, ward: str, address: str, city: City) -> tuple[str | None, str | None]:
    """The kelurahan's code where the name, or name and kecamatan, mean one; and all that was said of the place."""
    codes = [code for code in city.codes(ward) if code in city.wards] if ward else []
    if len(codes) > 1 and district:
        codes = [code for code in codes if city.district_of(code).code in city.codes(district)]
    said = ", ".join(part for part in (address, ward, district) if part)
    return (codes[0] if len(codes) == 1 else None), said or None


def moment(date: str, time: str, city: City) -> datetime | None:
    """Days first, as they are written here, in the city's zone unless an offset stands with it."""
    text = date.strip()
    if not text:
        return None
    if time.strip() and not re.search(r"\d:\d", text):
        text = f"{text.partition('T')[0]} {time.strip()}"
    found: datetime | None
    try:
        found = _counted(text) or datetime.fromisoformat(text)
    except ValueError:
        found = _written(text)
    if found is None:
        return None
    try:
        return (found.replace(tzinfo=city.zone) if found.tzinfo is None else found).astimezone(UTC)
    except OverflowError:  # the first or the last day that there is, which programs write for none
        return None


def _counted(text: str) -> datetime | None:
    """A day as spreadsheets count it (`46083`, `46083,34375`), with the time that stands beside it."""
    days, _, beside = text.partition(" ")
    if not _SERIAL.fullmatch(days) or not 20_000 <= float(days.replace(",", ".")) < 80_000:
        return None
    whole = _FIRST_DAY + timedelta(seconds=round(float(days.replace(",", ".")) * 86_400))
    clock = re.fullmatch(r"(\d{1,2})[.:](\d\d)(?:[.:](\d\d))?", beside)
    if clock is None or int(clock[1]) > 23:
        return whole
    return whole + timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3] or 0))


def _written(text: str) -> datetime | None:
    plain = re.sub(r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|wib|wita|wit)\b|,", " ", text.casefold())
    plain = re.sub(r"(\d)\.(\d\d)(?=\s*$|:)", r"\1:\2", plain) if re.search(r"\d{4}\s+\d+\.\d\d", plain) else plain
    plain = re.sub(r"[a-z]+", lambda found: str(_MONTH_OF.get(found[0][:3], found[0])), plain)
    plain = " ".join(plain.split())
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form.replace("T", "t"))  # noqa: DTZ007  # the caller knows the zone
        except ValueError:
            continue
    return None
