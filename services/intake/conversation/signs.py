"""Whether some words say that a thing is done, that it is not, or that it is bad: by negation, tense and question. Pure.

All words are the standard ones of `words`.
"""

# ruff: noqa: E501  # lists of words are read by their entries

from itertools import pairwise
from typing import Literal

from services.intake.conversation.sign_words import (
    ADDRESS,
    AGAIN,
    ASKS,
    BAD,
    BAD_PASSIVE,
    CONTEMPT,
    DONE_ALONE,
    FUTURE,
    GOOD,
    LIES,
    MONEY,
    NO_PASSIVE,
    NOBODY,
    PARTLY,
    SAME,
    STATES,
    WORKS,
)
from services.intake.conversation.vocabulary import vocabulary

Verdict = Literal["done", "not_done"]


def _good(word: str, before: frozenset[str]) -> bool:
    if word in GOOD:
        return True
    passive = word.startswith("di") and len(word) > 5 and word not in NO_PASSIVE and word not in BAD_PASSIVE
    return passive and "sudah" in before


def done(found: tuple[str, ...], *, asks: bool) -> bool:
    """Something that was bad is over. `asks`: it ends in a question mark."""
    if found[:1] == ("kalau",) and found[1:2] != ("sudah",):
        found = found[1:]  # `kalau yang jalan sudah bagus`: it only says of which one
    if "akhirnya" in found and "sudah" not in found:
        found = tuple("sudah" if word == "akhirnya" else word for word in found)
    have = frozenset(found)
    if _though(found) or _scorned(found):
        return False
    if "tertutup" in have and have & {"berlubang", "lubang"} and not have & {"tidak", "belum", "masih"} and not asks:
        return True  # a hole that is closed
    if _bad_no_more(found) and not have & {"tapi", "padahal"} and not asks:
        return True
    if asks or have & ASKS - {"apa"} or "belum" in have or have & PARTLY or have & LIES or "katanya" in have:
        return False
    if "tidak" in have and "lagi" in have:
        return _no_more(found)
    if have & {"masih", "bukan", "jangan"} or (have & FUTURE and not _past_all(found)):
        return False
    if _new_state(found, have):
        return True
    for i, word in enumerate(found):
        if word not in GOOD and not word.startswith("di") and word != "jalan":
            continue  # nearly every word, and nothing below would come of it
        before = frozenset(found[max(0, i - 6) : i])
        if "tidak" in found[max(0, i - 3) : i] or (word == "dipotong" and not MONEY.isdisjoint(found)):
            continue
        if (word == "berhenti" and found[i + 1 : i + 2] and found[i + 1] in GOOD | WORKS) or found[i - 1 : i] == (
            "berhenti",
        ):
            continue  # `lampu berhenti menyala`
        if _good(word, before) and ("sudah" in have or word in DONE_ALONE) and not _bad_after(found, i):
            return True
        if word == "jalan" and "air" in before and "sudah" in before:
            return True
    return False


def _bad_no_more(found: tuple[str, ...]) -> bool:
    """`sudah ga bau`: what was bad is so no more, without a `lagi`."""
    if "sudah" not in found or "tidak" not in found:
        return False
    return any(found[i : i + 2] == ("sudah", "tidak") and found[i + 2] in BAD for i in range(len(found) - 2))


_ENDS = GOOD | {"sudah"}


def _scorned(found: tuple[str, ...]) -> bool:
    """`apanya yang selesai`, `kata siapa selesai`, `selesai apanya`."""
    if _ENDS.isdisjoint(found):
        return False
    if not CONTEMPT.isdisjoint(found) and len(found) <= 6:
        return True
    meaning = tuple(word for word in found if word not in ADDRESS)
    return (
        any(pair in (("apa", "yang"), ("kata", "siapa")) for pair in pairwise(found))
        or (len(found) <= 4 and found[-1] == "apa")
        or meaning[:2] == ("apa", "selesai")
    )


def _new_state(found: tuple[str, ...], have: frozenset[str]) -> bool:
    """`nah ini baru bersih`, `air jalan kakak`: a few words, and the state is good."""
    meaning = [word for word in found if word not in ADDRESS]
    if (
        have & BAD
        or "tidak" in have
        or len(meaning) > 4
        or not have & (STATES | ({"benar", "baik", "pas", "bagus"} if have & {"baru", "sekarang"} else set()))
    ):
        return False
    return "baru" in have or len(meaning) <= 3


def _past_all(found: tuple[str, ...]) -> bool:
    """The wish comes after what is said to be done (`sudah bersih, semoga awet`)."""
    first = next((i for i, word in enumerate(found) if word in FUTURE), len(found))
    return any(_good(word, frozenset(found[:i])) and "sudah" in found[: i + 1] for i, word in enumerate(found[:first]))


def _bad_after(found: tuple[str, ...], i: int) -> bool:
    """`sudah diperbaiki … rusak lagi`."""
    return any(word in BAD for word in found[i + 1 :]) and "lagi" in found[i + 1 :]


def _no_more(found: tuple[str, ...]) -> bool:
    """`tidak bau lagi`, `sonde ada sapi lai`: the bad thing is gone."""
    at = found.index("tidak")
    rest = found[at + 1 :]
    if "lagi" not in rest:
        return False
    inner = rest[: rest.index("lagi")]
    after = [word for word in rest[rest.index("lagi") + 1 :] if word not in ADDRESS]
    if inner == ("ada",) and "sudah" in found[:at]:
        if "yang" in found[at + 1 :]:
            return frozenset(after).isdisjoint(_WHO_MENDS)  # `lah ndak ado lai nan manjua`
        return not after or after[0] == "terima-kasih"
    if any(word in BAD for word in inner):
        return not any(word in GOOD for word in inner)
    return bool(inner) and inner[0] == "ada" and not frozenset(inner) & NOBODY and len(inner) >= 2


_WHO_MENDS = vocabulary(
    "datang urus mengurus menangani membantu peduli bertanggung memperbaiki membersihkan mengangkut kerja bekerja jaga menjaga respon balas"
)
_NO_CHANGE = vocabulary(
    "lapor saya pernah sering berapa lama kami telepon hubungi kirim cek lihat coba tanya bayar tunggu menunggu sekian hampir lebih ada banyak "
    "jam hari minggu bulan tahun lah seminggu sebulan sehari berhari berminggu berbulan bertahun berkali malam siang sore pagi tua capek lelah "
    "bosan muak resah takut jadi mulai sampai kena seperti macam mau akan terlalu begini begitu lapar dua tiga empat lima enam tujuh delapan "
    "sembilan sepuluh puluhan ratusan sejak dari laporan kelewatan parah keterlaluan waktunya saatnya seharusnya semestinya polisi kelewat merasa"
)


_WANTED = vocabulary("air listrik lampu sinyal beras jalan dokter guru obat uang cahaya penerangan bantuan harapan")


_MISSED = GOOD | NOBODY | _WANTED | {"bisa", "dapat", "tahan", "kuat", "perlu", "usah"}


def _gone(found: tuple[str, ...]) -> bool:
    """`la dak bunyi lagi`, `dah tak ada asap`, `indak ado lai kambiangnyo`: it was there, and is no more."""
    if "tidak" not in found:
        return False
    at = found.index("tidak")
    rest = [word for word in found[at + 1 :] if word not in ADDRESS]
    ended = "lagi" in rest[:3] or found[at - 1 : at] == ("sudah",)
    what = [word for word in rest if word not in ("ada", "lagi")][:1]
    if not what and rest[:1] == ["ada"]:  # `bangkainya sudah tidak ada`
        what = [word for word in found[:at] if word not in ADDRESS and word != "sudah"]
    return ended and bool(what) and _MISSED.isdisjoint(what)


_NO_PREFIX = frozenset({"masuk", "makan", "mandi", "mantap", "mampu", "manis", "merata"})
"""Words whose first letters are no prefix of what somebody does."""


def perhaps_done(found: tuple[str, ...], *, asks: bool) -> bool:
    """`tiangnya sudah lurus`: something has changed, and nothing bad is said of it. Only after an office said the same."""
    have = frozenset(found)
    if not asks and not have & {"belum", "masih", "tapi", "katanya", "padahal"} and _gone(found):
        return True
    if (
        asks
        or have & BAD
        or have & FUTURE
        or have & ASKS
        or have & PARTLY
        or have & LIES
        or have & {"tidak", "belum", "masih", "tapi", "katanya"}
    ):
        return False
    for i, word in enumerate(found[:-1]):
        after = found[i + 1]
        if (
            word == "sudah"
            and after not in _NO_CHANGE
            and after not in ADDRESS
            and not after.isdigit()
            and (not after.startswith(("me", "ma")) or after in _NO_PREFIX)
        ):
            return len(found) <= 12
    return False


def _unseen(found: tuple[str, ...]) -> bool:
    """`belum saya cek`, `belum sempat lihat`: nothing is said of how it is."""
    if "belum" not in found or frozenset(found) & BAD:
        return False
    at = found.index("belum")
    return bool(frozenset(found[at + 1 : at + 4]) & _LOOKS) and bool(frozenset(found) & {"saya", "sempat"})


_PRAISE = vocabulary(
    "alhamdulillah puji syukur mantap lega senang puas hebat keren terima-kasih deras lurus rata kinclong kencang adem akhirnya finally great "
    "perfect nice salut top sip jos normal ajib sejuk wangi indah cantik rajin cepat"
)


def _ends_done(found: tuple[str, ...]) -> bool:
    """`yang lotus sudah`."""
    meaning = [word for word in found if word not in ADDRESS]
    return len(meaning) <= 4 and meaning[-1:] == ["sudah"]


def leans(found: tuple[str, ...], *, asks: bool) -> Verdict | None:
    """What a message leans to that answers an office's "it is done" in words that no rule has: all kind, or all unkind."""
    have = frozenset(found)
    against = have & (
        BAD
        | PARTLY
        | LIES
        | CONTEMPT
        | FUTURE
        | {"tidak", "belum", "masih", "bukan", "tapi", "padahal", "malah", "katanya"}
    )
    if asks or _scorned(found):
        return None
    if not against and (have & (_PRAISE | GOOD | STATES) or ("sudah", "ada") in pairwise(found) or _ends_done(found)):
        return "done"
    again = "lagi" in have and not have & (_PRAISE | {"tidak", "terima-kasih"})
    return "not_done" if again and ("sekarang" in have or "tapi" in have) else None


_LOOKS = frozenset(
    {"cek", "lihat", "tahu", "sempat", "periksa", "lewat", "pulang", "pastikan", "melihat", "liek", "liat"}
)


_AS_BEFORE = BAD | {"tidak", "belum", "masih", "bukan"}


def _though(found: tuple[str, ...]) -> bool:
    """`katanya selesai padahal satu batu pun tidak pindah`: what follows says how it is."""
    return "padahal" in found and not _AS_BEFORE.isdisjoint(found[found.index("padahal") + 1 :])


_AS_IT_SHOULD_BE = GOOD | STATES | DONE_ALONE
_AS_IT_WAS = BAD | SAME


def not_done(found: tuple[str, ...], *, asks: bool) -> bool:
    """It is as it was, or only half done, or nobody came."""
    have = frozenset(found)
    if _unseen(found):
        return False
    if _though(found) and have & _AS_IT_SHOULD_BE and not asks:
        return True
    if _scorned(found) and (not asks or found[:2] == ("apa", "yang")):
        return True  # `apanya yang selesai???` asks nothing
    if "kok" in found[:2] and not asks and any(_good(word, frozenset({"sudah"})) for word in found):
        return True  # `lah kok ditutup pakai karung pasir`
    if have & PARTLY and ("baru" in have or found[0] == "tapi") and len(found) <= 6 and not asks:
        return True  # `baru separo`, `cuma ditambal sedikit`
    if not asks and (_as_ever(found, have) or _wrong_one(found)):
        return True
    if "belum" in have:
        return not (asks and "sudah" in have and found.index("sudah") < found.index("belum"))
    if "tidak" in have:
        at = found.index("tidak")
        rest = found[at + 1 : at + 6]
        if _no_more(found):
            return False
        if any(_good(w, frozenset({"sudah"})) or w in {"berubah", "jalan", "ada-perubahan"} for w in rest[:4]):
            return True
        if "ada" in rest[:2] and frozenset(rest) & NOBODY:
            return True
        if "pernah" in rest[:2] and not asks:
            return True
        if rest == ("jadi",) and have & {"bulan", "minggu", "tahun", "hari"}:
            return True  # `sudah tiga bulan tidak jadi`
    if have & AGAIN and have & _AS_IT_WAS and ("jangan", "sampai") not in pairwise(found):
        return True
    if "masih" in have and not asks and not have & {"aman", "lama", "menunggu", "semoga", "baru", "kecil"}:
        return True
    if "sama" in have and "saja" in have:
        return True
    if {"sekarang", "lagi"} <= have and not have & (GOOD | STATES | {"tidak"}) and not asks:
        return True  # `sekarang su jual lai`
    if have & PARTLY and (have & GOOD or any(w.startswith("di") and len(w) > 5 for w in found) or "tapi" in have):
        return True
    return bool(have & LIES and (len(found) <= 8 or have & _CLAIMED)) or (
        "katanya" in have and bool(have & GOOD | have & {"sudah"})
    )


_CLAIMED = vocabulary("selesai laporan foto bukti kalian kerja pekerjaan janji petugas dinas status sudah")
_DENIES_NOT = vocabulary(
    "apa masalah usah perlu tahu tau sempat boleh lupa sabar harus mau sengaja ingat punya paham mengerti"
)


def denies(found: tuple[str, ...]) -> bool:
    """`mana ada, tidak lewat juga`, `apanya yang selesai`: what was just said is not so."""
    if any(pair in (("mana", "ada"), ("apa", "yang")) for pair in pairwise(found)):
        return True
    after = found[found.index("tidak") + 1 :] if "tidak" in found else ()
    return bool(after) and after[0] not in _DENIES_NOT and not frozenset(found) & {"terima-kasih", "lagi"}


def _wrong_one(found: tuple[str, ...]) -> bool:
    """`yang diperbaiki gang mangga, bukan gang sawo`."""
    if "bukan" not in found or "yang" not in found:
        return False
    return any(_good(word, frozenset({"sudah"})) for word in found[: found.index("bukan")])


def _as_ever(found: tuple[str, ...], have: frozenset[str]) -> bool:
    """`macam tu jugak`, `mode patang juo`."""
    like = have & {"macam", "seperti", "begitu", "mode", "bantuk", "kayak", "kaya", "cak"}
    then = have & {"itu", "kemarin", "dulu", "tadi", "begitu", "semula", "biasa"}
    return bool(like and then and have & {"juga", "saja", "masih", "tetap"}) and len(found) <= 6


_DENIED = GOOD | {"jalan", "ada", "dapat", "pernah", "bisa"}


def bad(found: tuple[str, ...]) -> bool:
    """It tells of something that is not as it should be."""
    have = frozenset(found)
    return (
        bool(have & BAD)
        or ("tidak" in have and bool(have & _DENIED))
        or ("belum" in have and not _unseen(found) and not (found[0] == "sudah" and found[-1] == "belum"))
        or ("tutup" in have and len(found) <= 6 and not have & {"sudah", "tolong", "minta", "harus"})
    )
