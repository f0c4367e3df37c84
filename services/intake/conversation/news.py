"""How does it stand, and when will it be done: questions for news of a report. Pure."""

# ruff: noqa: E501  # patterns are read by what they say

from services.intake.conversation.sign_words import ADDRESS, BAD, GOOD, NO_PASSIVE, NOBODY

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
    if "cara" in found and have & {"laporan", "tiket"} and have & {"kabar", "perkembangan", "progres", "status"}:
        return len(found) <= 12  # `bagaimana caranya melihat kabar laporan saya`
    if "cara" in found or (len(found) > 18 and not have & {"laporan", "status", "tiket"}):
        return False
    if {"apa", "cerita"} <= have and len([word for word in found if word not in ADDRESS]) <= 4:
        return True
    if "status" in have and len(found) <= 12:
        return not have & {"tanah", "rumah", "gaji", "pegawai", "honorer", "jalan-negara", "nikah"} and not _of_a_thing(
            found
        )
    if have & _NEWS and (_why(found) or _is_there(found)) and len(found) <= 12:
        return True  # `kok belum ada kabarnya`, `ado kabar dak dari dinas`
    if (
        asks
        and len(found) <= 8
        and have & {"laporan", "tiket"}
        and have & {"jalan", "diproses", "masuk", "dibaca"}
        and "siapa" not in have
    ):
        return True  # `ini laporan jalan ko sonde?`
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
        ) or (asks and any(_acts(word) for word in found))
    if asks and have & _NEWS and len(found) <= 8 and not have & BAD:
        return True
    if asks and len(found) <= 7 and (sequence(found, ("nomor", "laporan")) or sequence(found, ("nomor", "tiket"))):
        return True  # `nomor laporannya berapa ya?`
    if have & {"tolong", "minta"} and have & _NEWS and have <= _ASKS_NEWS:
        return True  # `mohon info tindak lanjut`
    if have & {"laporan", "tiket"} and have & _LOOKING and have <= _ASKS_TO_LOOK:
        return True  # `tolong dicek laporan saya`
    if (
        have & {"perkembangan", "progres", "kabar", "kejelasan", "tindaklanjut", "kabarnya"}
        and (how or len(found) <= 4)
        and "apa" not in found[:1]
    ):
        return not (have & {"tidak", "belum"} and not asks and "bagaimana" not in have)
    if sequence(found, ("sampai", "mana")) or sequence(found, ("sejauh", "mana")):
        return True
    meaning = [word for word in found if word not in ADDRESS]
    return (
        bool(meaning)
        and meaning[0] == "bagaimana"
        and len(meaning) <= 6
        and not have & BAD
        and not have & {"bisa", "kirim", "foto", "lapor", "mengurus", "urus", "daftar", "buat", "bikin", "kalau"}
    )


_ASKING_ONLY = frozenset(
    {"tolong", "minta", "mau", "tanya", "dari", "untuk", "terkait", "mengenai", "tentang", "soal", "yang", "atas"}
)
_LOOKING = frozenset({"dicek", "cek", "dilihat", "lihat", "periksa", "diperiksa", "dicari", "dibuka"})
_ASKS_NEWS = _ASKING_ONLY | _NEWS | _OF_US | ADDRESS
_ASKS_TO_LOOK = _ASKING_ONLY | _LOOKING | _OF_US | ADDRESS


def _of_a_thing(found: tuple[str, ...]) -> bool:
    """`status gizi anak di posyandu kami`: said of something that has a state of its own."""
    meaning = [word for word in found if word not in ADDRESS]
    after = meaning[meaning.index("status") + 1 :][:1]
    asks = frozenset(found) & (_ASKING_ONLY | {"bagaimana", "laporan", "lapor", "tiket", "apa", "sudah", "mana"})
    return (
        len(meaning) > 4 and bool(after) and after[0] not in _OF_US and not asks - {"yang", "dari", "untuk", "tolong"}
    )


def _why(found: tuple[str, ...]) -> bool:
    return bool(frozenset(found) & {"kok", "kenapa"}) and bool(frozenset(found) & {"belum", "tidak"})


def _is_there(found: tuple[str, ...]) -> bool:
    """`ado kabar dak …`: the "no" behind what is asked for asks."""
    return any(word == "ada" and "tidak" in found[i + 2 : i + 4] for i, word in enumerate(found))


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


_AWAITED = NOBODY | frozenset({"jadwal", "jadwalnya", "rencana", "keputusan", "survei", "teknisi", "tim"})
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


_READ = GOOD | {"dibaca", "masuk", "diterima"}


def asks_when(found: tuple[str, ...], *, asks: bool) -> bool:
    """`kapan diperbaiki`, `sudah diperbaiki belum?`, `jadi kah?`: of what is known a question for news, alone a complaint."""
    have = frozenset(found)
    if found == ("cek",) or (found[0] == "cek" and len(found) <= 3):
        return True
    if (
        have & _POKES
        and not any(sequence(found, ("jangan", poke)) for poke in _POKES & have)
        and not have & {"sudah", "terima-kasih", "maaf", "baru"}
        and len([w for w in found if w not in ADDRESS]) <= 4
    ):
        return True  # `woi respon dong`

    meant = [word for word in found if word not in ADDRESS]

    def acted() -> bool:
        return any(_acts(word) for word in found)

    if asks and len(found) <= 10 and sequence(found, ("sudah", "ada")) and have & _AWAITED and not have & BAD:
        return True  # `sudah ada jadwal perbaikannya?`
    if (
        asks
        and len(meant) <= 5
        and have & {"kok", "kenapa"}
        and have & {"diam", "sepi", "lama", "dicuekin", "didiamkan"}
    ):
        return True  # `kok diem aja?`
    if asks and found[0] == "lagi" and len(found) <= 8:
        return True  # Minang: `lai ka dapek ambo pak?`
    if asks and found[0] in ("sudah", "belum") and all(word in ADDRESS for word in found[1:]):
        return True  # `su kah?`
    if asks and len(found) <= 8 and "sudah" in meant[:1] and "belum" not in have and not have & BAD:
        return True  # `dong su mulai kerja ko?`
    if meant[-1:] == ["bagaimana"] and found[0] in ("yang", "soal", "kalau", "terus") and len(found) <= 6:
        return True  # `yang parit tu macam mana`
    if asks and "bagaimana" in found[-4:] and len(found) <= 10 and not have & BAD:
        return True  # `kabel di jalan anyelir gimana nih?`
    if "kapan" in have and len(found) <= 14:
        return acted() or bool(have & _DUE) or len(found) <= 8 or "sampai" in have
    if len(meant) <= 4 and meant[:1] == ["sudah"] and meant[-1:] == ["belum"] and not have & BAD:
        return True  # `su bangun ko belom`: asked in whatever words
    if "sudah" in have and "belum" in have and (at := found.index("sudah")) < found.index("belum"):
        between = found[at + 1 : found.index("belum")]
        if asks and len(found) <= 8 and "belum" in found[-3:]:
            return True
        ends = asks or "belum" in found[-3:] or "laporan" in have
        return any(_acts(word) or word in _DUE for word in between) and ends
    if len(found) <= 10 and any(sequence(found, two) for two in _HOW_LONG):
        return True
    if asks and len(found) <= 12 and ("sudah" in have or "jadi" in have) and "belum" not in have and not have & BAD:
        return acted() or bool(have & _READ)
    if asks and len(found) <= 6 and "masih" in have and have & {"diproses", "dikerjakan", "ditangani", "menunggu"}:
        return True
    if asks and len(found) <= 9 and found[0] in ("yang", "soal") and acted() and not have & BAD:
        return True  # `yang begal itu ditindak ga kak?`
    if asks and len(found) <= 5 and found[0] in ("kalau", "yang", "soal", "terus", "lalu") and not have & BAD:
        return True  # `kalau yang pipa?`
    return asks and len(found) <= 9 and bool(have & {"jadi", "akan"}) and acted()


def _acts(word: str) -> bool:
    return word in GOOD or (word.startswith("di") and len(word) > 5 and word not in NO_PASSIVE)


def sequence(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return wanted[0] in found and any(found[i : i + len(wanted)] == wanted for i in range(len(found)))
