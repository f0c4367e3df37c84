"""The counts as they stand."""

from dataclasses import dataclass

import asyncpg

from services.reporting.read_models.scoreboard.tally import FIGURES


@dataclass(frozen=True)
class Counted:
    """One row of the scoreboard: `scope` and `key` as in `tally.Place`."""

    scope: str
    key: str
    figures: dict[str, int]

    @property
    def open(self) -> int:
        return self.figures["screening"] + self.figures["working"]


NOTHING = dict.fromkeys(FIGURES, 0)


async def to_screen(pool: asyncpg.Pool, city: str) -> int:
    """How many of a city's complaints wait for a screener."""
    return int(await pool.fetchval(
        "select screening from reporting.tally where city = $1 and scope = 'city'", city
    ) or 0)  # fmt: skip


async def of_city(pool: asyncpg.Pool, city: str) -> list[Counted]:
    """Every row of a city: itself, its seats, kelurahan and categories."""
    rows = await pool.fetch("select * from reporting.tally where city = $1 order by scope, key", city)
    return [Counted(row["scope"], row["key"], {name: row[name] for name in FIGURES}) for row in rows]
