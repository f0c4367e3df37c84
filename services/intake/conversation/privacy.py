"""To be hidden, forgotten, called: what a person wishes for himself. Pure."""

# ruff: noqa: E501  # patterns are read by what they say

import re

from services.contracts.base import Confidentiality
from services.intake.conversation.sign_words import ADDRESS

_FORGET = re.compile(
    r"\blupakan (?:saja )?(?:saya|semua|data)\b|\bhapus (?:(?:saja|semua|seluruh|all|saya|juga|tolong) )*(?:data|identitas|nomor|nama|informasi|info)\b"
    r"|\bpenghapusan (?:semua )?(?:data|identitas)\b|\b(?:tidak|jangan) (?:\S+ ){0,2}(?:data|nomor|identitas)(?: saya)? (?:di)?simpan\b"
    r"|\bjangan (?:di)?simpan (?:\S+ )?(?:data|nomor|identitas)\b"
    r"|\bhapus (?:semua )?(?:chat|riwayat|jejak|pesan)\b|\b(?:data|nomor|nama|identitas)(?: pribadi)?(?: saya)? (?:tolong |minta )?(?:di)?hapus\b"
)
_ANONYMOUS = re.compile(
    r"\banonim\b|\btanpa (?:sebut |menyebut |pakai )?(?:nama|identitas)\b"
    r"|\bjangan(?: \S+){0,4} (?:nama|identitas|nomor|data saya|siapa saya|siapa yang)\b"
    r"|\b(?:nama|identitas|nomor|data)(?: \S+){0,3} (?:rahasia|sembunyi|disembunyikan|samarkan|disamarkan|dilindungi|ditutupi|aman)\b"
    r"|\b(?:nama|identitas|data)(?: \S+){0,3} (?:jangan|tidak) (?:di)?(?:publik|sebut|sebar|buka|cantum|tampil|umum|muat|beri|kasih|bocor)"
    r"|\b(?:nama|identitas|nomor(?! (?:satu|dua|tiga|empat|lima|\d)))(?: \S+){0,3} jangan\b"
    r"|\brahasia(?: \S+){0,2} (?:nama|identitas|nomor|data)\b"
    r"|\b(?:sembunyikan|samarkan|lindungi|tutupi)(?: \S+){0,2} (?:nama|identitas|nomor|data)\b"
    r"|\bjangan (?:sampai |kasih |kasi |beri |bilang |untuk )(?:\S+ ){0,3}(?:tahu|tau|ketahuan|diketahui|siapa)\b"
    r"|\bjangan (?:\S+ )?(?:ketahuan|diketahui|bocor)\b|\btakut(?: \S+){0,2} (?:ketahuan|diketahui|dikenali)\b"
    r"|\btidak (?:mau|usah|ingin)(?: \S+){0,2} (?:nama|identitas|disebut|ketahuan|dikenali)\b"
    r"|\bjangan (?:beritahu|beri|kasih|bilang|bocorkan|sebut|tel)(?: \S+){0,3} (?:siapa|pelapor)\b"
    r"|\bjangan (?:bilang|sebut|omong)(?: \S+){1,4} saya$"
    r"|\bjangan (?:bilang|cerita|ceritakan|omong|bocorkan|beritahu|lapor|sampaikan)(?: \S+){0,2} (?:ke|kepada|pada|sama) (?!polisi|saya)\S+"
    r"|\bjangan (?:di)?sebut(?:kan|in)?(?: \S+){0,2} saya\b"
    r"|\bsebagai anonim\b|\bjangan (?:bilang|sebut|cerita|ceritakan|omong|kasih tahu)(?: \S+){0,3} saya (?:yang \S+|lapor|mengadu|kasih)"
)
_SECRET = re.compile(
    r"\brahasia\b|\bjangan (?:\S+ ){0,2}(?:publik|dipublikasikan|publikasikan|disebar|sebar|disebarkan|sebarkan|ditampilkan|umumkan|diumumkan|viral|"
    r"diviralkan|diposting|posting|tersebar|diekspos)\b|\bjangan (?:untuk|dibuka|buka) (?:ke )?umum\b|\boff the record\b"
    r"|\bantara kita saja\b|\bhanya untuk (?:bapak|ibu|kita|admin|min|petugas)(?: \S+)? saja\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:akun|surat|telepon|pesan|orang|kelompok|dipanggil|bernama) anonim\b|\banonim (?:me|mem|men|meng|buang|lempar)\w+"
    r"|\b(?:tahu|tutup|menutup|menutupi|buka|membuka|bongkar|membocorkan|bukan|jadi|menjadi) rahasia\b"
    r"|\brahasia (?:umum|negara|dagang|alam|kematian|bank|perusahaan|dapur|jabatan)\b|\brahasia(?: saja)? terus\b"
)
"""`akun anonim menyebar foto`, `tutup rahasia kematian pasien`: told of others."""
_UNWISHED = re.compile(
    r"\b(?:bukan|tidak (?:usah|perlu|harus|mau|minta|butuh)(?: \S+)?|tidak|jangan) (?:rahasia|anonim)\b(?: \S+)?"
    r"|\b(?:tidak apa(?:-apa)?|tidak masalah|boleh|silakan|biar)(?: \S+){0,2} (?:nama|identitas)(?: \S+)? (?:disebut|disebutkan|dibuka|dicantumkan)\b"
)
"""`bukan rahasia`, `tidak usah anonim`, `nama saya boleh disebut`: said so that nobody hides it."""
_CALL = frozenset({"hubungi", "kontak"})
_TO_CALL = frozenset({
    "boleh", "bisa", "silakan", "saya", "saja", "nomor", "mau", "siap", "bersedia", "tolong", "langsung", "kalau", "ya", "mari",
    "sedia", "oke", "perlu", "izin", "mengizinkan", "izinkan",
})  # fmt: skip
_NUMBER_GIVEN = re.compile(
    r"^(?:\S+ ){0,3}(?:nomor|kontak)(?: (?!orang|tetangga|rt|rw|pak|bu)\S+){0,2} (?:boleh|silakan|bisa) (?:saja )?(?:di)?(?:kasih|beri|bagi|terus|serah)(?:kan)?\b"
)
"""`nomor saya boleh dikasih ke petugasnya`: so that he calls."""
_ASKED_ABOUT = re.compile(
    r"\?|\bapa(?:kah)?\b|\b(?:tak|nggak|ga|gak|ndak|dak|sonde|ko)\s*(?:bang|pak|kak|min|kaka|bapa|e)?\s*\??$"
    r"|\b(?:tak|nggak|ga|gak|ndak|dak|sonde) (?:kalau|kalo|klo|kalu|jika)\b"
)


def _joined(found: tuple[str, ...]) -> str:
    """`beta pung data` is `data saya`, whoever owns it how."""
    return " ".join(word for word in found if word not in {"pung", "punya", "pu", "pe", "puny"})


_FORBIDS = re.compile(r"^\W*(?:jangan|jan|jgn|jang|jangang)\b[^?]*$")
"""`jan sampai urang tau masalah ko pak`: whatever word it ends in, it asks nothing."""


def asked(lowered: str) -> bool:
    """It is a question by its form."""
    said = lowered.strip()
    return bool(_ASKED_ABOUT.search(said)) and not _FORBIDS.match(said)


def forgets(found: tuple[str, ...]) -> bool:
    kept = "jangan" in found and not frozenset(found) & {"simpan", "disimpan"}  # `jangan dihapus`
    return len(found) <= 14 and not kept and bool(_FORGET.search(_joined(found)))


def level(found: tuple[str, ...]) -> Confidentiality | None:
    """How closed a person wants it; None for whoever says nothing of it."""
    while found and found[-1] in ADDRESS:
        found = found[:-1]
    said = _UNWISHED.sub(" ", _OF_OTHERS.sub(" ", _joined(found)))
    if _ANONYMOUS.search(said):
        return "anonymous"
    return "secret" if _SECRET.search(said) else None


def may_call(found: tuple[str, ...], *, asks: bool) -> bool | None:
    """BOLEH HUBUNGI; False: rather not; None: nothing is said of it."""
    have = frozenset(found)
    if not asks and len(found) <= 16 and _NUMBER_GIVEN.search(" ".join(found)):
        return True
    if not have & _CALL or len(found) > 16:
        return None
    at = next(i for i, word in enumerate(found) if word in _CALL)
    before = found[:at]
    if have & {"sudah", "pernah", "berkali-kali", "kenapa", "belum", "masih"} or found[at : at + 2] == (
        "hubungi",
        "siapa",
    ):
        return None
    if before[-1:] in (("itu",), ("ini",)) and found[at + 1 : at + 2] != ("saya",):
        return None  # `itu kontak pak RW`: a contact, not a call
    if frozenset(before) & {"jangan", "tidak"}:
        return None if "bisa" in before[-3:] and "jangan" not in before else False
    if (asks and not have & {"silakan", "nomor"}) or have & {"mana", "siapa", "berapa"}:
        return None
    return True if have & _TO_CALL else None


_MAY = frozenset({"boleh", "bisa", "silakan", "siap", "bersedia", "mau", "tolong"})
_AFTER_CALL = frozenset({
    "saya", "nomor", "no", "di", "ke", "lewat", "via", "kapan", "kapanpun", "langsung", "jika", "kalau", "untuk", "bila", "setiap",
    "wa", "whatsapp", "saja", "nanti", "jam", "ya", "bapak", "ibu", "min", "apabila", "melalui", "sewaktu-waktu", "terima-kasih",
})  # fmt: skip


def consents(found: tuple[str, ...], *, asks: bool) -> bool:
    """BOLEH HUBUNGI in a clause of a longer text: said of oneself and plainly, since it is written down as a consent.

    `nomor PDAM tidak bisa dihubungi`, `mohon hubungi PLN` and `siapa yang bisa dihubungi` are none.
    """
    have = frozenset(found)
    at = next((i for i, word in enumerate(found) if word in _CALL), None)
    if (
        at is None
        or asks
        or have & {"siapa", "mana", "berapa", "tidak", "jangan", "sudah", "belum", "pernah", "susah", "sulit"}
    ):
        return False
    before, after = found[max(0, at - 3) : at], found[at + 1 : at + 2]
    if at == 0 and found[1:2] == ("saya",) and len(found) <= 4:
        return True  # `hp kakek tidak ada, hubungi saya saja`
    own = "saya" in have or found[at + 1 : at + 3] in (("nomor", "ini"), ("di", "nomor")) or "boleh" in before
    return bool(frozenset(before) & _MAY) and own and (not after or after[0] in _AFTER_CALL)
