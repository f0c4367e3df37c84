"""`DAFTAR K7Q2M4XZ`: the holder of a seat says from his chat what the console showed him, and the chat is his.

Who can open the console as the seat and write from the chat is the same person: one code shows both, once. From then on
the message reads as the wish for his list, so that he is answered with it; so it does whenever it comes again.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from services.contracts.officers import HOLDER, claim_key
from services.intake.inbox.incoming import Incoming
from services.runtime.vault import Contact, Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

_SAYS = re.compile(r"\s*(?:/start\s+)?daftar[\s_-]+([a-z2-7]{8})\s*", re.IGNORECASE)
CHANNELS = frozenset({"telegram", "whatsapp"})
"""Whose senders the provider vouches for; an e-mail's sender is easily made up."""
LIST = "daftar"


def code_in(text: str | None) -> str | None:
    found = _SAYS.fullmatch(text or "")
    return found[1].lower() if found is not None else None


class Claims:
    def __init__(self, pool: "Pool", vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def recast(self, batch: Sequence[Incoming]) -> list[Incoming]:
        """Each message as it is to be taken, in order; the same again for one that comes again."""
        return [await self._one(one) for one in batch]

    async def _one(self, one: Incoming) -> Incoming:
        code = code_in(one.message.text) if one.channel in CHANNELS and one.aliases else None
        if code is None or not await self._claimed(one, code):
            return one
        return replace(one, message=one.message.model_copy(update={"text": LIST}))

    async def _claimed(self, one: Incoming, code: str) -> bool:
        """Whether the code is this chat's, now or since before."""
        id_key = await self._vault.id_key(one.city.id)
        sender, alias = one.message.sender, one.aliases[0]
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(
                "select * from staff.claim_contact($1, $2, $3, $4)",
                one.city.id, claim_key(id_key, one.city.id, code), one.channel, alias,
            )  # fmt: skip
            if row is None or row["id"] is None:
                return False
            if row["fresh"]:
                key = (await self._vault.keys([(row["id"], HOLDER)], connection))[row["id"], HOLDER]
                contact = Contact(
                    row["id"], HOLDER, one.city.id, one.channel, one.door.id, sender.address or sender.person, None,
                    one.at,
                )  # fmt: skip
                await self._vault.put_holder(connection, contact, key)
        return True
