"""What a message says by itself, whatever the chat was about. Pure.

One word of many says what the message as a whole asks or tells; beside it stand the signs that the chat decides by:
what it is about, whether it tells several matters, what of it is done and what is not.
"""

from dataclasses import dataclass
from typing import Literal

from services.contracts.base import Confidentiality
from services.intake.conversation import sign_words, signs, wishes
from services.intake.conversation.clauses import Clause, Part, clauses, matters
from services.intake.conversation.courtesy import courtesy, polite_after_all
from services.intake.conversation.topics import topics
from services.intake.conversation.vocabulary import vocabulary
from services.intake.conversation.words import plain

Says = Literal[
    "nothing", "greeting", "thanks", "agreed", "help", "announce", "status", "when", "done", "not_done", "withdraw",
    "mistaken", "confidential", "forget", "call", "stop_news", "resume_news", "also", "content",
]  # fmt: skip
"""`agreed` is ok, ya, siap; `nothing` is emoji, a lone `?`, punctuation; `announce` says that something is to come;
`when` asks for news only of what is known (`kapan diperbaiki`): alone it is a complaint; `also` is "saya juga"."""

Verdict = signs.Verdict

LONG = 60
"""Words from which a message is a story: no single word in it is a wish."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause, and what it says of the state of things."""

    clause: Clause
    verdict: Verdict | None
    bad: bool
    perhaps: bool = False
    """It may say that something is done; only after an office said so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`level`: what the person asks for, or None. `new`: it is called another complaint. `call`: may be called;
    `consent`: that stands plainly beside whatever else it tells."""

    says: Says
    words: tuple[str, ...]
    level: Confidentiality | None = None
    new: bool = False
    call: bool | None = None
    consent: bool = False
    hushes: bool = False
    """Beside whatever else it tells: no news any more."""
    topics: frozenset[str] = frozenset()
    said: tuple[Said, ...] = ()
    parts: tuple[Part, ...] = ()
    asks: bool = False

    @property
    def meaning(self) -> tuple[str, ...]:
        """The words that carry something."""
        return tuple(word for word in self.words if word not in sign_words.ADDRESS)

    @property
    def bad(self) -> bool:
        """Something in it is not as it should be."""
        return any(one.bad for one in self.said)

    @property
    def perhaps_done(self) -> bool:
        """All that it says may be that something is done."""
        return any(one.perhaps for one in self.said) and not any(one.bad and not one.perhaps for one in self.said)

    @property
    def telling(self) -> bool:
        """It can stand as a complaint of its own."""
        return len(self.meaning) >= 3 or (bool(self.topics) and self.bad)


def read(text: str | None) -> Reading:
    """What a text says by itself."""
    given = _in_words(text or "")
    parted = clauses(given)
    found = tuple(word for one in parted for word in one.words)
    said = tuple(
        Said(one, _verdict(one), signs.bad(one.words), signs.perhaps_done(one.words, asks=one.asks)) for one in parted
    )
    parts = matters(parted)
    asks = "?" in given or any(one.asks for one in parted)
    level = wishes.level(found)
    call = _call(parted, wishes.may_call(found, asks=asks))
    consent = any(wishes.consents(one.words, asks=one.asks) for one in parted)
    about = topics(found)
    return Reading(
        says=_says(plain(given), found, said, level, call, about, asks),
        words=found,
        level=level,
        new=wishes.calls_it_new(found) or (len(parted) > 1 and any(wishes.more_to_come(one.words) for one in parted)),
        call=call,
        consent=consent,
        hushes=any(wishes.stops_beside(one.words, asks=one.asks) for one in parted),
        topics=about,
        said=said,
        parts=parts,
        asks=asks,
    )


def _in_words(text: str) -> str:
    """A thumb that points down, and nothing beside it."""
    return "belum" if "\N{THUMBS DOWN SIGN}" in text and not any(char.isalnum() for char in text) else text


def _call(parted: tuple[Clause, ...], whole: bool | None) -> bool | None:
    """By the clause that speaks of it: `hp kakek tidak ada, hubungi saya saja`."""
    if len(parted) == 1:
        return whole
    if whole is None:  # `jangan telepon lagi ya, saya sudah kasih keterangan`
        first = parted[0] if parted else None
        refused = first is not None and first.words[:1] == ("jangan",) and len(first.words) <= 6
        return False if first and refused and wishes.may_call(first.words, asks=False) is False else None
    found = (wishes.may_call(one.words, asks=one.asks) for one in parted)
    return next((one for one in found if one is not None), whole)


def _tells(one: Said) -> bool:
    """Beside a wish for secrecy in another clause it tells what this is about."""
    kept = [word for word in one.clause.words if word not in sign_words.ADDRESS and word not in _SMALL]
    enough = len(kept) >= 4 or (bool(one.clause.topics) and len(kept) >= 2)
    if wishes.announces(one.clause.words):
        return False
    return enough and wishes.level(one.clause.words) is None and wishes.may_call(one.clause.words, asks=False) is None


_SMALL = vocabulary("saya tapi tolong ini takut karena soalnya supaya agar nanti jangan nama kalau boleh terima-kasih")


def _withdraws(one: Said) -> bool:
    """`salah lihat, rupanya biawak. batalkan saja`: a few words at the end."""
    found, asks = one.clause.words, one.clause.asks
    return len(found) <= 5 and wishes.withdraws(found, asks=asks) and not wishes.stops(found, asks=asks)


def _verdict(clause: Clause) -> Verdict | None:
    if signs.not_done(clause.words, asks=clause.asks):
        return "not_done"
    return "done" if signs.done(clause.words, asks=clause.asks) else None


def _says(  # noqa: PLR0917  # one question after the other, the surest first
    lowered: str,
    found: tuple[str, ...],
    said: tuple[Said, ...],
    level: Confidentiality | None,
    call: bool | None,
    about: frozenset[str],
    asks: bool,
) -> Says:
    polite = courtesy(found)
    if polite == "agreed" and asks and "benar" in found:
        return "help"  # `benar ini pak?`
    if polite is not None:
        return polite
    if asks and {"ada", "orang"} <= frozenset(found) <= _ANYBODY:
        return "greeting"  # `lai ado urang di siko?`
    if len(found) > LONG:
        return _state(found, said, asks) or "content"
    if wishes.forgets(found):
        return "forget"
    if wishes.stops(found, asks=asks):
        return "stop_news"
    if wishes.resumes(found, asks=asks):
        return "resume_news"
    tells = (bool(about) and signs.bad(found)) or any(_tells(one) for one in said)
    if wishes.asks_how(found, lowered) and not _told_before(said):
        return "help"
    if level is not None and (not tells or _why(said)) and len(found) <= 14:
        return "confidential" if not wishes.asked(lowered) else "help"
    stops = wishes.withdraws(found, asks=asks) and not wishes.goes_on([one.clause.words for one in said])
    if stops or any(_withdraws(one) for one in (*said[:1], *said[-2:])):
        return "withdraw"
    if wishes.mistaken(found) and not any(one.verdict == "not_done" for one in said):
        return "mistaken"
    if call is not None and (not tells or (call is False and (not about or _excuses(said)) and len(found) <= 14)):
        return "call"
    if wishes.announces(found) and not about:
        return "announce"
    if wishes.asks_status(found, asks=asks):
        return "status"
    # `sudah dipasang? saya lewat tadi masih bolong`: asked in disbelief.
    disbelief = len(said) > 1 and any(one.verdict == "not_done" and not one.clause.asks for one in said[1:])
    if not disbelief and any(wishes.asks_when(one.clause.words, asks=_asked(said, i)) for i, one in enumerate(said)):
        return "when"
    state = _state(found, said, asks)
    if state is not None:
        return state
    if wishes.also(found):
        return "also"
    return polite_after_all(found, about, asks=asks) or "content"


def _why(said: tuple[Said, ...]) -> bool:
    """`jangan sebut nama saya, saya pasien tetap di situ`: first the wish, then why."""
    first, *rest = said
    reasons = {"saya", "kami", "karena", "soalnya", "takut", "nanti"}
    return wishes.level(first.clause.words) is not None and all(
        one.clause.words[0] in reasons and not one.bad for one in rest
    )


_ANYBODY = sign_words.ADDRESS | {"ada", "orang", "lagi", "di", "sini", "di-sini"}
_OF_REPORTING = vocabulary(
    "lapor laporan melapor melaporkan mengadu pengaduan aduan keluhan kirim foto cara caranya tanya bertanya"
)


def _told_before(said: tuple[Said, ...]) -> bool:
    """`anjing tetangga menggigit anak saya tadi sore. harus lapor ke mana?`: it was told before it is asked."""
    return any(
        _tells(one) and not one.clause.asks and not frozenset(one.clause.words) & _OF_REPORTING for one in said[:-1]
    )


def _excuses(said: tuple[Said, ...]) -> bool:
    """`jangan telepon ya, saya kerja di tambang`: first the wish, then why."""
    first = wishes.may_call(said[0].clause.words, asks=False) is False
    return first and all(one.clause.words[0] in ("saya", "karena", "hp") for one in said[1:])


def _asked(said: tuple[Said, ...], i: int) -> bool:
    """By its own question mark, or by that of a few words behind it (`sudah dipasang, pak?`)."""
    behind = said[i + 1 :]
    few = all(len([word for word in one.clause.words if word not in sign_words.ADDRESS]) <= 3 for one in behind)
    return said[i].clause.asks or (few and any(one.clause.asks for one in behind))


def _state(found: tuple[str, ...], said: tuple[Said, ...], asks: bool) -> Verdict | None:
    """Of the whole message. Who says that a part is not done says that it is not done, unless it is so no more."""
    last: Verdict | None = None
    for one in said:
        if last == "done" and one.verdict is None and (_but(one) or _rest(one)):
            last = "not_done"
        if one.verdict == "not_done" or (one.verdict == "done" and (last is None or _now(one))):
            last = one.verdict
    if last is not None:
        return last
    if signs.not_done(found, asks=asks) and not any(one.perhaps for one in said):
        return "not_done"
    if len(said) > 1 and not any(one.bad for one in said) and signs.done(found, asks=asks):
        return "done"
    return bare(found, asks)


def _but(one: Said) -> bool:
    """`sudah dikeruk, tapi lumpurnya ditinggal`: whatever follows, it is not all done."""
    found = one.clause.words
    meaning = [word for word in found if word not in sign_words.ADDRESS]
    return found[:1] == ("tapi",) and len(meaning) > 2 and "terima-kasih" not in found and not one.clause.asks


_OTHERS = frozenset({"satu", "lagi", "lain", "lainnya", "sisa", "sisanya", "yang", "sebagian"})


def _rest(one: Said) -> bool:
    """`2 tiang nyala, 1 lagi enggak`: of the others it denies what was just said."""
    found = one.clause.words
    counts = any(word.isdigit() or word in _OTHERS for word in found)
    return counts and found[-1:] == ("tidak",) and 2 <= len(found) <= 5 and not one.clause.asks


def _now(one: Said) -> bool:
    return bool(frozenset(one.clause.words) & {"sekarang", "akhirnya", "alhamdulillah", "tapi"})


_BESIDE = sign_words.ADDRESS | vocabulary(
    "oke siap baik mantap terima-kasih makasih alhamdulillah air lampu jalan juga bagus ada ini selesai benar "
    "hari tadi sekarang pertama kedua ketiga satu dua nomor semua keduanya"
)


_WANTED = frozenset({"air", "lampu", "jalan"})


def bare(found: tuple[str, ...], asks: bool) -> Verdict | None:
    """SUDAH by itself; `makasih sudah dibantu` is thanks."""
    if asks or "sudah" not in found:
        return None
    thanks = found.index("terima-kasih") if "terima-kasih" in found else len(found)
    rest = [word for word in found if word not in _BESIDE and word != "sudah"]
    if rest in (["tidak"], ["tidak", "lagi"]):
        return "done" if _WANTED.isdisjoint(found) else None  # `sudah tidak lagi`; `air sudah tidak ada`
    return "done" if not rest and "sudah" in found[:thanks] else None
