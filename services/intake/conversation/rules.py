"""Which complaint a message belongs to, and what it wants of it. Pure: what is known of the chat and the message in,
one decision out.

A reference decides first: a button of ours, a ticket code in the text, the message that is answered. Only references
to the chat's own complaints count, so that nobody can speak for another by knowing a code; a stranger's code is good
for asking its status. Whether SUDAH confirms and BELUM reopens is decided by the complaint itself, which knows its
state better than a chat that may lag behind it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.contracts.base import Confidentiality
from services.contracts.buttons import Pressed
from services.contracts.intake import AskKind, Wish
from services.intake.conversation.phrases import Reading
from services.intake.conversation.topics import topics

Phase = Literal["open", "resolved", "closed", "withdrawn"]

LONG_SILENCE = timedelta(hours=12)
"""After it, a message that plainly speaks of something else is a new complaint; before it, people send in pieces."""
STILL_SAYS_NO = timedelta(days=30)
"""So long after its last word a bare BELUM still means the closed complaint."""
BARE = 5
"""Words up to which a BELUM that names no matter can only mean the last one."""
TELLS_SOMETHING = 3
"""Words from which a BELUM can stand as a complaint of its own."""


@dataclass(frozen=True, slots=True)
class Known:
    """One complaint of this chat. `asked`: an office waits for the reporter's answer."""

    complaint: str
    phase: Phase
    last_heard: datetime
    asked: bool = False
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as far as the rules look at it. `about`: own complaint that it answers or whose code it names."""

    at: datetime
    reading: Reading
    form: str = "text"
    carries: bool = False
    """A file or a place came with it."""
    pressed: Pressed | None = None
    about: str | None = None
    stranger: str | None = None
    """Complaint of somebody else whose ticket code the text names."""
    wish: Wish | None = None
    """A form says what it is for."""


@dataclass(frozen=True, slots=True)
class Open:
    level: Confidentiality | None = None


@dataclass(frozen=True, slots=True)
class Add:
    complaint: str


@dataclass(frozen=True, slots=True)
class Done:
    complaint: str


@dataclass(frozen=True, slots=True)
class NotDone:
    complaint: str


@dataclass(frozen=True, slots=True)
class Cancel:
    complaint: str


@dataclass(frozen=True, slots=True)
class Raise:
    complaints: tuple[str, ...]
    level: Confidentiality


@dataclass(frozen=True, slots=True)
class Forget:
    """Every complaint of this chat, and the chat."""

    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """No event: the notifier answers."""

    kind: AskKind
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """Neither event nor answer: a reaction under a message."""


Decision = Open | Add | Done | NotDone | Cancel | Raise | Forget | Tell | Nothing


def decide(known: tuple[Known, ...], heard: Heard) -> Decision:
    """`known`: the chat's complaints in any order."""
    chat = tuple(sorted(known, key=lambda one: one.last_heard, reverse=True))
    mine = {one.complaint: one for one in chat}
    if heard.wish is not None:
        return _by_form(mine.get(heard.about or "") or next(iter(chat), None), heard.wish, heard)
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
    if heard.carries and heard.reading.says not in ("done", "not_done"):
        return _content(chat, target, heard)
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
            return _added(target, heard)
        case "add":
            asked = heard.reading.says in ("forget", "withdraw", "confidential", "done", "not_done")
            return _said((target,), target, heard) if asked else _added(target, heard)


def _said(chat: tuple[Known, ...], target: Known | None, heard: Heard) -> Decision:
    match heard.reading.says:
        case "forget":
            return Forget(tuple(one.complaint for one in chat))
        case "status":
            return _status(chat, target, heard)
        case "withdraw":
            return _withdraw(chat, target)
        case "confidential":
            return _confidential(chat, target, heard)
        case "done":
            return _done(chat, target)
        case "not_done":
            return _not_done(chat, target, heard)
        case "content":
            return _content(chat, target, heard)
        case _:
            return _courtesy(chat, target, heard)


def _courtesy(chat: tuple[Known, ...], target: Known | None, heard: Heard) -> Decision:
    match heard.reading.says:
        case "help":
            return Tell("help")
        case "greeting" | "thanks" as says:
            return Tell(says, _ids(_active(chat) or chat[:1]))
        case "agreed":
            waiting = target if target is not None and target.asked else _asked(chat)
            return Add(waiting.complaint) if waiting is not None else _small_talk(chat)
        case _:
            return _small_talk(chat)


def _small_talk(chat: tuple[Known, ...]) -> Decision:
    return Tell("thanks", (chat[0].complaint,)) if chat else Tell("greeting")


def _status(chat: tuple[Known, ...], target: Known | None, heard: Heard) -> Decision:
    if target is not None:
        return Tell("status", (target.complaint,))
    if heard.stranger is not None:
        return Tell("status", (heard.stranger,))
    shown = _active(chat) or chat[:1]
    return Tell("status", _ids(shown)) if shown else Tell("nothing_open")


def _withdraw(chat: tuple[Known, ...], target: Known | None) -> Decision:
    candidates = (target,) if target is not None else _active(chat)
    return _one(candidates, Cancel)


def _confidential(chat: tuple[Known, ...], target: Known | None, heard: Heard) -> Decision:
    """Raised for everything that is going on: to protect too much can be mended, too little can't."""
    candidates = (target,) if target is not None else _active(chat) or chat[:1]
    if not candidates or heard.reading.level is None:
        return Tell("nothing_open")
    return Raise(_ids(candidates), heard.reading.level)


def _done(chat: tuple[Known, ...], target: Known | None) -> Decision:
    waiting = _asked(chat)
    candidates = (
        (target,) if target is not None else _in(chat, "resolved") or ((waiting,) if waiting else _in(chat, "open")[:1])
    )
    if not candidates:
        return Tell("thanks", (chat[0].complaint,)) if chat else Tell("nothing_open")
    return _one(candidates, Done)


def _not_done(chat: tuple[Known, ...], target: Known | None, heard: Heard) -> Decision:
    if target is not None:
        return NotDone(target.complaint)
    found = topics(heard.reading.words)
    if heard.reading.new or (chat and len(heard.reading.words) > TELLS_SOMETHING and _speaks_of_others(chat, found)):
        return Open(heard.reading.level)
    resolved = _in(chat, "resolved")
    fitting = tuple(one for one in resolved if one.topics & found) or resolved
    bare = len(heard.reading.words) <= BARE
    closed = tuple(
        one
        for one in _in(chat, "closed")
        if heard.at - one.last_heard <= STILL_SAYS_NO and (bare or one.topics & found)
    )
    candidates = fitting or _in(chat, "open")[:1] or closed[:1]
    if candidates:
        return _one(candidates, NotDone)
    return Open(heard.reading.level) if len(heard.reading.words) >= TELLS_SOMETHING else Tell("nothing_open")


def _content(chat: tuple[Known, ...], target: Known | None, heard: Heard) -> Decision:
    found = topics(heard.reading.words)
    if target is not None and not (target.phase in ("closed", "withdrawn") and _differs(target.topics, found)):
        return _added(target, heard)
    current = _current(chat, found)
    if heard.reading.new or current is None:
        return Open(heard.reading.level)
    late = heard.at - current.last_heard > LONG_SILENCE or current.phase == "resolved"
    telling = len(heard.reading.words) > TELLS_SOMETHING
    if late and telling and _differs(current.topics, found) and not current.asked:
        return Open(heard.reading.level)
    return _added(current, heard)


def _added(to: Known, heard: Heard) -> Decision:
    level = heard.reading.level
    return Add(to.complaint) if level is None else Raise((to.complaint,), level)


def _current(chat: tuple[Known, ...], found: frozenset[str]) -> Known | None:
    """The one that waits for an answer, else one that fits the words, else the one spoken of last."""
    active = _active(chat)
    return _asked(chat) or next((one for one in active if one.topics & found), active[0] if active else None)


def _speaks_of_others(chat: tuple[Known, ...], found: frozenset[str]) -> bool:
    return bool(found) and all(_differs(one.topics, found) for one in chat)


def _differs(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both speak of something, and of nothing in common."""
    return bool(one) and bool(other) and not one & other


def _one(candidates: tuple[Known, ...], act: type[Cancel] | type[Done] | type[NotDone]) -> Decision:
    if not candidates:
        return Tell("nothing_open")
    return act(candidates[0].complaint) if len(candidates) == 1 else Tell("which_complaint", _ids(candidates))


def _active(chat: tuple[Known, ...]) -> tuple[Known, ...]:
    return tuple(one for one in chat if one.phase in ("open", "resolved"))


def _in(chat: tuple[Known, ...], phase: Phase) -> tuple[Known, ...]:
    return tuple(one for one in chat if one.phase == phase)


def _asked(chat: tuple[Known, ...]) -> Known | None:
    return next((one for one in chat if one.asked and one.phase == "open"), None)


def _ids(some: tuple[Known, ...]) -> tuple[str, ...]:
    return tuple(one.complaint for one in some)
