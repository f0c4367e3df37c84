"""Where a text names a place: every name in it, how it is meant, and whether it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.router.places import cues
from services.router.places.index import LONGEST, NOTHING, SHORT, Found, Index, Name
from services.router.places.loosely import loosely
from services.router.places.reading import Read
from services.router.places.roles import KINDS, WEIGHTS, mark_of, role_of
from services.router.places.spelling import letters
from services.router.places.support import AT, Spot

_JOINTS = frozenset({"dan", "dn", "atau", "sampai", "hingga", "serta", "sama", "deng"})


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
        return (quality + {"ward": 0.5, "district": 0.5, "area": 0.1}.get(self.mark, 0.0)) * WEIGHTS[self.role]

    @property
    def reason(self) -> str:
        how = "part" if len(self.name.codes) > 1 else "typo" if self.wrong else "named" if self.name.exact else "short"
        return how if self.role == "at" else f"{how}.{self.role}"


def mentions(index: Index, text: Read) -> list[Mention]:
    raw, words, dull = text.words, list(map(letters, text.words)), index.dull
    found: list[Mention] = []
    behind = 0
    for at, word in enumerate(words):
        if at < behind:
            continue
        marked = at > 0 and raw[at - 1] in KINDS
        if dull[word] and not marked:
            continue
        one = _found(index, text, words, at, marked=marked)
        if one.names and _in_another_city(index, text, at + one.length):
            behind = at + one.length
        elif one.names:
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
    # `PT Pekan Sabtu` is no `Pekan Sabtu` with two letters too many: what stands before a name is read by itself.
    near = NOTHING if raw[at] in cues.OTHER_HEADS and not found.names else index.nearest(words, at, limit)
    if near.length > found.length and not _same(near, found):
        return near
    if not found.names and marked:
        return loosely(index.wards_like(words[at]), words, at, limit)
    return found


def _same(near: Found, found: Found) -> bool:
    """`Jembatan Kecil RW` is Jembatan Kecil and the word behind it, and no name with two letters wrong."""
    return {name.codes for name in near.names} <= {name.codes for name in found.names}


def _says_else(raw: Sequence[str], behind: int) -> bool:
    """`Sawah Lebar baru kemarin`, `Anggut dalam kondisi rusak`: the last word says something else."""
    if behind >= len(raw):
        return False
    last, then = raw[behind - 1], raw[behind]
    return (last in ("baru", "bru", "br") and then in cues.JUST) or (last in ("dalam", "dlm") and then in cues.STATE)


def _in_another_city(index: Index, text: Read, behind: int) -> bool:
    """`di Pasar Baru Jakarta`, `Jl. Panorama di Bandung`."""
    raw, at = text.words, behind
    if at < len(raw) and raw[at] in ("di", "kota"):
        at += 1
    if at >= len(raw) or not {*range(behind, at + 1)}.isdisjoint(text.breaks | text.pauses):
        return False
    return raw[at] in cues.CITIES and not index.knows([raw[at]]) and not _goes_on(raw, at)


def _goes_on(raw: Sequence[str], at: int) -> bool:
    """`Sukarami, Padang Serai`: the word begins another name."""
    return raw[at] == "padang" and at + 1 < len(raw)


def _follows(text: Read, behind: int, at: int) -> bool:
    """`di Sukarami, Berkas dan Bajak`: a list goes on."""
    between = text.words[behind:at]
    return at not in text.breaks and (
        (not between and at in text.pauses) or (len(between) == 1 and between[0] in _JOINTS)
    )


def _of(text: Read, at: int, found: Found, *, follows: bool) -> Iterator[Mention]:
    raw = text.words
    mark = mark_of(raw, at)
    names = [name for name in found.names if mark not in ("ward", "district") or name.kind == mark]
    if not names and mark == "district":
        # `Kecamatan Padang Harapan`: no such kecamatan, but only one place is called so.
        names, mark = list(found.names), ""
    for name in names:
        role = role_of(text, at, at + found.length, mark, ordinary=name.ordinary is not None)
        if role is None:
            continue
        there = Spot(text, at, at + found.length, mark, role, follows)
        counted = not mark and (at + found.length) not in text.breaks and raw[at + found.length : at + found.length + 1]
        if counted and counted[0] in cues.COUNTED:
            continue
        supported = (name.ordinary is None or there.supports(name.ordinary)) and (
            not found.wrong
            or mark != ""
            or (at > 0 and raw[at - 1] in AT)
            or (len(name.full) >= SHORT and not (there.is_person and found.length == 1))
        )
        yield Mention(at, at + found.length, name, found.wrong, role, mark, supported)
