"""Words that say where something is, and nothing of what it is. Pure.

`Got mampet di kelurahan Sukarami` is about a drain; `petugas kelurahan minta uang` is about the kelurahan. The word is
the same, what stands beside it is not. A model that sees the first kind of word learns that whoever gives an address
complains of the kelurahan: so they are left out before it reads, in what it learns from as in what it is asked.
"""

from collections.abc import Sequence

from services.router.screening.words import EMPTY

_AREAS = frozenset({"kelurahan", "kecamatan", "desa", "dusun", "kabupaten", "dukuh", "nagari", "jorong", "provinsi"})
"""Behind them stands a name."""
_NUMBERED = frozenset({"rt", "rw", "no", "nomor", "blok"})
"""Behind them stands a number."""
_HEADS = frozenset({"lurah", "camat", "rt", "rw"})
"""Who is greeted in the first words: `pak lurah, got mampet`."""
_TITLES = frozenset(
    {"pak", "bapak", "bu", "ibu", "buk", "yth", "yang", "kepada", "kpd", "lapor", "pa", "terhormat", "min"}
)
_GREETED_WITHIN = 6
_MARKS = _AREAS | _NUMBERED | _HEADS

_SPOKEN_OF = """
    kantor pegawai petugas staf staff pelayanan layanan pihak loket aparat aparatur perangkat kepala ketua
    sekretaris oknum lurah camat kades kadus pengurus surat pengantar keterangan domisili sktm legalisir
    stempel legalisasi waris dana anggaran kas iuran balai musyawarah musrenbang pemilihan pilkades dipilih
    bumdes siltap apbdes bpd pendamping tanda urus mengurus pengurusan dipersulit mempersulit persulit pungli
    pungutan minta diminta dimintai uang bayar biaya tutup buka jam melayani dilayani diladeni pilih kasih
    adil transparan menolak ditolak menjawab tanggapan digubris tanggapi ditanggapi membiarkan peduli galak
    kasar bentak jarang tempat hadir turun datang tegur menegur mediasi memediasi menengahi ktp kk akta bansos
    data mendata didata sembako bantuan bagi membagi pemekaran batas jabatan menjabat dilantik korupsi
    diselewengkan ambulans mobil motor gaji honor bertindak tindakan
"""
_OFFICE = frozenset(_SPOKEN_OF.split())
"""Near a mark they say that the office, its people or its money are meant."""
_BESIDE = frozenset({"depan", "dekat", "samping", "sebelah", "belakang", "seberang", "sekitar", "muka", "didepan"})
"""Before a landmark: `got mampet depan kantor lurah`."""
_PLACES = """
    kantor gedung dinas balai sekolah sd smp sma smk tk paud kampus masjid mushola musholla mesjid surau gereja
    puskesmas pustu klinik rumahsakit apotek pasar toko warung minimarket indomaret alfamart bank hotel terminal
    halte polsek polres koramil kodim samsat stadion mall spbu
"""
_LANDMARKS = frozenset(_PLACES.split())
_WHOSE_PLACES = """
    dinas wali walikota kota bupati gubernur dprd desa pos pajak polisi kua kesehatan pendidikan sosial perhubungan pu
    pupr bpjs pln pdam kejaksaan pengadilan imigrasi negeri dasar satu dua tiga pasar
"""
_WHOSE = _HEADS | _AREAS | frozenset(_WHOSE_PLACES.split())
"""Of a landmark of two words or three."""
_LIVE_AT = frozenset({"perumahan", "komplek", "kompleks", "perum"})
_AT = frozenset({"di", "ke", "dari", "dalam", "masuk"})
_NEAR = 4
_NAME_WORDS = 2
"""Words of a name that are left out with its mark, at most."""
_ALL = _MARKS | _LANDMARKS | _LIVE_AT


def matter_of(words: Sequence[str], known: frozenset[str]) -> Sequence[str]:
    """The words without addresses. `known`: words of the lexicon, which are no names of places."""
    if _ALL.isdisjoint(words):
        return words
    kept: list[str] = []
    at, count = 0, len(words)
    while at < count:
        word = words[at]
        if word not in _ALL:
            kept.append(word)
            at += 1
        elif word in _LANDMARKS and at and words[at - 1] in _BESIDE:
            at = _behind_landmark(words, at + 1)
        elif word in _LIVE_AT and at and words[at - 1] in _AT:
            at += 1
        elif word not in _MARKS:
            kept.append(word)
            at += 1
        elif word in _NUMBERED and at + 1 < count and words[at + 1].isdigit() and not _of_an_office(words, at, _NEAR):
            at += 2
        elif word in _AREAS and not _of_an_office(words, at, _NEAR):
            at = _behind_name(words, at + 1, known)
        elif word in _HEADS and _greeted(words, at):
            at += 1
        else:
            kept.append(word)
            at += 1
    return kept


def _of_an_office(words: Sequence[str], at: int, near: int) -> bool:
    return not _OFFICE.isdisjoint(words[max(0, at - 2) : at]) or not _OFFICE.isdisjoint(words[at + 1 : at + 1 + near])


def _behind_name(words: Sequence[str], at: int, known: frozenset[str]) -> int:
    for behind in range(at, min(at + _NAME_WORDS, len(words))):
        if words[behind] in known or words[behind] in EMPTY or words[behind] in _MARKS:
            return behind
    return min(at + _NAME_WORDS, len(words))


def _behind_landmark(words: Sequence[str], at: int) -> int:
    while at < len(words) and (words[at] in _WHOSE or words[at].isdigit()):
        at += 1
    return at


def _greeted(words: Sequence[str], at: int) -> bool:
    """By title, in the first words, and nothing is said of them."""
    if at > _GREETED_WITHIN or at == 0 or words[at - 1] not in _TITLES:
        return False
    return _OFFICE.isdisjoint(words[at + 1 : at + 1 + _NEAR + 2])
