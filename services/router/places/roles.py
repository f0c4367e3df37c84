"""How a name is meant, by the words around it: where the matter is, where somebody lives, what is only compared."""

from collections.abc import Sequence
from itertools import takewhile

from services.router.places import cues
from services.router.places.reading import Read

WEIGHTS: dict[str, float] = {
    "at": 1.0, "lives": 0.75, "from": 0.7, "head": 0.65, "to": 0.55, "mended": 0.55,
    "towards": 0.45, "called_after": 0.4, "street": 0.3, "compared": 0.2,
}  # fmt: skip
"""What a mention weighs by how it is meant."""
KINDS = cues.WARD_MARKS | cues.DISTRICT_MARKS
PEOPLE = frozenset({"warga", "wrga", "penduduk", "masyarakat", "orang", "urang"})

_AREAS = frozenset("daerah drh wilayah wil kawasan kws sekitar area areal rt rw".split())  # noqa: SIM905 - a list of words
_SKIPPED = KINDS | _AREAS
_NUMBERED = frozenset({"rt", "rw", "no", "nomor", "nmr", "blok"})
"""Before a number in an address: `Jl. Kenari No 5 Berkas`."""
_DONE = frozenset({"sudah", "sdh", "udah", "udh", "su", "lah"})
_BUT = frozenset({"tapi", "tp", "tetapi", "tidak", "tdk", "belum", "blm", "sonde", "ndak", "gak", "ga"})
_LIGHTS = frozenset({"lampu", "lmpu", "pju", "aspal", "badan", "bahu", "penerangan", "perbaikan", "kondisi"})
"""Before `jalan X`: the roads or lights of X, not a road called X."""


def mark_of(raw: Sequence[str], at: int) -> str:
    """What the word before says that it is: `ward`, `district`, `area`, `people` (warga …), or nothing."""
    before = raw[at - 1] if at else ""
    if before in cues.WARD_MARKS:
        return "ward"
    if before in cues.DISTRICT_MARKS:
        return "district"
    if before in cues.AREA_MARKS:
        return "people" if before in PEOPLE else "area"
    if before.isdigit() and any(word in _NUMBERED for word in raw[max(at - 3, 0) : at - 1]):
        return "area"
    return ""


def role_of(text: Read, at: int, behind: int, mark: str, *, ordinary: bool) -> str | None:
    """None: it is not this place, or only said not to be."""
    raw = text.words
    start = max((b for b in (*text.breaks, *text.pauses) if b <= at), default=0)
    before = list(raw[max(start, at - 7) : at])
    nearest = before[-1] if before else ""
    if nearest in cues.ELSEWHERE and not mark and before[-2:-1] != ["kantor"]:
        return None
    while before and (before[-1] in _SKIPPED or before[-1].isdigit()):
        before.pop()
    preposition = before.pop() if before and before[-1] in cues.IN else ""
    last = before[-1:] or [""]
    near = before[-3:]
    if last[0] in cues.NOT or nearest in cues.NOT:
        return None
    after = raw[behind : behind + 4]
    if any(word in cues.COMPARED for word in near) and not any(word in cues.COMPARED_IF_GOOD for word in near):
        return "compared"
    if any(word in cues.COMPARED_IF_GOOD or word in cues.AS_FOR for word in near) and _better(after):
        return "compared"
    if ordinary and any(word in cues.AWAY for word in near):
        return None
    if mark == "" and not preposition and _is_named(before):
        return None
    if _lives(before, preposition, nearest):
        return "street" if nearest in cues.STREET_MARKS else "lives"
    if mark not in ("ward", "district"):
        if nearest in cues.STREET_MARKS:
            return "at" if len(before) > 1 and before[-2] in _LIGHTS else "street"
        if nearest in cues.HEADS_THAT_STAND_THERE:
            return "head"
        if nearest in cues.OTHER_HEADS:
            return "called_after"
    way = _on_the_way(preposition, last[0])
    return "mended" if way == "at" and after[:1] and after[0] in _DONE and _better(after[1:2]) else way


def _better(after: Sequence[str]) -> bool:
    """Is something good said of it?"""
    return any(word in cues.BETTER for word in takewhile(lambda word: word not in _BUT, after))


def _lives(before: Sequence[str], preposition: str, nearest: str) -> bool:
    """`saya warga X`, `kami tinggal di X`, `rumah saya di X`, `saya dari X`."""
    near = [*before[-3:], *([nearest] if nearest in PEOPLE else [])]
    if not any(word in cues.FIRST_PERSON for word in before[-4:]):
        return False
    if preposition in ("dari", "dr"):
        return bool(before) and before[-1] in cues.FIRST_PERSON
    return any(word in cues.LIVES for word in near)


def _is_named(before: Sequence[str]) -> bool:
    """`nama saya X`, `nama anak saya X`: what somebody is called."""
    for back in (2, 3):
        if len(before) >= back and before[-back] in ("nama", "nm"):
            return all(word in cues.NAMED for word in before[1 - back :])
    return False


def _on_the_way(preposition: str, last: str) -> str:
    if last in cues.TOWARDS and not preposition:
        return "towards"
    if preposition in ("dari", "dr"):
        return "from"
    if preposition == "ke":
        return "towards" if last in cues.TOWARDS else "to"
    return "at"
