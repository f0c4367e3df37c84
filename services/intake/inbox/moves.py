"""A person whose provider ids changed keeps chat and complaints, and what was theirs is theirs no more.

The provider vouches for it, in a signed webhook. A number is given to somebody else after a while, so the old one leads
to a new, empty chat from then on; a scoped id never is, so a chat that began under the new one is the same person's.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from services.contracts import ids
from services.intake.conversation import decisions
from services.intake.inbox import decided
from services.intake.inbox.incoming import Moved
from services.runtime.vault import Contact, Vault

if TYPE_CHECKING:
    from services.runtime.vault import Connection, Pool

REPORTER = "reporter:1"


class Moves:
    def __init__(self, pool: "Pool", vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def move(self, one: Moved) -> None:
        """Once for each notice, however often it comes: a late repeat must not move whoever has the number by then."""
        id_key = await self._vault.id_key(one.city.id)
        async with self._pool.acquire() as connection, connection.transaction():
            done = await connection.fetchval(
                "insert into intake.inbox (message_key, decision, digest, at) values ($1, $2, $1, now()) "
                "on conflict do nothing returning true",
                one.key, decided.to_row(decisions.Nothing()),
            )  # fmt: skip
            home = await _home(connection, one) if done else None
            if home is not None:
                await _take(connection, one, home)
                await _release(connection, id_key, one)
                await self._readdress(connection, one, home)

    async def _readdress(self, connection: "Connection", one: Moved, home: str) -> None:
        """Where answers go: of the chat, and of those of its complaints that are reached on this channel."""
        was, now = one.moved.was, one.moved.address or one.moved.person
        assert now is not None
        owners = [home] + [
            row["complaint"]
            for row in await connection.fetch(
                "select complaint from intake.complaint where conversation = $1 order by 1", home
            )
        ]
        found: list[Contact] = []
        for owner in owners:
            contact = await self._vault.contact(owner, REPORTER)
            if contact is not None and contact.channel == one.channel and contact.address in was:
                found.append(replace(contact, address=now))
        keys = await self._vault.keys([(contact.owner, REPORTER) for contact in found], connection)
        await self._vault.put_contacts(connection, [one for one in found if (one.owner, REPORTER) in keys], keys)


async def _home(connection: "Connection", one: Moved) -> str | None:
    """The person's chat, locked as `Chats` locks it; None: they never wrote."""
    rows = await connection.fetch("select alias, conversation from intake.alias where alias = any($1)", list(one.was))
    chats = {row["alias"]: row["conversation"] for row in rows}
    home = next((chats[alias] for alias in one.was if alias in chats), None)
    if home is not None:
        await connection.fetch(
            "select id from intake.conversation where id = any($1) order by id for update", sorted({home})
        )
    return home


async def _take(connection: "Connection", one: Moved, home: str) -> None:
    if one.person is not None:
        began = await connection.fetchval("select conversation from intake.alias where alias = $1", one.person)
        if began is not None and began != home:
            await connection.execute("update intake.alias set conversation = $2 where conversation = $1", began, home)
            await connection.execute(
                "update intake.complaint set conversation = $2 where conversation = $1", began, home
            )
            await connection.execute("update intake.waiting set conversation = $2 where conversation = $1", began, home)
            await connection.execute("select vault.destroy($1, $2)", began, REPORTER)
    for alias in (one.person, one.address):
        if alias is not None:
            await connection.execute(
                "insert into intake.alias (alias, conversation) values ($1, $2) "
                "on conflict (alias) do update set conversation = excluded.conversation",
                alias, home,
            )  # fmt: skip


async def _release(connection: "Connection", id_key: bytes, one: Moved) -> None:
    for alias in one.was:
        again = await connection.fetchval("select again from intake.alias where alias = $1 for update", alias)
        if again is not None:
            fresh = ids.derive(id_key, "conversation-again", alias, str(again + 1))
            await connection.execute(
                "update intake.alias set conversation = $2, again = again + 1 where alias = $1", alias, fresh
            )
