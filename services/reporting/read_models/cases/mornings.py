"""What a morning's message counts. Each question goes along an index; asked once a day for each city."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from services.reporting.read_models.cases.card import CARD, Card

MOST = 5_000
"""Late ones that are looked through for who is silent; a city with more has other worries than the exact count."""


@dataclass(frozen=True)
class Counts:
    new: int
    late: int
    resolved: int
    danger: int


_COUNTS = """
select
    (select count(*) from reporting.complaint where city = $1 and received_at >= $2
        and ended is distinct from 'elsewhere' and (card::jsonb ->> 'undone') is distinct from 'true') as new,
    (select count(*) from reporting.complaint where city = $1 and open and late) as late,
    (select count(*) from reporting.complaint where city = $1 and phase = 'resolved') as resolved,
    (select count(*) from reporting.complaint where city = $1 and open and urgency = 2) as danger
"""


async def counts(pool: asyncpg.Pool, city: str, since: datetime) -> Counts:
    row = await pool.fetchrow(_COUNTS, city, since)
    assert row is not None  # counts alone
    return Counts(row["new"], row["late"], row["resolved"], row["danger"])


async def late(pool: asyncpg.Pool, city: str) -> list[Card]:
    """Open and late, what is due longest first."""
    rows = await pool.fetch(
        "select card from reporting.complaint where city = $1 and open and late order by due, complaint limit $2",
        city, MOST,
    )  # fmt: skip
    return [CARD.validate_json(row["card"]) for row in rows]


async def in_hand(pool: asyncpg.Pool, city: str, seat: str, size: int = 500) -> list[Card]:
    """A seat's open ones that are worked on, what is due first on top."""
    rows = await pool.fetch(
        "select c.card from reporting.holding h join reporting.complaint c using (complaint) "
        "where h.city = $1 and h.seat = $2 and h.open and c.phase = 'working' "
        "order by h.due nulls last, h.complaint limit $3",
        city, seat, size,
    )  # fmt: skip
    return [CARD.validate_json(row["card"]) for row in rows]
