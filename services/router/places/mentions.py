"""Where a text names a place, and how it is meant: where the matter is, where somebody lives, what is only compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rapidfuzz.distance import OSA

from services.router.places import cues
from services.router.places.index import LONGEST, SHORT, Found, Index, Name
from services.router.places.ordinary import Ordinary
from services.router.places.reading import Read
from services.router.places.spelling import letters

_ROLES: dict[str, float] = {
    "at": 1.0, "lives": 0.75, "from": 0.7, "head": 0.65, "to": 0.55, "mended": 0.55,
    "towards": 0.45, "called_after": 0.4, "street": 0.3, "compared": 0.2,
}  # fmt: skip
"""What a mention weighs by how it is meant."""
_KINDS = cues.WARD_MARKS | cues.DISTRICT_MARKS
_SKIPPED = _KINDS | {
    "daerah",
    "drh",
    "wilayah",
    "wil",
    "kawasan",
    "kws",
    "sekitar",
    "area",
    "areal",
    "rt",
    "rw",
    "seputaran",
}
_PEOPLE = frozenset({"warga", "wrga", "penduduk", "masyarakat", "orang", "urang"})
_AT = frozenset({"di", "d", "dii", "kat"})
_JOINTS = frozenset({"dan", "dn", "atau", "sampai", "hingga", "serta", "sama", "deng"})
_DONE = frozenset({"sudah", "sdh", "udah", "udh", "su", "lah"})
_BUT = frozenset({"tapi", "tp", "tetapi", "tidak", "tdk", "belum", "blm", "sonde", "ndak", "gak", "ga"})
_POLITE = frozenset({"pak", "bu", "min", "kak", "ya", "yo", "bang", "mas", "mbak", "om", "bapak", "ibu", "kota"})
_LIGHTS = frozenset(
    {"lampu", "lmpu", "pju", "aspal", "badan", "bahu", "penerangan", "perbaikan", "kondisi", "infrastruktur"}
)
"""Before `jalan X`: the roads or lights of X, not a road called X."""


@dataclass(frozen=True, slots=True)
class Mention:
    first: int
    behind: int
    name: Name
    wrong: int
    role: str
    mark: str
    """`ward` or `district` if a word for its kind stands before, `area` for another word for a place, else empty."""
    supported: bool
    """An ordinary word with enough around it to be a name; other names always."""

    @property
    def score(self) -> float:
        quality = (1.0 if self.name.exact else 0.95) - 0.15 * self.wrong - (0.4 if len(self.name.codes) > 1 else 0.0)
        return (quality + {"ward": 0.5, "district": 0.5, "area": 0.1}.get(self.mark, 0.0)) * _ROLES[self.role]

    @property
    def reason(self) -> str:
        how = "part" if len(self.name.codes) > 1 else "typo" if self.wrong else "named" if self.name.exact else "short"
        return how if self.role == "at" else f"{how}.{self.role}"


def mentions(index: Index, text: Read) -> list[Mention]:
    raw, words, dull = text.words, [letters(word) for word in text.words], index.dull
    found: list[Mention] = []
    behind = 0
    for at, word in enumerate(words):
        if at < behind:
            continue
        marked = at > 0 and raw[at - 1] in _KINDS
        if dull(word) and not marked:
            continue
        one = _found(index, text, words, at, marked=marked)
        if one.names:
            follows = bool(found) and _follows(text, found[-1].behind, at)
            found += _of(text, at, one, follows=follows)
            behind = at + one.length
    return found


def _found(index: Index, text: Read, words: Sequence[str], at: int, *, marked: bool) -> Found:
    raw, limit = text.words, at + 1
    while limit < len(words) and limit not in text.breaks and limit < at + LONGEST:
        limit += 1
    found = index.longest(words, at, limit)
    if found.length > 1 and _says_else(raw, at + found.length):
        limit = at + found.length - 1
        found = index.longest(words, at, limit)
    near = index.nearest(words, at, limit)
    if near.length > found.length:
        return near
    if not found.names and marked:
        return _loosely(index, words, at, limit)
    return found


def _says_else(raw: Sequence[str], behind: int) -> bool:
    """`Sawah Lebar baru kemarin`, `Anggut dalam kondisi rusak`: the last word says something else."""
    if behind >= len(raw):
        return False
    last, then = raw[behind - 1], raw[behind]
    return (last in ("baru", "bru", "br") and then in cues.JUST) or (last in ("dalam", "dlm") and then in cues.STATE)


def _loosely(index: Index, words: Sequence[str], at: int, limit: int) -> Found:
    """Behind `Kel.` every word may be cut short (`Kel. P. Hrpn`) or have letters wrong: the one kelurahan that fits."""
    fits: dict[tuple[str, ...], tuple[Name, int]] = {}
    for name, own in index.wards:
        if at + len(own) > limit:
            continue
        wrong = 0
        for mine, theirs in zip(own, words[at : at + len(own)], strict=True):
            if theirs[:1] == mine[:1] and len(own) > 1 and _within(theirs, mine):
                continue
            if mine[:1] != theirs[:1]:
                break
            most = 0 if len(mine) < 4 else 1 if len(mine) < 8 else 2
            distance = OSA.distance(mine, theirs, score_cutoff=most)
            if distance > most:
                break
            wrong += distance
        else:
            known = fits.get(name.codes)
            if known is None or len(name.words) > len(known[0].words):
                fits[name.codes] = (name, wrong)
    if not fits:
        return Found((), 0)
    longest = max(len(name.words) for name, _ in fits.values())
    best = [(name, wrong) for name, wrong in fits.values() if len(name.words) == longest]
    least = min(wrong for _, wrong in best)
    names = tuple(name for name, wrong in best if wrong == least)
    return Found(names, longest, max(least, 1)) if len(names) == 1 else Found((), 0)


def _within(short: str, long: str) -> bool:
    """Are the letters of `short` letters of `long`, in order?"""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _follows(text: Read, behind: int, at: int) -> bool:
    """`di Sukarami, Berkas dan Bajak`: a list goes on."""
    between = text.words[behind:at]
    return at not in text.breaks and (
        (not between and at in text.pauses) or (len(between) == 1 and between[0] in _JOINTS)
    )


def _of(text: Read, at: int, found: Found, *, follows: bool) -> Iterator[Mention]:
    raw = text.words
    mark = _mark(raw, at)
    names = [name for name in found.names if mark not in ("ward", "district") or name.kind == mark]
    if not names and mark == "district":
        # `Kecamatan Padang Harapan`: no such kecamatan, but only one place is called so.
        names, mark = list(found.names), ""
    for name in names:
        role = _role(text, at, at + found.length, mark, ordinary=name.ordinary is not None)
        if role is None:
            continue
        there = _Spot(text, at, at + found.length, mark, role, follows)
        supported = (name.ordinary is None or there.supports(name.ordinary)) and (
            not found.wrong or len(name.full) >= SHORT or mark != "" or text.words[at - 1] in _AT
        )
        yield Mention(at, at + found.length, name, found.wrong, role, mark, supported)


def _mark(raw: Sequence[str], at: int) -> str:
    before = raw[at - 1] if at else ""
    if before in cues.WARD_MARKS:
        return "ward"
    if before in cues.DISTRICT_MARKS:
        return "district"
    if before in cues.AREA_MARKS:
        return "people" if before in _PEOPLE else "area"
    if before.isdigit() and any(word in ("rt", "rw") for word in raw[max(at - 3, 0) : at - 1]):
        return "area"
    return ""


def _role(text: Read, at: int, behind: int, mark: str, *, ordinary: bool) -> str | None:
    """None: it is not this place, or only said not to be."""
    raw = text.words
    start = max((b for b in (*text.breaks, *text.pauses) if b <= at), default=0)
    before = list(raw[max(start, at - 7) : at])
    nearest = before[-1] if before else ""
    if nearest in cues.ELSEWHERE and not mark:
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
    if _lives(before, preposition, nearest):
        return "lives"
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
    words = list(
        takewhile(
            lambda word: word not in ("tapi", "tp", "tetapi", "tidak", "tdk", "belum", "blm", "sonde", "ndak"), after
        )
    )
    return any(word in cues.BETTER for word in words)


def _lives(before: Sequence[str], preposition: str, nearest: str) -> bool:
    """`saya warga X`, `kami tinggal di X`, `rumah saya di X`, `saya dari X`."""
    near = [*before[-3:], *([nearest] if nearest in _PEOPLE else [])]
    if not any(word in cues.FIRST_PERSON for word in [*before[-4:]]):
        return False
    if preposition in ("dari", "dr"):
        return bool(before) and before[-1] in cues.FIRST_PERSON
    return any(word in cues.LIVES for word in near)


def _on_the_way(preposition: str, last: str) -> str:
    if last in cues.TOWARDS and not preposition:
        return "towards"
    if preposition in ("dari", "dr"):
        return "from"
    if preposition == "ke":
        return "towards" if last in cues.TOWARDS else "to"
    return "at"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an ordinary word stands that may be a name."""

    text: Read
    first: int
    behind: int
    mark: str
    role: str
    follows: bool
    """It goes on a list of places."""

    def supports(self, ordinary: Ordinary) -> bool:
        if self.mark in ("ward", "district", "area"):
            return True
        text, at = self.text, self.first
        then = text.words[self.behind] if self.behind < len(text.words) else ""
        if then in ("rt", "rw") or _alone(text, at, self.behind):
            return True
        if self.behind in text.breaks:
            then = ""
        capital = all(text.capitals[at : self.behind])
        if then in ordinary.behind or (then in cues.OWNED and not capital):
            return False
        inside = at > 0 and text.words[at - 1] in _AT
        match ordinary.need:
            case "mark":
                return inside and capital
            case "city":
                return inside or self.follows
            case "far":
                return inside or self.follows or self.mark == "people"
            case "di":
                stands_out = capital and (at in text.pauses or at == 0 or not text.capitals[at - 1])
                return inside or self.follows or stands_out or self.mark == "people" or self.role == "head"


def _alone(text: Read, first: int, behind: int) -> bool:
    """`Berkas, pak`: a message of nothing else answers the question where it is."""
    if first not in text.breaks:
        return False
    end = min((b for b in text.breaks if b > first), default=len(text.words))
    return all(word in _POLITE for word in text.words[behind:end])
