"""Landmarks and streets by which people say where something is: found in their words, known once they were confirmed.

What stands in the log and in memory is a keyed hash of what people call it, never their words.
"""

# ruff: noqa: E501  # lists are read by their entries, not by their line ends

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from services.contracts.facts.places import LandmarkConfirmed
from services.contracts.ids import derive
from services.router.places.common import COMMON
from services.router.places.reading import Read
from services.router.places.spelling import letters

_HEADS: dict[str, str] = {
    "masjid": "masjid", "mesjid": "masjid", "masjit": "masjid", "mesjit": "masjid", "msjid": "masjid", "mushola": "musala", "musholla": "musala", "musala": "musala", "musolla": "musala", "surau": "surau", "langgar": "surau",
    "gereja": "gereja", "greja": "gereja", "pura": "pura", "vihara": "vihara", "klenteng": "klenteng", "kapela": "kapela",
    "sd": "sd", "sdn": "sd", "sdit": "sdit", "smp": "smp", "smpn": "smp", "sma": "sma", "sman": "sma", "smk": "smk", "smkn": "smk", "tk": "tk", "paud": "paud", "mts": "mts", "mtsn": "mts", "man": "man", "universitas": "kampus", "kampus": "kampus", "univ": "kampus", "pesantren": "pesantren", "ponpes": "pesantren",
    "puskesmas": "puskesmas", "pkm": "puskesmas", "pustu": "pustu", "posyandu": "posyandu", "klinik": "klinik", "apotek": "apotek", "apotik": "apotek", "rs": "rs", "rsud": "rs", "rsu": "rs",
    "pasar": "pasar", "psr": "pasar", "toko": "toko", "warung": "warung", "rm": "rm", "kedai": "kedai", "hotel": "hotel", "bank": "bank", "bengkel": "bengkel", "cafe": "kafe", "kafe": "kafe", "mall": "mal", "mal": "mal", "plaza": "mal", "ruko": "ruko", "gudang": "gudang", "pabrik": "pabrik",
    "spbu": "spbu", "pom": "spbu", "terminal": "terminal", "pelabuhan": "pelabuhan", "bandara": "bandara", "jembatan": "jembatan", "jmbatan": "jembatan", "simpang": "simpang", "simp": "simpang", "sp": "simpang", "perempatan": "simpang", "pertigaan": "simpang", "bundaran": "bundaran", "tugu": "tugu", "monumen": "tugu",
    "lapangan": "lapangan", "taman": "taman", "stadion": "stadion", "gor": "gor", "kolam": "kolam", "pantai": "pantai", "danau": "danau", "tpu": "tpu", "kuburan": "tpu", "makam": "tpu", "polsek": "polsek", "koramil": "koramil", "kantor": "kantor", "balai": "balai", "gedung": "gedung",
    "perumahan": "perumahan", "perum": "perumahan", "prum": "perumahan", "komplek": "perumahan", "kompleks": "perumahan", "komp": "perumahan", "btn": "perumahan", "rusunawa": "rusunawa", "asrama": "asrama",
}  # fmt: skip
"""Word → what it is the same as."""
_BRANDS = frozenset(
    {
        "indomaret",
        "alfamart",
        "alfamidi",
        "mcd",
        "kfc",
        "bri",
        "bni",
        "bca",
        "bsi",
        "transmart",
        "ramayana",
        "hypermart",
        "superindo",
        "gramedia",
    }
)
"""Names enough by themselves."""
_STREETS: dict[str, str] = {
    "jl": "jalan",
    "jln": "jalan",
    "jalan": "jalan",
    "gang": "gang",
    "gg": "gang",
    "lorong": "lorong",
    "lrg": "lorong",
}
_COUNTED = frozenset(
    {
        "hari",
        "minggu",
        "bulan",
        "tahun",
        "jam",
        "meter",
        "m",
        "km",
        "kali",
        "orang",
        "lantai",
        "unit",
        "buah",
        "ribu",
        "juta",
        "persen",
        "menit",
        "arah",
        "titik",
        "lampu",
    }
)
"""Behind a number: it counts, and is no part of a name."""
_ORDINARY = (
    "mawar melati merdeka harapan hijau merah putih bunga buah ikan rusa gajah garuda pahlawan bakti salam amanah"
)
_SIDES = "indah raya baru besar jaya timur barat utara selatan tengah atas bawah dalam satu dua tiga kota asri permai"
_IN_NAMES = frozenset(map(letters, _ORDINARY.split()))
"""Ordinary words after which streets and houses of prayer are called."""
_BEHIND_NAMES = _IN_NAMES | frozenset(map(letters, _SIDES.split()))
"""What stands behind another word of a name."""
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """One landmark or street as a message calls it; `key` is the same for all usual spellings."""

    key: str
    first: int
    behind: int
    street: bool


def phrases(text: Read) -> list[Phrase]:
    """Named landmarks and streets: `depan masjid rajawali`, `SD 12`; not `dekat masjid`, which may be any."""
    found: list[Phrase] = []
    for at, word in enumerate(text.words):
        if word in _BRANDS:
            name = _name(text, at + 1)
            found.append(Phrase(" ".join((word, *name)), at, at + 1 + len(name), street=False))
            continue
        street = _STREETS.get(word)
        head = street or _HEADS.get(word)
        name = _name(text, at + 1) if head else ()
        if head and name:
            found.append(Phrase(" ".join((head, *name)), at, at + 1 + len(name), street=street is not None))
    return found


def _name(text: Read, at: int) -> tuple[str, ...]:
    words, name = text.words, list[str]()
    while at < len(words) and len(name) < _MOST_WORDS and at not in text.breaks and at not in text.pauses:
        word = letters(words[at])
        counts = word.isdigit() and at + 1 < len(words) and words[at + 1] in _COUNTED
        if counts or words[at] in _HEADS or words[at] in _STREETS:
            break
        if word in COMMON and not word.isdigit() and word not in (_BEHIND_NAMES if name else _IN_NAMES):
            break
        if words[at] in ("rt", "rw"):
            break
        if words[at] not in ("negeri", "no", "nomor"):
            name.append(word)
        at += 1
    return tuple(name)


class Learned:
    """Which kelurahan each landmark of a city was confirmed for, by keyed hashes."""

    def __init__(self, id_key: bytes | None = None) -> None:
        """Without the city's id key, until `unlock`, facts are taken in and nothing is recognised."""
        self._id_key = id_key
        self._by_person: defaultdict[str, set[str]] = defaultdict(set)
        self._by_pin: defaultdict[str, set[str]] = defaultdict(set)

    @property
    def locked(self) -> bool:
        return self._id_key is None

    def unlock(self, id_key: bytes) -> None:
        self._id_key = id_key

    def take(self, hashed: str, fact: LandmarkConfirmed) -> None:
        """May be repeated."""
        (self._by_person if fact.by == "person" else self._by_pin)[hashed].add(fact.ward_code)

    def has(self, hashed: str, fact: LandmarkConfirmed) -> bool:
        return fact.ward_code in (self._by_person if fact.by == "person" else self._by_pin).get(hashed, ())

    def wards(self, hashed: str) -> frozenset[str]:
        """Empty: never heard of. Several: people mean different ones by it. A person's word goes before a pin's."""
        return frozenset(self._by_person.get(hashed) or self._by_pin.get(hashed) or ())

    @property
    def empty(self) -> bool:
        return not self._by_person and not self._by_pin

    def hashes(self, spoken_of: Iterable[Phrase]) -> dict[str, Phrase]:
        if self._id_key is None:
            return {}
        return {derive(self._id_key, "landmark", one.key): one for one in spoken_of}

    def known(self, spoken_of: Iterable[Phrase]) -> list[tuple[Phrase, frozenset[str]]]:
        """Those of them that were ever confirmed."""
        found = [(one, self.wards(hashed)) for hashed, one in self.hashes(spoken_of).items()]
        return [(one, wards) for one, wards in found if wards]
