"""Signs beside the matter: kind, urgency, whom a report is about."""

# ruff: noqa: E501  # lists of phrases are read by their entries, not by their line ends

from typing import Literal

from services.contracts.base import Kind, Urgency
from services.router.screening.behalf import ON_BEHALF, PERHAPS
from services.router.screening.near import Grams, Pairs, pair
from services.router.screening.words import normal

About = Literal["rt", "rw", "lurah", "camat", "mayor", "official"]

_HELPED: frozenset[str | None] = ON_BEHALF | PERHAPS | {
    "health_service", "ambulance", "disease", "flood_rescue", "landslide", "earthquake", "other_disaster_fire",
    "other_social", "other_health", "other_women_children", "animal_rescue", None,
}  # fmt: skip
"""Matters in which a request for help is one to people in need, not a manner of speaking (`mohon dibantu perbaiki`)."""


def _any_of(*phrases: str) -> frozenset[str]:
    return frozenset(normal(phrase) for phrase in phrases)


_URGENT = _any_of(
    "bahaya", "membahayakan", "berbahaya", "segera", "darurat", "mendesak", "kecelakaan", "jatuh korban", "korban",
    "celaka", "jatuh", "rawan", "longsor", "banjir", "anak sekolah",
)  # fmt: skip
_NEARLY = "mau|hampir|nyaris|sudah mau|hendak|tinggal|siap|ka|mo|nak|bakal|akan|terancam|bisa"
_THREATENS = Pairs((
    pair("roboh|ambruk|runtuh|tumbang|putus|ambrol|amblas|ambles|jebol|rebah|longsor|meledak|menimpa", _NEARLY, 2, "lomba|mau tumbang lawan"),
    pair("tiang|pohon|tembok|pagar|gapura|baliho|papan reklame|tower|menara|atap|plafon|gedung|bangunan|rumah|batang",
         "miring|condong|goyang|retak|lapuk|keropos|reyot|hampir lepas|sudah lepas", 6, "lagu|kamera miring"),
    pair("jembatan|titian|tangga", "tali|talinya|talinyo|sling|papan|goyang|putus|bolong|lapuk|patah|sebelah", 4, "jembatan timbang"),
    pair("kabel|kawat", "menjuntai|terkelupas|rendah sekali|setinggi kepala|putus|turun", 4, "charger"),
    pair("buaya|kobra|piton|sanca|ular|harimau|beruang|tawon|babi hutan|monyet|anjing", "muncul|ada|masuk|sarang|lepas|berkeliaran|menyerang|gigit|kejar|mengejar|sekolah|selokan|got|rumah|kamar mandi", 4,
         "tanaman|lidah buaya|kolam buaya|kandang|penangkaran|wisata"),
    pair("lubang|galian|sumur|parit|gorong gorong", "terbuka|tanpa penutup|tidak ditutup|tanpa rambu|menganga|dalam sekali", 4, "musim|pendaftaran"),
))  # fmt: skip
"""It has not come down yet, nobody is bitten yet: a person looks at it before the ordinary ones."""

_LEANS = Pairs((
    pair("tiang", "miring|condong|goyang|roboh|rubuh|ambruk|rebah|lapuk|keropos|tumbang|patah|doyong|retak", 6,
         "padam|pemadaman|mati|mati lampu|gelap|tidak nyala|tidak menyala|tidak hidup|byar pet"),
))  # fmt: skip
_QUESTION = _any_of(
    "apakah", "bagaimana cara", "bagaimana prosedur", "apa syarat", "syarat apa", "persyaratan", "mau tanya", "mau bertanya",
    "ingin bertanya", "tanya", "bertanya", "menanyakan", "mohon informasi", "minta informasi", "mohon info", "minta info",
    "bolehkah", "dimana bisa", "berapa biaya", "jam berapa", "ingin tanya", "numpang tanya", "nanya", "syaratnya", "caranya",
    "bagaimana caranya", "prosedurnya", "berapa lama", "dimana daftar", "apa saja syarat", "bisa tidak", "di mana daftarnya",
    "jadwalnya", "jadwal", "apa boleh", "apa benar", "batanyo", "ba a caronyo", "numpang nanya",
)  # fmt: skip
_GRIEVANCE = _any_of(
    "rusak", "hancur", "parah", "mati", "hilang", "kecewa", "buruk", "lambat", "bau", "mengganggu", "resah", "meresahkan",
    "belum diperbaiki", "tidak diangkut", "tidak ditanggapi", "bahaya", "membahayakan", "keluhan", "mengeluh", "mengeluhkan",
    "dipersulit", "pungli", "tersumbat", "banjir", "bocor", "macet", "tidak pernah", "mengadukan", "melaporkan", "semrawut",
    "lapor", "ditertibkan", "tertibkan", "kasar", "menumpuk", "keruh",
)  # fmt: skip
"""What only somebody who complains says: a question about it (`kapan diperbaiki?`) is a complaint nonetheless."""
_SUGGESTION = _any_of(
    "saran", "usul", "usulan", "mengusulkan", "menyarankan", "alangkah baik", "alangkah baiknya", "aspirasi", "sebaiknya",
    "masukan", "bagusnya", "ide saya", "kalau bisa dibuat", "diusulkan", "sebaik", "saran saya", "lebih baik kalau", "usulkan",
    "elok e", "ancaknyo", "bagus e", "kalau boleh usul", "mengusul",
)  # fmt: skip
_CRITICISM = _any_of(
    "kritik", "mengkritik", "kritikan", "kecewa dengan kebijakan", "kebijakan", "tidak setuju", "percuma", "pencitraan",
    "hanya slogan", "jangan cuma janji", "hanya janji", "janji kampanye", "pemborosan", "tidak becus", "menolak kebijakan",
)  # fmt: skip
_ASSISTANCE = _any_of(
    "minta bantuan", "mohon bantuan", "butuh bantuan", "mohon dibantu", "minta dibantu", "butuh pertolongan", "perlu bantuan",
    "kursi roda", "minta tolong bantu", "tidak ada beras", "belum makan", "butuh beras", "butuh susu", "butuh obat",
    "tidak makan", "butuh ambulans", "minta ambulans", "tolong bantu", "tolong dibantu", "minta sembako", "minta air bersih",
    "kaki palsu", "alat bantu dengar", "minta perlindungan", "butuh makanan", "butuh selimut", "butuh terpal",
)  # fmt: skip

_ACCUSED = _any_of(
    "pungli", "pungutan liar", "minta uang", "minta bayaran", "pilih kasih", "korupsi", "menyelewengkan", "penyelewengan",
    "mempersulit", "dipersulit", "kasar", "arogan", "marah", "memarahi", "tidak pernah di kantor", "tidak di tempat", "bentak",
    "membentak", "oknum", "memotong", "dipotong", "potong", "nepotisme", "selingkuh", "mabuk", "uang pelicin", "tidak adil",
    "tidak transparan", "menggelapkan", "gelapkan", "minta duit", "mengancam", "diancam", "tebang pilih", "dana kelurahan",
    "main proyek", "setoran", "fee proyek", "proyek titipan", "bukti transfer", "mengantongi", "memeras", "suap", "disuap",
    "menerima suap", "jual jabatan", "fiktif", "semena mena", "sewenang wenang", "minta jatah", "tidak peduli", "mangkir", "bohong", "berbohong", "kolusi",
)  # fmt: skip

_OFFICIALS: tuple[tuple[About, tuple[str, ...]], ...] = (
    ("mayor", ("wali kota", "walikota", "wako", "walkot", "wakil wali kota", "wawako", "wawali")),
    ("camat", ("camat", "pak camat", "bu camat")),
    ("lurah", ("lurah", "pak lurah", "bu lurah", "staf lurah", "pegawai kelurahan", "petugas kelurahan")),
    ("rw", ("ketua rw", "pak rw", "bu rw", "oknum rw")),
    ("rt", ("ketua rt", "pak rt", "bu rt", "oknum rt")),
    ("official", ("kepala dinas", "kadis", "pegawai dinas", "petugas dinas", "oknum pegawai", "oknum petugas", "oknum asn", "oknum pns",
                  "oknum dinas", "sekda", "oknum satpol", "petugas dishub", "oknum dishub")),
)  # fmt: skip
_NAMES = frozenset[str]().union(*(names for _, names in _OFFICIALS))
ASKED: frozenset[str] = (_THREATENS.asked | _LEANS.asked | _NAMES).union(
    *(_URGENT, _QUESTION, _GRIEVANCE, _SUGGESTION, _CRITICISM, _ASSISTANCE, _ACCUSED)
)


def _any(grams: Grams, phrases: frozenset[str]) -> bool:
    return not phrases.isdisjoint(grams)


def urgency(grams: Grams) -> Urgency:
    """Short of danger to life."""
    return "urgent" if _any(grams, _URGENT) or _THREATENS.any(grams) else "normal"


def leans(grams: Grams) -> bool:
    """A pole leans or rots, and nothing is said of power that is off."""
    return _LEANS.any(grams)


def kind(grams: Grams, category: str | None) -> tuple[Kind, str]:
    """What the person brings, and the rule that said so."""
    if _any(grams, _ASSISTANCE) and category in _HELPED:
        return "assistance_request", "kind.assistance"
    if category == "neighbour_in_need":
        return "assistance_request", "kind.need"
    if _any(grams, _SUGGESTION):
        return "suggestion", "kind.suggestion"
    if _any(grams, _CRITICISM):
        return "criticism", "kind.criticism"
    if _any(grams, _QUESTION) and (category is None or not _any(grams, _GRIEVANCE)):
        return "question", "kind.question"
    return "complaint", "kind.complaint"


def about(grams: Grams) -> About | None:
    """The official whose own conduct is complained of: named, with an accusation close by.

    A name in the greeting (`Pak Wali Kota, jalan kami rusak`) is no accusation; neither is a place (`kantor camat`).
    """
    if _ACCUSED.isdisjoint(grams) or _NAMES.isdisjoint(grams):
        return None
    accusations = [grams[word] for word in _ACCUSED if word in grams]
    nearest: tuple[int, About] | None = None
    for who, names in _OFFICIALS:
        for name in names:
            at = grams.get(name)
            if at is None or (who == "mayor" and at <= 3):
                continue
            distance = min(abs(at - accusation) for accusation in accusations)
            if distance <= 7 and (nearest is None or distance < nearest[0]):
                nearest = (distance, who)
    return nearest[1] if nearest else None
