"""Sentences of ours that name a kelurahan in the ways people do, and sentences that name none. Nothing is random."""

# ruff: noqa: E501  # lists of spellings are read by their entries, not by their line ends

import hashlib
import re
from collections.abc import Iterator

from services.contracts.city import City

CARRIERS = (
    "lampu jalan mati di {} sudah seminggu min",
    "Sampah menumpuk di kelurahan {}, baunya minta ampun",
    "pak tolong got di kel {} tersumbat",
    "Kel. {} banjir lagi tadi malam",
    "warga {} mengeluh air pdam tidak mengalir",
    "jalan berlubang di {} dekat masjid, sudah ada yang jatuh",
    "di {} RT 05 RW 02 banyak anjing liar",
    "ambo di {} nian, siringnyo tumpat pak",
    "sarok batumpuak di {} alun diangkuik",
    "aer sonde jalan di {} su tiga hari ni",
    "mohon lurah {} turun ke lapangan",
    "lokasi: {}",
)
"""Written while the rules were made."""

HELD_OUT = (
    "assalamualaikum, mau lapor pohon tumbang di {} menutup jalan",
    "Selamat pagi bapak walikota. Kami di kelurahan {} sudah dua minggu tanpa lampu jalan",
    "kapan drainase kel.{} diperbaiki pak?",
    "ada pungli di kantor lurah {} min, mohon ditindak",
    "Di {} tadi malam ada tawuran remaja",
    "parit di {} tak pernah dibersihkan, asal hujan banjir",
    "katong di {} butuh aer bersih, tolong dong",
    "jalan rusak parah daerah {} tolong diaspal bang",
    "tiang listrik miring di RT 7 RW 3 {}",
    "posisi di {}, depan rumah ketua rt, bau busuk",
    "kelurahan {} kecamatannya lupa, trotoarnya ancur",
    "di {} banda lah panuah, aia naiak ka rumah",
)
"""Written before the first count, and looked at only as a figure."""

BARE = ("{} gelap gulita min", "banjir {} tolong pak", "tolong {} sampahnya numpuk")
"""Without any word that says that a place follows: for names that are nothing else."""

_SHORT = {
    "kampung": ("kp", "kp."), "padang": ("pdg", "pd."), "tanjung": ("tj", "tg."), "sungai": ("sei", "sei."), "pasar": ("psr", "ps."),
    "kebun": ("kbn", "kebon"), "teluk": ("tlk",), "simpang": ("sp.", "simp"), "bukit": ("bkt",), "pematang": ("pmtg",),
    "belakang": ("blkg", "blk."), "sawah": ("swh",), "barat": ("brt",), "timur": ("tmr",), "utara": ("utr",), "selatan": ("slt",),
    "pondok": ("pdk", "pd."), "tangkerang": ("tkr",), "jalan": ("jl.",), "labuh": ("lbh",), "aur": ("aua",), "kuning": ("kuniang",),
    "satu": ("1", "I"), "dua": ("2", "II"), "ii": ("2", "dua"), "tengah": ("tgh",), "tangah": ("tengah",), "bukik": ("bukit",), "baru": ("bru",),
    "lima": ("5",), "kelapa": ("klp",), "lembah": ("lmbh",), "permai": ("prmai",), "harapan": ("hrpn",), "lebar": ("lbr",), "tebeng": ("tbng",),
}  # fmt: skip
_WRITTEN_TOGETHER = (
    "sungai",
    "sialang",
    "simpang",
    "tobek",
    "bandar",
    "tirta",
    "muara",
    "rantau",
    "air",
    "tuah",
    "pematang",
    "bambu",
    "bencah",
    "industri",
    "perhentian",
)


def _pick(seed: str, count: int) -> int:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") % count


def spellings(name: str) -> Iterator[tuple[str, str]]:
    """(kind, spelling): as people write a name that they know."""
    yield "listed", name
    yield "small", name.lower()
    yield "capitals", name.upper()
    words = name.split()
    if len(words) > 1:
        yield "joined", "".join(words).lower()
    for head in _WRITTEN_TOGETHER:
        if words[0].lower().startswith(head) and len(words[0]) > len(head) + 3:
            yield "split", " ".join([head, words[0][len(head) :], *words[1:]])
            for short in _SHORT.get(head, ()):
                yield "split short", " ".join([short, words[0][len(head) :], *words[1:]])
    for at, word in enumerate(words):
        for short in _SHORT.get(word.lower(), ()) if len(words) > 1 else ():
            yield "short", " ".join([*words[:at], short, *words[at + 1 :]]).lower()
    if re.search(r"[bcdgklmnprst]u", name.lower()):
        yield "old", re.sub(r"([bcdgklmnprst])u", r"\1oe", name.lower(), count=1)
    yield "doubled", re.sub(r"([aeiou])([lmnprst])([aeiou])", r"\1\2\2\3", name.lower(), count=1)
    yield "drawn out", re.sub(r"([aeiou])$", r"\1\1\1", name.lower())


def typos(name: str) -> Iterator[tuple[str, str]]:
    """One letter wrong, behind the first: left out, twice, exchanged with its neighbour, or another one."""
    plain = name.lower()
    places = [i for i in range(1, len(plain) - 1) if plain[i].isalpha() and plain[i + 1].isalpha()]
    at = places[_pick(f"{name} out", len(places))]
    yield "letter out", plain[:at] + plain[at + 1 :]
    at = places[_pick(f"{name} swap", len(places))]
    yield "letters exchanged", plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    at = places[_pick(f"{name} other", len(places))]
    beside = {
        "a": "s",
        "e": "r",
        "i": "o",
        "o": "p",
        "u": "i",
        "n": "m",
        "m": "n",
        "r": "t",
        "t": "r",
        "g": "h",
        "k": "l",
    }
    yield "other letter", plain[:at] + beside.get(plain[at], "e") + plain[at + 1 :]


def named(city: City, carriers: tuple[str, ...], *, wrong: bool = True) -> Iterator[tuple[str, str, str]]:
    """(ward code, kind of spelling, text) of every kelurahan in every spelling, each in two of the carriers."""
    for ward in city.wards.values():
        ways = list(spellings(ward.name))
        if wrong and len(ward.name.replace(" ", "")) >= 6:
            ways += typos(ward.name)
        for kind, spelled in ways:
            first = _pick(f"{ward.code} {kind} {spelled}", len(carriers))
            for step in (0, 5):
                yield ward.code, kind, carriers[(first + step) % len(carriers)].format(spelled)


NOWHERE = (
    "berkas saya belum selesai juga di dukcapil",
    "bau kandang ayam tetangga menyengat sekali",
    "di kandang sapi dekat rumah banyak lalat",
    "ada kesalahan di berkas permohonan KTP saya",
    "sekarang air pdam mati lagi min",
    "kadang nyala kadang mati lampu jalannya",
    "angka penurunan stunting katanya bagus, nyatanya tidak",
    "semoga tetap merdeka dan jaya negeri ini",
    "Hari Merdeka nanti apakah kantor buka?",
    "buah delima di pasar mahal sekali",
    "dilema kami warga kecil, air mahal listrik mahal",
    "panorama indah tapi sampah di mana mana",
    "pembajak sawah rusak, kapan bantuan datang",
    "akun instagram saya di bajak orang pak",
    "air hitam keluar dari keran sudah seminggu",
    "sampai keluar air mata kami menunggu ambulans",
    "air putih saja tidak ada di puskesmas",
    "macet di simpang empat tiap sore",
    "lampu merah di simpang tiga mati",
    "kecelakaan di simpang empat lampu merah",
    "kapan pasar baru selesai dibangun",
    "lubang selebar dua meter di tengah jalan",
    "jalan selebar tiga meter ini hancur",
    "saya dari Surabaya, mau urus KTP",
    "anak saya kuliah di Semarang, bisakah urus KTP online?",
    "paket dari Semarang tidak sampai",
    "di Jakarta saja bisa, kenapa di sini tidak",
    "contoh Kota Bandung, sampahnya dikelola",
    "saya pindahan dari Kabupaten Tanah Datar",
    "keluarga di Palembang mau pindah ke sini",
    "orang Jawa Tengah banyak yang merantau ke sini",
    "Sumatera Barat katanya ada bantuan, mana?",
    "NTT butuh perhatian pak",
    "Provinsi Riau asap lagi",
    "aspal melembung dan pecah di depan rumah",
    "jalan melubang di mana mana",
    "lampu solar cell tidak menyala",
    "kulit anak saya gatal karena asap",
    "batu bebatuan jatuh ke jalan",
    "perbatuan di drainase perlu diangkat",
    "tanah lempung licin, motor jatuh",
    "saya minta fantasi jangan janji",
    "mutasi pegawai tidak adil",
    "anggota dewan tidak pernah turun",
    "tampan sekali bapak walikota kita",
    "di belakang pondok kami banyak sampah",
    "di tengah padang rumput itu ada pembakaran",
    "kampung kami gelap, tengah malam banyak preman",
    "dalam kampung ini air susah",
    "kota lama tidak terurus pak, kapan ditata",
    "rintik hujan saja sudah banjir",
    "sebelah timur rumah saya ada pabrik",
    "di pesisir pantai banyak sampah plastik",
    "jembatan kecil di belakang rumah ambruk",
    "kebun saya kebanjiran, siapa ganti rugi",
    "sawah kami kering, mohon irigasi",
    "pasar tumpah bikin macet",
    "harapan kami cuma satu, air mengalir",
    "tanah kami dipatok orang",
    "beringin besar tumbang menimpa mobil",
    "teluk kotor, nelayan susah",
    "muara dangkal perahu tidak bisa masuk",
    "tanjakan curam tanpa pagar",
    "sumur warga kering semua",
    "kayu besar menghalangi parit",
    "dua kali saya lapor tidak dijawab",
    "lima puluh ribu diminta petugas parkir",
    "nomor satu bikin susah, antri lama",
    "sago mutiara di pasar mahal",
    "tidak ada sinyal di sini",
    "kenapa kelurahan tutup hari jumat",
    "pak lurah tidak pernah di tempat",
    "ibu camat tolong lihat warga",
    "di kelurahan kami antri lama sekali",
    "kantor kecamatan panas tidak ada kipas",
    "rt kami minta uang terus",
    "besok hari senin kan buka min?",
    "petugas tilang minta uang damai",
    "raya nanti apakah sampah diangkut",
    "meranti itu kayu, bukan untuk dibakar",
    "sri mulyani pernah janji bantuan",
    "permai sekali hidup pejabat",
    "banda aceh saja bisa, kita tidak",
    "batu bata jatuh dari truk di jalan",
    "pintu air rusak, banjir",
    "pagar sekolah roboh",
    "sukarela saja mereka minta sumbangan",
    "kami suka maju, tapi lampu tidak ada",
    "mantap pak walikota, tapi jalan rusak",
    "kartu kuning pencari kerja habis blanko",
    "lapisan aspal terkelupas",
    "manggis dan durian di lapak trotoar",
    "ladang warga kena banjir",
    "parit tersumbat karena sampah plastik",
    "kubu polisi kosong tiap malam",
    "koto itu rumah makan, limbahnya ke got",
    "guguk tidak ada, longsor dekat rumah",
    "air terjun ramai, parkir liar",
    "tarik ulur terus pelayanan kantor",
    "puhun tumbang min",
    "birokrasi lambat, urus surat sebulan",
)
