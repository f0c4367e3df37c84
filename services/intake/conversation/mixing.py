"""One message that tells several things: two matters, or one that is done and another that is not. Pure."""

from dataclasses import replace

from services.intake.conversation import sign_words, signs
from services.intake.conversation.chat import Chat, Heard, Known
from services.intake.conversation.choosing import pointed
from services.intake.conversation.clauses import Part
from services.intake.conversation.decisions import Add, Done, NotDone, Open, Together
from services.intake.conversation.phrases import Said, bare
from services.intake.conversation.topics import akin, differ

_One = Open | Add | Done | NotDone


def several(chat: Chat, heard: Heard) -> Together | None:
    """None where the message is one thing."""
    if heard.forwarded and not heard.reading.parts:
        return None
    apart = each_its_own(chat, heard)
    if apart is not None:
        return apart
    parts = heard.reading.parts or _done_and_more(chat, heard)
    if not parts:
        return None
    found: list[_One] = []
    for part in parts:
        one = _part(chat, heard, part)
        if one not in found:
            found.append(one)
    if len(found) < 2 or len({one.complaint for one in found if not isinstance(one, Open)}) < sum(
        not isinstance(one, Open) for one in found
    ):
        return None
    return Together(tuple(found))


def each_its_own(chat: Chat, heard: Heard) -> Together | None:
    """`yang di Sawah Lebar sudah hidup, yang Lingkar Timur belum`: each clause names its own by number or words."""
    options = tuple(one for one in chat.in_order() if one.phase in ("open", "resolved"))
    if len(options) < 2:
        return None
    counted = _counted(options, heard.reading.words)
    if counted is not None:
        return counted
    if len(heard.clause_marks) != len(heard.reading.said):
        return None
    found: dict[str, _One] = {}
    named: list[str] = []  # and nothing said of them yet: `air dan jalan belum`
    for one, marks in zip(heard.reading.said, heard.clause_marks, strict=True):
        verdict = one.verdict or bare(one.clause.words, one.clause.asks) or ("done" if one.perhaps else None)
        own = tuple(word for word in one.clause.words if word not in _JOINING)
        if verdict is None and len(own) > 2:
            named = []
            continue
        words = ("nomor" if named and own[:1] and own[0].isdigit() else "yang", *own)  # `pertama sudah`, cut before it
        reading = replace(heard.reading, words=words)
        meant = pointed(options, replace(heard, reading=reading, marks=marks, about=None))
        if verdict is None:
            named = [*named, *meant] if len(meant) == 1 else []
            continue
        if len(meant) != 1:
            return None
        for complaint in (*named, *meant):
            found[complaint] = Done(complaint) if verdict == "done" else NotDone(complaint)
        named = []
    return Together(tuple(found.values())) if len(found) > 1 else None


_JOINING = frozenset({"dan", "dengan", "sama", "serta", "juga"})
_NUMBERS = {"1": 0, "2": 1, "3": 2, "4": 3, "satu": 0, "dua": 1, "tiga": 2, "pertama": 0, "kedua": 1, "ketiga": 2}


def _counted(options: tuple[Known, ...], words: tuple[str, ...]) -> Together | None:
    """`1 sudah 2 belum`: nothing but numbers and how they stand."""
    meaning = [word for word in words if word not in sign_words.ADDRESS and word not in {"nomor", "no", "tapi"}]
    numbers, states = meaning[::2], meaning[1::2]
    if len(numbers) < 2 or len(numbers) != len(states) or not set(states) <= {"sudah", "belum"}:
        return None
    places = [_NUMBERS.get(word, len(options)) for word in numbers]
    if len(set(places)) != len(places) or max(places) >= len(options):
        return None
    return Together(tuple(
        Done(options[place].complaint) if state == "sudah" else NotDone(options[place].complaint)
        for place, state in zip(places, states, strict=True)
    ))  # fmt: skip


def _part(chat: Chat, heard: Heard, part: Part) -> _One:
    asks = False
    done = signs.done(part.words, asks=asks) and not signs.not_done(part.words, asks=asks)
    known = _known(chat, part, done=done or signs.perhaps_done(part.words, asks=asks))
    if known is None:
        return Open(heard.reading.level, part.spans)
    if known.phase == "resolved" and (done or signs.perhaps_done(part.words, asks=asks)):
        return Done(known.complaint)
    if known.phase in ("resolved", "closed") and (signs.not_done(part.words, asks=asks) or signs.bad(part.words)):
        return NotDone(known.complaint)
    return Add(known.complaint)


def _known(chat: Chat, part: Part, *, done: bool) -> Known | None:
    going = [one for one in chat.latest_first() if one.phase in ("open", "resolved")]
    fitting = next((one for one in going if one.topics & part.topics), None)
    if fitting is None and done:
        resolved = [one for one in going if one.phase == "resolved"]
        return resolved[0] if len(resolved) == 1 else None
    return fitting


def _done_and_more(chat: Chat, heard: Heard) -> tuple[Part, ...]:
    """`sudah menyala, makasih. tapi sampah dekat situ menumpuk`: the second is of something else."""
    resolved = [one for one in chat.known if one.phase == "resolved"]
    said = heard.reading.said
    ended = [one for one in said if one.verdict == "done" or one.perhaps]
    if len(resolved) != 1 or not ended:
        return ()
    more = [one for one in said if one.verdict is None and one.bad and _elsewhere(one, resolved[0])]
    more += [one for one in said if one.verdict is None and one.clause.strong and _elsewhere(one, resolved[0])]
    more += [one for one in said if one.verdict == "not_done" and _elsewhere(one, resolved[0])]
    if not more:
        return ()
    first = min(one.clause.begin for one in more)
    rest = [one for one in said if one.clause.begin >= first]
    return _as_part([one for one in said if one.clause.begin < first]), _as_part(rest)


def beside(chat: Chat, heard: Heard) -> Open | None:
    """`laporan saya bagaimana? ini ada lagi, kabel putus di jalan`: news are asked for, and something new is told.

    The new matter opens; of the old one the person hears when it moves.
    """
    said = heard.reading.said
    if not chat.known or len(said) < 2:
        return None
    fresh = next((i for i, one in enumerate(said) if i and _new(chat, one)), None)
    if fresh is None:
        return None
    spans = tuple((one.clause.begin, one.clause.end) for one in said[fresh:])
    return Open(heard.reading.level, spans)


def _new(chat: Chat, one: Said) -> bool:
    told = one.clause.topics
    return one.bad and bool(told) and not one.clause.asks and all(differ(known.topics, told) for known in chat.known)


def _elsewhere(one: Said, known: Known) -> bool:
    """Of something else, by more than the word: a drain that is full of rubbish *again* is the drain."""
    again = one.clause.words[-1:] == ("lagi",) and akin(known.topics, one.clause.topics)
    return differ(one.clause.topics, known.topics) and not again


def _as_part(said: list[Said]) -> Part:
    return Part(
        tuple((one.clause.begin, one.clause.end) for one in said),
        tuple(word for one in said for word in one.clause.words),
        frozenset(topic for one in said for topic in one.clause.topics),
    )
