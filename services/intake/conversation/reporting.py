"""About reporting itself: how it is done, that something is to come, that it is another matter, "saya juga". Pure."""

# ruff: noqa: E501  # patterns are read by what they say

import re

from services.intake.conversation.news import sequence
from services.intake.conversation.privacy import asked
from services.intake.conversation.sign_words import ADDRESS, BAD
from services.intake.conversation.vocabulary import vocabulary


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
    r"|\bini (?:orang|robot|bot|mesin|ai)\b"
    r"|\b(?:benar|asli|resmi|betulan|beneran)(?: \S+){0,2} (?:nomor|no|akun|wali|walikota|pemkot|hotline|wa)\b|\bini (?:dengan |sama )?siapa\b|\bsiapa ini\b|\bini (?:dengan )?(?:robot|bot|admin|mesin)\b"
    r"|\bsiapa (?:saja )?yang (?:baca|membaca|terima|menerima|jawab|balas)\b"
)


_SPEAK = frozenset({"bicara", "ngobrol", "ngomong", "omong", "hubungi", "chat", "bertemu", "ketemu"})
_A_PERSON = frozenset({"petugas", "orang", "manusia", "cs", "operator", "langsung", "asli"})


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
    if asks and len(meaning) <= 7 and have & _SPEAK and have & _A_PERSON and have & {"bisa", "boleh", "mau", "ada"}:
        return True  # `bisa bicara dengan petugas langsung?`
    own = sequence(found, ("nomor", "laporan")) or sequence(found, ("nomor", "tiket"))
    if own and have & {"berapa", "saya"}:
        return False  # of what was reported
    if (
        have & {"lapor", "laporan"}
        and have & {"cara", "caranya"}
        and (asks or "bagaimana" in have)
        and len(found) <= 18
    ):
        return not have & {"kabar", "perkembangan", "kapan", "sudah"}
    if (
        len(found) > 16
        or have & BAD
        or ("laporan" in have and have & {"jalan", "diproses", "dibaca"} and "siapa" not in have)
    ):
        return False
    if have & _REPORTING or sequence(found, ("kirim", "foto")) or sequence(found, ("pakai", "foto")):
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
            "biaya",
            "bayar",
            "gratis",
            "kena",
            "layanan",
        }:
            return not have & {"sudah", "kapan", "belum", "kabar", "perkembangan", "status", "progres"}
    if (
        asks
        and not have & {"syarat", "jam", "jadwal", "mengurus", "urus"}  # `syarat balik nama apa?` asks of the city
        and have & {"foto", "video", "lokasi", "nama", "identitas", "ketahuan", "gratis", "bayar", "biaya"}
        and have & {"bisa", "boleh", "pakai", "kalau", "harus", "perlu", "apa", "aman", "rahasia"}
        and len(meaning) <= (9 if have & {"foto", "video", "lokasi", "nama", "identitas", "ketahuan"} else 6)
    ):
        return True
    if asks and "hotline" in have and len(meaning) <= 4:
        return True  # `hello, is this the city hotline?`
    if asks and len(found) <= 6 and meaning[:1] == ["halo"] and found[1:2] == ("ini",):
        return True
    if asks and len(found) <= 5 and found[0] == "ini" and not have & {"jadi", "sudah", "kapan"}:
        return True  # `ini CS gojek?`
    return (
        (asks or have & {"benar", "siapa", "bot", "robot", "mesin"} != frozenset())
        and len(found) <= 12
        and bool(_ABOUT_US.search(" ".join(found)))
    )


_ANNOUNCE = vocabulary(
    "mau lapor laporan lagi baru lain satu ada saya tolong bisa boleh minta numpang masalah soal hal keluhan "
    "aduan ingin juga dua menyampaikan sampaikan sesuatu tentang buat membuat bikin kirim melanjutkan numpang "
    "takut malu ragu segan bingung tapi agak "
    "sesuatu tanya bertanya nanya menanyakan sampai untuk hari ini begini begitu bicara ngomong cerita curhat ngobrol konsultasi mengadu harus omong bilang"
)


def _before_a_condition(found: tuple[str, ...]) -> tuple[str, ...]:
    """`mau lapor, tapi jangan bilang ke guru`: what is announced stands before what it is tied to."""
    at = next((i for i, word in enumerate(found) if word in ("tapi", "jangan", "asal")), len(found))
    return found[:at] if {"lapor", "cerita", "sampaikan", "mengadu"} & set(found[:at]) else found


def announces(found: tuple[str, ...]) -> bool:
    """`pak mau lapor`: something is to come."""
    have = frozenset(word for word in _before_a_condition(found) if word not in ADDRESS and word not in _BEFORE)
    if {"satu", "lagi"} <= have <= _ONE_MORE:
        return True
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
                "bicara",
                "ngomong",
                "omong",
                "cerita",
                "curhat",
                "ngobrol",
                "konsultasi",
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
                "menyampaikan",
                "sampaikan",
                "harus",
            }
        )
    )


_ONE_MORE = frozenset(
    {
        "satu",
        "lagi",
        "sama",
        "dan",
        "ada",
        "juga",
        "hal",
        "masalah",
        "laporan",
        "tapi",
        "masih",
        "mau",
        "lapor",
        "terus",
    }
)
"""`sama satu lagi min`."""
_BEFORE = vocabulary(
    "selamat pagi siang sore malam assalamualaikum halo permisi maaf mohon izin ijin mengganggu wr wb sedikit "
    "sadiki saketek tentang"
)


_NEW = re.compile(
    r"\b(?:laporan|lapor|aduan|masalah|keluhan|urusan|hal|soal|kasus)(?: yang)? (?:baru|lain|beda|berbeda|satu lagi|lagi|kedua|berikutnya)\b"
    r"|\b(?:mau|ingin|ada|numpang)(?: \S+){0,2} lapor(?: \S+)? (?:lagi|juga|lain)\b|\b(?:beda|lain|berbeda) (?:laporan|masalah|soal|urusan|hal|kasus|lagi|tempat|lokasi)\b"
    r"|(?<!tidak )\b(?:satu|ada) (?:lagi|masalah lagi)(?: \S+)? (?:bapak|ibu|laporan|masalah|min|kakak|bang)\b|^(?:oh? ?ya |eh )?satu lagi\b|\bkali ini (?:di|soal|masalah|tentang|lapor|laporan)\b"
    r"|^(?:\S+ ){0,2}lapor (?:juga|lagi)\b"
    r"|\b(?:tempat|lokasi|masalah|soal) (?:beda|lain|berbeda)\b"
    r"|\bbukan (?:yang|soal|laporan|masalah) (?:itu|kemarin|lama|tadi|dulu)\b"
)


def calls_it_new(found: tuple[str, ...]) -> bool:
    return bool(_NEW.search(" ".join(found).replace("yang satu lagi", "")))


def more_to_come(found: tuple[str, ...]) -> bool:
    """A clause of its own: `pak, ada lagi, …`, `satu lagi ya`."""
    meaning = tuple(word for word in found if word not in ADDRESS)
    return meaning in (("ada", "lagi"), ("satu", "lagi"), ("ada", "satu", "lagi"), ("lagi", "satu"), ("lapor", "lagi"))
