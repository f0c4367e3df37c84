"""What is remembered of every file that came in, to know it again: `intake.picture`.

Kept beside the vault, never in the log: a fingerprint says a little of a picture, so it goes with its reporter's
erasure. Nothing but the check of evidence reads it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.contracts import ids
from services.runtime.blobs import Blob

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    from services.runtime.vault import Pool

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]

_SIGN = 1 << 63


def content_digest(id_key: bytes, blob: Blob) -> str:
    """Keyed, so that nobody can try out pictures; the same content has the same one whoever sent it."""
    return ids.derive(id_key, "content", blob.sha256)


@dataclass(frozen=True, slots=True)
class Kept:
    """`complaint` and `party` stand for what a reporter sent; an office's upload belongs to none."""

    city: str
    reference: str
    digest: str
    fingerprint: int | None
    complaint: str | None = None
    party: str | None = None

    async def keep(self, pool: "Pool") -> None:
        """May be repeated."""
        await pool.execute(
            "insert into intake.picture (reference, city, complaint, party, digest, hash) "
            "values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            self.reference, self.city, self.complaint, self.party, self.digest, signed(self.fingerprint),
        )  # fmt: skip


async def fingerprint_of(pool: "Pool", reference: str) -> int | None:
    found = await pool.fetchval("select hash from intake.picture where reference = $1", reference)
    return None if found is None else int(found) % (1 << 64)


async def forget(connection: "Connection", complaint: str, party: str) -> None:
    """With the party's erasure."""
    await connection.execute("delete from intake.picture where complaint = $1 and party = $2", complaint, party)


def signed(fingerprint: int | None) -> int | None:
    """As the database's 64-bit integer holds it."""
    return None if fingerprint is None else (fingerprint ^ _SIGN) - _SIGN
