"""Greetings, thanks, agreement and emptiness: what is answered and opens nothing. Pure."""

# ruff: noqa: E501  # lists of words are read by their entries

from itertools import pairwise
from typing import Literal

from services.intake.conversation.sign_words import ADDRESS, BAD
from services.intake.conversation.vocabulary import vocabulary

Courtesy = Literal["nothing", "greeting", "thanks", "agreed"]


_GREETINGS = vocabulary(
    "p pp pe halo hallo hai hay hi hello helo hey hei hoi oi oy woi woy pagi siang sore malam selamat slmt met assalamualaikum "
    "assalamu'alaikum asalamualaikum assalammualaikum assalam asslm ass askum samlekum assalamu alaikum alaikumsalam waalaikumsalam wr wb wr.wb "
    "warahmatullahi warahmatullah wabarakatuh wabarokatuh salam shalom syalom salom permisi punten ping tes test tabik tabe tabea horas cek misi apa kabar "
    "kenalkan sore2 malem pagi2 mlm pgi met oiii hoii halooo sugeng kulonuwun assalamualaikumwrwb kula-nuwun sejahtera pemisi sapa om swastiastu swastyastu "
    "memberkati berkah rahmat Allah tuhan ada orang admin online aktif kabarnya mohon tolong ijin izin maaf mengganggu ganggu waktu waktunya ini hormati"
)
_ONLY_BESIDE = vocabulary(
    "apa kabar ada orang mohon tolong maaf ini waktu waktunya mengganggu ganggu kabarnya hormati aktif sapa ijin izin cek selamat pe om"
)
"""No greeting by themselves."""
_HONOUR = vocabulary("hormati terhormat yth cintai banggakan kasihi")
_THANKS = vocabulary("terima-kasih makasih suwun thanks")
_BESIDE_THANKS = vocabulary(
    "mendengar mandanga mendengarkan dengar membaca mambaco baca diladeni dilayani meladeni terima-kasih atas bantuan bantuannya respon responnya perhatian perhatiannya dibantu direspon ditanggapi tanggapannya tanggapan cepat cepatnya info "
    "infonya informasi informasinya kerja keras kerjanya kerjasama kerjasamanya sudah sangat banget pelayanan pelayanannya sebelumnya "
    "atensi atensinya penjelasan penjelasannya jawaban jawabannya membantu bantu merespon menanggapi selamat pagi siang sore malam sukses "
    "selalu allah tuhan memberkati berkati gbu gerak geraknya dijawab saran balas balasannya fast respon dulu kembali jasa layanannya tulus "
    "saya dari untuk warga kepada jawab diterima ditunggu tunggu lagi kabarnya kabar"
)
_BLESSING = vocabulary(
    "tuhan allah yesus memberkati berkati berkat gbu kebaikan membalas balas membalasnya katong dong sukses jaya semangat barokah berkah amanah "
    "lancar panjang umur rezeki rejeki lindungi melindungi senantiasa diberi kesehatan sehat bapak tetap terus maju kotanya"
)
_BLESSES = vocabulary(
    "memberkati berkati berkat gbu tuhan allah yesus sukses jaya semangat barokah berkah amanah umur kesehatan rezeki rejeki"
)
_HEAVEN = frozenset({"allah", "tuhan", "yesus"})
_AGREED = vocabulary(
    "sama-sama oke ya siap baik mantap noted jadi benar oo oh sip ashiap sipp mantul top jos keren yap ok setuju begitu paham mengerti ngerti copy lanjut laksanakan "
    "86 ditunggu tunggu saya aman alhamdulillah amin aamiin syukur puji tuhan wokeh cocok bereh joss gas lanjutkan gitu o"
)
_ONLY_BESIDE_AGREED = vocabulary("gitu o jadi saya begitu tunggu lanjut")
_AWAITS = vocabulary("menunggu kabar kabarnya selanjutnya informasi informasinya tindak lanjutnya kedatangan dari")
_NOT_ALONE = vocabulary("kembali")
_HELPING = vocabulary("bantu membantu dibantu bantuannya")
_WHO_HELPS = (
    _HELPING | _GREETINGS | vocabulary("yang bisa boleh saya minta butuh mau ada orang siapa di sini sebentar dong")
)
"""`ada yang bisa bantu?`, `bisa minta tolong dibantu`: a knock at the door."""


_THANKING = _BESIDE_THANKS | _AGREED


def courtesy(found: tuple[str, ...]) -> Courtesy | None:
    """None for a message that says something."""
    if not found or (
        all(len(word) == 1 and word != "p" for word in found if not word.isdigit())
        and not any(w.isdigit() for w in found)
    ):
        return "nothing"
    meaning = [word for word in found if word not in ADDRESS]
    have = frozenset(meaning)
    if not have:
        # An address alone ("pak?") is a knock at the door; "ya" alone agrees.
        if "semoga" in found:
            return "thanks"
        return "agreed" if frozenset(found) & {"ya"} and len(found) <= 3 else "greeting"
    if have & _THANKS and have <= _THANKING:
        return "thanks" if not _done_before(meaning) else None
    if have & _HONOUR and len(have - _GREETINGS) <= 3:
        return "greeting"
    if have <= _BLESSING and have & _BLESSES and have != {"allah"}:
        return "thanks"
    if "semoga" in found and have & _HEAVEN and not have & BAD and len(have - _BLESSING - _AGREED) <= 1:
        return "thanks"  # `alhamdulillah semoga dibalas Allah`
    if ("ada", "kabar") in pairwise(found):
        return None  # `shalom bapa, ada kabar?`
    if have <= _GREETINGS and (
        have - _ONLY_BESIDE
        or have >= {"apa", "kabar"}
        or ("maaf" in have and have & {"mengganggu", "ganggu", "waktu"})
        or have >= {"ada", "orang"}
    ):
        return "greeting"
    if have & _HELPING and have <= _WHO_HELPS:
        return "greeting"
    if meaning[0] in {"oke", "baik", "siap"} and have <= _AGREED | _AWAITS:
        return "agreed"  # `baik, kami menunggu kabar baiknya`
    if have <= _AGREED and have - _ONLY_BESIDE_AGREED:
        return "agreed"
    return None


def polite_after_all(found: tuple[str, ...], about: frozenset[str], *, asks: bool) -> Courtesy | None:
    """A few kind words that no list has, around a greeting or thanks, and nothing that is the matter."""
    meaning = [word for word in found if word not in ADDRESS]
    have = frozenset(meaning)
    if (
        about
        or asks
        or len(meaning) > 8
        or have & BAD
        or have & {"tidak", "belum", "tapi", "lapor", "laporan", "sudah", "minta"}
    ):
        return None
    if have & _THANKS:
        return "thanks"
    if meaning[0] in _AGREED - _ONLY_BESIDE_AGREED and len(meaning) <= 3:
        return "agreed"  # `oke aktif ternyata`
    kind = have - _GREETINGS
    return "greeting" if have & (_GREETINGS - _ONLY_BESIDE) and len(kind) <= 2 and meaning[0] in _GREETINGS else None


def _done_before(meaning: list[str]) -> bool:
    """`sudah, makasih` says that it is done; `makasih sudah dibantu` is thanks."""
    thanks = next(i for i, word in enumerate(meaning) if word in _THANKS)
    return "sudah" in meaning[:thanks] and not frozenset(meaning[:thanks]) & {"atas", "respon", "dibantu"}


WORDS = _GREETINGS | _THANKS | _BESIDE_THANKS | _AGREED
