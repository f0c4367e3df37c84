"""What an officer wants, from a few short words. Pure, and strict: whatever else he writes is a complaint of his own.

A wish names its task by number, ticket, button or the message it answers. Without one it must stand nearly alone, so
that "selesai kerja bakti, sampah malah menumpuk di simpang" stays what it is: a report.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from services.contracts import tickets
from services.contracts.officers import OfficerDo, Pressed, ReturnGround
from services.intake.conversation.words import words as standard
from services.intake.officers import dates, replies
from services.intake.officers.grounds import GROUNDS, ground_of, no_picture

_VERBS: dict[str, OfficerDo] = {
    "daftar": "list", "tugas": "list", "list": "list",
    "lihat": "show", "liat": "show", "cek": "show", "buka": "show", "rincian": "show", "detail": "show",
    "terima": "accept", "diterima": "accept", "sanggup": "accept",
    "trima": "accept", "trma": "accept", "tarimo": "accept", "tarima": "accept", "terime": "accept",
    "kembalikan": "return", "dikembalikan": "return", "balikkan": "return", "tolak": "return", "kembali": "return",
    "balikin": "return", "balikan": "return", "baliakkan": "return", "baliakan": "return",
    "progres": "progress", "progress": "progress", "kemajuan": "progress", "update": "progress", "apdet": "progress",
    "selesai": "resolve",
}  # fmt: skip
_PASSED_OVER = frozenset({
    "nomor", "no", "tugas", "laporan", "saya", "sudah", "siap", "oke", "baik", "bapak", "ibu", "izin", "tolong", "ya",
    "iya", "yang", "yg", "ini", "untuk", "foto", "proses",
})  # fmt: skip
_NUMBERS = {"satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5"}
_LISTING = frozenset(
    {"daftar", "list", "lihat", "cek", "apa", "tugas", "saya", "mana", "saja", "hari", "ini", "baru", "tolong"}
)
_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_COUNTS = re.compile(
    r"\s*(?:jam|hari|(?:minggu|pekan|bulan)(?!\s+(?:depan|ini))|[/-]\d|jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)"
)
LOOSE = " \t\n.,:;-–—!"


Unclear = Literal["voice", "several", "words"]


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
    mild: bool = False
    """He says that it is well, and no more: of a task that he has accepted already it asks for nothing."""
    unclear: Unclear | None = None
    """Said to the seat, and not to be carried out: a voice, several tasks at once, words that promise nothing."""


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
    voice: bool = False
    """Spoken: nobody here can hear what."""


@dataclass(frozen=True, slots=True)
class Goes:
    """The wish, and the earlier order that it completes."""

    wish: Wish
    completes: str | None = None


def read(heard: Heard, pending: Pending | None) -> Goes | None:
    """None: it is not said to the seat but by a person."""
    if heard.pressed is not None:
        return Goes(_pressed(heard.pressed, heard))
    if heard.voice:
        return _voiced(heard, pending)
    wish = _spoken(heard)
    if wish is not None:
        if pending is not None and pending.complaint is None and wish.do == "show" and not wish.text:
            return Goes(replace(wish, do=pending.do), pending.order)  # "2" answers "which one?"
        return Goes(wish)
    if pending is not None and (goes := _answers(heard, pending)) is not None:
        return goes
    return None if heard.about is None else _unlearned(heard)


def _voiced(heard: Heard, pending: Pending | None) -> Goes | None:
    """As an answer to us it is said to the seat; else it may be anything."""
    about = heard.about or (None if pending is None else pending.complaint)
    return None if about is None else Goes(Wish("show", complaint=about, unclear="voice"))


def _unlearned(heard: Heard) -> Goes | None:
    """Below a message of ours, without a word that we taught him."""
    wish = _of_one_task(Wish("show", complaint=heard.about), heard.text, heard)
    if wish is not None:
        return Goes(wish)
    if heard.pictures and len(heard.text.split()) <= replies.SHORT:
        return Goes(Wish("progress", complaint=heard.about, text=heard.text.strip()))
    if replies.manner(heard.text) != "something" or heard.pictures:
        return None
    return Goes(Wish("show", complaint=heard.about, unclear="words"))


def _of_one_task(named: Wish, said: str, heard: Heard) -> Wish | None:
    """`named` tells the task; what is said of it."""
    until = dates.read(said, heard.at, heard.zone, heard.scale)
    do = replies.read(said, pictures=heard.pictures, promises=until is not None)
    if do is None:
        return None
    return replace(
        named,
        do=do,
        until=until if do == "accept" else None,
        ground=ground_of(said) if do == "return" else None,
        text="" if do == "accept" or replies.bare(said) else said.strip(LOOSE),
        without_picture=no_picture(said),
        mild=do == "accept" and until is None,
    )


def _pressed(button: Pressed, heard: Heard) -> Wish:
    wish = Wish(button.do, complaint=button.complaint)
    if button.do == "accept" and button.more is not None and button.more.isdigit():
        return replace(wish, until=dates.read(f"{button.more} hari", heard.at, heard.zone, heard.scale))
    found = next((ground for ground, _ in GROUNDS if ground == button.more), None)
    return wish if found is None else replace(wish, ground=found)


def _spoken(heard: Heard) -> Wish | None:
    if _several(heard.text):
        return Wish("list", unclear="several")
    said = standard(heard.text)
    if "tugas" in said and _LISTING.issuperset(said) and not heard.pictures:
        return Wish("list")
    do, number, ticket, rest = _opening(heard.text)
    named = number is not None or ticket is not None
    if do is None:
        return _named_only(Wish("show", number, ticket), rest, heard) if named and _is_short(heard) else None
    wish = Wish(
        do,
        number,
        ticket,
        None if named else heard.about,
        dates.read(rest, heard.at, heard.zone, heard.scale) if do == "accept" else None,
        ground_of(rest) if do == "return" else None,
        rest,
        no_picture(rest),
    )
    return wish if named or heard.about is not None or _stands_alone(wish, heard) else None


def _named_only(wish: Wish, rest: str, heard: Heard) -> Wish | None:
    """A task, and no verb: `2` asks to see it, `2 siap` and `2 bukan wilayah kami` answer for it, a picture shows
    it."""
    said = _without_the_name(heard.text)
    if said and (found := _of_one_task(wish, said, heard)) is not None:
        return found
    if heard.pictures:
        return replace(wish, do="progress") if not rest else None
    if rest and replies.vague(said):
        return replace(wish, unclear="words")
    return wish if not rest else None


def _without_the_name(text: str) -> str:
    """What stands behind the number or ticket."""
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        if word.isdigit() or word in _NUMBERS or ("-" in word and tickets.read(word) is not None):
            return text[token.end() :].strip(LOOSE + "?)")
    return ""


_VERB = "|".join(sorted(_VERBS, key=len, reverse=True))
_UNIT = r"(?:jam|hari|minggu|pekan|bulan|jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)"
_SEVERAL = re.compile(
    rf"^\W*(?:(?:{_VERB}|nomor|no|tugas)\W+)*\d{{1,2}}\s*(?:,|&|\+|dan|sama|jo|deng)\s*(?:nomor|no)?\W*\d{{1,2}}\b(?!\s*{_UNIT})"
    rf"|^\W*(?:{_VERB})\W+\d{{1,2}}\b.{{0,30}}[,;\n]\W*(?:nomor|no)?\W*\d{{1,2}}\s+(?:besok|bsk|lusa|\d|{_VERB})"
    rf"|^\W*\d{{1,2}}\s+(?:{_VERB})\b.{{0,60}}[,;\n]\W*(?:nomor|no)?\W*\d{{1,2}}\s+(?:{_VERB})\b"
    rf"|^\W*(?:{_VERB})\W+(?:semua|smua|semuanya)\b(?:\W+\w+){{0,3}}\W*$",
    re.IGNORECASE,
)
"""`1 dan 2 selesai`, `terima 1 besok, 2 lusa`, `terima semua besok`; not `terima 1, 2 hari`."""


def _several(text: str) -> bool:
    return _SEVERAL.search(text[:200]) is not None


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
        word = _NUMBERS.get(word, word) if not named else word
        if not named and (found := tickets.read(word) if "-" in word else None) is not None:
            ticket = found
        elif not named and word.isdigit() and len(word) <= 2 and _names_a_task(do, text[token.end() :]):
            number = int(word)
        elif do is None and (verb := _VERBS.get(word) or _VERBS.get(plain)) and not _thanks(text[token.start() :]):
            do = verb
        elif word not in _PASSED_OVER and plain not in _PASSED_OVER:
            break
        end = token.end()
    return do, number, ticket, text[end:].strip(LOOSE + "?)")


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
            return tells or (not wish.text and standard(heard.text)[:1] != ("sudah",))


def _answers(heard: Heard, pending: Pending) -> Goes | None:
    """What was asked for, and nothing else: anything longer or other is a report."""
    if pending.complaint is None:
        return None
    short = len(heard.text.split()) <= 8
    wish = Wish(pending.do, complaint=pending.complaint, text=heard.text.strip())
    if replies.vague(heard.text) and not heard.pictures:
        return Goes(replace(wish, text=""), pending.order)  # asked once more
    match pending.do:
        case "accept":
            until = dates.read(heard.text, heard.at, heard.zone, heard.scale)
            return Goes(replace(wish, until=until), pending.order) if until is not None and short else None
        case "return":
            ground = ground_of(heard.text)
            return Goes(replace(wish, ground=ground), pending.order) if ground is not None else None
        case "resolve" | "progress":
            without = no_picture(heard.text)
            return Goes(replace(wish, without_picture=without), pending.order) if heard.pictures or without else None
        case _:
            return None
