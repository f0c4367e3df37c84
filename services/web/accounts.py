"""Local accounts of staff: one per seat. Names of accounts are `<city>:<seat>`."""

from collections.abc import Mapping

import asyncpg

from services.contracts.city import City
from services.web import passwords

_UPSERT = """
insert into staff.account (city, seat, holder, password) values ($1, $2, $3, $4)
on conflict (city, seat) do update
set password = excluded.password, holder = coalesce(excluded.holder, account.holder), changed_at = now(),
    closed_at = null
"""


class UnknownSeat(Exception):
    """The city file has no such seat."""


def split(name: str) -> tuple[str, str]:
    """`bengkulu:dlh` → (`bengkulu`, `dlh`); raises UnknownSeat for anything else."""
    city, colon, seat = name.strip().lower().partition(":")
    if not (city and colon and seat):
        raise UnknownSeat(name)
    return city, seat


async def create(
    connection: asyncpg.Connection, cities: Mapping[str, City], name: str, password: str, holder: str | None = None
) -> None:
    """Make the account or give it this password; its open sessions end. Raises UnknownSeat."""
    city, seat = split(name)
    if city not in cities or seat not in cities[city].seats:
        raise UnknownSeat(name)
    async with connection.transaction():
        await connection.execute(_UPSERT, city, seat, holder, passwords.make(password))
        await connection.execute("delete from staff.session where city = $1 and seat = $2", city, seat)


async def begin(pool: asyncpg.Pool, city: str, seat: str, stored: str) -> bool:
    """Make the account of a seat that never had one; False if it has one, also a closed one."""
    made = await pool.fetchval(
        "insert into staff.account (city, seat, password) values ($1, $2, $3) on conflict do nothing returning true",
        city, seat, stored,
    )  # fmt: skip
    return bool(made)


async def seed(connection: asyncpg.Connection, cities: Mapping[str, City], wanted: Mapping[str, str]) -> int:
    """Bring every account of `wanted` (name → password) to its password; how many had to change."""
    stored = {
        f"{row['city']}:{row['seat']}": row["password"]
        for row in await connection.fetch("select city, seat, password from staff.account where closed_at is null")
    }
    changed = 0
    for name, password in sorted(wanted.items()):
        if name not in stored or not passwords.fits(stored[name], password):
            await create(connection, cities, name, password)
            changed += 1
    return changed
