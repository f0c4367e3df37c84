"""Words of a wish that stand by chance in what is told: `batal nikah gara-gara banjir`, `status gizi buruk`. Pure.

What a message says by itself is read without knowing the chat. Whoever calls something off, asks how it stands or says
that it is done speaks of something that the chat knows, or of nothing but that. A message that names a place or an ill,
and shares neither matter nor words with anything this chat has brought, tells of something else.
"""

from services.intake.conversation.belonging import LONG_SILENCE
from services.intake.conversation.chat import Chat, Heard, Known
from services.intake.conversation.setting_out import PLACING, has_place
from services.intake.conversation.sign_words import ADDRESS
from services.intake.conversation.topics import akin
from services.intake.conversation.withdrawing import withdraws

_OF_REPORTS = frozenset({"laporan", "lapor"})
ENOUGH = 5
"""Words that carry something, from which a message can tell a matter beside the word of the wish."""


def told_of_something_else(chat: Chat, heard: Heard) -> bool:
    reading = heard.reading
    told = frozenset(reading.words)
    if not chat.known or heard.about is not None or heard.cited or len(reading.meaning) < ENOUGH:
        return False
    placed = has_place(heard) and bool(told & PLACING - {"jalan"})
    if told & _OF_REPORTS or not (reading.bad or placed) or not (reading.topics or placed):
        return False
    if reading.says == "done" and not reading.bad and "lagi" not in told:
        return False  # it brings nothing
    if reading.says == "withdraw" and any(_wishes_alone(one.clause.words) for one in reading.said):
        return False  # `idak usahlah pak, la diingatkan pak RT`
    return all(_strange(one, heard) for one in chat.known)


def _wishes_alone(clause: tuple[str, ...]) -> bool:
    """A clause that is nothing but the wish."""
    return len([word for word in clause if word not in ADDRESS]) <= 3 and withdraws(clause, asks=False)


def _strange(one: Known, heard: Heard) -> bool:
    """Neither matter nor words in common. A picture without words may be of anything for some hours."""
    if one.marks & heard.marks:
        return False
    if not one.topics:
        return bool(one.marks) or heard.at - one.stirred > LONG_SILENCE
    told = heard.reading.topics
    if told:
        return not one.topics & told and not akin(one.topics, told)
    return bool(heard.marks) and heard.at - one.stirred > LONG_SILENCE
