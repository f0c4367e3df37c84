"""A reporter who wrote by a form, at the desk or by an e-mail that nobody vouches for, and answers from his chat.

Two things together prove it: the answer comes from the very address that was given as contact, and it names the
complaint's ticket or answers a message of ours, which only that address got. A number alone proves nothing: whoever
typed it in a form may have typed somebody else's.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from services.contracts import ids
from services.intake.inbox.answering import way
from services.intake.inbox.incoming import Incoming

if TYPE_CHECKING:
    from services.runtime.vault import Connection


def reach(one: Incoming, id_key: bytes) -> str | None:
    """The chat that the contact given for a new complaint would have, as an alias; None: it came by that very chat.

    Of an e-mail it is kept in any case: the sender's next one may come without anybody to vouch for it.
    """
    by = way(one)
    if by is None or (by.channel == one.channel and one.channel != "email"):
        return None
    return ids.conversation_id(id_key, one.city.id, by.channel, by.address)


def claimed(one: Incoming, id_key: bytes) -> str | None:
    """An e-mail's address, where nobody vouches for it: whoever answers our letter has read it there."""
    address = one.message.sender.address
    if one.channel != "email" or address is None or address == one.message.sender.person:
        return None
    return ids.conversation_id(id_key, one.city.id, one.channel, address)


async def proven(
    connection: "Connection",
    batch: Sequence[Incoming],
    *,
    chat_of: Mapping[str, str],
    about: Mapping[str, str],
    tickets: Mapping[str, str],
    id_keys: Mapping[str, bytes],
) -> list[tuple[str, str]]:
    """Chat and complaint of each message that proves it. `about`: complaints by the message that is answered;
    `tickets`: by message key, of the ticket that is named."""
    wanted: list[tuple[str, str, str]] = []
    for one in batch:
        chat = chat_of.get(one.key)
        if chat is None or one.message.counter is not None:
            continue
        answered = about.get(one.reply_key) if one.reply_key is not None else None
        mail = claimed(one, id_keys[one.city.id])
        aliases = [*one.aliases, *([mail] if mail is not None and answered is not None else [])]
        for complaint in {answered, tickets.get(one.key)} - {None}:
            wanted += [(chat, complaint, alias) for alias in aliases]  # type: ignore[misc]  # None is taken out
    if not wanted:
        return []
    rows = await connection.fetch(
        "select w.chat, w.complaint from unnest($1::text[], $2::text[], $3::text[]) as w(chat, complaint, alias) "
        "join intake.complaint c on c.complaint = w.complaint and c.reach = w.alias and c.conversation is not null "
        "where c.conversation <> w.chat",
        *(list(column) for column in zip(*wanted, strict=True)),
    )
    return [(row["chat"], row["complaint"]) for row in rows]
