"""What an officer says about one task without the words that we taught him. Pure.

He answers a message of ours, or a number of his list, as he would a colleague: "siap bu", "besok", "bukan wilayah
kami", "su kerja". The task is named, so little is enough.
"""

import re
from typing import Literal

from services.contracts.officers import OfficerDo
from services.intake.conversation.words import words as standard
from services.intake.officers.grounds import ground_of

SHORT = 8
LONGEST = 20
"""Words; what is longer tells of something."""

_ASSENTS = frozenset({
    "siap", "oke", "baik", "laksanakan", "dilaksanakan", "sanggup", "bisa", "noted", "dimengerti", "acc", "diterima",
})  # fmt: skip
_THANKS = frozenset({"terima-kasih", "alhamdulillah", "mantap", "syukur", "puji", "tuhan", "sip", "hehe", "amin"})
_DONE = frozenset({
    "selesai", "dikerjakan", "kerja", "dibersihkan", "bersih", "diperbaiki", "ditangani", "diangkut", "diangkat",
    "ditindaklanjuti", "dipasang", "ditambal", "dikeruk", "diganti", "dipotong", "ditebang",
})  # fmt: skip
_VAGUE = frozenset({
    "proses", "diproses", "lanjut", "otw", "meluncur", "cek", "dicek", "nanti", "sedang", "sdg", "dikerjakan",
    "ditangani", "sabar", "sebentar", "secepat", "segera", "menuju", "lokasi", "di", "ke", "petugas", "foto", "bukan",
})  # fmt: skip
_FILLERS = frozenset({
    "bapak", "ibu", "kakak", "bang", "min", "admin", "ya", "iya", "izin", "tolong", "saya", "dan", "akan", "kita",
    "sudah", "ini", "itu", "lagi", "untuk", "yang", "tim", "pun", "nian", "komandan", "ndan", "sana", "situ",
})  # fmt: skip
_DAY = re.compile(
    r"\d+|senin|selasa|rabu|kamis|jumat|sabtu|minggu|ahad|besok|esok|lusa|luso|bsk|bsok|besuk|bisuak|isuak|isuk|beso"
    r"|salasa|kamih|jumaik|jumaat|hari|jam|pekan|bulan|depan|akhir|malam|sore|siang|pagi|nanti|sekarang|skrg"
    r"|tgl|tanggal"
    r"|satu|dua|tiga|empat|lima|enam|tujuh|seminggu|sehari|januari|februari|maret|april|mei|juni|juli|agustus|september"
    r"|oktober|november|desember|jan|feb|mar|apr|jun|jul|agu|sep|okt|nov|des"
)
_PROMISING = frozenset({
    "paling", "lambat", "sampai", "selesai", "insyaallah", "insya", "allah", "dikerjakan", "kerjakan", "kerja", "dalam",
    "waktu", "target", "juga", "saja", "kami", "jadi", "bisa", "lagi",
})  # fmt: skip
"""What stands beside the day of a promise; with other words it is told of something, or promises to look only."""


def read(said_of_it: str, *, pictures: int, promises: bool) -> OfficerDo | None:
    """None: it says nothing that can be carried out. `promises`: it names a day."""
    said = standard(said_of_it)
    meant = [word for word in said if word not in _FILLERS]
    if said[:1] == ("sudah",) and len(said) <= SHORT and (not meant or not _DONE.isdisjoint(meant[:2])):
        return "resolve"
    if not pictures and ground_of(said_of_it) is not None:
        return "return"
    if promises and len(said) <= SHORT and said[:1] != ("sudah",) and all(map(_promises, meant)):
        return "accept"
    return "accept" if meant and _ASSENTS.issuperset(meant) else None


def _promises(word: str) -> bool:
    return word in _PROMISING or word in _ASSENTS or _DAY.fullmatch(word) is not None


def bare(said_of_it: str) -> bool:
    """`sudah pak`: true, and not fit to be read by others."""
    return all(word in _FILLERS for word in standard(said_of_it))


def vague(said_of_it: str) -> bool:
    """He says that something will be done, and not what or by when."""
    meant = [word for word in standard(said_of_it) if word not in _FILLERS]
    return bool(meant) and _VAGUE.issuperset(meant)


Manner = Literal["thanks", "something", "much"]


def manner(said_of_it: str) -> Manner:
    """Thanks, or nothing but a sign, is answered by nobody; what is long is a matter of its own."""
    said = standard(said_of_it)
    if all(word in _THANKS or word in _FILLERS for word in said):
        return "thanks"
    return "something" if len(said) <= LONGEST else "much"
