"""What is known of pictures: fingerprints as intake keeps them, and which were shown as proof of what.

Fingerprints stand beside the vault (`intake.picture`, `intake.upload`), proofs in a table of the router's own that
follows from the log.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts.fingerprints import LIKE, MIRRORED, near_bands

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

_SIGN = 1 << 63
ONE_SHOWS = 0x5EED_9127
"""Any number that no other lock of the router's database has."""

_KNOWN = """
select u.reference, u.place, u.taken_at, p.digest, p.hash
from intake.upload u left join intake.picture p using (reference)
where u.city = $1 and u.reference = any($2::text[])
"""

_SAME_CONTENT = "select reference, complaint, 0 as bits from intake.picture where city = $1 and digest = $2"

_NEAR = """
select reference, complaint,
    least(bit_count((hash # $6)::bit(64)), bit_count((hash # $7)::bit(64)))::integer as bits
from intake.picture
where city = $1 and hash is not null
    and (band0 = any($2::int[]) or band1 = any($3::int[]) or band2 = any($4::int[]) or band3 = any($5::int[]))
    and least(bit_count((hash # $6)::bit(64)), bit_count((hash # $7)::bit(64))) <= $8
order by bits limit 200
"""

_NOTE = """
insert into router.proof (reference, complaint, city, round)
select r, $1, $2, n from unnest($3::text[], $4::int[]) as given(r, n)
on conflict (reference, complaint) do update set round = greatest(router.proof.round, excluded.round)
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """`place`: sealed, as the file said it; `taken`: naive unless the camera wrote its offset."""

    reference: str
    place: str | None
    taken: datetime | None
    digest: str | None
    fingerprint: int | None


@dataclass(frozen=True, slots=True)
class Near:
    """A picture like the one asked for. `complaint`: whose reporter sent it; None for an office's upload."""

    reference: str
    complaint: str | None
    bits: int


@dataclass(frozen=True, slots=True)
class Proof:
    reference: str
    complaint: str
    round: int


class Pictures:
    def __init__(self, pool: "Pool", vault_pool: "Pool") -> None:
        self._pool = pool
        self._vault_pool = vault_pool
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """One command with pictures at a time, whichever router has it: two that show the same one at the same moment
        would not know of each other. The lock of our own first, so that those who wait hold no connection."""
        async with self._turn, self._pool.acquire() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", ONE_SHOWS)
            yield

    async def uploads(self, city: str, references: Sequence[str]) -> dict[str, Upload]:
        """Those of them that were uploaded to this city."""
        rows = await self._vault_pool.fetch(_KNOWN, city, list(references))
        return {
            row["reference"]: Upload(
                row["reference"],
                row["place"],
                datetime.fromisoformat(row["taken_at"]) if row["taken_at"] else None,
                row["digest"],
                None if row["hash"] is None else row["hash"] % (1 << 64),
            )
            for row in rows
        }

    async def like(self, city: str, upload: Upload) -> list[Near]:
        """Every picture of the city that may be the same one, cut, painted over or mirrored; itself among them."""
        found: dict[str, Near] = {upload.reference: Near(upload.reference, None, 0)}
        if upload.fingerprint is not None:
            mirrored = upload.fingerprint ^ MIRRORED
            bands = [
                sorted({*one, *other})
                for one, other in zip(near_bands(upload.fingerprint), near_bands(mirrored), strict=True)
            ]
            rows = await self._vault_pool.fetch(
                _NEAR, city, *bands, _signed(upload.fingerprint), _signed(mirrored), LIKE
            )
            found |= {row["reference"]: Near(row["reference"], row["complaint"], row["bits"]) for row in rows}
        if upload.digest is not None:
            rows = await self._vault_pool.fetch(_SAME_CONTENT, city, upload.digest)
            found |= {row["reference"]: Near(row["reference"], row["complaint"], 0) for row in rows}
        return list(found.values())

    async def proofs(self, references: Sequence[str]) -> list[Proof]:
        """Where they were shown as proof."""
        rows = await self._pool.fetch(
            "select reference, complaint, round from router.proof where reference = any($1::text[])", list(references)
        )
        return [Proof(row["reference"], row["complaint"], row["round"]) for row in rows]

    async def note(self, city: str, complaint: str, proofs: Mapping[str, int]) -> None:
        """What a complaint's offices have shown, with the round; may be repeated."""
        if proofs:
            await self._pool.execute(_NOTE, complaint, city, list(proofs), list(proofs.values()))


def _signed(fingerprint: int) -> int:
    """As the database's 64-bit integer holds it."""
    return (fingerprint ^ _SIGN) - _SIGN
