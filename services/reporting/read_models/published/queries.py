"""What stands on the page for everybody. `pool` is the public role's: it can read no more than these views say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import asyncpg

State = Literal["working", "resolved", "closed"]
STATES: tuple[State, ...] = get_args(State)
SIZE = 20
"""Matters on a page."""
LAST_PAGE = 500

_FROM = (
    " from reporting.published where city = $1 and ($2::text is null or ward = $2)"
    " and ($3::text is null or category = $3) and ($4::text is null or phase = $4)"
)
_LIST = (
    "select category, ward, district, phase, ended_how, lead, received_at, expected_end, updated_at"
    f"{_FROM} order by received_at desc, id limit $5 offset $6"
)
# Without `updated_at`, which would be looked up for each.
_COUNT = f"select ward, category, phase, count(*)::integer as number{_FROM} group by ward, category, phase"
_PEOPLE = "select category, received from reporting.counted_people where city = $1"


@dataclass(frozen=True)
class Wanted:
    """None: any. `page`: from 1."""

    city: str
    ward: str | None = None
    category: str | None = None
    state: State | None = None
    page: int = 1


@dataclass(frozen=True)
class Counted:
    """How many there are, by whatever the reader did not choose himself. `wards` and `categories` each ignore their own
    filter, so that the other choices stay in sight."""

    states: Mapping[str, int]
    wards: Mapping[str, int]
    categories: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())


async def page(pool: asyncpg.Pool, wanted: Wanted) -> list[asyncpg.Record]:
    """One more than `SIZE` where another page follows; the newest first."""
    return list(await pool.fetch(
        _LIST, wanted.city, wanted.ward, wanted.category, wanted.state, SIZE + 1, (wanted.page - 1) * SIZE
    ))  # fmt: skip


async def counted(pool: asyncpg.Pool, wanted: Wanted) -> Counted:
    rows = await pool.fetch(_COUNT, wanted.city, None, None, wanted.state)
    states: dict[str, int] = {}
    wards: dict[str, int] = {}
    categories: dict[str, int] = {}
    for ward, category, phase, number in rows:
        here, of_it = wanted.ward in (None, ward), wanted.category in (None, category)
        if here and of_it:
            states[phase] = states.get(phase, 0) + number
        if of_it and ward is not None:
            wards[ward] = wards.get(ward, 0) + number
        if here:
            categories[category] = categories.get(category, 0) + number
    return Counted(states, wards, categories)


async def people(pool: asyncpg.Pool, city: str) -> dict[str, int]:
    """Matters of people of the last 90 days: those categories that have three or more."""
    return {row["category"]: row["received"] for row in await pool.fetch(_PEOPLE, city)}
