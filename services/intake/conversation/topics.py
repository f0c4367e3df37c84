"""What a text is about, roughly: only to tell whether a late message speaks of something else. No routing follows."""

_TOPICS: dict[str, str] = {
    "water": "air pdam pam ledeng pipa meteran keruh",
    "road": "jalan aspal lubang berlubang jembatan trotoar",
    "waste": "sampah tps bak kontainer limbah",
    "light": "lampu pju penerangan tiang listrik gelap",
    "drain": "got drainase parit selokan banjir genangan gorong-gorong siring",
    "papers": "ktp kk akta akte kia dukcapil surat",
    "aid": "bansos pkh sembako bantuan beras blt lansia",
    "health": "puskesmas rumah-sakit rsud dokter bpjs obat",
    "school": "sekolah sd smp guru spp ppdb zonasi",
    "order": "satpol pkl parkir liar pungli keributan miras",
    "tree": "pohon dahan taman",
}
_OF_WORD = {word: topic for topic, found in _TOPICS.items() for word in found.split()}


def topics(found: tuple[str, ...]) -> frozenset[str]:
    """Empty when nothing is recognised."""
    stems = {word.removesuffix("nya") for word in found}
    return frozenset(_OF_WORD[stem] for stem in stems if stem in _OF_WORD)
