"""Every name of a city in every usual spelling, and the nearest name to one with a letter wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from services.router.places.common import ordinary_words
from services.router.places.ordinary import ORDINARY, Ordinary
from services.router.places.spelling import joined, letters, spellings

LONGEST = 5
"""Words of the longest name, as people split them."""
_MEMORY = 20_000
"""Windows whose nearest name is kept in mind: people repeat the same misspellings, and mostly the same words."""
_SHORTEST_WRONG = 5
"""Letters of the shortest name that is recognised with one of them wrong."""
SHORT = 6
"""A shorter name with a letter wrong needs a word before it that says where."""
_FIRST_MAY_BE_WRONG = 9
"""Letters from which the first one may be among them: `Tandang` is no `Kandang`."""
_LONG = 12
"""Letters from which two may be wrong."""
_GLUED = ("di", "ke")
"""Two letters in front of a long name that are none of its own: `dipadang harapan`, and no `PT Padang Harapan`."""

_BEFORE = ("meng", "meni", "mem", "men", "ber", "ter", "peng", "pem", "pen", "per", "di", "ke", "se")
_BEHIND = ("nia", "kan", "an", "lah", "kah", "nio")


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that can be named. `codes`: more than one where the words alone do not say which is meant."""

    codes: tuple[str, ...]
    kind: str
    """`ward`, `district` or `landmark`."""
    full: str
    """Squeezed, as it is written out."""
    words: tuple[str, ...]
    exact: bool = True
    """Spelled out; else a usual abbreviation."""
    ordinary: Ordinary | None = None


@dataclass(frozen=True, slots=True)
class Found:
    names: tuple[Name, ...]
    length: int
    """Words that the name takes."""
    wrong: int = 0
    """Letters that differ."""


NOTHING = Found((), 0)


class _Dull(dict[str, bool]):
    """Word → does no name begin with it, not even a misspelled one? Found out when first asked for."""

    def __init__(self, of: Callable[[str], bool]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> bool:
        if len(self) >= _MEMORY:
            self.clear()
        dull = self[word] = self._of(word)
        return dull


class Index:
    def __init__(self) -> None:
        self._names: dict[str, tuple[Name, ...]] = {}
        self._beginnings: set[str] = set()
        self._by_start: dict[str, list[str]] = {}
        self._by_end: dict[str, list[str]] = {}
        self._pieces: set[str] = set()
        self._near: dict[str, tuple[str, int] | None] = {}
        self._wards: dict[str, list[tuple[Name, tuple[str, ...]]]] = {}
        """Every ward's own names by their first letter, each with its words as `letters` has them."""
        self.dull = _Dull(self._is_dull)
        self._ordinary = ordinary_words()

    def add(self, words: Sequence[str], codes: Iterable[str], kind: str) -> None:
        """A name under all its spellings. The same words twice make one name that may mean either."""
        codes, full = tuple(codes), letters("".join(words))
        self._pieces.update(map(letters, words))
        for spelled, exact in spellings(words):
            name = Name(codes, kind, full, tuple(words), exact, ORDINARY.get(full))
            known = self._names.get(spelled, ())
            if any(one.codes == codes and one.kind == kind for one in known):
                continue
            if exact:
                known = tuple(one for one in known if one.exact)
            elif any(one.exact for one in known):
                continue
            self._names[spelled] = (*known, name)
        if kind == "ward":
            name = Name(codes, kind, full, tuple(words), ordinary=ORDINARY.get(full))
            own = tuple(map(letters, words))
            self._wards.setdefault(own[0][:1], []).append((name, own))

    def wards_like(self, word: str) -> Sequence[tuple[Name, tuple[str, ...]]]:
        """Names of wards that begin with the letter of this word, each with its words as `letters` has them."""
        return self._wards.get(word[:1], ())

    def knows(self, words: Sequence[str]) -> bool:
        return letters("".join(words)) in self._names

    def close(self) -> None:
        """After the last name."""
        for spelled, names in self._names.items():
            self._beginnings.update(spelled[:length] for length in range(1, len(spelled) + 1))
            if len(spelled) >= _SHORTEST_WRONG and any(name.exact for name in names):
                self._by_start.setdefault(spelled[:3], []).append(spelled)
                self._by_end.setdefault(spelled[-3:], []).append(spelled)
        self.dull.clear()

    def _is_dull(self, word: str) -> bool:
        if word in self._pieces or word in self._beginnings:
            return False
        if len(word) < 2 or self._is_ordinary(word):
            return True
        inflected = len(word) > 5 and (word.startswith(_BEFORE) or word.endswith(_BEHIND))
        return inflected and word[:3] not in self._by_start and word[-3:] not in self._by_end

    def _is_ordinary(self, word: str) -> bool:
        """`dibelakang` is, too, but in `dibelakang balok`."""
        return word in self._ordinary and not (word.startswith("di") and word[2:] in self._pieces)

    def longest(self, words: Sequence[str], at: int, behind: int) -> Found:
        """The longest name that begins here and ends before `behind`: words are joined while some name begins so."""
        found, so_far = NOTHING, ""
        for length, word in enumerate(words[at : min(at + LONGEST, behind)], start=1):
            so_far = joined(so_far, word)
            if so_far not in self._beginnings:
                break
            names = self._names.get(so_far)
            if names is not None:
                found = Found(names, length)
        return found

    def nearest(self, words: Sequence[str], at: int, behind: int) -> Found:
        """A name that begins here, ends before `behind` and has a letter wrong (two, if it is long); the one with
        most words. Its words must not be those that people use for anything else, unless they belong to names, too."""
        best, so_far, strange = NOTHING, "", False
        for length in range(1, min(LONGEST, behind - at) + 1):
            word = words[at + length - 1]
            if self._is_ordinary(word):
                if word not in self._pieces:
                    break
            else:
                strange = True
            so_far = joined(so_far, word)
            if not strange or len(so_far) < _SHORTEST_WRONG:
                continue
            if so_far[:3] not in self._by_start and so_far[-3:] not in self._by_end:
                continue
            near = self._nearest(so_far)
            if near is not None:
                best = Found(self._names[near[0]], length, near[1])
        return best

    def _nearest(self, window: str) -> tuple[str, int] | None:
        if window in self._near:
            return self._near[window]
        if len(self._near) >= _MEMORY:
            self._near.clear()
        most = 2 if len(window) >= _LONG else 1
        candidates = {*self._by_start.get(window[:3], ()), *self._by_end.get(window[-3:], ())}
        ranked = sorted(
            (distance, name)
            for name in candidates
            if (name[0] == window[0] or len(window) >= _FIRST_MAY_BE_WRONG)
            and (distance := OSA.distance(window, name, score_cutoff=most)) <= most
            and (distance < 2 or name[0] == window[0] or (window.endswith(name) and window.startswith(_GLUED)))
            and _digits(name) == _digits(window)
        )
        found = None
        if ranked and (len(ranked) == 1 or ranked[1][0] > ranked[0][0] or self._same(ranked[0][1], ranked[1][1])):
            found = (ranked[0][1], ranked[0][0])
        self._near[window] = found
        return found

    def _same(self, one: str, other: str) -> bool:
        return {n.codes for n in self._names[one]} == {n.codes for n in self._names[other]}


def _digits(spelled: str) -> str:
    """`Naikoten 1` is never a misspelled `Naikoten 2`."""
    return "".join(letter for letter in spelled if letter.isdigit())
