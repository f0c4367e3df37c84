"""How the names of places are spelled: old and regional ways, abbreviations, joined and split words.

Names are compared squeezed: words written together, letters that people double or not undone, `oe` inside a word read as `u`.
What a text's word may stand for is decided on the side of the names: each name is known in all its usual spellings.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce

# ruff: noqa: E501  # a list of spellings is read by its entries, not by its line ends

_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = frozenset("aiueo")

_VARIANTS: dict[str, tuple[str, ...]] = {
    # what places are called after
    "kampung": ("kp", "kpg", "kamp", "kmp", "kmpg", "kampong", "kampuang", "kampoeng", "kg"), "padang": ("pdg", "pd", "pdang"),
    "pondok": ("pd", "pdk", "pndk", "pondk"), "tanjung": ("tjg", "tj", "tg", "tjng", "tanj", "tanjuang", "tanjong", "tnjg", "tnjung"),
    "sungai": ("sei", "sui", "sgi", "sng", "sungei", "sunge", "sg", "s"), "pasar": ("psr", "ps", "pasa", "pasr"),
    "kebun": ("kbn", "kebon", "kb", "kabun", "kbun", "keb"), "teluk": ("tlk", "tel", "telok", "tluk"), "simpang": ("simp", "sp", "spg", "smpg", "simpng"),
    "bukit": ("bkt", "bukik", "bt", "bukt"), "bukik": ("bukit", "bkt"), "pematang": ("pmtg", "pem", "pmtang", "pmt", "pematng", "pamatang"),
    "lingkar": ("lkr", "lgkr", "lingk", "lngkr", "lk"), "belakang": ("blkg", "blk", "blakang", "blkng", "balakang"), "sawah": ("swh", "sw", "sawa", "sawh"),
    "bencah": ("bancah", "bcah"), "marpoyan": ("mrpy", "marpoian", "mpy", "marpoya"), "tangkerang": ("tkr", "tangkrang", "tkrg", "tangk", "tangkarang", "tangkr", "tengkerang", "tkrng"),
    "jalan": ("jl", "jln", "jlan"), "muara": ("mra", "muaro", "moeara"), "rawa": ("rwa", "rawah"), "sumur": ("smr", "sumua", "sumor"),
    "tanah": ("tnh", "tana", "tn"), "bentiring": ("btr", "btrg", "bentring", "btiring"), "anggut": ("agt", "anggt", "angut"), "kandang": ("kdg", "kndang", "kdang", "kandng"),
    "jembatan": ("jmbt", "jbt", "jemb", "jmbatan", "jembtn"), "dusun": ("dsn", "ds", "dusn"), "cempaka": ("cmpk", "cempk", "cmpka", "cpk", "campaka"), "gading": ("gdg", "gding"),
    "beringin": ("brgn", "bringin", "br"), "tebing": ("tbg", "tb", "tbing"), "lembah": ("lbh", "lmbh", "lemba"), "kota": ("kt", "koto", "kta"), "koto": ("kota", "kt"),
    "labuh": ("lbh", "labuah", "lb", "labu"), "labuah": ("labuh", "lbh"), "air": ("aer", "aek", "aia", "aie", "ayer", "aia", "ar"), "aur": ("aua", "aor"), "kayu": ("ky", "kayo", "kaju"),
    "guguk": ("guguak", "ggk", "gugk", "gogok"), "guguak": ("guguk", "ggk"), "tangah": ("tengah", "tgh"), "tengah": ("tgh", "tngh", "tangah", "tng"), "puhun": ("phn", "pohon", "puhn", "poehoen"),
    "kubu": ("kb", "kbu"), "pakan": ("pkn", "pekan"), "pekan": ("pkn", "pakan"), "benteng": ("btg", "bntg", "bentg"), "parit": ("prt", "parik"), "ladang": ("ldg", "ldang"), "bancah": ("bencah",),
    "ganting": ("gantiang", "gtg"), "kuning": ("kng", "kuniang", "kunin"), "tarok": ("taruk", "tarook"), "apik": ("apit", "apiek"), "batu": ("bt", "bato"), "pasir": ("psr", "pasia", "ps"),
    "godang": ("gadang", "gdg"), "oesapa": ("osapa", "osp", "usapa"), "naikoten": ("nkt", "naikotin", "naiktn", "nekoten"), "bakunase": ("bks", "bakunasi", "baknase"), "nunbaun": ("nbn", "nunbau", "nunbn"),
    "kelapa": ("klp", "klapa", "kalapa", "klpa"), "mandiangin": ("mdg", "mandiangn"), "sialang": ("slg", "sialng"), "tuah": ("th", "tuo"), "tobek": ("tbk", "tabek", "tobk"),
    "bandar": ("bdr", "bndr", "banda"), "rantau": ("rtu", "rantw", "rnt"), "perhentian": ("phtn", "prhentian", "perhntian"), "industri": ("industry",), "bambu": ("bmb", "bambo"),
    "labuai": ("lbi", "labuwai"), "meranti": ("mrt", "mranti"), "rumbai": ("rmb", "rumbay"), "payung": ("pyg", "payuang", "pyung"), "tirta": ("tirto", "trt"), "sidomulyo": ("sdm", "sidomulio", "sdmulyo", "sidmul"),
    "limbungan": ("lbg", "limbungn"), "agung": ("agg", "agong", "agng"), "harapan": ("harpan", "hrpan", "harapn", "hrp"), "melayu": ("mly", "mlayu", "malayu"), "besar": ("bsr", "basa"), "kecil": ("kcl", "kecik", "ketek", "kcil"),
    # which of several
    "barat": ("brt", "bar", "brat", "bart"), "timur": ("tmr", "tim", "tmur", "timue"), "utara": ("utr", "ut", "utra"), "selatan": ("slt", "sel", "sltn", "slatan", "seltn"), "baru": ("bru", "br", "baroe"),
    "atas": ("ats", "ateh", "ates"), "bawah": ("bwh", "bwah", "bawa", "bawuah"), "dalam": ("dlm", "dlam", "dalm"), "permai": ("prmai", "pmai", "permei", "prm"), "raya": ("ry", "rya"), "indah": ("idh", "indh"), "nusa": ("ns",),
    "jaya": ("jy", "jya", "djaja", "djaya"), "mas": ("emas", "ms"), "makmur": ("mkmr", "mkmur", "makmr", "mkm"), "lebar": ("lbr", "lebr"), "serai": ("sri", "serei", "srai"), "sari": ("sri", "sr"), "damai": ("dmi", "dami"),
    "satu": ("st",), "dua": ("duo",), "tiga": ("tigo",), "tigo": ("tiga",), "empat": ("ampek",), "lima": ("limo",), "baleh": ("belas", "bleh"), "limapuluh": ("50", "limopuluah"),
    "segara": ("sgr", "sgara"), "ratu": ("rtu",), "samban": ("smbn", "sambn"), "pati": ("pt", "pty"), "singaran": ("singgaran", "sgr", "sngrn"), "selebar": ("slbr", "slebar"), "serut": ("srt", "serot"), "hulu": ("ulu", "hlu"), "bangka": ("bgk", "bngka", "bangko"),
}  # fmt: skip

_HEADS = tuple(
    sorted(
        {
            "air", "sungai", "sialang", "simpang", "tobek", "bandar", "tirta", "muara", "rantau", "perhentian", "industri",
            "bambu", "bencah", "tuah", "pematang", "bina", "batu", "suka", "sido", "tanjung", "kampung", "padang", "labuh",
        },
        key=len,
        reverse=True,
    )
)  # fmt: skip
"""Words that official lists write together with the next one, and people do not: `Sungaisibam`, `Tobekgodang`."""


_NUMBERS = {"satu": "1", "dua": "2", "tiga": "3", "tigo": "3", "empat": "4", "lima": "5", "limo": "5", "i": "1", "ii": "2", "iii": "3", "iv": "4"}  # fmt: skip


@lru_cache(maxsize=32_768)
def letters(word: str) -> str:
    """A word as names compare it: `Roos` → `ros`, `Soekaramai` → `sukaramai`, `Sidomoelio` → `sidomulio`, `II` → `2`."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word.isdigit():
        return word.lstrip("0") or word
    if len(word) > 2:
        # At the beginning it is Kupang's own: `Oebobo`, `Oesapa`.
        word = word[:1] + word[1:].replace("oe", "u")
        word = word.replace("dj", "j").replace("tj", "c").replace("nj", "ny").replace("sj", "sy")
    return _DOUBLED.sub(r"\1", word.replace("y", "i").replace("v", "f"))


def joined(before: str, word: str) -> str:
    """Two pieces as one: a letter that stands on both sides of the joint counts as doubled, too."""
    return before + (word[1:] if before and before[-1] == word[:1] and word[:1].isalpha() else word)


def squeeze(words: Iterable[str]) -> str:
    return reduce(joined, map(letters, words), "")


def spellings(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """(squeezed spelling, is it the name written out) of a name, the full one first; repeats are possible."""
    full = squeeze(words)
    yield full, True
    yield letters("".join(words)), True
    for choice in itertools.product(*(_ways(word, single=len(words) == 1) for word in words)):
        spelled = squeeze(choice)
        if len(spelled) > 3:
            yield spelled, False


def _ways(word: str, *, single: bool) -> tuple[str, ...]:
    parts = _parts(word)
    if len(parts) > 1:
        return tuple("".join(way) for way in itertools.product(*(_ways(part, single=False) for part in parts)))
    if single:
        return (word, *(way for way in _VARIANTS.get(word, ()) if len(way) > 3))
    ways = (word, *_VARIANTS.get(word, ()))
    bones = skeleton(word)
    return (*ways, bones) if len(bones) > 2 and bones not in ways else ways


def _parts(word: str) -> tuple[str, ...]:
    for head in _HEADS:
        if word.startswith(head) and len(word) - len(head) > 3:
            return head, word[len(head) :]
    return (word,)


def skeleton(word: str) -> str:
    """First letter and consonants: `tebeng` → `tbng`."""
    return word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)
