"""From how people type to words that rules know: spelling, abbreviations, and the speech of four cities."""

# ruff: noqa: E501  # a dictionary is read by its entries, not by its line ends

import itertools
import re
import unicodedata
from functools import lru_cache

_APART = re.compile(r"https?://\S+|www\.\S+|@\w+|#\w+|<[A-Z]+>")
"""Addresses, handles and tags: no words of a sentence."""
_SIGNS = ("://", "www.", "@", "#", "<")
"""One of them stands in each of these: most messages need not be searched for them."""
_WORD = re.compile(r"[a-z]+|[0-9]+")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_SUFFIXES = ("nyo", "nya", "lah", "kah", "pun")
_KEPT = frozenset(
    [
        "tanya",
        "hanya",
        "punya",
        "banyak",
        "masalah",
        "sekolah",
        "rumah",
        "telah",
        "lelah",
        "sebelah",
        "limbah",
        "sampah",
        "kalah",
        "salah",
        "lembah",
        "adalah",
        "setelah",
        "jumlah",
        "lurah",
        "ampun",
        "himpun",
        "namun",
        "bertanya",
        "menanyakan",
        "olah",
        "ulah",
        "serah",
        "kuliah",
        "parah",
        "apakah",
    ]
)
"""Words that only look as if they ended in a clitic."""

_PLAIN = {
    # how Indonesians shorten
    "yg": "yang", "dg": "dengan", "dgn": "dengan", "utk": "untuk", "tdk": "tidak", "gk": "tidak", "ga": "tidak",
    "gak": "tidak", "ngga": "tidak", "nggak": "tidak", "enggak": "tidak", "kagak": "tidak", "tak": "tidak",
    "blm": "belum", "belom": "belum", "blom": "belum", "sdh": "sudah", "udh": "sudah", "udah": "sudah", "dah": "sudah",
    "krn": "karena", "karna": "karena", "klo": "kalau", "kalo": "kalau", "kl": "kalau", "bgmn": "bagaimana",
    "gmn": "bagaimana", "gimana": "bagaimana", "gmana": "bagaimana", "bgaimana": "bagaimana", "knp": "kenapa",
    "knapa": "kenapa", "ngapa": "kenapa", "mhn": "mohon", "mhon": "mohon", "tlg": "tolong", "tlong": "tolong",
    "tulung": "tolong", "org": "orang", "orng": "orang", "bpk": "bapak", "jln": "jalan", "rmh": "rumah", "rmah": "rumah",
    "sy": "saya", "gw": "saya", "aku": "saya", "kmi": "kami", "kt": "kita", "jg": "juga", "tp": "tapi", "bs": "bisa",
    "dpt": "dapat", "dlm": "dalam", "bnyk": "banyak", "byk": "banyak", "hr": "hari", "mgg": "minggu", "bln": "bulan",
    "thn": "tahun", "mlm": "malam", "pgi": "pagi", "skrg": "sekarang", "skrang": "sekarang", "lg": "lagi", "aja": "saja",
    "dr": "dari", "dri": "dari", "pd": "pada", "spt": "seperti", "sprti": "seperti", "tmpt": "tempat", "lmpu": "lampu",
    "lampunyo": "lampu", "smph": "sampah", "sampa": "sampah", "bsk": "besok", "msh": "masih", "trs": "terus",
    "info": "informasi", "infonya": "informasi", "aspalan": "aspal", "ektp": "ktp", "angkutan": "angkot", "lalin": "lalulintas",
    "listriknya": "listrik", "pam": "pdam", "sekolahan": "sekolah",
    "kec": "kecamatan", "kel": "kelurahan", "klh": "kelurahan", "puskes": "puskesmas", "rs": "rumahsakit",
    "rsud": "rumahsakit", "lobang": "lubang", "berlobang": "berlubang", "bolong": "lubang", "rusk": "rusak",
    "ancur": "hancur", "ilang": "hilang", "mampet": "tersumbat", "mampat": "tersumbat", "buntu": "tersumbat",
    "sumbat": "tersumbat", "ngalir": "mengalir", "idup": "hidup", "ngidup": "hidup", "trotoir": "trotoar",
    "bgt": "sangat", "bngt": "sangat", "banget": "sangat", "sgt": "sangat", "hrs": "harus", "hrus": "harus", "smua": "semua",
    "smw": "semua", "krg": "kurang", "kurg": "kurang", "pdhl": "padahal", "sblm": "sebelum", "stlh": "setelah",
    "dpn": "depan", "dpan": "depan", "blkg": "belakang", "sklh": "sekolah", "skolah": "sekolah", "msjd": "masjid",
    "tlp": "telepon", "telp": "telepon", "mnt": "minta", "ttg": "tentang", "jlnan": "jalan", "jalanan": "jalan",
    "jembtn": "jembatan", "jmbtn": "jembatan", "penerngan": "penerangan", "perbaikn": "perbaikan", "prbaikan": "perbaikan",
    "pmerintah": "pemerintah", "bangjo": "lampu merah", "trafik": "traffic", "trafic": "traffic", "traffik": "traffic",
    "blanko": "blangko", "blangkonya": "blangko", "blankonya": "blangko", "balnko": "blangko", "ktpel": "ktp",
    "lalulintasnya": "lalulintas", "satpolpp": "satpol pp", "pol pp": "satpol pp", "disdukcapil": "dukcapil",
    "puskesmasnya": "puskesmas", "spanduknya": "spanduk", "listrk": "listrik", "lstrik": "listrik", "mcet": "macet",
    "mct": "macet", "bnjir": "banjir", "bjir": "banjir", "pkm": "puskesmas", "prkir": "parkir", "parkiran": "parkir",
    "parkirnya": "parkir", "trminal": "terminal", "ribet": "sulit", "susah": "sulit", "sush": "sulit", "trnyata": "ternyata",
    "wrga": "warga", "wrg": "warga", "msyrakat": "masyarakat", "masy": "masyarakat", "bntuan": "bantuan", "bantuin": "bantu",
    "kpn": "kapan", "kpan": "kapan", "dmn": "dimana", "dmana": "dimana", "brp": "berapa", "brapa": "berapa", "sampe": "sampai",
    "smpe": "sampai", "smpai": "sampai", "ampe": "sampai", "nyampe": "sampai", "abis": "habis", "ato": "atau", "pake": "pakai",
    "ngurus": "mengurus", "bikin": "membuat", "nunggu": "menunggu", "ngantri": "antri", "ngantre": "antri",
    "rmh2": "rumah", "duit": "uang", "gaje": "tidak jelas", "gatau": "tidak tahu", "gabisa": "tidak bisa", "gaada": "tidak ada",
    "gakada": "tidak ada", "pelayananya": "pelayanan", "yan": "pelayanan", "diperbaikin": "diperbaiki", "dibenerin": "diperbaiki",
    "dibetulin": "diperbaiki", "benerin": "perbaiki", "dibetulkan": "diperbaiki", "ditambel": "ditambal", "tambel": "tambal",
    "numpuk": "menumpuk", "ngotori": "mengotori", "ganggu": "mengganggu", "menganggu": "mengganggu", "kbakaran": "kebakaran",
    # what Javanese and Sundanese neighbours write
    "wes": "sudah", "ora": "tidak", "mboten": "tidak", "banyu": "air", "dalan": "jalan", "uwuh": "sampah", "peteng": "gelap",
    "runtah": "sampah", "cai": "air", "solokan": "selokan", "poek": "gelap", "pareum": "mati", "henteu": "tidak", "teu": "tidak",
    # Bengkulu Malay
    "idak": "tidak", "dak": "tidak", "ndak": "tidak", "ambo": "saya", "kito": "kita", "kamek": "kami", "nian": "sangat",
    "aek": "air", "aiek": "air", "ado": "ada", "iko": "ini", "galo": "semua", "sapo": "siapa", "ngapo": "kenapa",
    "cakmano": "bagaimana", "macamano": "bagaimana", "dimano": "dimana", "kelak": "nanti", "alap": "bagus", "lah": "sudah",
    "rumahnyo": "rumah", "jalannyo": "jalan", "sampahnyo": "sampah", "aernyo": "air", "idakdo": "tidak",
    "tobo": "mereka", "kebanjiran": "banjir", "siring": "got",
    # Minang
    "indak": "tidak", "ndk": "tidak", "alun": "belum", "balun": "belum", "aia": "air", "aie": "air", "sarok": "sampah",
    "banda": "got", "baluboang": "berlubang", "luboang": "lubang", "balubang": "berlubang", "rusuak": "rusak",
    "banjia": "banjir", "tasumbek": "tersumbat", "tasumbat": "tersumbat", "urang": "orang", "ciek": "satu", "awak": "saya",
    "ambuih": "hembus", "iduik": "hidup", "mangalia": "mengalir", "baa": "bagaimana", "bilo": "kapan", "manga": "kenapa",
    "dima": "dimana", "kalam": "gelap", "rabah": "tumbang", "runtuah": "runtuh",
    "tabaka": "terbakar", "kabaka": "kebakaran", "sakik": "sakit", "padiah": "sakit", "amak": "ibu", "anduang": "nenek",
    "bansaik": "miskin", "litak": "lapar", "pitih": "uang", "oto": "mobil", "onda": "motor", "labuah": "jalan",
    "sakolah": "sekolah", "paja": "anak", "galodo": "longsor",
    "tolongan": "tolong", "dek": "karena", "jo": "dengan", "nan": "yang", "ko": "ini",
    # Pekanbaru Malay
    "cemana": "bagaimana", "camano": "bagaimana", "takde": "tidak ada", "takdo": "tidak ada", "parit": "got", "ayer": "air",
    "banjo": "banjir", "lobangnya": "lubang",
    # Kupang Malay
    "sonde": "tidak", "sond": "tidak", "snd": "tidak", "son": "tidak", "su": "sudah", "beta": "saya",
    "katong": "kita", "ketong": "kita", "kermana": "bagaimana", "karmana": "bagaimana", "akurang": "kenapa",
    "aer": "air", "pung": "punya", "deng": "dengan", "ju": "juga", "talalu": "terlalu", "jang": "jangan", "dong": "mereka",
    "tatutup": "tertutup", "tabakar": "terbakar", "tarbakar": "terbakar", "rubuh": "roboh", "tagigit": "tergigit",  "tagenang": "tergenang", "bae": "baik", "omong": "bicara",
    "balobang": "berlubang", "talobang": "berlubang", "mama": "ibu", "basong": "kalian",
    "nona": "perempuan", "sakola": "sekolah", "kasi": "beri", "tabanting": "jatuh",
}  # fmt: skip


EMPTY = frozenset(
    [
        "yang",
        "untuk",
        "dengan",
        "dari",
        "pada",
        "kepada",
        "dalam",
        "adalah",
        "akan",
        "agar",
        "atau",
        "bagi",
        "bahwa",
        "banyak",
        "belum",
        "bisa",
        "bukan",
        "dapat",
        "hanya",
        "harus",
        "juga",
        "kalau",
        "kami",
        "kita",
        "karena",
        "lagi",
        "masih",
        "mereka",
        "mohon",
        "namun",
        "oleh",
        "orang",
        "paling",
        "perlu",
        "saat",
        "saja",
        "sampai",
        "sangat",
        "saya",
        "sebagai",
        "sekali",
        "sekarang",
        "selalu",
        "semua",
        "seperti",
        "serta",
        "setelah",
        "setiap",
        "sudah",
        "tapi",
        "tidak",
        "tolong",
        "untuk",
        "apakah",
        "bagaimana",
        "kapan",
        "kenapa",
        "mana",
        "dimana",
        "bapak",
        "terima",
        "kasih",
        "terimakasih",
        "segera",
        "sering",
        "hari",
        "minggu",
        "bulan",
        "tahun",
        "supaya",
        "ingin",
        "mau",
        "tanya",
        "warga",
        "daerah",
        "tempat",
    ]
)
"""Words that hold sentences together: no reason for anything."""


def plain(text: str) -> str:
    """Lower case, without accents, without letters drawn out (`rusaaak` → `rusak`)."""
    return _REPEATED.sub(r"\1", _lowered(text))


def _lowered(text: str) -> str:
    if any(sign in text for sign in _SIGNS):
        text = _APART.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.lower()


def raw_tokens(text: str) -> list[str]:
    """Words and numbers as typed, for names of places."""
    return _WORD.findall(plain(text))


def tokens(text: str) -> list[str]:
    """Words as rules know them: abbreviations and regional words put into plain Indonesian, clitics cut off."""
    return list(itertools.chain.from_iterable(map(_known, _WORD.findall(_lowered(text)))))


@lru_cache(maxsize=20_000)
def _known(word: str) -> tuple[str, ...]:
    word = _REPEATED.sub(r"\1", word)
    known = _PLAIN.get(word)
    if known is None:
        short = _without_clitic(word)
        known = _PLAIN.get(short, short)
    return tuple(known.split())


def _without_clitic(word: str) -> str:
    if len(word) < 6 or word in _KEPT:
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix):
            return word[: -len(suffix)]
    return word


def normal(phrase: str) -> str:
    """A phrase of our own as it stands in a message that was read."""
    return " ".join(tokens(phrase))
