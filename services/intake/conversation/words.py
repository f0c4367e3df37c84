"""Words as people type them, brought to the few standard words that the rules know.

Written Indonesian of chats, and the speech of the four cities: Bengkulu and Pekanbaru Malay, Minang, Kupang Malay. Only
what the rules ask for is here; the reporter's text itself is never rewritten.
"""

import re

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_STRETCHED = re.compile(r"(.)\1{2,}")

_SPELLINGS: dict[str, str] = {
    "sudah": "sdh udh dah udah udahh sudh sudahh suda uda telah alah alh su",
    "belum": "blm blum belom blom blon lom alun balun bolun bolum ndakado lun",
    "tidak": "tdk tak tdak ga gak gk g nggak enggak engga ngga ndak indak idak dak dk nda sonde sond son seng tara",
    "bagaimana": "gmn gmana gimana bgmn bgm gimna baa cakmano cemano camano camno karmana karmna macam-mane",
    "laporan": "lap lapor lapran laporanku laporannya aduan pengaduan aduanku keluhan keluhanku tiket komplain",
    "saya": "sy sya saia aku ambo awak denai beta b kami kita",
    "juga": "jg jga jugo ju",
    "terima-kasih": "makasih mksh mksih trims trimakasih terimakasih trimksh tks thanks thx tq makasi tarimokasih",
    "selesai": "slesai selsai salasai kelar beres bereh tuntas rampung klar",
    "lagi": "lg lgi lai",
    "masih": "msh msih maseh",
    "hidup": "idup iduik idop nyala menyala nyalo",
    "mengalir": "ngalir ngalia mangalia",
    "baik": "bagus elok ancak rancak bae sembuh normal pulih",
    "mati": "padam mampus",
    "rusak": "rusk hancur ancur",
    "tolong": "tlg tolg tulung",
    "minta": "mnta mintak",
    "hapus": "delete apus hilangkan",
    "kapan": "kpn bilo bila pabilo",
    "baru": "bru",
    "yang": "yg",
    "dengan": "dgn",
    "nama": "nm namo",
}
_STANDARD = {typed: word for word, typings in _SPELLINGS.items() for typed in typings.split()}

_PARTICLES = frozenset({"lah", "la", "so"})
_ENDS = frozenset({"selesai", "hidup", "mengalir", "baik", "bersih", "diperbaiki", "diangkut", "lancar", "aman"})
"""`lah beres` is "sudah beres" in Bengkulu and Minang; elsewhere `lah` is only a particle."""

_SUFFIXES = ("nya", "lah", "kah")


def words(text: str) -> tuple[str, ...]:
    """Lower-case standard words, without punctuation, emoji and stretched letters (`lamaaa` → `lama`)."""
    lowered = _STRETCHED.sub(r"\1", text.lower()).replace("terima kasih", "makasih").replace("tarimo kasih", "makasih")
    found = [_standard(word) for word in _WORD.findall(lowered)]
    after = [*found[1:], ""]
    return tuple("sudah" if word in _PARTICLES and after[i] in _ENDS else word for i, word in enumerate(found))


def _standard(word: str) -> str:
    found = _STANDARD.get(word)
    if found is not None:
        return found
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and (stem in _STANDARD or stem in _SPELLINGS):
            return _STANDARD.get(stem, stem)
    return word
