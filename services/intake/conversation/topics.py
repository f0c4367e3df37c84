"""What a text is about, roughly: only to tell one matter of a chat from another. No routing follows from it.

A topic is seen by a word of its own, or by two words that say it together (`air` and `mati`). `jalan` in an address or
in `lampu jalan` is no road.
"""

# ruff: noqa: E501  # a vocabulary is read by topic: wrapping its lines would hide which words belong together

_ALONE: dict[str, str] = {
    "water": "pdam pam ledeng meteran pipa tandon hidran",
    "road": "aspal jembatan titian trotoar pengaspalan diaspal ambles amblas berlubang dicor badan-jalan kubangan",
    "waste": "sampah tps kontainer tong limbah bank-sampah pembuangan",
    "light": "lampu pju lpju penerangan",
    "drain": "got banjir genangan tergenang meluap terendam tanggul talud rob kuras tagenang",
    "papers": "ktp kk akta akte kia dukcapil capil domisili sktm ektp nik",
    "aid": "bansos pkh sembako beras blt kip bpnt dtks santunan bedah-rumah kursi-roda",
    "health": "puskesmas rsud dokter bpjs nyamuk fogging dbd demam posyandu ambulans perawat bidan imunisasi vaksin pasien",
    "school": "sekolah sd smp sma smk guru kelas ppdb zonasi murid siswa paud tk buku",
    "order": "pkl miras mabuk karaoke keributan ribut bising tawuran geng preman judi prostitusi satpol balapan",
    "parking": "parkir jukir karcis",
    "graft": "pungli korupsi suap oknum pungutan mengutip pitih uang duit mintak-duit menyelewengkan",
    "tree": "pohon dahan ranting tumbang pokok rimbun",
    "traffic": "stasiun terminal penumpang macet kemacetan rambu marka zebra truk trafik lalulintas odol angkot bus halte kecelakaan tronton",
    "power": "listrik kabel pln trafo gardu tiang meteran-listrik korslet",
    "animal": "anjing ular monyet sapi kambing babi kera kerbau rabies lebah tawon kucing",
    "fire": "kebakaran terbakar tabaka tabakar api damkar asap",
    "violence": "memukul dipukul pukul kdrt aniaya dianiaya cabul pelecehan siksa menyiksa perkosa bully dirundung kekerasan",
    "crime": "jambret begal maling pencuri pencurian curanmor rampok perampok copet pelaku kemalingan kecurian penjambretan",
    "building": "bangunan roboh rubuh atap gedung imb proyek galian mangkrak kontraktor",
    "market": "pasar pedagang kios harga lpg elpiji gas sembako-mahal",
    "park": "taman kuburan makam tpu pemakaman lapangan ayunan",
    "stray": "odgj gelandangan pengemis anjal terlantar gila gilo",
    "land": "sertifikat sengketa pbb pajak",
    "toilet": "wc toilet kakus jamban tandas mck",
    "internet": "wifi sinyal internet cctv aplikasi website",
    "fees": "retribusi iuran tagihan tarif restribusi",
    "service": "pelayanan loket antrean antri antre camat pegawai",
}
AT_PLACES = frozenset({"school", "health", "market", "park", "service"})
"""Topics whose words name a place or its people more often than what is wrong there (`anak mau sekolah`)."""

_OF_WORD: dict[str, str] = {word: topic for topic, found in _ALONE.items() for word in found.split()}

_TOGETHER: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = tuple(
    (topic, frozenset(one.split()), frozenset(other.split()))
    for topic, one, other in (
        (
            "water",
            "air",
            "mati hidup mengalir keruh kecil macet bocor ngadat dapat kuning kotor bau lancar keluar jalan tetes jernih bersih asin hitam deras lumpur minum",
        ),
        (
            "road",
            "jalan gang aspal",
            "rusak berlubang hancur becek licin diperbaiki aspal bergelombang ditambal mulus parah tambal rata baik retak longsor sawah bolong putus cor dibangun perbaikan pecah kubangan",
        ),
        ("traffic", "lampu", "merah lalu-lintas bangjo"),
        ("drain", "air", "hujan meluap masuk naik surut got tergenang selutut sungai"),
        ("building", "rumah dinding atap", "roboh rubuh ambruk reyot layak bocor"),
        ("health", "rumah", "sakit"),
        (
            "land",
            "tanah",
            "wakaf batas ukur patok milik surat mafia diserobot serobot beli jual balik kosong status warisan",
        ),
        ("order", "musik suara orang anak", "keras malam ribut mabuk bising begadang"),
        ("light", "jalan gang simpang", "gelap terang"),
        ("papers", "surat kartu", "pengantar keterangan urus mengurus hilang domisili lahir nikah keluarga"),
        ("waste", "bau", "tumpukan menumpuk"),
        ("aid", "lansia jompo", "terlantar telantar miskin bantuan sebatangkara"),
    )
)

AKIN: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "drain road", "drain waste", "drain water", "water road", "tree power light", "tree road traffic", "power light",
        "graft papers", "fees graft", "fees market", "fees parking", "fees water", "fees power", "fees waste", "fees service", "fees land", "fees health", "fees school", "fees toilet", "graft school", "graft aid", "graft parking", "graft service", "graft market", "graft health", "traffic road", "traffic parking",
        "parking market", "waste market", "waste fire", "order violence", "service papers", "service health", "health stray", "school building", "school violence",
        "building fire", "aid building", "light park", "power fire", "animal traffic", "animal road", "market order", "animal waste", "health animal", "aid service", "aid papers", "tree building", "building drain", "building road", "land graft", "land service", "school road", "water drain", "light road", "light traffic", "violence stray", "drain health", "water health", "crime order", "crime violence", "crime light", "crime traffic", "crime park", "crime parking", "order light", "park waste", "health waste", "fire tree", "road power",
    )
)  # fmt: skip
"""Topics that often are two words for one matter (a drain that floods a road): only an explicit word parts them."""

_NO_ROAD_BEFORE = frozenset({"lampu", "penerangan", "pju", "air"})


def topics(found: tuple[str, ...]) -> frozenset[str]:
    """Of standard words; empty when nothing is recognised."""
    found = _without_similes(found)
    kept = [
        word
        for i, word in enumerate(found)
        if not (word == "jalan" and i > 0 and (found[i - 1] in _NO_ROAD_BEFORE or _flows(found, i)))
    ]
    have = frozenset(kept)
    seen = {_OF_WORD[word] for word in have if word in _OF_WORD}
    seen |= {topic for topic, one, other in _TOGETHER if have & one and have & other}
    if "air" in found and "jalan" in found and "jalan" not in have:
        seen.add("water")
    return _told_apart(frozenset(seen), have)


_LIKE = frozenset(
    {"macam", "kayak", "kaya", "seperti", "bak", "ibarat", "laksana", "cak", "mirip", "serasa", "bagaikan"}
)
_BEGINS_ANEW = frozenset({"tapi", "dan", "terus", "sudah", "belum", "tidak", "di", "karena", "kalau", "yang", "juga"})


def _without_similes(found: tuple[str, ...]) -> tuple[str, ...]:
    """`keruh kayak kopi`, `bak kubangan kabau`: what a thing is like is not what is spoken of."""
    at = next((i for i, word in enumerate(found) if word in _LIKE and i), None)
    if at is None:
        return found
    end = at + 1
    while end < min(len(found), at + 3) and found[end] not in _BEGINS_ANEW:
        end += 1
    return (*found[:at], *found[end:])


_LOOSE = {"jalan": "road", "air": "water", "surat": "papers", "rumah": "building", "suara": "order", "musik": "order"}


def loose(found: tuple[str, ...]) -> frozenset[str]:
    """Where somebody only points (`yang jalan`): the word alone will do."""
    seen = topics(found)
    if "lampu" in found and len(found) <= 8:
        return seen | {"traffic"}
    return seen or frozenset(_LOOSE[word] for word in found if word in _LOOSE)


def _flows(found: tuple[str, ...], i: int) -> bool:
    """Kupang: `aer sonde jalan`, `aer su jalan`: it flows, or does not."""
    return found[i - 1] in ("tidak", "sudah", "belum", "mau") and "air" in found[max(0, i - 6) : i]


def _told_apart(seen: frozenset[str], have: frozenset[str]) -> frozenset[str]:
    if "traffic" in seen and "light" in seen and have & {"merah", "lalulintas", "lalu-lintas", "bangjo"}:
        seen -= {"light"}
    if "drain" in seen and "water" in seen and not have & {"pdam", "pam", "ledeng", "pipa", "meteran"}:
        seen -= {"water"}
    if "health" in seen and "school" in seen and "buku" in have:
        seen -= {"school"}
    if "light" in seen and "power" in seen and not have & {"listrik", "kabel", "trafo", "pln"}:
        seen -= {"power"}
    if seen & {"toilet", "light", "tree", "waste"}:
        seen -= {"park", "market"}  # where it is
    if "light" in seen and "road" in seen and not have & {"berlubang", "aspal", "hancur", "becek", "jembatan"}:
        seen -= {"road"}
    return seen


def differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both speak of something, and of nothing in common."""
    return bool(one) and bool(other) and not one & other


def akin(one: frozenset[str], other: frozenset[str]) -> bool:
    """All of `other` may be words for the matter that `one` speaks of."""
    return all(any(topic in group and group & one for group in AKIN) for topic in other)


WORDS = frozenset(_OF_WORD) | frozenset(word for _, one, other in _TOGETHER for word in one | other)
