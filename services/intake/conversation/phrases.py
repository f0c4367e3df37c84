"""What a short message says, whatever the chat was about. Long texts are content; only wishes stand out in them."""

import re
from dataclasses import dataclass
from typing import Literal

from services.contracts.base import Confidentiality
from services.intake.conversation.words import words

Says = Literal[
    "nothing", "greeting", "thanks", "agreed", "help", "status", "done", "not_done", "withdraw", "confidential",
    "forget", "content",
]  # fmt: skip
"""`agreed` is ok, ya, siap; `nothing` is emoji, a lone `P`, punctuation."""


def _set(of: str) -> frozenset[str]:
    return frozenset(of.split())


_ADDRESS = _set(
    "pak bu bapak ibu bpk min admin mimin kak bang om tante mas mbak uda uni da ni abang dang bung nona kakak "
    "sanak wali kota walikota camat lurah yth dan ya yo e oh kok sih dong deh lah nih itu ini banyak sekali "
    "semua semoga sehat selalu nian lai kah ko sis gan bos"
)
"""Words that carry nothing by themselves."""
_GREETINGS = _set(
    "p halo hallo hai hay hi hello helo hey pagi siang sore malam selamat met assalamualaikum assalamu'alaikum "
    "asalamualaikum assalam asslm ass askum samlekum assalamu alaikum alaikumsalam waalaikumsalam wr wb "
    "warahmatullahi wabarakatuh salam shalom syalom permisi punten ping tes test tabik horas cek misi"
)
_AGREED = _set("ok oke okey okay iya ya yo yup siap baik sip mantap noted jadi betul benar oo oh")
_DONE = _set("selesai hidup mengalir baik bersih diperbaiki diangkut ditambal terang surut aman lancar ada")
_BAD = _set("mati rusak bau bocor gelap banjir macet mampet kotor sama begitu menumpuk numpuk tersumbat keruh kering")
_COMPLAINT = _set("laporan keluhan tindak-lanjut perkembangan progres progress")
_CANCEL = _set("batal batalkan dibatalkan cabut dicabut tarik ditarik")
_FUTURE = _set("selesai diperbaiki ditangani dikerjakan hidup diangkut ditindak mengalir datang")

SHORT = 9
"""Words: longer messages are taken for what they tell, not for a keyword in them."""

_FORGET = re.compile(
    r"\blupakan (?:sa?ya?|aku|beta|ambo|kami)\b|\bhapus (?:semua )?data (?:sa?ya?|aku|ku|beta|ambo|pribadi)\b"
)
_SECRET = re.compile(r"\brahasia\b(?! umum)|\b(?:di)?rahasia(?:kan|in)\b")
_IDENTITY = re.compile(
    r"\banonim\b|\btanpa nama\b"
    r"|\bjangan (?:di)?(?:sebut|sebutkan|sebutin|tampilkan|bocorkan|beri ?tahu|kasih tahu)(?: ?kan)?"
    r" (?:nama|identitas|nomor|no)\b"
    r"|\b(?:nama|identitas|nomor)(?:ku| saya| sy| kami| beta| ambo)? (?:jangan|tolong|mohon|agar|di)? ?(?:di)?"
    r"(?:rahasia|sebut|sembunyi|bocor)"
    r"|\b(?:di)?rahasiakan (?:nama|identitas|nomor|data)"
)
_NEW = re.compile(
    r"\b(?:laporan|lapor|aduan|pengaduan|keluhan|masalah)(?: yang| yg)? (?:baru|lain|satu lagi|lagi|berbeda|beda)\b"
    r"|\b(?:mau|ingin|nak) (?:lapor|melapor|mengadu|ngadu)(?:kan)? (?:lagi|juga|hal lain|soal lain)\b"
    r"|\b(?:beda|lain) (?:laporan|masalah|soal|urusan)\b|\bsatu lagi\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """`level`: what the person asks for, or None. `new`: the person calls it another complaint."""

    says: Says
    words: tuple[str, ...]
    level: Confidentiality | None = None
    new: bool = False


def read(text: str | None) -> Reading:
    """What a text says by itself."""
    lowered = (text or "").lower()
    found = words(lowered)
    level = _level(lowered)
    return Reading(_says(lowered, found, level), found, level, bool(_NEW.search(lowered)))


def _level(lowered: str) -> Confidentiality | None:
    if _IDENTITY.search(lowered):
        return "anonymous"
    return "secret" if _SECRET.search(lowered) else None


def _says(lowered: str, found: tuple[str, ...], level: Confidentiality | None) -> Says:
    meaning = [word for word in found if word not in _ADDRESS]
    have = frozenset(meaning)
    if not found or all(len(word) == 1 and word != "p" for word in found):
        return "nothing"
    if len(found) <= SHORT:
        if _FORGET.search(lowered):
            return "forget"
        if level is not None:
            return "confidential"
        if _withdraws(have):
            return "withdraw"
        if _asks_status(have, meaning):
            return "status"
    if _not_done(have, found):
        return "not_done"
    if len(found) <= SHORT and "?" not in lowered and _done(have, meaning):
        return "done"
    return _courtesy(have, meaning, found)


def _withdraws(have: frozenset[str]) -> bool:
    if not have <= _CANCEL | {
        "laporan",
        "lapor",
        "melapor",
        "saya",
        "tidak",
        "jadi",
        "tolong",
        "minta",
        "maaf",
        "saja",
        "terima-kasih",
    }:
        return False
    of_report = bool(have & {"laporan", "lapor", "melapor"})
    return bool(have & {"batal", "batalkan", "dibatalkan"}) or (
        of_report and (bool(have & _CANCEL) or {"tidak", "jadi"} <= have)
    )


def _asks_status(have: frozenset[str], meaning: list[str]) -> bool:
    if "status" in have or ("bagaimana" in have and have <= {"bagaimana", "kabar", "sudah", "kabarnya", "kelanjutan"}):
        return True
    if have & {"bagaimana", "sampai", "kabar", "mana", "kelanjutan", "cek"} and have & _COMPLAINT:
        return "cara" not in have
    return "kapan" in have and bool(have & _FUTURE) and len(meaning) <= 5


def _not_done(have: frozenset[str], found: tuple[str, ...]) -> bool:
    if "belum" in have:
        return len(found) <= 25
    if len(found) > 2 * SHORT:
        return False
    again = "lagi" in have or "masih" in have
    return (again and bool(have & _BAD)) or (
        "tidak" in have and bool(have & (_DONE | {"jalan", "berubah", "perubahan"}))
    )


def _done(have: frozenset[str], meaning: list[str]) -> bool:
    if have & (_BAD | {"tidak", "belum", "masih", "kapan", "bagaimana", "kalau"}):
        return False
    rest = [
        word
        for word in meaning
        if word not in _AGREED | _DONE | {"sudah", "terima-kasih", "semua", "air", "lampu", "jalan"}
    ]
    if not rest:
        if have & _DONE:
            return "sudah" in have or "selesai" in have
        # "sudah, makasih" says that it is done; "makasih sudah dibantu" is thanks.
        thanks = meaning.index("terima-kasih") if "terima-kasih" in have else len(meaning)
        return "sudah" in meaning[:thanks]
    return "sudah" in have and bool(have & _DONE) and len(rest) <= 3


def _courtesy(have: frozenset[str], meaning: list[str], found: tuple[str, ...]) -> Says:
    if (
        "terima-kasih" in have
        and have
        <= {
            "terima-kasih",
            "sudah",
            "atas",
            "bantuan",
            "bantuannya",
            "respon",
            "responnya",
            "dibantu",
            "direspon",
            "ditanggapi",
        }
        | _AGREED
    ):
        return "thanks"
    if "ya" in found or "iya" in found or "yo" in found:
        have |= {"ya"}
    if have <= _GREETINGS | {"sudah"}:  # an address alone ("pak?") is a knock at the door
        return "greeting"
    if have <= _AGREED | {"sudah"}:
        return "agreed"
    if have <= {
        "bantuan",
        "help",
        "menu",
        "info",
        "cara",
        "bagaimana",
        "laporan",
        "lapor",
        "melapor",
        "mengadu",
        "tolong",
    } and (have & {"help", "menu", "cara"} or have in ({"bantuan"}, {"info"})):
        return "help"
    return "content" if meaning else "nothing"
