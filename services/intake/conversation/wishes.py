"""What people ask of us rather than tell: to be hidden, forgotten, called, told how it stands, shown how to report. Pure.

Each looks at standard words (`words`), so that one rule serves every speech. A wish that is asked about (`kalau lapor
nama saya ketahuan tak?`) is a question, not a wish.
"""

# ruff: noqa: E501  # patterns are read by what they say

import re
from itertools import pairwise

from services.contracts.base import Confidentiality
from services.intake.conversation.signs import ADDRESS, BAD, GOOD, NO_PASSIVE
from services.intake.conversation.vocabulary import vocabulary

_FORGET = re.compile(
    r"\blupakan (?:saja )?(?:saya|semua|data)\b|\bhapus (?:saja )?(?:semua |seluruh )?(?:data|identitas|nomor|nama|informasi|info)\b"
    r"|\bhapus (?:semua )?(?:chat|riwayat|jejak|pesan)\b|\b(?:data|nomor|nama|identitas)(?: pribadi)?(?: saya)? (?:tolong |minta )?(?:di)?hapus\b"
)
_ANONYMOUS = re.compile(
    r"\banonim\b|\btanpa (?:sebut |menyebut |pakai )?(?:nama|identitas)\b"
    r"|\bjangan(?: \S+){0,4} (?:nama|identitas|nomor|data saya|siapa saya|siapa yang)\b"
    r"|\b(?:nama|identitas|nomor|data)(?: \S+){0,3} (?:rahasia|sembunyi|disembunyikan|samarkan|disamarkan|dilindungi|ditutupi|aman)\b"
    r"|\b(?:nama|identitas|nomor)(?: \S+){0,3} jangan\b"
    r"|\brahasia(?: \S+){0,2} (?:nama|identitas|nomor|data)\b"
    r"|\b(?:sembunyikan|samarkan|lindungi|tutupi)(?: \S+){0,2} (?:nama|identitas|nomor|data)\b"
    r"|\bjangan (?:sampai |kasih |kasi |beri |bilang |untuk )(?:\S+ ){0,3}(?:tahu|tau|ketahuan|diketahui|siapa)\b"
    r"|\bjangan (?:\S+ )?(?:ketahuan|diketahui|bocor)\b|\btakut(?: \S+){0,2} (?:ketahuan|diketahui|dikenali)\b"
    r"|\btidak (?:mau|usah|ingin)(?: \S+){0,2} (?:nama|identitas|disebut|ketahuan|dikenali)\b"
    r"|\bsebagai anonim\b"
)
_SECRET = re.compile(
    r"\brahasia\b(?! umum)|\bjangan (?:\S+ ){0,2}(?:publik|dipublikasikan|publikasikan|disebar|disebarkan|sebarkan|umumkan|diumumkan|viral|"
    r"diviralkan|diposting|posting|tersebar|diekspos)\b|\bjangan (?:untuk|dibuka|buka) (?:ke )?umum\b|\boff the record\b"
)
_CALL = frozenset({"hubungi", "kontak"})
_TO_CALL = frozenset({
    "boleh", "bisa", "silakan", "saya", "saja", "nomor", "mau", "siap", "bersedia", "tolong", "langsung", "kalau", "ya", "mari",
    "sedia", "oke", "perlu", "izin", "mengizinkan", "izinkan",
})  # fmt: skip
_ASKED_ABOUT = re.compile(
    r"\?|\bapa(?:kah)?\b|\b(?:tak|nggak|ga|gak|ndak|dak|sonde|ko)\s*(?:bang|pak|kak|min|kaka|bapa|e)?\s*\??$"
)


def asked(lowered: str) -> bool:
    """It is a question by its form."""
    return bool(_ASKED_ABOUT.search(lowered.strip()))


def forgets(found: tuple[str, ...]) -> bool:
    return len(found) <= 14 and "jangan" not in found and bool(_FORGET.search(" ".join(found)))


def level(found: tuple[str, ...]) -> Confidentiality | None:
    """How closed a person wants it; None for whoever says nothing of it."""
    said = " ".join(found)
    if _ANONYMOUS.search(said):
        return "anonymous"
    return "secret" if _SECRET.search(said) else None


def may_call(found: tuple[str, ...], *, asks: bool) -> bool | None:
    """BOLEH HUBUNGI; False: rather not; None: nothing is said of it."""
    have = frozenset(found)
    if not have & _CALL or len(found) > 16:
        return None
    at = next(i for i, word in enumerate(found) if word in _CALL)
    before = found[:at]
    if have & {"sudah", "pernah", "berkali-kali", "kenapa", "belum", "masih"} or found[at : at + 2] == (
        "hubungi",
        "siapa",
    ):
        return None
    if frozenset(before) & {"jangan", "tidak"}:
        return None if "bisa" in before[-3:] else False
    if (asks and not have & {"silakan", "nomor"}) or have & {"mana", "siapa", "berapa"}:
        return None
    return True if have & _TO_CALL else None


def withdraws(found: tuple[str, ...], *, asks: bool) -> bool:
    """BATAL, `dak jadi lapor`, `cabut laporan saya`."""
    meaning = [word for word in found if word not in ADDRESS]
    have = frozenset(meaning)
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


def mistaken(found: tuple[str, ...]) -> bool:
    """Not meant for us."""
    at = next((i for i, word in enumerate(found) if word == "salah"), None)
    return (
        at is not None
        and bool(frozenset(found[at + 1 : at + 2]) & {"sambung", "kirim", "nomor", "orang", "chat", "pencet"})
        and len(found) <= 8
    )


_NEWS = frozenset(
    {
        "perkembangan",
        "progres",
        "kabar",
        "status",
        "tindak",
        "tindaklanjut",
        "ditindaklanjuti",
        "kejelasan",
        "hasilnya",
        "hasil",
        "nasib",
        "jawaban",
        "tanggapan",
        "respon",
        "info",
        "informasi",
        "lanjut",
        "sejauh",
        "kabarnya",
        "beritanya",
        "berita",
    }
)
_OF_US = frozenset(
    {
        "laporan",
        "lapor",
        "tiket",
        "tadi",
        "kemarin",
        "ini",
        "itu",
        "saya",
        "nomor",
        "dulu",
        "pertama",
        "kedua",
        "ketiga",
    }
)


def asks_status(found: tuple[str, ...], *, asks: bool) -> bool:
    """How does it stand? Strong: whatever the chat was about, it asks for news of a report."""
    have = frozenset(found) - {"cara"}
    if "cara" in found or (len(found) > 18 and not have & {"laporan", "status", "tiket"}):
        return False
    if "status" in have and len(found) <= 12:
        return not have & {"tanah", "rumah", "gaji", "pegawai", "honorer", "jalan-negara", "nikah"}
    how = (
        bool(have & {"tolong", "minta", "mohon", "mau", "tanya", "menanyakan", "ingin"} and have & _NEWS)
        or bool(have & {"bagaimana", "mana", "apa", "sampai", "sejauh", "kapan", "berapa", "ada"})
        or asks
    )
    if (
        have & {"laporan", "tiket"}
        and how
        and not have & {"kalau", "bisa", "di-sini", "buat", "membuat", "bikin", "kirim", "foto"}
    ):
        return bool(
            have & _NEWS
            | have
            & {
                "bagaimana",
                "sampai",
                "sudah",
                "kapan",
                "mana",
                "belum",
                "dibaca",
                "masuk",
                "diterima",
                "diproses",
                "berapa",
            }
        )
    if asks and have & _NEWS and len(found) <= 8 and not have & BAD:
        return True
    if (
        have & {"perkembangan", "progres", "kabar", "kejelasan", "tindaklanjut", "kabarnya"}
        and (how or len(found) <= 4)
        and "apa" not in found[:1]
    ):
        return not (have & {"tidak", "belum"} and not asks and "bagaimana" not in have)
    if _sequence(found, ("sampai", "mana")) or _sequence(found, ("sejauh", "mana")):
        return True
    meaning = [word for word in found if word not in ADDRESS]
    return (
        bool(meaning)
        and meaning[0] == "bagaimana"
        and len(meaning) <= 6
        and not have & BAD
        and not have & {"bisa", "kirim", "foto", "lapor", "mengurus", "urus", "daftar", "buat", "bikin", "kalau"}
    )


_DUE = frozenset(
    {
        "datang",
        "selesai",
        "hidup",
        "mengalir",
        "bersih",
        "jalan",
        "beres",
        "jadi",
        "giliran",
        "perbaikan",
        "dapat",
        "terang",
        "cair",
        "keluar",
        "turun",
        "mulai",
        "bisa",
        "ada",
        "bergerak",
        "tindakan",
    }
)


_HOW_LONG = (
    ("berapa", "lama"), ("jam", "berapa"), ("hari", "apa"), ("tanggal", "berapa"), ("hari", "berapa"), ("berapa", "hari"),
)  # fmt: skip
_POKES = frozenset(
    {
        "respon",
        "balas",
        "jawab",
        "tanggapi",
        "dibalas",
        "direspon",
        "dijawab",
        "dibaca",
        "tanggapan",
        "dibaleh",
        "dicuekin",
    }
)


def asks_when(found: tuple[str, ...], *, asks: bool) -> bool:
    """`kapan diperbaiki`, `sudah diperbaiki belum?`, `jadi kah?`: of what is known a question for news, alone a complaint."""
    have = frozenset(found)
    if found == ("cek",) or (found[0] == "cek" and len(found) <= 3):
        return True
    if (
        have & _POKES
        and not have & {"sudah", "terima-kasih", "maaf", "baru"}
        and len([w for w in found if w not in ADDRESS]) <= 4
    ):
        return True  # `woi respon dong`
    acted = any(_acts(word) for word in found)
    if "kapan" in have and len(found) <= 14:
        return acted or bool(have & _DUE) or len(found) <= 8 or "sampai" in have
    if "sudah" in have and "belum" in have and (at := found.index("sudah")) < found.index("belum"):
        between = found[at + 1 : found.index("belum")]
        return any(_acts(word) or word in _DUE for word in between) and (asks or "belum" in found[-3:])
    if len(found) <= 10 and any(_sequence(found, two) for two in _HOW_LONG):
        return True
    if asks and len(found) <= 12 and ("sudah" in have or "jadi" in have) and "belum" not in have and not have & BAD:
        return acted or bool(have & (GOOD | {"dibaca", "masuk", "diterima"}))
    if asks and len(found) <= 5 and found[0] in ("kalau", "yang", "soal", "terus", "lalu") and not have & BAD:
        return True  # `kalau yang pipa?`
    return asks and len(found) <= 9 and bool(have & {"jadi", "akan"}) and acted


def _acts(word: str) -> bool:
    return word in GOOD or (word.startswith("di") and len(word) > 5 and word not in NO_PASSIVE)


def also(found: tuple[str, ...]) -> bool:
    """`saya juga`: affected as another is."""
    have = frozenset(found)
    return (
        len(found) <= 16
        and bool(
            have
            & {
                "saya",
                "rumah",
                "tempat",
                "kami",
                "lorong",
                "gang",
                "rt",
                "rw",
                "blok",
                "daerah",
                "sini",
                "tetangga",
                "warga",
            }
        )
        and bool(have & {"juga", "sama", "serupa", "setuju", "ikut", "samo"})
    )


_REPORTING = frozenset({"lapor", "laporan", "mengadu", "pengaduan", "aduan"})
_HELP_ALONE = frozenset(
    {"bantuan", "help", "menu", "info", "informasi", "cara", "caranya", "petunjuk", "panduan", "tutorial", "perintah"}
)
_ABOUT_US = re.compile(
    r"\b(?:ini|nomor|no|wa|hotline|akun|layanan)(?: \S+){0,3} (?:lapor|laporan|resmi|benar|aktif|robot|bot|admin|asli|bapak|walikota|wali)\b"
    r"|\b(?:benar|asli|resmi|betulan|beneran)(?: \S+){0,2} (?:nomor|no|akun|wali|walikota|pemkot|hotline|wa)\b|\bini (?:dengan |sama )?siapa\b|\bsiapa ini\b|\bini (?:dengan )?(?:robot|bot|admin|mesin)\b"
)


def asks_how(found: tuple[str, ...], lowered: str) -> bool:
    """About reporting itself: how, where, whether with a picture, who reads it."""
    meaning = [word for word in found if word not in ADDRESS]
    have = frozenset(meaning)
    if not meaning:
        return False
    if len(meaning) <= 2 and have & _HELP_ALONE and have <= _HELP_ALONE | {"tolong", "minta", "lapor", "laporan"}:
        return (
            have & {"help", "menu", "cara", "caranya", "petunjuk", "panduan", "tutorial", "perintah"} != frozenset()
            or len(meaning) == 1
        )
    asks = asked(lowered)
    if (
        have & {"lapor", "laporan"}
        and have & {"cara", "caranya"}
        and (asks or "bagaimana" in have)
        and len(found) <= 18
    ):
        return not have & {"kabar", "perkembangan", "kapan", "sudah"}
    if len(found) > 16 or have & BAD:
        return False
    if have & _REPORTING or _sequence(found, ("kirim", "foto")) or _sequence(found, ("pakai", "foto")):
        if have & {"cara", "caranya", "bagaimana"} and not have & {"kabar", "perkembangan", "sampai", "kapan", "sudah"}:
            return bool(have & {"lapor", "cara", "caranya", "kirim", "buat", "membuat", "bikin"})
        if asks and have & {
            "bisa",
            "boleh",
            "kalau",
            "mana",
            "kemana",
            "dimana",
            "apa",
            "sini",
            "siapa",
            "ini",
            "nomor",
            "harus",
            "perlu",
            "syarat",
            "tempat",
            "benar",
            "berapa",
        }:
            return not have & {"sudah", "kapan", "belum"}
    if (
        asks
        and have & {"foto", "video", "lokasi", "nama", "identitas", "ketahuan", "gratis", "bayar", "biaya"}
        and have & {"bisa", "boleh", "pakai", "kalau", "harus", "perlu", "apa", "aman", "rahasia"}
        and len(meaning) <= 9
    ):
        return True
    if asks and len(found) <= 5 and found[0] == "ini" and not have & {"jadi", "sudah", "kapan"}:
        return True  # `ini CS gojek?`
    return (
        (asks or have & {"benar", "siapa"} != frozenset())
        and len(found) <= 12
        and bool(_ABOUT_US.search(" ".join(found)))
    )


_ANNOUNCE = vocabulary(
    "mau lapor laporan lagi baru lain satu ada saya tolong bisa boleh minta numpang masalah soal hal keluhan "
    "aduan ingin juga dua menyampaikan sampaikan sesuatu tentang buat membuat bikin kirim melanjutkan numpang "
    "tanya bertanya nanya menanyakan sampai untuk hari ini begini begitu"
)


def announces(found: tuple[str, ...]) -> bool:
    """`pak mau lapor`: something is to come."""
    have = frozenset(word for word in found if word not in ADDRESS and word not in _BEFORE)
    return (
        bool(
            have
            & {
                "lapor",
                "laporan",
                "masalah",
                "aduan",
                "tanya",
                "bertanya",
                "nanya",
                "keluhan",
                "sampaikan",
                "menyampaikan",
            }
        )
        and have <= _ANNOUNCE
        and bool(
            have
            & {
                "mau",
                "ada",
                "lagi",
                "baru",
                "lain",
                "satu",
                "numpang",
                "bisa",
                "boleh",
                "minta",
                "juga",
                "buat",
                "lapor",
                "ingin",
            }
        )
    )


_BEFORE = vocabulary(
    "selamat pagi siang sore malam assalamualaikum halo permisi maaf mohon izin ijin mengganggu wr wb sedikit "
    "sadiki saketek tentang"
)


_NEW = re.compile(
    r"\b(?:laporan|lapor|aduan|masalah|keluhan|urusan|hal|soal|kasus)(?: yang)? (?:baru|lain|beda|berbeda|satu lagi|lagi|kedua|berikutnya)\b"
    r"|\b(?:mau|ingin|ada|numpang)(?: \S+){0,2} lapor(?: \S+)? (?:lagi|juga|lain)\b|\b(?:beda|lain|berbeda) (?:laporan|masalah|soal|urusan|hal|kasus|lagi|tempat|lokasi)\b"
    r"|\b(?:satu|ada) (?:lagi|masalah lagi)(?: \S+)? (?:bapak|ibu|laporan|masalah|min|kakak|bang)\b|^(?:oh? ?ya |eh )?satu lagi\b|\bkali ini (?:soal|masalah|tentang|lapor|laporan)\b"
    r"|\bbukan (?:yang|soal|laporan|masalah) (?:itu|kemarin|lama|tadi|dulu)\b"
)


def calls_it_new(found: tuple[str, ...]) -> bool:
    return bool(_NEW.search(" ".join(found).replace("yang satu lagi", "")))


def _sequence(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(found[i : i + len(wanted)] == wanted for i in range(len(found)))
