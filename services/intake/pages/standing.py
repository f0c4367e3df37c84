"""What became of a form's message, or of a ticket, as the door remembers it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts import ids
from services.contracts.city import FORMS
from services.intake.identity import codes, joining
from services.intake.pages import keys
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

_BY_CHAT = """
select c.complaint, c.ticket, c.phase, c.asked, v.channel
from intake.alias a
join intake.complaint c on c.conversation = a.conversation
join intake.conversation v on v.id = a.conversation
where a.alias = any($1) order by c.last_heard_at limit 1
"""
_BY_TICKET = """
select c.complaint, c.ticket, c.phase, c.asked, v.channel
from intake.complaint c left join intake.conversation v on v.id = c.conversation
where c.city = $1 and c.ticket = $2
"""


@dataclass(frozen=True)
class Standing:
    """`channel`: by which its reporter's words come; None if the reporter was forgotten."""

    complaint: str
    ticket: str
    phase: str
    asked: bool
    channel: str | None


class Standings:
    def __init__(self, pool: "Pool", vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def of_key(self, city: str, key: str) -> Standing | None:
        """The report that a form's key opened; None: not yet, never, or forgotten."""
        id_key = await self._vault.id_key(city)
        aliases = [ids.conversation_id(id_key, city, channel, keys.person(key)) for channel in FORMS]
        return _standing(await self._pool.fetchrow(_BY_CHAT, aliases))

    async def join_code(self, city: str, key: str, at: datetime) -> str | None:
        """A code that joins the report of this form's key to the chat it is sent from: the same for a quarter of an
        hour, however often the page is asked. None: there is no such report."""
        found = await self.of_key(city, key)
        if found is None or found.channel is None:
            return None
        id_key = await self._vault.id_key(city)
        code = codes.of(id_key, f"web:{key}:{int(at.timestamp()) // 900}")
        async with self._pool.acquire() as connection:
            chat = await connection.fetchval(
                "select conversation from intake.complaint where complaint = $1", found.complaint
            )
            if chat is None:
                return None
            await joining.give(connection, city, code, chat, at, id_key)
        return code

    async def of_ticket(self, city: str, ticket: str) -> Standing | None:
        return _standing(await self._pool.fetchrow(_BY_TICKET, city, ticket))

    async def wait_for(self, city: str, key: str, seconds: float) -> Standing | None:
        """The queue is read within moments of the acknowledgement."""
        until = asyncio.get_running_loop().time() + seconds
        while True:
            found = await self.of_key(city, key)
            if found is not None or asyncio.get_running_loop().time() >= until:
                return found
            await asyncio.sleep(0.05)


def _standing(row: object) -> Standing | None:
    return None if row is None else Standing(**dict(row))  # type: ignore[call-overload]  # a Record's rows, by name
