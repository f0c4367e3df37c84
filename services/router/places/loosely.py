"""The kelurahan whose name fits best where a word says that one must follow."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from services.router.places.common import COMMON
from services.router.places.index import Found, Name


def loosely(wards: Sequence[tuple[Name, tuple[str, ...]]], words: Sequence[str], at: int, limit: int) -> Found:
    """Behind `Kel.` every word may be cut short (`Kel. P. Hrpn`) or have letters wrong: the one kelurahan that fits.
    `wards`: the names that begin with the same letter, each with its words as `letters` has them."""
    fits: dict[tuple[str, ...], tuple[Name, int]] = {}
    for name, own in wards:
        if at + len(own) > limit:
            continue
        wrong = 0
        for mine, theirs in zip(own, words[at : at + len(own)], strict=True):
            if theirs[:1] == mine[:1] and len(own) > 1 and _within(theirs, mine):
                continue
            if mine[:1] != theirs[:1] or (theirs in COMMON and theirs != mine):
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
