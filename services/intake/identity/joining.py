"""Chats that are one person's: codes given out and taken, and what a chat knows of the others' complaints."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts.intake import AskKind
from services.intake.conversation.decisions import Tell
from services.intake.identity import codes
from services.intake.inbox.incoming import Incoming

if TYPE_CHECKING:
    from services.runtime.vault import Connection

_TAKE = (
    "update intake.join_code set used_at = $3 where lookup = $1 and city = $2 and used_at is null and expires_at > $3 "
    "and conversation <> $4 returning conversation"
)
_JOIN = "insert into intake.joined (conversation, other) values ($1, $2), ($2, $1) on conflict do nothing"
_OTHERS = (
    "select conversation as chat, complaint from intake.linked where conversation = any($1) "
    "union select j.conversation, c.complaint from intake.joined j join intake.complaint c on c.conversation = j.other "
    "where j.conversation = any($1)"
)


async def said(connection: "Connection", one: Incoming, chat: str, id_key: bytes) -> Tell | None:
    """What comes of SAMBUNG, with a code or without; None: the message is about something else."""
    text = (one.message.text or "")[:200]
    code = codes.given(text)
    if code is not None:
        came = await take(connection, one.city.id, code, chat, one.at, id_key)
        return Tell(came) if came == "joined" or codes.sure(text) else None
    if not codes.asked(text):
        return None
    await give(connection, one.city.id, codes.of(id_key, one.key), chat, one.at, id_key)
    return Tell("join_code")


async def give(  # noqa: PLR0917  # a code, whose, until when
    connection: "Connection", city: str, code: str, chat: str, at: datetime, id_key: bytes
) -> None:
    await connection.execute(
        "insert into intake.join_code (lookup, city, conversation, expires_at) values ($1, $2, $3, $4) "
        "on conflict do nothing",
        codes.lookup(id_key, code), city, chat, at + codes.GOOD_FOR,
    )  # fmt: skip


async def take(  # noqa: PLR0917  # a code, by whom, when
    connection: "Connection", city: str, code: str, chat: str, at: datetime, id_key: bytes
) -> AskKind:
    other = await connection.fetchval(_TAKE, codes.lookup(id_key, code), city, at, chat)
    if other is None:
        return "join_unknown"
    await connection.execute(_JOIN, chat, other)
    return "joined"


async def others(connection: "Connection", chats: Sequence[str]) -> dict[str, set[str]]:
    """By chat: complaints of other chats that are this person's, too."""
    found: dict[str, set[str]] = {}
    for row in await connection.fetch(_OTHERS, list(chats)):
        found.setdefault(row["chat"], set()).add(row["complaint"])
    return found


async def forget(connection: "Connection", *, complaint: str | None = None, chat: str | None = None) -> None:
    if complaint is not None:
        await connection.execute("delete from intake.linked where complaint = $1", complaint)
    if chat is not None:
        await connection.execute("delete from intake.linked where conversation = $1", chat)
        await connection.execute("delete from intake.joined where conversation = $1 or other = $1", chat)
        await connection.execute("delete from intake.join_code where conversation = $1", chat)


async def link(connection: "Connection", pairs: Iterable[tuple[str, str]]) -> None:
    """Chat and complaint: proven by what was sent to that address alone."""
    await connection.executemany(
        "insert into intake.linked (conversation, complaint) values ($1, $2) on conflict do nothing", list(pairs)
    )
