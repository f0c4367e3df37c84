"""Which complaint a message belongs to, and what it wants of it. Pure: what is known of the chat and the message in,
one decision out.

A reference decides first: a button of ours, a ticket code in the text, the message that is answered. Only references
to the chat's own complaints count, so that nobody can speak for another by knowing a code; a stranger's code is good
for asking its status and for "saya juga". Whether SUDAH confirms and BELUM reopens is decided by the complaint itself,
which knows its state better than a chat that may lag behind it.
"""

from dataclasses import replace

from services.contracts.buttons import Pressed
from services.contracts.intake import Wish
from services.intake.conversation import afterwords, answers, belonging, mixing
from services.intake.conversation.belonging import active, ids, one_of, stranger_to
from services.intake.conversation.chance import told_of_something_else
from services.intake.conversation.chat import Chat, Heard, Known
from services.intake.conversation.choosing import numbered, pointed
from services.intake.conversation.closing import done, not_done
from services.intake.conversation.decisions import (
    Add,
    Affected,
    Cancel,
    Decision,
    Done,
    Forget,
    MayCall,
    News,
    NotDone,
    Nothing,
    Open,
    Raise,
    Tell,
    Together,
)
from services.intake.conversation.signs import leans
from services.intake.conversation.vocabulary import vocabulary
from services.intake.conversation.wishes import also, announces

_OF_OTHERS = frozenset({
    "done", "not_done", "withdraw", "mistaken", "status", "when", "forget", "call", "also", "announce", "stop_news",
    "resume_news",
})  # fmt: skip
"""What a forwarded message says, somebody else said."""
_BY_CHANCE = frozenset({"withdraw", "status", "when", "done", "stop_news"})
_OF_A_CODE = frozenset({"tiket", "nomor", "kode", "laporan", "no", "cek", "saya", "ada", "punya", "tolong", "lihat"})
"""What stands beside a ticket code that is all a message says."""
JUST_OPENED = belonging.FRESH


def decide(chat: Chat, heard: Heard) -> Decision:
    """What stands for this message."""
    decision = _decided(chat, heard)
    if isinstance(decision, Tell) and decision.kind == "nothing_open" and _tells_much(heard):
        decision = Open(heard.reading.level)  # never lose a complaint because it also asks for something
    if isinstance(decision, Open) and not active(chat) and _only_praises(heard):
        decision = Tell("thanks", ids(chat.latest_first()[:1]))
    if isinstance(decision, Open) and _which_lamp(heard):
        decision = replace(decision, asks="which_lamp")
    if isinstance(decision, Add) and heard.reading.level is not None and not heard.forwarded:
        decision = Raise((decision.complaint,), heard.reading.level)  # it keeps its words, and is heard as a wish, too
    return _with_consent(chat, _with_urgency(decision, heard), heard)


_BESIDE_A_LAMP = vocabulary(
    "sudah tadi malam siang pagi sore hari lagi saya sini di tempat tolong lapor semalam kemarin dari sejak"
)


def _which_lamp(heard: Heard) -> bool:
    """`lampu mati` and nothing of which: a street's lamp, or a house without power. `mati lampu` is without power."""
    meaning = heard.reading.meaning
    lamp = meaning.index("lampu") if "lampu" in meaning else -1
    said = lamp >= 0 and meaning[lamp + 1 : lamp + 2] in (("mati",), ("sudah",)) and "mati" in meaning
    plain = heard.form == "text" and heard.wish is None and not heard.carries and not heard.forwarded
    return said and plain and frozenset(meaning) <= {"lampu", "mati"} | _BESIDE_A_LAMP


def _only_praises(heard: Heard) -> bool:
    """`Terima kasih, taman kota sekarang indah`."""
    reading = heard.reading
    thanks = "terima-kasih" in reading.words and not heard.carries and not heard.forwarded and heard.wish is None
    return thanks and leans(reading.words, asks=reading.asks) == "done" and len(reading.meaning) <= 8


def _with_urgency(decision: Decision, heard: Heard) -> Decision:
    """What opens in words of danger is known for it: nobody is promised days for it."""
    match decision:
        case Open() if belonging.danger(heard):
            return replace(decision, urgent=True)
        case Together() if belonging.danger(heard):
            return Together(
                tuple(replace(one, urgent=True) if isinstance(one, Open) else one for one in decision.parts)
            )
        case _:
            return decision


MUCH = 6
"""Words from which what tells of something bad is a complaint, whatever else it asks."""


def _tells_much(heard: Heard) -> bool:
    reading = heard.reading
    if reading.bad:
        return len(reading.meaning) >= MUCH
    if reading.says == "confidential":
        return False  # it comes before what it is about
    ends = reading.said[-1].verdict == "done" if reading.said else True
    return len(reading.meaning) > MUCH and not ends and "terima-kasih" not in reading.words and not reading.asks


def _with_consent(chat: Chat, decision: Decision, heard: Heard) -> Decision:
    """BOLEH HUBUNGI, or no news any more, beside what is told."""
    if heard.forwarded:
        return decision
    if heard.reading.hushes and isinstance(decision, Done | NotDone) and not _only_tells(chat, decision):
        return replace(decision, hush=ids(chat.latest_first()))
    if heard.reading.hushes and _only_tells(chat, decision):
        assert isinstance(decision, Add | NotDone)
        return _news(chat, heard, wanted=False, first=decision.complaint)
    if not heard.reading.consent:
        return decision
    match decision:
        case Open():
            return replace(decision, call=True)
        case Add():
            return MayCall((decision.complaint,))
        case Together():
            parts = tuple(replace(one, call=True) if isinstance(one, Open) else one for one in decision.parts)
            return Together(parts)
        case _:
            return decision


def _decided(chat: Chat, heard: Heard) -> Decision:
    mine = {one.complaint: one for one in chat.known}
    if heard.wish is not None:
        first = next(iter(chat.latest_first()), None)
        return _by_form(mine.get(heard.about or "") or first, heard.wish, heard)
    if heard.pressed is not None and heard.pressed.complaint in mine:
        return _pressed(heard.pressed)
    if heard.form == "reaction":
        return Nothing()
    if heard.form == "other":
        return Tell("not_understood")
    target = mine.get(heard.about) if heard.about is not None else None
    if heard.form == "removed":
        return Add(target.complaint) if target is not None else Nothing()
    if heard.form == "sticker":
        return _small_talk(chat)
    answer = afterwords.answered(chat, heard) or answers.answered(chat, heard)
    if answer is not None:
        return answer
    if heard.cited and not heard.carries and frozenset(heard.reading.meaning) <= _OF_A_CODE:
        one = target.complaint if target is not None else heard.stranger
        return Tell("status", (one,)) if one is not None else Tell("nothing_open")
    if heard.forwarded and heard.reading.says in _OF_OTHERS:
        return belonging.content(chat, target, heard)
    if heard.stranger is not None and also(heard.reading.words):
        return Affected(heard.stranger)
    if heard.carries and heard.reading.says not in ("done", "not_done", "withdraw", "forget", "mistaken"):
        return belonging.content(chat, target, heard)
    if target is None and heard.reading.says in _BY_CHANCE and told_of_something_else(chat, heard):
        return mixing.several(chat, heard) or Open(heard.reading.level)
    return _said(chat, target, heard)


def _pressed(button: Pressed) -> Decision:
    match button.wish:
        case "confirm":
            return Done(button.complaint)
        case "reopen":
            return NotDone(button.complaint)
        case "status":
            return Tell("status", (button.complaint,))


def _by_form(target: Known | None, wish: Wish, heard: Heard) -> Decision:
    """A form's person has one complaint: whatever was meant, it is not read from the words whether there is one. Other
    wishes in the words of an addition count as in any chat."""
    if target is None:
        return Open(heard.reading.level) if wish == "open" else Tell("nothing_open")
    match wish:
        case "done":
            return Done(target.complaint)
        case "not_done":
            return NotDone(target.complaint)
        case "withdraw":
            return Cancel(target.complaint)
        case "open":
            return belonging.added(target, heard)
        case "add":
            asked = heard.reading.says in ("forget", "withdraw", "confidential", "call", "done", "not_done")
            return _said(Chat((target,)), target, heard) if asked else belonging.added(target, heard)


def _said(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    match heard.reading.says:
        case "forget":
            return Forget(ids(chat.latest_first()))
        case "status":
            return _status(chat, target, heard)
        case "when":
            return _when(chat, target, heard)
        case "withdraw":
            return _withdraw(chat, target, heard)
        case "mistaken":
            return _mistaken(chat, heard)
        case "confidential":
            return _confidential(chat, target, heard)
        case "call":
            return _call(chat, target, heard)
        case "stop_news" | "resume_news" as says:
            waits = belonging.asked(chat)
            if waits is not None and heard.reading.meaning == ("berhenti",) and target is None:
                return Add(waits.complaint)  # an office asked whether it still does
            return _news(chat, heard, wanted=says == "resume_news")
        case "done":
            return done(chat, target, heard)
        case "not_done":
            return not_done(chat, target, heard)
        case "also":
            return _also(chat, target, heard)
        case "content":
            return belonging.content(chat, target, heard)
        case _:
            return _courtesy(chat, target, heard)


def _courtesy(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    match heard.reading.says:
        case "help":
            return Tell("help")
        case "announce":
            return Tell("greeting")
        case "thanks" if (told := _told_enough(chat, target, heard)) is not None:
            return Done(told.complaint)
        case "greeting" | "thanks" as says:
            return Tell(says, ids(active(chat) or chat.latest_first()[:1]))
        case "agreed":
            waiting = target if target is not None and target.asked else belonging.asked(chat)
            return Add(waiting.complaint) if waiting is not None else _small_talk(chat)
        case _:
            return _small_talk(chat)


def _told_enough(chat: Chat, target: Known | None, heard: Heard) -> Known | None:
    """`Baik, jawabannya jelas. Terima kasih`: who had asked a question has been answered."""
    resolved = belonging.within(chat, "resolved")
    one = target or (resolved[0] if len(resolved) == 1 else None)
    clear = frozenset(heard.reading.words) & {"jelas", "paham", "mengerti", "ngerti"}
    return one if one is not None and one.phase == "resolved" and clear else None


def _small_talk(chat: Chat) -> Decision:
    latest = chat.latest_first()[:1]
    return Tell("thanks", ids(latest)) if latest else Tell("greeting")


def _status(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    more = mixing.beside(chat, heard) if target is None else None
    if more is not None:
        return more
    if target is not None:
        return Tell("status", (target.complaint,))
    if heard.stranger is not None:
        return Tell("status", (heard.stranger,))
    shown = active(chat) or chat.latest_first()[:1]
    meant = pointed(chat.in_order(), heard)
    if meant:
        return Tell("status", meant)
    return Tell("status", ids(shown)) if shown else Tell("nothing_open")


def _when(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    """`kapan diperbaiki`: a question for news where something is known, else it is told for the first time. Beside a
    plain BELUM to what was called done it is that BELUM (`alun tajawab pak, ambo tanyo hari apo`)."""
    over = (target,) if target is not None else active(chat)
    denied = any(one.verdict == "not_done" and not one.clause.asks for one in heard.reading.said[:-1])
    if denied and over and all(one.phase == "resolved" for one in over):
        return not_done(chat, target, heard)
    tells = bool(heard.reading.topics) or heard.reading.bad or len(heard.reading.meaning) > 4
    new = not chat.known or stranger_to(chat, heard) or (heard.reading.asks and belonging.unheard(chat, heard))
    if target is None and new and heard.reading.telling and tells:
        return belonging.content(chat, target, heard)
    return _status(chat, target, heard)


def _withdraw(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    going = belonging.counted(chat, active(chat))
    if target is not None:
        return Cancel(target.complaint)
    meant = pointed(going, heard)
    return one_of(meant or ids(going), Cancel, "withdraw", "nothing_open")


def _mistaken(chat: Chat, heard: Heard) -> Decision:
    """`maaf salah sambung`: what has just been opened was not meant for us."""
    fresh = [one for one in active(chat) if heard.at - (one.opened or one.last_heard) <= JUST_OPENED]
    return Cancel(fresh[0].complaint) if len(fresh) == 1 else _small_talk(chat)


def _confidential(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    """Raised for everything that is going on: to protect too much can be mended, too little can't."""
    candidates = (target,) if target is not None else active(chat) or chat.latest_first()[:1]
    if not candidates and announces(heard.reading.words):
        return Tell("greeting")  # `mau lapor, tapi jangan bilang ke guru`: kept for what comes
    if not candidates or heard.reading.level is None:
        return Tell("nothing_open")
    only = numbered(chat.in_order(), heard)
    if not only and "yang" in heard.reading.words[:2] and len(meant := pointed(candidates, heard)) == 1:
        only = meant  # `yang preman itu tolong dirahasiakan`
    if only and len(candidates) > 1:
        return Raise(only, heard.reading.level)
    return Raise(ids(candidates), heard.reading.level)


def _call(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    candidates = (target,) if target is not None else active(chat) or chat.latest_first()[:1]
    if not candidates:
        return Tell("nothing_open")
    return MayCall(ids(candidates), heard.reading.call is True)


def _only_tells(chat: Chat, decision: Decision) -> bool:
    """A further message, as BELUM is before anything is resolved."""
    waits = {one.complaint for one in chat.known if one.phase == "open"}
    return isinstance(decision, Add) or (isinstance(decision, NotDone) and decision.complaint in waits)


def _news(chat: Chat, heard: Heard, *, wanted: bool, first: str | None = None) -> Decision:
    """Respected for the person, so for every complaint of this chat; for one alone where a word names it."""
    order = sorted(chat.latest_first(), key=lambda one: one.complaint != first)
    named = () if first is not None or heard.about is not None else pointed(chat.in_order(), heard)
    meant = named if len(named) == 1 else ids(order)
    return News(meant, wanted) if meant else Tell("greeting" if wanted else "nothing_open")


def _also(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    if target is None and heard.stranger is not None:
        return Affected(heard.stranger)
    if not active(chat) and target is None and not (heard.reading.topics or heard.reading.bad):
        return Tell("greeting")
    return belonging.content(chat, target, heard)
