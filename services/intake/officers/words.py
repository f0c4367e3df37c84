"""What an officer wants, from a few short words. Pure, and strict: whatever else he writes is a complaint of his own.

A wish names its task by number, ticket, button or the message it answers. Without one it must stand nearly alone, so
that "selesai kerja bakti, sampah malah menumpuk di simpang" stays what it is: a report.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from services.contracts import tickets
from services.contracts.officers import OfficerDo, Pressed, ReturnGround
from services.intake.conversation.words import words as standard
from services.intake.officers import dates

_VERBS: dict[str, OfficerDo] = {
    "daftar": "list", "tugas": "list",
    "lihat": "show", "rincian": "show", "detail": "show",
    "terima": "accept", "diterima": "accept", "sanggup": "accept",
    "kembalikan": "return", "dikembalikan": "return", "balikkan": "return", "tolak": "return",
    "progres": "progress", "progress": "progress", "kemajuan": "progress",
    "selesai": "resolve",
}  # fmt: skip
_PASSED_OVER = frozenset({"nomor", "no", "tugas", "laporan", "saya", "sudah"})
_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_COUNTS = re.compile(r"\s*(?:jam|hari|minggu|pekan|bulan|[/-]\d|jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)")
NO_PICTURE = re.compile(r"\btanpa\s+(?:foto|gambar|poto)\b", re.IGNORECASE)
LOOSE = " \t\n.,:;-–—!"

_NO = r"\b(?:kurang|tidak|tdk|gak|belum|blm)\s+"
_AREA = re.compile(r"\bbukan\s+(?:di\s+)?(?:wilayah|daerah|kelurahan|kecamatan|area)|\bluar\s+(?:wilayah|area)")
_FUNCTION = re.compile(
    r"\bbukan\s+(?:tugas|bidang|tupoksi|wewenang|kewenangan|urusan|ranah|kami|bagian|dinas)"
    r"|\bluar\s+(?:tugas|wewenang|kewenangan)"
)
_TWICE = re.compile(r"\b(?:sudah|sdh|udah)\s+ada\b|\bganda\b|\bdobel\b|\bduplikat\b|\blaporan\s+(?:yang\s+)?sama\b")
_VAGUE = re.compile(rf"{_NO}(?:jelas|lengkap)|\balamat(?:nya)?\s+(?:tidak|tdk|gak)\s+(?:ada|ketemu|jelas)")
_GROUNDS: tuple[tuple[ReturnGround, re.Pattern[str]], ...] = (
    ("not_our_area", _AREA),
    ("not_our_function", _FUNCTION),
    ("duplicate", _TWICE),
    ("incomplete", _VAGUE),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`text` is what is left when number and verb are taken away; empty if nothing."""

    do: OfficerDo
    number: int | None = None
    ticket: str | None = None
    complaint: str | None = None
    until: datetime | None = None
    ground: ReturnGround | None = None
    text: str = ""
    without_picture: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """What we last asked this officer for, and about which task (None: which task was the question)."""

    do: OfficerDo
    complaint: str | None
    order: str


@dataclass(frozen=True, slots=True)
class Heard:
    text: str
    pictures: int
    at: datetime
    zone: ZoneInfo
    scale: float = 1.0
    pressed: Pressed | None = None
    about: str | None = None
    """Complaint of the message of ours that this one answers."""


@dataclass(frozen=True, slots=True)
class Goes:
    """The wish, and the earlier order that it completes."""

    wish: Wish
    completes: str | None = None


def read(heard: Heard, pending: Pending | None) -> Goes | None:
    """None: it is not said to the seat but by a person."""
    if heard.pressed is not None:
        return Goes(_pressed(heard.pressed, heard))
    wish = _spoken(heard)
    if wish is not None:
        if pending is not None and pending.complaint is None and wish.do == "show" and not wish.text:
            return Goes(replace(wish, do=pending.do), pending.order)  # "2" answers "which one?"
        return Goes(wish)
    return None if pending is None else _answers(heard, pending)


def _pressed(button: Pressed, heard: Heard) -> Wish:
    wish = Wish(button.do, complaint=button.complaint)
    if button.do == "accept" and button.more is not None and button.more.isdigit():
        return replace(wish, until=dates.read(f"{button.more} hari", heard.at, heard.zone, heard.scale))
    found = next((ground for ground, _ in _GROUNDS if ground == button.more), None)
    return wish if found is None else replace(wish, ground=found)


def _spoken(heard: Heard) -> Wish | None:
    do, number, ticket, rest = _opening(heard.text)
    named = number is not None or ticket is not None
    if do is None:
        # A bare number or ticket asks to see that task.
        return Wish("show", number, ticket) if named and not rest and not heard.pictures and _is_short(heard) else None
    wish = Wish(
        do,
        number,
        ticket,
        None if named else heard.about,
        dates.read(rest, heard.at, heard.zone, heard.scale) if do == "accept" else None,
        ground_of(rest) if do == "return" else None,
        rest,
        bool(NO_PICTURE.search(rest)),
    )
    return wish if named or heard.about is not None or _stands_alone(wish, heard) else None


def alone(wish: Wish) -> bool:
    """It names no task: of somebody who was asked about a complaint of his own it may be the answer to that."""
    return wish.number is None and wish.ticket is None and wish.complaint is None


def _opening(text: str) -> tuple[OfficerDo | None, int | None, str | None, str]:
    """Verb, number or ticket in any order at the beginning, and what comes after."""
    do: OfficerDo | None = None
    number: int | None = None
    ticket: str | None = None
    end = 0
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        plain = " ".join(standard(word))
        named = number is not None or ticket is not None
        if not named and (found := tickets.read(word) if "-" in word else None) is not None:
            ticket = found
        elif not named and word.isdigit() and len(word) <= 2 and _names_a_task(do, text[token.end() :]):
            number = int(word)
        elif do is None and (verb := _VERBS.get(word) or _VERBS.get(plain)) and not _thanks(text[token.start() :]):
            do = verb
        elif word not in _PASSED_OVER and plain not in _PASSED_OVER:
            break
        end = token.end()
    return do, number, ticket, text[end:].strip(LOOSE)


def _names_a_task(do: OfficerDo | None, after: str) -> bool:
    """Behind the verb a number may count something instead: `terima 3 hari`, `selesai 2 lampu diganti`."""
    if do is None:
        return True
    if do in ("progress", "resolve"):
        return re.match(r"\s*(?:$|[\n,.:;–—-])", after) is not None
    return _COUNTS.match(after.lower()) is None


def _thanks(text: str) -> bool:
    return re.match(r"terima\s*kasih", text.lower()) is not None


def _is_short(heard: Heard) -> bool:
    return len(heard.text) <= 30


def _stands_alone(wish: Wish, heard: Heard) -> bool:
    """Without a task that it names a wish must be all that is said."""
    match wish.do:
        case "list":
            return not wish.text and not heard.pictures
        case "show":
            return False
        case "accept":
            return not wish.text or (wish.until is not None and len(wish.text.split()) <= 4)
        case "return":
            return not wish.text or (wish.ground is not None and len(wish.text.split()) <= 8)
        case _:
            tells = heard.pictures > 0 or wish.without_picture
            return tells or (not wish.text and re.match(r"\s*(?:sudah|udah|sdh)\b", heard.text.lower()) is None)


def _answers(heard: Heard, pending: Pending) -> Goes | None:
    """What was asked for, and nothing else: anything longer or other is a report."""
    if pending.complaint is None:
        return None
    short = len(heard.text.split()) <= 8
    wish = Wish(pending.do, complaint=pending.complaint, text=heard.text.strip())
    match pending.do:
        case "accept":
            until = dates.read(heard.text, heard.at, heard.zone, heard.scale)
            return Goes(replace(wish, until=until), pending.order) if until is not None and short else None
        case "return":
            ground = ground_of(heard.text)
            return Goes(replace(wish, ground=ground), pending.order) if ground is not None else None
        case "resolve" | "progress":
            without = bool(NO_PICTURE.search(heard.text))
            return Goes(replace(wish, without_picture=without), pending.order) if heard.pictures or without else None
        case _:
            return None


def ground_of(words: str) -> ReturnGround | None:
    lowered = words.lower()
    return next((ground for ground, shape in _GROUNDS if shape.search(lowered)), None)
