"""BATAL in whatever words, and what was not meant for us. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from services.intake.conversation.sign_words import ADDRESS


def withdraws(found: tuple[str, ...], *, asks: bool) -> bool:
    """BATAL, `dak jadi lapor`, `cabut laporan saya`."""
    meaning = _without_pointing([word for word in found if word not in ADDRESS])
    have = frozenset(meaning)
    if not asks and len(meaning) <= 12 and _stops(meaning):
        return True  # `jangan dilanjutkan`
    if asks or not meaning or len(meaning) > 12 or have & {"kenapa", "jangan", "sepihak", "nomor-antrian"}:
        return False
    if have & {"abaikan", "lupakan", "hapus", "tiadakan", "diabaikan"} and not have & {
        "data",
        "saya-data",
        "identitas",
        "nama",
    }:
        # `abaikan saja`, `lupakan laporan tadi`, `hapus laporannya`: the report, not the person
        return bool(have & {"laporan", "lapor", "tiket", "pesan"}) or have <= {"abaikan", "diabaikan", "saja", "tadi"}
    if have <= {"sudah", "tidak", "perlu", "usah", "lagi"} and have & {"perlu", "usah"} and have & {"tidak", "jangan"}:
        return True
    of_report = bool(have & {"laporan", "lapor", "tiket"})
    if "dibatalkan" in have:  # by somebody else, unless it is the report
        return of_report or len(meaning) <= 3
    if "batal" in have:
        at = meaning.index("batal")
        return (at <= 4 and "tidak" not in meaning[:at]) or of_report
    if have & {"cabut", "dicabut", "tarik", "ditarik", "hentikan", "tutup"} and of_report:
        return "belum" not in have
    if any(a == "tidak" and b in ("jadi", "usah", "perlu") for a, b in pairwise(meaning)):
        at = meaning.index("tidak")
        if meaning[at + 1] == "jadi":
            return of_report or at <= 1
        return of_report or (
            at <= 1
            and bool(have & {"lanjut", "dilanjutkan", "ditindaklanjuti", "diproses", "datang", "lagi", "perkembangan"})
            and len(meaning) <= 6
        )
    return False


_GOING_ON = frozenset({"dilanjutkan", "lanjut", "diproses", "ditindaklanjuti"})
_POINTING = frozenset(
    {"nomor", "no", "yang", "soal", "laporan", "satu", "dua", "tiga", "pertama", "kedua", "ketiga", "tadi"}
)


def _without_pointing(meaning: list[str]) -> list[str]:
    """`nomor dua dak jadi`: which one is meant stands before what is wished of it."""
    at = 0
    while at < len(meaning) - 1 and (meaning[at] in _POINTING or meaning[at].isdigit()):
        at += 1
    return meaning if "laporan" in meaning[:at] else meaning[at:]


def _stops(meaning: list[str]) -> bool:
    """`jangan dilanjutkan laporan saya`."""
    pairs = [(a, b) for a, b in pairwise(meaning) if a == "jangan" and b in _GOING_ON]
    return bool(pairs) and (len(meaning) <= 4 or bool(frozenset(meaning) & {"laporan", "lapor", "tiket"}))


def goes_on(clauses: Sequence[tuple[str, ...]]) -> bool:
    """`eh jangan, lanjutkan saja`: the two words stand in two sentences."""
    return len(clauses) > 1 and any(
        one[-1:] == ("jangan",) and other[0] in _GOING_ON for one, other in pairwise(clauses)
    )


def mistaken(found: tuple[str, ...]) -> bool:
    """Not meant for us."""
    at = next((i for i, word in enumerate(found) if word == "salah"), None)
    return (
        at is not None
        and bool(frozenset(found[at + 1 : at + 2]) & {"sambung", "kirim", "nomor", "orang", "chat", "pencet"})
        and len(found) <= 8
    )
