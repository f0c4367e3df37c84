"""Which of several complaints somebody means: by number, by matter, by words told before. Pure."""

from collections.abc import Sequence

from services.intake.conversation.chat import Heard, Known
from services.intake.conversation.topics import loose, topics

_ORDINALS = {"pertama": 0, "kesatu": 0, "kedua": 1, "ketiga": 2, "keempat": 3, "kelima": 4}
_NUMBERS = {"satu": 0, "dua": 1, "tiga": 2, "empat": 3, "lima": 4}
_BEFORE_A_NUMBER = frozenset(
    {"nomor", "no", "yang", "laporan", "nomer", "angka", "poin", "point", "pilihan", "pilih", "opsi", "ke"}
)
_ALL = frozenset({"keduanya", "semua", "semuanya", "ketiganya", "sadonyo", "both"})
_LAST = frozenset({"terakhir", "tarakhir", "barusan", "terbaru", "bontot"})


def pointed(options: Sequence[Known], heard: Heard, *, asked: bool = False) -> tuple[str, ...]:
    """The complaints among `options` (in the order that people count them by) that the message names; empty: none.

    `asked`: we have just shown them as a list, so a bare number is an answer.
    """
    if heard.about is not None and any(one.complaint == heard.about for one in options):
        return (heard.about,)
    found = heard.reading.words
    if (asked or every(heard)) and frozenset(found) & _ALL and len(heard.reading.meaning) <= 6:
        return tuple(one.complaint for one in options)
    place = _ordinal(found, heard.reading.meaning, asked=asked)
    if place is not None and place < len(options):
        return (options[place].complaint,)
    if len(options) > 1 and frozenset(found) & _LAST:
        return (options[-1].complaint,)
    return by_matter(options, heard)


def every(heard: Heard) -> bool:
    """`keduanya sudah beres`: all of them, without our having asked."""
    return bool(frozenset(heard.reading.words) & (_ALL - {"semua"})) and len(heard.reading.meaning) <= 6


def by_matter(options: Sequence[Known], heard: Heard) -> tuple[str, ...]:
    """The one whose matter, or else whose words, the message shares with no other."""
    told = topics(heard.reading.words)
    fitting = [one for one in options if one.topics & told]
    if len(fitting) == 1:
        return (fitting[0].complaint,)
    shared = _by_words(fitting or options, heard)
    if shared or fitting:
        return shared
    pointed_at = [one for one in options if one.topics & loose(heard.reading.words)]  # `yang jalan`
    return (pointed_at[0].complaint,) if len(pointed_at) == 1 else _by_words(pointed_at, heard)


def _by_words(options: Sequence[Known], heard: Heard) -> tuple[str, ...]:
    shared = sorted(((len(one.marks & heard.marks), one.complaint) for one in options), reverse=True)
    if shared and shared[0][0] > 0 and (len(shared) == 1 or shared[0][0] > shared[1][0]):
        return (shared[0][1],)
    return ()


def numbered(options: Sequence[Known], heard: Heard) -> tuple[str, ...]:
    """`yang nomor dua`: only by its number."""
    place = _ordinal(heard.reading.words, heard.reading.meaning, asked=False)
    return (options[place].complaint,) if place is not None and place < len(options) else ()


def _ordinal(found: Sequence[str], meaning: Sequence[str], *, asked: bool) -> int | None:
    for i, word in enumerate(found):
        before = found[i - 1] if i else ""
        place = _ORDINALS.get(word)
        if place is not None and (asked or before in _BEFORE_A_NUMBER):
            return place
        if before in _BEFORE_A_NUMBER or (asked and len(meaning) <= 3):
            place = _digit(word)
            if place is not None and (asked or before in ("nomor", "no", "laporan")):
                return place
    return None


def _digit(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) == 1 and word != "0":
        return int(word) - 1
    return _NUMBERS.get(word)
