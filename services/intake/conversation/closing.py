"""SUDAH and BELUM in whatever words: which complaint they mean. Pure."""

from services.contracts.intake import Wish
from services.intake.conversation import belonging
from services.intake.conversation.belonging import STILL_MEANT, active, all_asked, ids, stranger_to, within
from services.intake.conversation.chat import Chat, Heard, Known
from services.intake.conversation.choosing import every, pointed
from services.intake.conversation.decisions import Decision, Done, Hold, NotDone, Open, Tell, Together
from services.intake.conversation.mixing import several
from services.intake.conversation.setting_out import has_place
from services.intake.conversation.topics import AT_PLACES, akin

BARE = 5
"""Words up to which a BELUM that names no matter can only mean the last one."""
TELLS_SOMETHING = 3
"""Words from which a BELUM can stand as a complaint of its own."""


def done(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    together = several(chat, heard) if target is None else None
    if together is not None:
        return together
    if target is not None:
        return Done(target.complaint)
    resolved = within(chat, "resolved")
    meant = pointed(belonging.counted(chat, resolved if len(resolved) > 1 and every(heard) else active(chat)), heard)
    if len(meant) > 1:
        return Together(tuple(Done(one) for one in meant))
    if meant:
        return Done(meant[0])
    candidates = resolved or all_asked(chat) or active(chat)
    if resolved and heard.reading.topics and len(heard.reading.topics) < 3 and stranger_to_all(resolved, heard):
        candidates = ()
    if not candidates:
        return _nothing_to_end(chat, heard)
    if len(candidates) == 1:
        return Done(candidates[0].complaint)
    if not resolved and not all_asked(chat):
        focus = candidates[0]
        return (
            Done(focus.complaint)
            if heard.at - focus.last_heard <= belonging.FRESH
            else _which(chat, candidates, "done")
        )
    return _which(chat, candidates, "done")


def stranger_to_all(some: tuple[Known, ...], heard: Heard) -> bool:
    """Said of something else than what is resolved: nothing akin to it, and it tells where, or what is bad."""
    told = heard.reading.topics
    return (
        len(heard.reading.meaning) > BARE
        and (heard.reading.bad or has_place(heard))
        and all(one.topics and not one.topics & told and not akin(one.topics, told) for one in some)
    )


def _nothing_to_end(chat: Chat, heard: Heard) -> Decision:
    if not chat.known and "terima-kasih" in heard.reading.words and not heard.reading.bad:
        return Tell("thanks")
    if not chat.known:
        return Open(heard.reading.level) if heard.reading.bad and heard.reading.telling else Tell("nothing_open")
    going = active(chat)
    if going:
        return belonging.content(chat, None, heard)
    if len(heard.reading.meaning) > BARE and stranger_to(chat, heard):
        return Open(heard.reading.level)
    return Tell("thanks", ids(chat.latest_first()[:1]))


def not_done(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    if target is not None:
        return NotDone(target.complaint)
    together = several(chat, heard)
    if together is not None:
        return together
    question = chat.question
    if question is not None and question.asks == "next":
        return belonging.content(chat, target, heard)
    if heard.reading.new or (len(heard.reading.meaning) >= TELLS_SOMETHING and _of_something_else(chat, heard)):
        return Open(heard.reading.level)
    going = belonging.counted(chat, active(chat))
    meant = pointed(going, heard)
    if len(meant) > 1:
        return Together(tuple(NotDone(one) for one in meant))
    if meant:
        return NotDone(meant[0])
    resolved = within(chat, "resolved")
    if len(resolved) > 1:
        return _which(chat, resolved, "not_done")
    if resolved:
        return NotDone(resolved[0].complaint)
    if going:
        return _before_the_end(chat, going, heard)
    return _after_the_end(chat, heard)


def _of_something_else(chat: Chat, heard: Heard) -> bool:
    told = heard.reading.topics
    return (
        bool(told)
        and bool(chat.known)
        and all(one.topics and not one.topics & told for one in chat.known)
        and not _still_that(chat, heard)
        and not _answers(chat, heard)
        and not (told <= AT_PLACES and any(one.marks & heard.marks for one in chat.known))
        and (belonging.active(chat) == () or belonging._another(belonging.active(chat), heard))
    )


def _answers(chat: Chat, heard: Heard) -> bool:
    """`belum selesai, baru ditimbun tanah`: it begins with the word that was asked for."""
    first = heard.reading.said[0]
    return len(within(chat, "resolved")) == 1 and first.verdict == "not_done" and not first.clause.topics


def _still_that(chat: Chat, heard: Heard) -> bool:
    """`masih bolong` of the iron plate over the drain: other words for what an office has just called done."""
    resolved = within(chat, "resolved")
    words = frozenset(heard.reading.words)
    still = bool(words & {"masih", "tetap", "lagi"}) and not has_place(heard)
    still = still or "bukan" in words  # `yang diperbaiki gang mangga, bukan gang sawo`
    return still and len(resolved) == 1 and akin(resolved[0].topics, heard.reading.topics)


def _before_the_end(chat: Chat, going: tuple[Known, ...], heard: Heard) -> Decision:
    """A follow-up."""
    waiting = all_asked(chat)
    if len(waiting) > 1:
        return _which(chat, waiting, "not_done")
    if waiting:
        return NotDone(waiting[0].complaint)
    if len(going) == 1:
        return NotDone(going[0].complaint)
    latest = max(going, key=lambda one: one.stirred)
    return (
        NotDone(latest.complaint) if heard.at - latest.stirred <= belonging.FRESH else _which(chat, going, "not_done")
    )


def _after_the_end(chat: Chat, heard: Heard) -> Decision:
    bare = len(heard.reading.words) <= BARE and not heard.reading.topics
    closed = tuple(
        one
        for one in within(chat, "closed")
        if heard.at - one.stirred <= STILL_MEANT
        and (bare or one.topics & heard.reading.topics or one.marks & heard.marks or _just_now(one, heard))
    )
    if closed:
        return NotDone(closed[0].complaint)
    if len(heard.reading.meaning) >= TELLS_SOMETHING or (heard.reading.topics and heard.reading.bad):
        return belonging.content(chat, None, heard) if within(chat, "closed") else Open(heard.reading.level)
    return Tell("nothing_open")


def _just_now(one: Known, heard: Heard) -> bool:
    """Taken back within the hour: `eh maaf, baunya masih ada`."""
    return heard.at - one.stirred <= belonging.FRESH and not has_place(heard)


def _which(chat: Chat, some: tuple[Known, ...], wish: Wish) -> Hold:
    return Hold("which_complaint", ids(belonging.counted(chat, some)), wish)
