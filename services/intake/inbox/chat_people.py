"""Whose chat it is: contacts and keys, files to fetch, and what goes when somebody is forgotten."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts import ids
from services.intake.evidence import kept
from services.intake.identity import joining
from services.intake.inbox import answering, decided
from services.intake.inbox.chat_rows import Batch, Remembered
from services.intake.officers import orders
from services.intake.officers.orders import Row
from services.intake.officers.recognising import row_of
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import Contact, KeyDestroyed, Vault

if TYPE_CHECKING:
    from services.runtime.vault import Connection

REPORTER, CONCERNED = "reporter:1", "concerned"

Keys = dict[tuple[str, str], DataKey]


def contacts(new: Iterable[Remembered], work: Batch) -> list[Contact]:
    """Of each chat, and of its complaints that can still be spoken of: a provider's window opens for all."""
    found: dict[str, Contact] = {}
    for result in new:
        one, sender = result.incoming, result.incoming.message.sender
        way = answering.way(one)
        if result.conversation is None or way is None:
            continue
        active = [known.complaint for known in work.chats[result.conversation].known if known.phase != "withdrawn"]
        for owner in (result.conversation, *active):
            found[owner] = Contact(
                owner=owner,
                party=REPORTER,
                city=one.city.id,
                channel=way.channel,
                door=way.door,
                address=way.address,
                name=sender.name,
                phone=sender.phone,
                email=sender.email,
                last_heard_at=one.at if way.channel == one.channel else None,
            )
    return list(found.values())


def parties(new: Iterable[Remembered]) -> list[tuple[str, str]]:
    """Whose words and files come, also where nobody can be answered."""
    found: list[tuple[str, str]] = []
    for result in new:
        counter = result.incoming.message.counter
        found += [(complaint, REPORTER) for complaint in decided.concerns(result.decision)]
        if counter is not None and counter.concerned is not None:
            found += [(opening.complaint, CONCERNED) for opening in decided.openings(result.decision)]
    return found


async def keys_of(vault: Vault, connection: "Connection", wanted: list[tuple[str, str]]) -> Keys:
    """Made where absent; whoever was forgotten meanwhile is left out."""
    keys = await vault.keys(wanted, connection)
    missing = [pair for pair in wanted if pair not in keys]
    try:
        return keys | await vault.make_keys(missing, connection)
    except KeyDestroyed:
        for pair in missing:
            try:
                keys |= await vault.make_keys([pair], connection)
            except KeyDestroyed:
                continue
        return keys


async def keep_media(connection: "Connection", new: Iterable[Remembered], keys: Keys) -> None:
    """Files to fetch later: opening never waits for them. Those of a message that opens several go with each."""
    rows: list[tuple[str, int, str, str, str, str, bool]] = []
    for result in new:
        one = result.incoming
        for nth, complaint in enumerate(decided.with_files(result.decision)):
            key, name = keys.get((complaint, REPORTER)), decided.media_key(one.key, nth)
            for position, media in enumerate(one.message.media if key is not None else ()):
                handle = media.reference or media.handle
                if handle is not None and key is not None:
                    sealed = seal(key, name, f"media{position}", handle)
                    rows.append((name, position, one.city.id, one.channel, complaint, sealed, media.reference is None))
    if rows:
        await connection.executemany(
            "insert into intake.media (message_key, position, city, channel, complaint, sealed, fetched) "
            "values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            rows,
        )


async def keep_orders(connection: "Connection", new: Sequence[Remembered], keys: Keys, work: Batch) -> None:
    """What officers want for their seats."""
    found: list[Row] = []
    heard: dict[str, datetime] = {}
    for result in new:
        chat, order = result.conversation, work.orders.get(result.incoming.key)
        if chat is None or chat not in work.officers:
            continue
        heard[work.officers[chat].contact] = result.incoming.at
        if order is not None and (key := keys.get((chat, REPORTER))) is not None:
            found.append(row_of(result.incoming, chat, order, key))
    await orders.keep(connection, found, heard)


async def forget_complaint(connection: "Connection", id_key: bytes, complaint: str) -> None:
    """Key, contact and links of a complaint, and of its chat if it was the last. May be repeated."""
    chat = await connection.fetchval(
        "select conversation from intake.complaint where complaint = $1 for update", complaint
    )
    await connection.execute(
        "update intake.complaint set conversation = null, topics = '{}', marks = '{}' where complaint = $1", complaint
    )
    await connection.execute("delete from intake.told where complaint = $1", complaint)
    await connection.execute("update intake.complaint set reach = null where complaint = $1", complaint)
    await joining.forget(connection, complaint=complaint)
    await connection.execute("delete from intake.waiting where complaint = $1", complaint)
    await kept.forget(connection, complaint, REPORTER)
    await connection.execute("select vault.destroy($1, $2)", complaint, REPORTER)
    if chat is not None and not await connection.fetchval(
        "select true from intake.complaint where conversation = $1 limit 1", chat
    ):
        await forget_chat(connection, id_key, chat)


async def forget_chat(connection: "Connection", id_key: bytes, chat: str) -> None:
    """Whoever was forgotten and writes again is somebody new, with a key of their own."""
    await joining.forget(connection, chat=chat)
    await connection.execute(
        "delete from intake.slowed where person in (select alias from intake.alias where conversation = $1)", chat
    )
    for row in await connection.fetch("select alias, again from intake.alias where conversation = $1", chat):
        fresh = ids.derive(id_key, "conversation-again", row["alias"], str(row["again"] + 1))
        await connection.execute(
            "update intake.alias set conversation = $2, again = again + 1 where alias = $1", row["alias"], fresh
        )
    await connection.execute("delete from intake.waiting where conversation = $1", chat)
    await connection.execute("update intake.conversation set question = null where id = $1", chat)
    await connection.execute("select vault.destroy($1, $2)", chat, REPORTER)
