"""Signs beside the matter: danger to life, kind, urgency, whom a report is about, what must be protected."""

# ruff: noqa: E501, ISC004  # lists of phrases are read by their entries, not by their line ends

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from services.contracts.base import Confidentiality, Kind, Urgency
from services.router.screening.words import normal

About = Literal["rt", "rw", "lurah", "camat", "mayor", "official"]
Grams = Mapping[str, int]

SENSITIVE = frozenset(
    {"violence_at_home", "official_conduct", "alcohol_vice", "crime", "neighbour_in_need", "community_dispute"}
)
"""Reports that can bring their reporter harm, or that show somebody's need: handled without the reporter's name."""

SECRET = frozenset({"violence_at_home"})

ON_BEHALF = frozenset({"neighbour_in_need", "unfit_house", "street_people", "violence_at_home", "social_aid"})


_HELPED: frozenset[str | None] = ON_BEHALF | {
    "health_service", "ambulance", "disease", "flood_rescue", "landslide", "earthquake", "other_disaster_fire",
    "other_social", "other_health", "other_women_children", "animal_rescue", None,
}  # fmt: skip
"""Matters in which a request for help is one to people in need, not a manner of speaking (`mohon dibantu perbaiki`)."""


def _normal(*phrases: str) -> tuple[str, ...]:
    return tuple(normal(phrase) for phrase in phrases)


@dataclass(frozen=True)
class Danger:
    phrase: str
    rule: str
    category: str
    """The matter that it makes certain."""


_DANGER: tuple[tuple[str, str, str], ...] = (
    # rule, matter it makes certain, phrases
    ("danger.fire", "fire",
     "kebakaran|rumah terbakar|sedang terbakar|api membesar|api besar|toko terbakar|ruko terbakar|rumah kebakaran|kios terbakar"),
    ("danger.flood", "flood_rescue",
     "terjebak banjir|hanyut|terseret arus|tenggelam|air sudah sedada|air sudah seleher|terjebak di atap|air setinggi dada|"
     "hilang di laut|hilang di sungai|perahu terbalik|kapal terbalik|butuh perahu|minta perahu|minta evakuasi|butuh evakuasi|mohon evakuasi|tolong evakuasi|terjebak air|air sepinggang|banjir sedada|banjir sudah sedada|banjir sepinggang|banjir sudah sepinggang|naik sampai dada|air sudah sepinggang|banjir seleher"),
    ("danger.landslide", "landslide",
     "tertimbun longsor|tertimbun tanah|tertimbun|longsor menimpa|rumah tertimbun|tanah longsor menimpa"),
    ("danger.tree", "fallen_tree", "tertimpa pohon|pohon menimpa orang|pohon menimpa rumah|pohon tumbang menimpa"),
    ("danger.wire", "power_cut",
     "kesetrum|tersengat listrik|kabel listrik putus|kabel putus menjuntai|kabel menjuntai|tersetrum|kabel listrik jatuh"),
    ("danger.violence", "violence_at_home",
     "mau dibunuh|diancam bunuh|sedang dipukul|disiksa|dipukuli suami|memukuli istri|memukuli anak|diperkosa|dianiaya suami|"
     "anak dirantai|anaknya dirantai|dirantai bapaknya|dirantai ibunya|dirantai orang tua|anak dikurung|anaknya dikurung|"
     "dikurung bapaknya|dikurung ibunya|dikurung orang tua|dikurung suami|disekap|diikat bapaknya|diikat ibunya|"
     "takut dibunuh|ancam bunuh|nyawa saya terancam"),
    ("danger.health", "ambulance",
     "tidak sadar|pingsan|sekarat|sesak napas berat|butuh ambulans|butuh ambulan|mau melahirkan|pendarahan|bunuh diri|"
     "gantung diri|tidak bernapas|kejang|gawat darurat sekarang|keracunan massal"),
    ("danger.animal", "animal_rescue",
     "buaya masuk|harimau masuk|beruang masuk|gajah mengamuk|gajah masuk kampung|diterkam buaya|diterkam harimau|"
     "digigit ular|dipatuk ular|anjing rabies|anjing gila"),
    ("danger.gas", "fire", "bocor gas|gas bocor|tabung meledak|ledakan|meledak"),
    ("danger.collapse", "collapse", "bangunan ambruk menimpa|rumah roboh menimpa|tertimpa reruntuhan|jembatan ambruk orang|nyawa terancam"),
)  # fmt: skip

_DANGERS: dict[str, Danger] = {
    normal(phrase): Danger(phrase, rule, matter) for rule, matter, phrases in _DANGER for phrase in phrases.split("|")
}

_NOT_NOW = _normal(
    "kemarin", "tahun lalu", "bulan lalu", "minggu lalu", "dulu", "pernah", "rawan", "takut", "khawatir", "antisipasi",
    "mencegah", "simulasi", "pelatihan", "kalau", "supaya", "korban kebakaran", "pasca", "jangan sampai", "sebelum",
    "mengakibatkan", "menyebabkan", "potensi", "berpotensi", "ancaman", "hampir", "sering", "bekas", "setelah", "bisa", "alat",
    "pelatihan", "sosialisasi", "bantuan korban", "hidran", "rumah korban", "sejak",
)  # fmt: skip
"""Talk of a danger that is over or might come: urgent perhaps, but nobody's life hangs on the next minutes."""

_URGENT = _normal(
    "bahaya", "membahayakan", "berbahaya", "segera", "darurat", "mendesak", "kecelakaan", "jatuh korban", "korban",
    "celaka", "jatuh", "rawan", "longsor", "banjir", "anak sekolah",
)  # fmt: skip

_QUESTION = _normal(
    "apakah", "bagaimana cara", "bagaimana prosedur", "apa syarat", "syarat apa", "persyaratan", "mau tanya", "mau bertanya",
    "ingin bertanya", "tanya", "bertanya", "menanyakan", "mohon informasi", "minta informasi", "mohon info", "minta info",
    "bolehkah", "dimana bisa", "berapa biaya", "jam berapa", "ingin tanya", "numpang tanya", "nanya", "syaratnya", "caranya",
    "bagaimana caranya", "prosedurnya", "berapa lama", "dimana daftar", "apa saja syarat", "bisa tidak", "di mana daftarnya",
    "jadwalnya", "jadwal", "apa boleh", "apa benar", "batanyo", "ba a caronyo", "numpang nanya",
)  # fmt: skip
_GRIEVANCE = _normal(
    "rusak", "hancur", "parah", "mati", "hilang", "kecewa", "buruk", "lambat", "bau", "mengganggu", "resah", "meresahkan",
    "belum diperbaiki", "tidak diangkut", "tidak ditanggapi", "bahaya", "membahayakan", "keluhan", "mengeluh", "mengeluhkan",
    "dipersulit", "pungli", "tersumbat", "banjir", "bocor", "macet", "tidak pernah", "mengadukan", "melaporkan", "semrawut",
    "lapor", "ditertibkan", "tertibkan", "kasar", "menumpuk", "keruh",
)  # fmt: skip
"""What only somebody who complains says: a question about it (`kapan diperbaiki?`) is a complaint nonetheless."""
_SUGGESTION = _normal(
    "saran", "usul", "usulan", "mengusulkan", "menyarankan", "alangkah baik", "alangkah baiknya", "aspirasi", "sebaiknya",
    "masukan", "bagusnya", "ide saya", "kalau bisa dibuat", "diusulkan", "sebaik", "saran saya", "lebih baik kalau", "usulkan",
    "elok e", "ancaknyo", "bagus e", "kalau boleh usul", "mengusul",
)  # fmt: skip
_CRITICISM = _normal(
    "kritik", "mengkritik", "kritikan", "kecewa dengan kebijakan", "kebijakan", "tidak setuju", "percuma", "pencitraan",
    "hanya slogan", "jangan cuma janji", "hanya janji", "janji kampanye", "pemborosan", "tidak becus", "menolak kebijakan",
)  # fmt: skip
_ASSISTANCE = _normal(
    "minta bantuan", "mohon bantuan", "butuh bantuan", "mohon dibantu", "minta dibantu", "butuh pertolongan", "perlu bantuan",
    "kursi roda", "minta tolong bantu", "tidak ada beras", "belum makan", "butuh beras", "butuh susu", "butuh obat",
    "tidak makan", "butuh ambulans", "minta ambulans", "tolong bantu", "tolong dibantu", "minta sembako", "minta air bersih",
    "kaki palsu", "alat bantu dengar", "minta perlindungan", "butuh makanan", "butuh selimut", "butuh terpal",
)  # fmt: skip

_ACCUSED = _normal(
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

_SPAM = _normal(
    "pinjaman online", "dana cepat", "slot gacor", "judi online", "togel", "klik link", "menang undian", "hadiah undian",
    "memenangkan undian", "pemenang undian", "klik http", "klik tautan", "bonus member", "jual followers", "jasa pinjaman", "promo terbatas", "jasa seo", "investasi bodong untung", "pinjaman tanpa jaminan", "modal kecil untung besar", "deposit bonus",
)  # fmt: skip

_HOAX = _normal(
    "sebarkan", "teruskan pesan", "share ke", "kirim ke 10", "dari grup sebelah", "copas dari", "viralkan ke semua grup",
    "forward ke", "jangan putus di kamu", "sebarkan ke", "pesan berantai", "bagikan ke semua", "info dari grup",
)  # fmt: skip

_SECRET_WORDS = _normal(
    "korupsi", "menyelewengkan", "penyelewengan", "menggelapkan", "penggelapan", "suap", "menyuap", "disuap", "gratifikasi",
    "jual beli jabatan", "kolusi", "fiktif", "mark up", "dikorupsi", "diselewengkan", "pencabulan", "mencabuli", "dicabuli",
    "pelecehan seksual", "pelecehan", "dilecehkan", "perkosa", "diperkosa", "memperkosa", "kdrt", "disiksa", "menyiksa",
    "dianiaya", "menganiaya", "kekerasan anak", "kekerasan seksual", "perdagangan orang", "dipukul suami", "memukul istri",
    "memukuli istri", "dipukuli suami", "memukul anak", "memukuli anak", "rahasiakan identitas", "mohon dirahasiakan",
    "identitas saya dirahasiakan", "jangan sebut nama saya", "makan uang desa", "manangani bini", "mukul bini", "pukul mama",
    "pukul bini", "incest", "eksploitasi anak", "anak dirantai", "dirantai bapaknya",
    "dirantai ibunya", "dirantai orang tua", "anak dikurung", "dikurung bapaknya", "dikurung ibunya", "dikurung suami", "disekap", "dipasung", "ditelantarkan orang tua", "main proyek",
    "uang setoran", "setoran proyek", "fee proyek", "uang proyek", "proyek titipan", "jual jabatan", "menerima uang dari",
    "mengantongi", "memeras", "diperas", "pemerasan", "cabul", "meraba", "diraba", "sodomi", "disodomi",
    "begal payudara", "dihamili", "menghamili", "perdagangan anak", "jual anak", "dijual germo", "video pribadi", "foto pribadi", "pungli jabatan", "uang jabatan",
)  # fmt: skip
"""Corruption, abuse, sexual violence, or a wish not to be known: hidden from the public from the first moment."""

_BY_NAME = _normal("bernama", "inisial", "berinisial", "namanya", "atas nama")

_SELF = _normal(
    "saya sendiri",
    "rumah saya",
    "suami",
    "saya dipukul",
    "saya dipukuli",
    "saya disiksa",
    "saya diancam",
    "saya takut",
    "saya korban",
    "keluarga saya",
    "anak saya",
    "suami saya",
    "istri saya",
    "ibu saya",
    "bapak saya",
    "saya janda",
)
_HELPLESS = _normal(
    "nenek sebelah",
    "kakek sebelah",
    "seorang nenek",
    "seorang kakek",
    "seorang lansia",
    "nenek tua",
    "kakek tua",
    "tinggal sendiri",
    "tinggal seorang diri",
    "tinggal surang",
    "tinggal sorang",
    "hidup sebatang kara",
)
_OTHERS = _normal(
    "tetangga",
    "warga kami",
    "ada seorang",
    "ada nenek",
    "ada kakek",
    "ada warga",
    "seorang nenek",
    "seorang kakek",
    "beliau",
)


def _any(grams: Grams, phrases: Sequence[str]) -> str | None:
    for phrase in phrases:
        if phrase in grams:
            return phrase
    return None


_AT_ONCE = _normal("sekarang", "tolong", "cepat", "segera", "sedang", "saat ini", "darurat", "butuh", "capek", "capat")
_FIRST = 40
"""Who is in danger says so in the first words; behind them a danger is a thing that is told."""


def danger(grams: Grams) -> Danger | None:
    """Somebody may die in the next minutes or hours."""
    for phrase in sorted(grams.keys() & _DANGERS.keys(), key=grams.__getitem__):
        if grams[phrase] > _FIRST and not any(abs(grams[w] - grams[phrase]) <= 6 for w in _AT_ONCE if w in grams):
            continue
        before = [grams[word] for word in _NOT_NOW if word in grams]
        if not any(0 <= grams[phrase] - at <= 4 or 0 < at - grams[phrase] <= 3 for at in before):
            return _DANGERS[phrase]
    return None


def urgency(grams: Grams) -> Urgency:
    """Short of danger to life."""
    return "urgent" if _any(grams, _URGENT) else "normal"


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
    accusations = [grams[word] for word in _ACCUSED if word in grams]
    if not accusations:
        return None
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


def spam(grams: Grams) -> bool:
    return _any(grams, _SPAM) is not None


def hoax(grams: Grams) -> bool:
    """A chain letter rather than a report of one's own."""
    return _any(grams, _HOAX) is not None


def protection(grams: Grams, category: str | None, about_whom: About | None) -> tuple[Confidentiality, list[str]]:
    """How closed the content must be, and the rules that said so."""
    if category in SECRET:
        return "secret", ["secret.matter"]
    if _any(grams, _SECRET_WORDS):
        return "secret", ["secret.words"]
    if about_whom is not None:
        # Accused by name: the words themselves would harm somebody if they were wrong.
        return ("secret", ["secret.name"]) if _any(grams, _BY_NAME) else ("anonymous", [])
    return ("anonymous" if category in SENSITIVE else "normal"), []


def for_the_helpless(grams: Grams) -> bool:
    """Whatever the matter: it is told for somebody who can't tell it."""
    return _any(grams, _HELPLESS) is not None and not speaks_of_self(grams)


def speaks_of_self(grams: Grams) -> bool:
    return _any(grams, _SELF) is not None and _any(grams, _OTHERS) is None
