"""How somebody sets out to tell a matter: with a greeting or a wish, and where it is. Pure."""

from services.intake.conversation.chat import Heard
from services.intake.conversation.sign_words import ADDRESS
from services.intake.conversation.vocabulary import vocabulary

_BEGINNINGS = vocabulary(
    "selamat assalamualaikum halo permisi tolong minta izin ijin ada mau lapor kenapa tanya shalom syalom salam yth"
)
POINTS_BACK = vocabulary(
    "itu tadi kemarin laporan tersebut masih belum sudah lagi juga petugas jadi sampai tindak dinas foto maksud ini "
    "jawaban cepat segera secepatnya ditindak ditangani diperbaiki kapan"
)


def begins(heard: Heard) -> bool:
    """It sets out as who brings a matter, with enough of it, and points to nothing that was said before."""
    found = heard.reading.words
    sets_out = bool(frozenset(found[:5]) & _BEGINNINGS)
    return (
        sets_out and len(heard.reading.meaning) >= 5 and not frozenset(found) & POINTS_BACK and not heard.reading.asks
    )


PLACING = frozenset(
    {
        "di",
        "dekat",
        "depan",
        "jl",
        "kat",
        "simpang",
        "rt",
        "rw",
        "kelurahan",
        "gang",
        "blok",
        "dakek",
        "sebelah",
        "belakang",
        "km",
        "lorong",
        "perumahan",
        "jalan",
    }
)


_WHERE = frozenset({"lokasi", "alamat", "tempat", "posisi", "titik"})


def only_says_where(heard: Heard) -> bool:
    """`maaf tadi kehabisan kuota. lokasinya jl meranti dekat puskesmas`: what it is stands in an earlier message."""
    if heard.reading.bad or heard.reading.asks:
        return False
    of_place = [one for one in heard.reading.said if _of_place(one.clause.words)]
    return bool(of_place) and not any(one.clause.topics for one in heard.reading.said if one not in of_place)


def _of_place(found: tuple[str, ...]) -> bool:
    said = [word for word in found if word not in ADDRESS]
    return bool(said) and said[0] in _WHERE and not PLACING.isdisjoint(said)


def has_place(heard: Heard) -> bool:
    """It says where, as who tells of it for the first time does."""
    return len(heard.reading.meaning) >= 3 and bool(frozenset(heard.reading.words) & PLACING)
