"""Keeps what each door heard by the hour, and notices the one that is silent against its habit."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.contracts.city import City, Door
from services.intake.silence.heard import Heard
from services.intake.silence.usual import BACK, Silence, silence
from services.runtime import figures, logs
from services.runtime.health import Check
from services.runtime.rounds import rounds

if TYPE_CHECKING:
    from services.runtime.vault import Pool

EVERY_SECONDS = 20.0

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class DoorState:
    door: Door
    last: datetime | None
    today: int
    """Messages within 24 hours."""
    silent: Silence | None


class Watch:
    def __init__(self, heard: Heard, pool: "Pool", cities: Mapping[str, City], clock: Callable[[], datetime]) -> None:
        self._heard = heard
        self._pool = pool
        self._cities = cities
        self._clock = clock
        self._silent: set[str] = set()

    def check(self) -> Check:
        """Ready all the same: nothing that this process could do better."""
        return Check(ok=True, detail={"silent": sorted(self._silent)})

    async def run(self, stop: asyncio.Event) -> None:
        await rounds(self.look, stop, EVERY_SECONDS, waits="doors_wait")
        await self._keep()

    async def look(self) -> None:
        await self._keep()
        found: set[str] = set()
        for city in self._cities.values():
            for one in await states(self._pool, city, self._clock()):
                if one.silent is not None:
                    found.add(f"{city.id}/{one.door.id}")
        for name in found - self._silent:
            where, _, door = name.partition("/")
            figures.record_call(where, door, "silent")
            _log.warning("door_silent", door=name)
        for name in self._silent - found:
            _log.info("door_heard_again", door=name)
        self._silent = found

    async def _keep(self) -> None:
        counts = self._heard.taken()
        if not counts:
            return
        try:
            await self._pool.execute(
                "insert into intake.heard (city, door, hour, messages, last) select * from unnest($1::text[], "
                "$2::text[], $3::timestamptz[], $4::integer[], $5::timestamptz[]) on conflict (city, door, hour) do "
                "update set messages = intake.heard.messages + excluded.messages, "
                "last = greatest(intake.heard.last, excluded.last)",
                *(list(column) for column in zip(*counts, strict=True)),
            )
        except BaseException:
            self._heard.back(counts)
            raise


async def states(pool: "Pool", city: City, now: datetime) -> list[DoorState]:
    """Every door of the city's file, in its order; one by which nothing ever came is new and no alarm."""
    rows = await pool.fetch(
        "select door, hour, messages, last from intake.heard where city = $1 and hour > $2",
        city.id, now - timedelta(weeks=BACK),
    )  # fmt: skip
    hours: dict[str, dict[datetime, int]] = {}
    last: dict[str, datetime] = {}
    for row in rows:
        hours.setdefault(row["door"], {})[row["hour"]] = row["messages"]
        last[row["door"]] = max(row["last"], last.get(row["door"], row["last"]))
    return [_state(door, hours.get(door.id, {}), last.get(door.id), now) for door in city.doors]


def _state(door: Door, hours: Mapping[datetime, int], last: datetime | None, now: datetime) -> DoorState:
    today = sum(count for hour, count in hours.items() if hour > now - timedelta(days=1))
    return DoorState(door, last, today, None if last is None else silence(hours, last, now))
