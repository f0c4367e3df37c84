"""Failures that a provider reported before we knew which of its messages is ours: its receipt overtook its answer.

Kept for a short while, and taken up once the answer is written down. What no message of ours is known for until then
was another program's on the same number. No address and no word stands in it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.contracts.intake import StoredReceipt

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

KEPT = "2 hours"
"""Longer than an answer can take, and than a lost one stays unknown (`Patience.hold`)."""

_KEEP = """
insert into delivery.early (provider_key, notice, receipt) values ($1, $2, $3) on conflict (provider_key) do nothing
"""

_TAKE = f"""
with over as (delete from delivery.early where at < now() - interval '{KEPT}')
delete from delivery.early e using delivery.notice n
where n.provider_key = e.provider_key or (n.id = e.notice and n.status <> 'sending')
returning e.receipt
"""  # noqa: S608  # no value of anybody's


@dataclass(frozen=True, slots=True)
class Early:
    pool: "Pool"

    async def keep(self, receipt: StoredReceipt) -> None:
        """Harmless to repeat."""
        await self.pool.execute(_KEEP, receipt.provider_key, receipt.notice, receipt.model_dump_json())

    async def take(self) -> list[StoredReceipt]:
        """Those whose message is known by now; they are the caller's."""
        rows = await self.pool.fetch(_TAKE)
        return [StoredReceipt.model_validate_json(row["receipt"]) for row in rows]
