"""Pictures for those who may see them: opened when they are served, kept nowhere in between.

A reporter's picture is sealed with the key of its party, so after an erasure there is nothing to serve. A picture that
a person cleared for everybody gets a copy under a key of its own, because public pages have no rights in the vault.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from services.contracts import ids
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.closing import Picture
from services.runtime.blobs import Blobs
from services.runtime.sealing import DataKey, Unsealable
from services.runtime.vault import Vault

_UPLOADED = "select reference, content_type from intake.upload where reference = any($1::text[])"


@dataclass(frozen=True)
class Opened:
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Pictures:
    """`pool`: the vault's database; `uploads`: key of what offices uploaded."""

    pool: asyncpg.Pool
    vault: Vault
    blobs: Blobs
    uploads: DataKey

    async def types(self, references: Sequence[str]) -> dict[str, str]:
        """What kind of file each upload is."""
        if not references:
            return {}
        rows = await self.pool.fetch(_UPLOADED, list(references))
        return {row["reference"]: row["content_type"] for row in rows}

    async def open(self, card: Card, media: str, picture: Picture) -> Opened | None:
        """None: it was erased, or never was."""
        if picture.of == "office":
            found = await self.types([media])
            content = await self.blobs.get(self.uploads, media) if found else None
            return None if content is None else Opened(content, found[media])
        pair = (card.complaint, picture.party or "")
        key = (await self.vault.keys([pair])).get(pair)
        if key is None or picture.content_type is None:
            return None
        try:
            content = await self.blobs.get(key, media)
        except Unsealable:
            return None
        return None if content is None else Opened(content, picture.content_type)


@dataclass(frozen=True)
class Shown:
    """Copies of pictures that are cleared for everybody. `key`: of these copies alone, and of their names."""

    blobs: Blobs
    key: DataKey

    async def put(self, city: str, media: str, content: bytes) -> None:
        """Before the picture is cleared; may be repeated."""
        await self.blobs.put_as(self.key, self.name(city, media), content)

    async def get(self, city: str, media: str) -> bytes | None:
        return await self.blobs.get(self.key, self.name(city, media))

    async def take_away(self, city: str, media: str) -> None:
        """May be repeated."""
        await self.blobs.delete(self.name(city, media))

    def name(self, city: str, media: str) -> str:
        return ids.public_name(self.key.secret, city, media)

    async def named(self, name: str) -> bytes | None:
        """By the copy's own name; None for anything else that lies there."""
        try:
            return await self.blobs.get(self.key, name)
        except Unsealable:
            return None
