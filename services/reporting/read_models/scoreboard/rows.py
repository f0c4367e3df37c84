"""Differences of counts, added to `reporting.tally`."""

from collections.abc import Mapping

import asyncpg

from services.reporting.read_models.scoreboard.tally import FIGURES, Place

_COLUMNS = ", ".join(FIGURES)
_ARRAYS = ", ".join(f"${number}::int[]" for number in range(4, 4 + len(FIGURES)))
_SUMS = ", ".join(f"{name} = tally.{name} + excluded.{name}" for name in FIGURES)
# Names come from FIGURES above, never from outside.
_ADD = f"""
insert into tally (city, scope, key, {_COLUMNS})
select * from unnest($1::text[], $2::text[], $3::text[], {_ARRAYS})
on conflict (city, scope, key) do update set {_SUMS}
"""  # noqa: S608


async def add(connection: asyncpg.Connection, changes: Mapping[Place, Mapping[str, int]]) -> None:
    """Rows in one order everywhere, so that two writers could not wait for each other."""
    if not changes:
        return
    places = sorted(changes)
    figures = [[changes[place].get(name, 0) for place in places] for name in FIGURES]
    await connection.execute(
        _ADD, [p.city for p in places], [p.scope for p in places], [p.key for p in places], *figures
    )
