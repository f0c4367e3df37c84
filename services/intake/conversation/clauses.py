"""A text in clauses, and clauses in matters: people tell two things in one message. Pure; spans are of the text as it is."""

# ruff: noqa: E501  # patterns are read by what they say

import re
from dataclasses import dataclass, replace

from services.intake.conversation.sign_words import ADDRESS, BAD, FUTURE, NO
from services.intake.conversation.signs import bad, done
from services.intake.conversation.topics import AT_PLACES, akin, topics
from services.intake.conversation.words import words

_NUMBER = r"(?:(?<=^)|(?<=[\s:,;]))\(?(?:[1-9]|[a-e](?!\.\w\.))[.)](?=\s*[^\W\d])"
_STRONG = (
    r"selain (?:itu|tu)|satu la[ig]i|ciek la[ig]i|sekalian(?: juga)?|oh? ?i?ya juga|tambahan(?: lagi)?|terus juga|trus juga|"
    r"dan juga|serta juga|o+h? i?yo|o+h? i?ya|lalu juga|kemudian juga|yang kedua|kedua,|pertama,|sama (?:satu|1) lagi|plus|ditambah"
)
_COUNTED = r"p[ae]rtam[ao]|k[ae]du[ao]|k[ae]tig[ao]|keempat|ka ?ampek"
"""Where one counts, each begins a matter; `anak kedua` alone counts nothing."""
_COUNTS = re.compile(r"\bp[ae]rtam[ao]\b.*\bk[ae]du[ao]\b", re.IGNORECASE | re.DOTALL)
_WEAK = r"terus|trus|trs|dan|serta|deng|kemudian|lalu|sama|samo|sarato|sarta|ama|tapi|tp|tpi|tetapi|namun|cuma|cuman|pi|and|but"


def _cut(strong: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<end>[.!?;]+(?=\s|$)|\n+|(?<!\d),(?!\d)|,\s)|(?P<number>{_NUMBER})|\b(?P<strong>{strong})\b|(?<!-)\b(?P<weak>{_WEAK})\b(?!-)",
        re.IGNORECASE,
    )


_CUT, _CUT_COUNTED = _cut(_STRONG), _cut(f"{_STRONG}|{_COUNTED}")
_THEREFORE = frozenset({
    "karena", "jadi", "sehingga", "makanya", "akibat", "akibatnya", "sampai", "hingga", "menyebabkan", "mengakibatkan", "bikin",
    "gara", "makanyo", "membuat", "akhirnya", "padahal", "supaya", "agar", "untuk", "biar", "kalau",
})  # fmt: skip
"""What follows one of these belongs to what stands before it."""
_TWO = frozenset({"juga", "selain", "sekalian", "dua", "kedua", "tambahan", "pertama", "keduanya"})
MOST = 6
"""Matters of one message; what is longer is no list of complaints but a story."""


@dataclass(frozen=True, slots=True)
class Clause:
    begin: int
    end: int
    words: tuple[str, ...]
    topics: frozenset[str]
    asks: bool
    strong: bool
    """It begins behind a number, or words such as `selain itu`."""
    numbered: bool = False
    """It is an item of a list that counts its items."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several matters in a message: where it stands, and what belongs to all of them."""

    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    topics: frozenset[str]


_LIST_GOES_ON = frozenset({",", ";", "", "dan", "serta", "deng", "sama"})
_LISTED = re.compile(
    r"\b(?:banyak|beberapa|dua|duo|tiga|tigo|empat|2|3|4|several|two|three)\b[^.:\n]{0,24}:(?=\s*\S)", re.IGNORECASE
)
"""`mau lapor banyak: jalan rusak, air mati`: each thing behind the colon counts."""


def clauses(text: str) -> tuple[Clause, ...]:
    listed = _LISTED.search(text) if ":" in text else None
    if listed is not None:
        head, rest = _clauses(text[: listed.end()]), _clauses(text[listed.end() :], counts=True)
        return (*head, *(_moved(one, listed.end()) for one in rest))
    return _clauses(text)


def _moved(one: "Clause", by: int) -> "Clause":
    return replace(one, begin=one.begin + by, end=one.end + by)


def _clauses(text: str, *, counts: bool = False) -> tuple[Clause, ...]:
    """`counts`: what stands between commas is one item each of an announced list, up to the end of its sentence."""
    found: list[Clause] = []
    begin, strong, item = 0, counts, 0
    numbered = False
    kah = "kah" in text or "KAH" in text

    def take(end: int, mark: str) -> None:
        said = words(text[begin:end])
        if said:
            plain = untagged(said)
            asks = "?" in mark or plain != said or (kah and _QUESTION.search(text, begin, end) is not None)
            about = topics(plain) if any(word not in ADDRESS for word in plain) else frozenset()  # `pak camat:`
            found.append(Clause(begin, end, plain, about, asks, strong, numbered))

    for cut in (_CUT_COUNTED if _COUNTS.search(text) else _CUT).finditer(text):
        number = cut["number"]
        if number is not None:
            nth = _nth(number)
            if not (nth == item + 1 and (item > 0 or _at_beginning(text, cut.start()))):
                if number.endswith("."):  # `RT 5.` is no item of a list, but the end of a sentence
                    take(cut.end(), "")
                    begin, strong, numbered = cut.end(), False, False
                continue
            item = nth
        take(cut.start(), cut[0])
        begin = cut.start() if cut["end"] is None and number is None else cut.end()
        counts = counts and cut[0].strip().lower() in _LIST_GOES_ON
        numbered = number is not None
        strong = numbered or cut["strong"] is not None or counts
    take(len(text), "")
    return tuple(found)


_QUESTION = re.compile(r"\b(?:apa|apo|ada|ado|sudah|bisa|biso|boleh|akan|belum|benar|kapan)kah\b", re.IGNORECASE)
_TAGGED = frozenset({"ada", "sudah", "bisa", "boleh", "benar", "dapat", "jadi", "masuk", "aktif", "perlu", "harus"})


def untagged(said: tuple[str, ...]) -> tuple[str, ...]:
    """`udah diperbaiki gak sih`, `ada orang tak bang`: the "no" at the end asks, and denies nothing."""
    last = len(said)
    while last and said[last - 1] in ADDRESS:
        last -= 1
    asks = last > 1 and said[last - 1] == "tidak" and not _TAGGED.isdisjoint(said[: last - 1])
    return (*said[: last - 1], *said[last:]) if asks else said


def _nth(number: str) -> int:
    mark = number.strip("().").lower()
    return int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1


_NEXT = re.compile(r"[1a]([.)])\s*[^\W\d].*[\s,;:(][2b]\1\s*[^\W\d]", re.IGNORECASE | re.DOTALL)
"""A second item of the same kind follows."""
_COUNTABLE = tuple(
    (word,) for word in ["rt", "rw", "no", "nomor", "gang", "blok", "km", "jalan", "kelas", "tahap", "lorong"]
)


def _at_beginning(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t(")
    if _NEXT.search(text, at) and words(before[-12:])[-1:] not in _COUNTABLE:
        return True
    return (
        not before
        or before[-1] in "\n:,;.!?-"
        or words(before[-12:])[-1:] in (("masalah",), ("laporan",), ("hal",), ("keluhan",))
    )


def matters(found: tuple[Clause, ...]) -> tuple[Part, ...]:
    """The matters of a message that tells several; empty for one that tells one, or none.

    Each clause that speaks of a topic with something bad about it begins a matter, unless it is akin to the one before
    and nothing says that another is meant. Clauses without a topic go with the one before; those before the first
    belong to all.
    """
    shared: list[Clause] = []
    groups: list[list[Clause]] = []
    for clause in found:
        if not groups:
            (groups.append([clause]) if clause.topics or _counted(clause) or _item(clause) else shared.append(clause))
            continue
        spoken_of = next((group for group in groups[:-1] if clause.topics & _topics(group)), None)
        if spoken_of is not None and not clause.topics & _topics(groups[-1]):
            spoken_of.append(clause)
        elif _another(clause, groups[-1]):
            groups.append([clause])
        else:
            groups[-1].append(clause)
    if not 2 <= len(groups) <= MOST or not all(_told(group) for group in groups):
        return ()
    last = groups[-1]
    while len(last) > 1 and _of_all(last[-1]):
        shared.append(last.pop())
    spans = tuple((clause.begin, clause.end) for clause in shared)
    return tuple(
        Part(
            tuple(sorted((*spans, *((clause.begin, clause.end) for clause in group)))),
            tuple(word for clause in group for word in clause.words),
            _topics(group),
        )
        for group in groups
    )


def _another(clause: Clause, group: list[Clause]) -> bool:
    before = _topics(group)
    over = done(clause.words, asks=clause.asks)
    if _counted(clause) or _item(clause):
        return True
    if not clause.topics or clause.topics & before or (clause.words[0] in _THEREFORE and not over):
        return False
    ill = bool(clause.topics & _ILLS) and "ada" in clause.words[:3]
    if not over and not (clause.strong or bad(clause.words) or _wished(clause.words) or ill):
        return False
    if clause.strong or bool(frozenset(clause.words) & _TWO) or (_and(clause) and bad(clause.words)):
        return True
    return not clause.topics <= AT_PLACES and not akin(before, clause.topics)


_FORM = frozenset({
    "nama", "alamat", "nik", "hp", "nomor", "lokasi", "waktu", "tanggal", "kronologi", "jam", "tempat", "isi", "kelurahan", "kecamatan",
    "bukti", "foto", "harapan", "saran", "ttl", "pekerjaan",
})  # fmt: skip
"""What a form asks for, each on a line with a number; `1. nama …` is no matter."""


_ILLS = frozenset({"animal", "stray", "fire", "crime", "violence", "graft", "order"})
"""What is an ill by being there: `juga ada anjing gila di situ`."""


def _and(clause: Clause) -> bool:
    """`samo jalan di situ belubang`; `debu sama aspal hancur` only names two things."""
    return clause.words[0] == "sama" and len(clause.words) >= 4


def _item(clause: Clause) -> bool:
    """Of a counted list, and something is the matter: `3. iuran sampah tidak jelas`."""
    return (
        clause.numbered
        and clause.words[0] not in _FORM
        and (
            bad(clause.words)
            or bool(clause.topics & _ILLS)
            or bool(clause.topics and (NO | FUTURE) & frozenset(clause.words))
        )
    )


def _counted(clause: Clause) -> bool:
    """`pertama tangga rusak, kedua …`: it counts itself, whatever it speaks of."""
    return clause.strong and not clause.topics and bad(clause.words) and clause.words[0] in _COUNTS_ITSELF


_COUNTS_ITSELF = frozenset({"pertama", "kedua", "ketiga", "keempat"})


def _topics(group: list[Clause]) -> frozenset[str]:
    return frozenset(topic for clause in group for topic in clause.topics)


def _told(group: list[Clause]) -> bool:
    said = tuple(word for clause in group for word in clause.words)
    ill = "ada" in said and bool(_topics(group) & _ILLS)
    return ill or bad(said) or _wished(said) or done(said, asks=False) or any(clause.strong for clause in group)


_LATER = frozenset({"besok", "lusa", "nanti", "akan", "kapan", "kalau", "mau"})
"""When, and no wish: `besok ada acara di gedung`."""
_WISHING = FUTURE - _LATER | NO | BAD


def _wished(said: tuple[str, ...]) -> bool:
    return len(said) > 2 and not _WISHING.isdisjoint(said)


def _of_all(clause: Clause) -> bool:
    """`dua-duanya di RT 5`, `mohon ditindaklanjuti`: for the whole message."""
    return not clause.topics and (
        bool(frozenset(clause.words) & {"keduanya", "semua", "tolong", "terima-kasih", "mohon"})
    )
