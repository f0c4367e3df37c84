"""Why an office gives a task back, read out of its officer's words; and that there is no picture. Pure."""

import re

from services.contracts.officers import ReturnGround
from services.intake.conversation.words import words as standard

_NO = r"\b(?:kurang|krg|kurg|tidak|tdk|gak|belum|blm)\s+"
_AREA = re.compile(
    r"\b(?:bukan|tidak)\s+(?:di\s+|masuk\s+)?(?:wilayah|daerah|kelurahan|kecamatan|area)|\bluar\s+(?:wilayah|area)"
    r"|\b(?:beda|lain)\s+(?:wilayah|kelurahan|kecamatan)|\b(?:wilayah|kelurahan|kecamatan)\s+(?:sebelah|tetangga|lain)\b"
)
_OFFICES = r"(?:pupr|pu|dlh|pdam|pln|dishub|dinkes|dinsos|satpol|damkar|bpbd|perkim|dinas|balai|provinsi|pusat)"
_FUNCTION = re.compile(
    r"\b(?:bukan|tidak)\s+(?:tugas|bidang|tupoksi|wewenang|kewenangan|urusan|ranah|kami|saya|bagian|dinas)"
    r"|\bluar\s+(?:tugas|wewenang|kewenangan)"
    rf"|\b(?:tugas|urusan|ranah|kewenangan|wewenang|bagian|punya|milik)(?:nya)?\s+{_OFFICES}\b"
    rf"|\b{_OFFICES}\s+punya\b"
)
_TWICE = re.compile(
    r"\b(?:sudah|sdh|udah)\s+ada\b(?!\s+(?:tim|petugas|orang))|\bganda\b|\bdobel\b|\bduplikat\b"
    r"|\blaporan\s+(?:yang\s+)?sama\b"
)
_VAGUE = re.compile(rf"{_NO}(?:jelas|lengkap)|\balamat(?:nya)?\s+(?:tidak|tdk|gak)\s+(?:ada|ketemu|jelas)")
GROUNDS: tuple[tuple[ReturnGround, re.Pattern[str]], ...] = (
    ("not_our_area", _AREA),
    ("not_our_function", _FUNCTION),
    ("duplicate", _TWICE),
    ("incomplete", _VAGUE),
)

NO_PICTURE = re.compile(r"\btanpa\s+(?:foto|gambar|poto)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:tidak|belum)\s+(?:ada|punya|sempat)\s+(?:foto|gambar|poto)\b")


def ground_of(words: str) -> ReturnGround | None:
    """As it is written, and in standard words (`sonde wilayah kami`)."""
    said = f"{words.lower()}\n{' '.join(standard(words))}"
    return next((ground for ground, shape in GROUNDS if shape.search(said)), None)


def no_picture(words: str) -> bool:
    return NO_PICTURE.search(words) is not None or _NONE.search(" ".join(standard(words))) is not None
