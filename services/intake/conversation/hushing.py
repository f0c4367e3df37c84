"""BERHENTI and MULAI in whatever words: no news any more, news again. Pure.

Both words also tell of things (`lampu merah stop`, `tolong berhentikan truk`, `jangan kirim air kotor`). So a message
is such a wish only if nothing else stands in it: every word of it is of this small vocabulary.
"""

from itertools import pairwise

from services.intake.conversation.sign_words import ADDRESS
from services.intake.conversation.vocabulary import vocabulary

_STOP = frozenset({"stop", "setop", "berhenti", "hentikan", "henti", "unsubscribe", "unsub", "unreg"})
_TELLING = frozenset({
    "kabari", "dikabari", "kabarin", "dikabarin", "mengabari", "ngabari", "ngabarin", "kabarkan", "dikabarkan",
    "sms", "wa", "whatsapp", "chat", "dichat", "spam", "spamming", "beritahu", "diberitahu", "ingatkan", "diingatkan",
})  # fmt: skip
_SENDING = frozenset({
    "kirim", "mengirim", "dikirim", "kirimi", "dikirimi", "kirimkan", "dikirimkan", "kirimin", "dikirimin", "ngirim",
    "mengirimi", "mengirimkan", "ngirimin", "mangirim", "bakirim", "kirimlah", "kirim-kirim",
})  # fmt: skip
_OFF = frozenset({"mati", "matikan", "nonaktifkan", "off"})
_BOTHER = frozenset({"ganggu", "mengganggu", "diganggu"})
_NEWS = frozenset({
    "kabar", "pesan", "notifikasi", "notif", "notip", "perkembangan", "progres", "info", "informasi", "pemberitahuan",
    "berita", "broadcast", "balasan", "pengingat", "langganan", "berlangganan",
})  # fmt: skip
_SMALL = vocabulary(
    "saya lagi saja usah perlu mau tolong minta ke nomor no ini itu ya sudah cukup terus dari sini untuk sama laporan "
    "soal tentang semua maaf dulu bisa kasih beri kasi terima menerima dapat ingin payah setiap hari begini "
    "kalian anda admin butuh otomatis banyak terima-kasih oke mulai sekarang kita selalu tiap di perlulah "
    "apa-apa apapun apa dan atau yang dong deh sih lah do e nian tu pai tapi"
) | {"ko", "ka", "se", "nya", "sa", "juga"}
_NOT = frozenset({"usah", "perlu", "mau", "ingin", "payah", "butuh", "dapat", "bisa"})
_OF_NEWS = _TELLING | _SENDING | _NEWS | _BOTHER
_STOPPING = _STOP | _OF_NEWS | _SMALL | _OFF | {"jangan", "tidak"}
_BOTHERING = _TELLING | _SENDING | _BOTHER
_TOLD = _TELLING | _NEWS
_RESUMING = _TELLING | _SENDING | _NEWS | _SMALL | {"boleh", "aktifkan", "hidup", "hidupkan", "lanjutkan"}
_AGAIN = _SENDING | {"aktifkan", "hidup", "hidupkan", "mulai", "lanjutkan"}
"""Put together once: this is asked of every clause of every message."""
LONGEST = 14


def stops(found: tuple[str, ...], *, asks: bool) -> bool:
    """BERHENTI, `jangan kirim lagi`, `dak usah dikabari lai`."""
    if asks or len(found) > LONGEST:
        return False
    meaning = [word for word in found if word not in ADDRESS]
    have = frozenset(meaning)
    if not meaning or "belum" in have or "kenapa" in have or not have <= _STOPPING:
        return False
    news = have & _OF_NEWS
    if have & _STOP or (have & _OFF and have & {"notifikasi", "notif", "notip", "pengingat"}):
        return bool(news) or _alone(meaning)
    if "jangan" in have:
        return bool(have & _BOTHERING) or (bool(news) and bool(have & {"kasih", "beri"}))
    return bool(news) and any(a == "tidak" and b in _NOT for a, b in pairwise(meaning))


def _alone(meaning: list[str]) -> bool:
    """BERHENTI by itself; `sudah berhenti` says that something has stopped."""
    at = next(i for i, word in enumerate(meaning) if word in _STOP)
    return (
        len(meaning) <= 4
        and "sudah" not in meaning[:at]
        and not frozenset(meaning) & {"setiap", "hari", "di", "laporan"}
    )


def stops_beside(found: tuple[str, ...], *, asks: bool) -> bool:
    """In a clause beside what else is told: it names the news, for `jangan kirim lagi` there may be of anything."""
    return stops(found, asks=asks) and not _TOLD.isdisjoint(found)


def resumes(found: tuple[str, ...], *, asks: bool) -> bool:
    """MULAI, `kabari saya lagi`, `boleh kirim kabar lagi`."""
    meaning = [word for word in found if word not in ADDRESS]
    have = frozenset(meaning)
    if asks or not meaning or len(meaning) > 9 or have & {"jangan", "tidak", "belum"}:
        return False
    if "mulai" in have and have <= {"mulai", "lagi", "tolong", "saja", "oke", "sekarang", "minta"}:
        return len(meaning) <= 3
    if not have <= _RESUMING:
        return False
    own = any(a == "saya" and b in _SENDING for a, b in pairwise(meaning))  # `saya kirim pesan lagi`
    wants = "mau" in have and bool(have & _NEWS) and meaning[-1:] == ["lagi"]
    asked = (
        wants or have & {"kabari", "dikabari", "kabarin", "dikabarin", "kabarkan"} or (have & _AGAIN and have & _NEWS)
    )
    return bool(asked) and bool(have & {"lagi", "mulai"}) and not own


WORDS = _STOP | _TELLING | _SENDING | _NEWS | _BOTHER | {"mulai"}
