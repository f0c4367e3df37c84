"""What a chat is after a message: which complaint was spoken of, what we asked, what waits for the answer. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.intake.conversation.chat import ANSWER_WITHIN, WORD_WITHIN, Asks, Chat, Heard, Known, Question
from services.intake.conversation.decisions import (
    Add,
    Afterword,
    Cancel,
    Decision,
    Done,
    Hold,
    MayCall,
    News,
    NotDone,
    Open,
    Raise,
    Settle,
    Tell,
    Together,
)
from services.intake.conversation.lexicon import SPELLINGS
from services.intake.conversation.sign_words import ADDRESS, FUTURE
from services.intake.conversation.vocabulary import vocabulary

SAME_BREATH = timedelta(minutes=3)
"""Within it a question is not put again: people send five photos in a row."""
MOST_MARKS = 60
_NO_MARK = (
    frozenset(SPELLINGS)
    | ADDRESS
    | FUTURE
    | vocabulary(
        "setiap selalu sering hanya punya sangat terlalu malam pagi siang sore langsung dalam sampai sejak karena"
    )
)


def marking(found: Iterable[str]) -> frozenset[str]:
    """The words by which a matter is known again (`simpang`, `anggrek`); the caller hashes them."""
    return frozenset(word for word in found if len(word) >= 4 and word.isalpha() and word not in _NO_MARK)


def after(chat: Chat, heard: Heard, decision: Decision, opened: Sequence[str] = ()) -> Chat:
    """`opened`: ids of what the decision opens, in order."""
    match decision:
        case Hold():
            return replace(chat, question=_asked(chat, heard, decision))
        case Tell(kind="greeting") if heard.reading.says == "announce" or heard.reading.level is not None:
            return replace(chat, question=_next(heard) if chat.question is None else chat.question)
        case Tell(kind="nothing_open") if heard.reading.level is not None:
            return replace(chat, question=_next(heard) if chat.question is None else chat.question)
        case Open():
            kept = None if chat.question is not None and chat.question.asks in ("next", "word") else chat.question
            return _spoken(replace(chat, question=kept), heard, opened, told=_within(heard, decision))
        case Settle():
            chat = replace(chat, question=None)
            if decision.wish == "done" and len(decision.complaints) == 1:
                chat = _asks_a_word(chat, heard, decision.complaints[0])
            return _spoken(chat, heard, (*decision.complaints, *opened))
        case Together():
            return _together(chat, heard, decision, opened)
        case Cancel():
            return _spoken(chat, heard, (decision.complaint,), withdrawn=True)
        case Done():
            return _spoken(_asks_a_word(chat, heard, decision.complaint), heard, (decision.complaint,))
        case Afterword():
            return _spoken(replace(chat, question=None), heard, (decision.complaint,), told=frozenset())
        case NotDone() if chat.question is not None and chat.question.asks == "word":
            return _spoken(replace(chat, question=None), heard, (decision.complaint,))
        case News() if heard.reading.hushes and heard.reading.says != "stop_news":
            return _spoken(chat, heard, decision.complaints[:1])
        case Add() | NotDone():
            return _spoken(chat, heard, (decision.complaint,))
        case MayCall() if heard.reading.says == "content":
            return _spoken(chat, heard, decision.complaints[:1])
        case Raise():
            return _spoken(chat, heard, decision.complaints[:1])
        case _:
            return chat


def overdue(chat: Chat, at: datetime) -> Settle | None:
    """What waited too long for an answer goes where it most likely belongs; a matter of its own is never lost."""
    question = chat.question
    if question is None or not question.waiting or at - question.since <= ANSWER_WITHIN:
        return None
    if question.asks == "again":
        return Settle("open", (), question.waiting)
    options = [one for one in chat.known if one.complaint in question.options]
    latest = max(options, key=lambda one: one.stirred, default=None)
    return (
        Settle("open", (), question.waiting) if latest is None else Settle("add", (latest.complaint,), question.waiting)
    )


def expired(chat: Chat, at: datetime) -> Chat:
    """An announcement that nothing followed is forgotten, and the wish for a word."""
    question = chat.question
    within = WORD_WITHIN if question is not None and question.asks == "word" else ANSWER_WITHIN
    if question is not None and not question.waiting and at - question.since > within:
        return replace(chat, question=None)
    return chat


def _asked(chat: Chat, heard: Heard, hold: Hold) -> Question:
    before = chat.question.waiting if chat.question is not None else ()
    asks: Asks = "again" if hold.kind == "again_or_new" else "which"
    return Question(asks, hold.wish, hold.complaints, (*before, heard.key), heard.at)


def asks_again(chat: Chat, heard: Heard, hold: Hold) -> bool:
    """False where the same was asked a moment ago."""
    question = chat.question
    if question is None or question.asks == "word" or question.options != hold.complaints:
        return True
    return not heard.carries or heard.at - question.since > SAME_BREATH


def _asks_a_word(chat: Chat, heard: Heard, complaint: str) -> Chat:
    """SUDAH to what was said to be done is answered with one question, if no other one waits."""
    resolved = any(one.complaint == complaint and one.phase == "resolved" for one in chat.known)
    free = chat.question is None or chat.question.asks == "word"
    return replace(chat, question=Question("word", "add", (complaint,), (), heard.at)) if resolved and free else chat


def _next(heard: Heard) -> Question:
    return Question("next", "open", (), (), heard.at, heard.reading.level)


def _together(chat: Chat, heard: Heard, decision: Together, opened: Sequence[str]) -> Chat:
    fresh = iter(opened)
    parts = {part.spans: part for part in heard.reading.parts}
    for one in decision.parts:
        if isinstance(one, Open):
            part = parts.get(one.spans)
            own = replace(heard, marks=_marks_within(heard, one))
            chat = _spoken(chat, own, (next(fresh),), told=None if part is None else part.topics)
        else:
            chat = _spoken(chat, heard, (one.complaint,), told=frozenset())
    return chat


def _marks_within(heard: Heard, opening: Open) -> frozenset[str]:
    """Of the words of its own part: by the other's words it is not known again."""
    if not opening.spans or len(heard.clause_marks) != len(heard.reading.said):
        return heard.marks
    found = zip(heard.reading.said, heard.clause_marks, strict=True)
    own = [marks for one, marks in found if (one.clause.begin, one.clause.end) in opening.spans]
    return frozenset(mark for marks in own for mark in marks) or heard.marks


def _within(heard: Heard, opening: Open) -> frozenset[str] | None:
    """Topics of the part of a message that opens; None: of all of it."""
    if not opening.spans:
        return None
    clauses = [one.clause for one in heard.reading.said if (one.clause.begin, one.clause.end) in opening.spans]
    return frozenset(topic for clause in clauses for topic in clause.topics)


def told(chat: Chat, heard: Heard, complaints: Sequence[str]) -> Chat:
    """A message that had waited is known to belong to these."""
    return _spoken(chat, heard, complaints)


def _spoken(
    chat: Chat, heard: Heard, of: Sequence[str], *, withdrawn: bool = False, told: frozenset[str] | None = None
) -> Chat:
    known = {one.complaint: one for one in chat.known}
    for complaint in of:
        before = known.get(
            complaint, Known(complaint, "open", heard.at, opened=heard.at + timedelta(microseconds=len(known)))
        )
        known[complaint] = replace(
            before,
            phase="withdrawn" if withdrawn else before.phase,
            last_heard=max(before.last_heard, heard.at),
            topics=before.topics | (heard.reading.topics if told is None else told),
            marks=frozenset(sorted(before.marks | heard.marks)[:MOST_MARKS]),
        )
    return replace(chat, known=tuple(known.values()))
