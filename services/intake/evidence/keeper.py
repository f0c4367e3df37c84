"""Files that come to us by HTTP, checked and kept under a reference until a message or a command names them."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.intake.evidence import media
from services.intake.evidence.kept import Kept, content_digest
from services.runtime.blobs import Blobs
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool


@dataclass(frozen=True, slots=True)
class Upload:
    reference: str
    file: media.File


class Keeper:
    def __init__(self, blobs: Blobs, vault: Vault, pool: "Pool", key: DataKey) -> None:
        """`key`: `MasterKey.derived("upload")`."""
        self._blobs = blobs
        self._vault = vault
        self._pool = pool
        self._key = key
        self._at_once = asyncio.Semaphore(2)

    async def keep(self, city: str, uploader: str, content: bytes) -> Upload:
        """The same content has the same reference. Raises media.Unfit, and what the machinery raises."""
        async with self._at_once:  # pictures are unpacked in memory
            file = await asyncio.to_thread(media.prepare, content)
        id_key = await self._vault.id_key(city)
        blob = await self._blobs.put(self._key, id_key, file.content)
        place = None
        if file.place is not None:
            place = seal(self._key, blob.name, "place", file.place.model_dump_json())
        await self._pool.execute(
            "insert into intake.upload (reference, city, uploader, content_type, size, width, height, place, "
            "taken_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
            blob.name, city, uploader, file.content_type, len(file.content), file.width, file.height, place,
            file.taken.isoformat() if file.taken else None,
        )  # fmt: skip
        await Kept(city, blob.name, content_digest(id_key, blob), file.fingerprint).keep(self._pool)
        return Upload(blob.name, file)
