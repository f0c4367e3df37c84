"""Files of messages, fetched and attached after the complaint is open, by a table of work that survives a crash.

A file that can't be had or is not fit is refused in the complaint itself, so that nobody waits for it.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from services.complaint import commands as c
from services.contracts import ids
from services.contracts.commands import Refusal
from services.contracts.intake import Pin
from services.intake.evidence import media
from services.intake.evidence.kept import Kept, content_digest, fingerprint_of
from services.intake.inbox.acts import ComplaintDecider
from services.intake.inbox.chats import REPORTER
from services.runtime import logs
from services.runtime.blobs import Blobs
from services.runtime.failures import is_infrastructure
from services.runtime.rounds import rounds
from services.runtime.sealing import DataKey, seal, unseal
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from asyncpg import Record

    from services.runtime.vault import Pool

AT_ONCE = 4
LEASE_SECONDS = 60
"""So long a worker may take for one file before another takes it over."""
MOST_TRIES = 8
"""With pauses that double from 2 s: about eight minutes at the provider's."""

Reason = Literal["too_large", "wrong_type", "broken", "dangerous", "expired", "unavailable"]

_log = logs.get(__name__)


class Gone(Exception):
    """The provider has the file no more, or it is not to be had; `reason` is the one of `EvidenceRefused`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Fetcher(Protocol):
    """Gets a file from a channel's provider. Raises `Gone`, or OSError when it is worth trying again."""

    async def fetch(self, city: str, handle: str) -> bytes: ...


class EvidenceWorker:
    def __init__(
        self,
        *,
        pool: "Pool",
        vault: Vault,
        blobs: Blobs,
        uploads: DataKey,
        decider: ComplaintDecider,
        fetchers: Mapping[str, Fetcher],
    ) -> None:
        """`uploads`: key of what came by `POST /media`; `fetchers` by channel."""
        self._pool = pool
        self._vault = vault
        self._blobs = blobs
        self._uploads = uploads
        self._decider = decider
        self._fetchers = fetchers
        self._some = asyncio.Event()

    def wake(self) -> None:
        """There is new work."""
        self._some.set()

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self._round, stop, 1.0, waits="files_wait", wake=self._some)

    async def _round(self) -> bool:
        rows = await self._pool.fetch(_CLAIM, AT_ONCE, LEASE_SECONDS)
        await asyncio.gather(*(self._try(row) for row in rows))
        return bool(rows)

    async def _try(self, row: "Record") -> None:
        try:
            done = await self._one(row)
        except Exception as error:  # noqa: BLE001 - one file must not stop the others; it is tried again, then refused
            _log.warning("file_waits", complaint=row["complaint"], tries=row["tries"], error=error)
            if is_infrastructure(error) or row["tries"] < MOST_TRIES:
                await self._later(row)
                return
            done = await self._refuse(row, "unavailable")
        await self._pool.execute(
            "update intake.media set done = $3, sealed = '' where message_key = $1 and position = $2",
            row["message_key"], row["position"], done,
        )  # fmt: skip

    async def _later(self, row: "Record") -> None:
        await self._pool.execute(
            "update intake.media set next_at = now() + $3 * interval '1 second' "
            "where message_key = $1 and position = $2",
            row["message_key"], row["position"], min(2.0 ** row["tries"], LEASE_SECONDS),
        )  # fmt: skip

    async def _one(self, row: "Record") -> str:
        key = (await self._vault.keys([(row["complaint"], REPORTER)])).get((row["complaint"], REPORTER))
        if key is None:
            return "erased"
        named = unseal(key, row["message_key"], f"media{row['position']}", row["sealed"])
        try:
            file = await self._fetched(row, named) if row["fetched"] else await self._uploaded(row["city"], named)
        except (Gone, media.Unfit) as unfit:
            return await self._refuse(row, unfit.reason)
        id_key = await self._vault.id_key(row["city"])
        blob = await self._blobs.put(key, id_key, file.content)
        kept = Kept(row["city"], blob.name, content_digest(id_key, blob), file.fingerprint, row["complaint"], REPORTER)
        await kept.keep(self._pool)
        cause = self._cause(id_key, row)
        place = None
        if file.place is not None:
            place = seal(key, cause, "taken_place", json.dumps(file.place.model_dump()))
        attach = c.AttachEvidence(
            cause=cause,
            party=REPORTER,
            media=blob.name,
            content_type=file.content_type,
            size=len(file.content),
            width=file.width,
            height=file.height,
            taken_place=place,
        )
        done = await self._execute(row, cause, attach, "attached")
        if done != "attached":  # erased meanwhile
            await self._pool.execute("delete from intake.picture where reference = $1", blob.name)
        return done

    async def _fetched(self, row: "Record", handle: str) -> media.File:
        fetcher = self._fetchers.get(row["channel"])
        if fetcher is None:
            raise Gone("unavailable")
        return await asyncio.to_thread(media.prepare, await fetcher.fetch(row["city"], handle))

    async def _uploaded(self, city: str, reference: str) -> media.File:
        """An adapter's upload was prepared when it came; the copy here is sealed for the reporter."""
        row = await self._pool.fetchrow(
            "select * from intake.upload where reference = $1 and city = $2", reference, city
        )
        content = None if row is None else await self._blobs.get(self._uploads, reference)
        if row is None or content is None:
            raise Gone("unavailable")
        place = None
        if row["place"] is not None:
            place = Pin.model_validate_json(unseal(self._uploads, reference, "place", row["place"]))
        known = await fingerprint_of(self._pool, reference)
        return media.File(content, row["content_type"], row["width"], row["height"], place, fingerprint=known)

    async def _refuse(self, row: "Record", reason: Reason) -> str:
        cause = self._cause(await self._vault.id_key(row["city"]), row)
        return await self._execute(row, cause, c.RefuseEvidence(cause=cause, party=REPORTER, reason=reason), reason)

    async def _execute(self, row: "Record", cause: str, command: c.Command, done: str) -> str:
        outcome = await self._decider.execute(
            row["city"], row["complaint"], command, cause=cause, actor="service:intake"
        )
        if isinstance(outcome, Refusal):
            if outcome.code == "unknown_complaint":
                raise OSError("the complaint is not open yet")
            return outcome.code
        return done

    @staticmethod
    def _cause(id_key: bytes, row: "Record") -> str:
        return ids.derive(id_key, "evidence", row["message_key"], str(row["position"]))


_CLAIM = """
with due as materialized (
    select message_key, position from intake.media
    where done is null and next_at <= now() order by next_at limit $1 for update skip locked
)
update intake.media m
set tries = tries + 1, next_at = now() + $2 * interval '1 second'
from due where m.message_key = due.message_key and m.position = due.position
returning m.*
"""
