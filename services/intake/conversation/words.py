"""Words as people type them, brought to the few standard words that the rules know.

Written Indonesian of chats, and the speech of the four cities: Bengkulu and Pekanbaru Malay, Minang, Kupang Malay. Only
what the rules ask for is here; the reporter's text itself is never rewritten.
"""

import re
from functools import lru_cache

from services.intake.conversation.lookalikes import joined, lettered, unadorned
from services.intake.conversation.typos import KNOWN, mended, standard
from services.intake.conversation.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_TWICE_AT_END = re.compile(r"([^\W\d])\1+$")
_AGAIN = re.compile(r"^([a-z]{3,})2(nya|nyo|an|lah)?$")
_TOGETHER = re.compile(
    r"\bteri?ma\s+kasi[ha]?\b|\bt[ae]rim[oa]\s+kasi[ah]*\b|\btrima\s+kasi[ha]?\b|\btrims\b|\bhatur\s+nuhun\b"
)
_HOW = re.compile(r"\b(?:macam|cam|cem|cak|ba|kaya|kayak|kek|bagai|pegi) ?man[ao]\b|\bba ?a\b(?! *lo)")
_GLUED = re.compile(
    r"^(nggak|ngga|enggak|gak|ga|tak|tdk|tidak|ndak|indak|dak|sonde|son)(usah|perlu|bisa|ada|mau|pernah|jadi|tahu|tau|apa|ape|pe|po)(?:lah)?$"
)
"""`gausah`, `takperlu`: young people write the "no" and what it denies as one word."""
_LAUGHTER = re.compile(r"^(?:(?:ha|he|hi|hu|wk|kw|ah)+[hakw]?|xixi(?:xi)*|lol|ngakak)$")
LONGEST = 60
"""Letters; what is longer is no word, and is not looked into."""
_SUFFIXES = ("nya", "nyo", "lah", "kah", "ku", "mu", "in", "pun", "e", "nye", "an")
_CLITICS = frozenset({"nya", "nyo", "lah", "kah", "nye"})

_DONE_BEFORE = frozenset({"la", "lah", "lh", "so"})
"""`lah beres`, `la seminggu`: "sudah" in Bengkulu and Minang where something follows; else a particle."""
_SET_PHRASES = (
    ("not yet", "belum"), ("omong kosong", "bohong"), ("do not", "don't"), ("no one", "tidak ada orang"),
    ("what about", "how"), ("mode ma ", "bagaimana "), ("all good", "sudah baik"), ("has a ", "ada "),
    ("has no ", "tidak ada "), ("has an ", "ada "), ("have a ", "ada "), ("there is", "ada"), ("there are", "ada"),
    ("to report", "lapor"), ("i report", "lapor"),
    ("lemak nian", "bagus nian"),
)  # fmt: skip
_WELL: tuple[list[str], ...] = ([], ["sudah"], ["belum"], ["tidak"], ["baik"])
_NO_SUBJECT = frozenset({"", "bapak", "ibu", "kakak", "ya", "ini", "itu", "min", "bang", "dong", "kok", "nian"})


def words(text: str) -> tuple[str, ...]:
    """Lower-case standard words, without punctuation, emoji and stretched letters (`lamaaa` → `lama`)."""
    found = [standard_ for word in _child(_WORD.findall(plain(text))) for standard_ in _standard(word)]
    return _in_their_place(found)


def plain(text: str) -> str:
    """Lower case, compatibility forms made plain, letters that were drawn out shortened, thanks as one word."""
    if not text.isascii():
        text = unadorned(text)
    lowered = _STRETCHED.sub(r"\1", joined(text.lower()))
    # What hardly a message has is looked for in the cheapest way first: this is done for every clause of every message.
    if "kasi" in lowered or "trims" in lowered or "nuhun" in lowered:
        lowered = _TOGETHER.sub("terimakasih", lowered)
    if "man" in lowered or "ba a" in lowered or "baa" in lowered:
        lowered = _HOW.sub("bagaimana", lowered)
    for said, meant in _SET_PHRASES:
        if said in lowered:
            lowered = lowered.replace(said, meant)
    return lowered


_WANTS = vocabulary(
    "lapor tanya ngadu mengadu tahu minta jual beli pergi bikin buat bilang kirim cek roboh tumbang rubuh mati jatuh "
    "ke putus ambruk runtuh kabar berita menyampaikan sampaikan urus"
)
"""What one can be about to do: `nak lapor`, `nak roboh`."""
_ELDERS = vocabulary("nenek kakek nek kek datuk opung oma opa uwak nyai")
_NO_WISH = vocabulary("alhamdulillah makasih terimakasih terima iya ya maaf tolong nenek ini kakek")


def _child(said: list[str]) -> list[str]:
    """`nak` of an old person is "child"; elsewhere it is "to want"."""
    if "nak" not in said:
        return said
    elder = not _ELDERS.isdisjoint(said) or said.count("nak") > 1
    last = len(said) - 1
    return [
        "adik"
        if word == "nak" and (i == last or said[i + 1] in _NO_WISH or (elder and said[i + 1] not in _WANTS))
        else word
        for i, word in enumerate(said)
    ]


def _in_their_place(found: list[str]) -> tuple[str, ...]:
    """The words whose meaning depends on their neighbours."""
    if len(found) == 1 and found[0] in _DONE_BEFORE:
        return ("sudah",)
    placed: list[str] = []
    for i, word in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else ""
        if word in _DONE_BEFORE and after not in _NO_SUBJECT:
            placed.append("sudah")
        elif word == "ka" and after.startswith(("di", "man")) and len(after) > 4:
            placed.append("akan")  # Minang: `bilo ka dipasang`
        elif word == "bae":  # Kupang: well (`su bae`); Bengkulu: only (`malam bae`)
            placed.append("baik" if after == "bae" or placed[-1:] in _WELL else "saja")
        elif word == "susah" and placed[-1:] == ["tidak"]:
            placed.append("usah")  # `tak payah datang`
        elif word == "usah" and placed[-1:] != ["tidak"]:
            placed.append("jangan")  # Minang: `usah dilanjuikan`
        elif word == "wa" and after == "saya" and placed[-1:] not in (["nomor"], ["no"]) and not _against(placed):
            placed.append("hubungi")
        elif word == "baru" and placed[-1:] == ["juga"]:
            placed[-1] = "masih"  # Minang: `mamakso juo baru`
        elif word == "asal" and after == "sudah":
            continue  # `asal dah dipikirkan`: as long as; elsewhere it is slipshod
        elif word == "ma" and placed and after:
            placed.append("tapi")  # Kupang
        elif word == "lai":
            placed.append("lagi")
        else:
            placed.append(word)
    return tuple(placed)


def _against(placed: list[str]) -> bool:
    """`jangan wa saya lagi`: no word more is wanted; that is no call."""
    return not frozenset(placed[-3:]).isdisjoint({"jangan", "tidak", "berhenti"})


@lru_cache(maxsize=50_000)
def _standard(word: str) -> tuple[str, ...]:
    word = word.replace("’", "'")
    if len(word) > LONGEST:
        return (word[:LONGEST],)
    found = standard(word)
    if found is not None:
        return (found,)
    if len(word) >= 3 and word not in KNOWN and _LAUGHTER.match(word):
        return ("hehe",)
    twice = _AGAIN.match(word)
    if twice is not None:
        return (standard(twice[1] + "-" + twice[1]) or standard(twice[1]) or twice[1],)
    if word in KNOWN:
        return (word,)
    if len(word) >= 4 and not word.isalpha() and (made := lettered(word)) != word and made.isalpha() and made in KNOWN:
        return (standard(made) or made,)
    if (glued := _GLUED.match(word)) is not None:
        return ("tidak", "apa" if glued[2] in ("ape", "pe", "po") else standard(glued[2]) or glued[2])
    if "-" in word:
        return _hyphened(word)
    shorter = _TWICE_AT_END.sub(r"\1", word)
    if shorter != word and len(word) > 2:
        return _standard(shorter)
    if word.endswith("in") and (made := word[:-2] + "kan") in KNOWN:
        return (standard(made) or made,)  # `sembunyiin`
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= (3 if suffix in _CLITICS else 4):
            found = standard(stem)
            if found is not None or stem in KNOWN:
                return (found or stem,)
            if suffix in _CLITICS and len(stem) >= 4:
                return _regional(stem) or mended(stem)
    return _regional(word) or mended(word)


def _hyphened(word: str) -> tuple[str, ...]:
    """`lubang-lubang` is one word, `lampu-jalan` two."""
    first, _, second = word.partition("-")
    if first == second or second.removesuffix("nya").removesuffix("nyo") == first:
        return (standard(first) or first,)
    return tuple(found for part in word.split("-") if part for found in _standard(part)) or (word,)


_ENDINGS = (
    ("o", "a"), ("uik", "ut"), ("uik", "us"), ("aik", "at"), ("aik", "ap"),
    ("aik", "as"), ("ik", "it"), ("ik", "is"), ("ek", "at"), ("ek", "ap"), ("uang", "ung"),
    ("iang", "ing"), ("uak", "uk"), ("uah", "uh"), ("iah", "ih"), ("iak", "ik"), ("ua", "ur"), ("ia", "ir"),
    ("eh", "as"), ("uik", "up"), ("ik", "ip"), ("a", "ar"), ("a", "al"), ("ang", "an"), ("e", "a"), ("", ""),
)  # fmt: skip
"""How Minang, Bengkulu and Kupang Malay end words that Indonesian ends otherwise (`hiduik`, `bara`, `jalang`)."""
_BEGINNINGS = (
    ("ba", "ber"), ("ba", "be"), ("ta", "ter"), ("ma", "me"), ("ma", "men"), ("ma", "mem"), ("pa", "per"),
    ("pa", "pe"), ("ka", "ke"), ("sa", "se"), ("be", "ber"), ("te", "ter"), ("bar", "ber"), ("tar", "ter"),
    ("nge", ""), ("ng", ""), ("ng", "k"), ("ny", "s"), ("n", "t"), ("m", "p"), ("", ""),
)  # fmt: skip


def _regional(word: str) -> tuple[str, ...] | None:
    """By the sound laws of the regions: a word that is known once beginning and end are put into Indonesian."""
    at = word.rfind("e", 1, -1)  # `bales`, `deket`, `temen`: how young people say a last a
    if (
        at > 0
        and len(word) >= 4
        and not set(word[at + 1 :]) & set("aiou")
        and (made := word[:at] + "a" + word[at + 1 :]) in KNOWN
    ):
        return (standard(made) or made,)
    if len(word) < 5:
        return None
    for ours, end in _ENDINGS:
        if not word.endswith(ours):
            continue
        stem = word[: len(word) - len(ours)] + end
        for begins, begin in _BEGINNINGS:
            if stem.startswith(begins) and (made := begin + stem[len(begins) :]) != word and made in KNOWN:
                return (standard(made) or made,)
    return None
