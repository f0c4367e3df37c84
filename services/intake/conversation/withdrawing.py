"""BATAL in whatever words, and what was not meant for us. Pure."""

from itertools import pairwise

from services.intake.conversation.signs import ADDRESS


def withdraws(found: tuple[str, ...], *, asks: bool) -> bool:
    """BATAL, `dak jadi lapor`, `cabut laporan saya`."""
    meaning = [word for word in found if word not in ADDRESS]
    have = frozenset(meaning)
    if not asks and len(meaning) <= 12 and _stops(meaning):
        return True
    if asks or not meaning or len(meaning) > 12 or have & {"kenapa", "jangan", "sepihak", "nomor-antrian"}:
        return False
    of_report = bool(have & {"laporan", "lapor", "tiket"})
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
            and bool(have & {"lanjut", "dilanjutkan", "ditindaklanjuti", "diproses", "datang", "lagi"})
            and len(meaning) <= 6
        )
    return False


def _stops(meaning: list[str]) -> bool:
    """`jangan dilanjutkan laporan saya`."""
    pairs = [
        (a, b)
        for a, b in pairwise(meaning)
        if a == "jangan" and b in {"dilanjutkan", "lanjut", "diproses", "ditindaklanjuti"}
    ]
    return bool(pairs) and (len(meaning) <= 4 or bool(frozenset(meaning) & {"laporan", "lapor", "tiket"}))


def mistaken(found: tuple[str, ...]) -> bool:
    """Not meant for us."""
    at = next((i for i, word in enumerate(found) if word == "salah"), None)
    return (
        at is not None
        and bool(frozenset(found[at + 1 : at + 2]) & {"sambung", "kirim", "nomor", "orang", "chat", "pencet"})
        and len(found) <= 8
    )
