"""When to learn again: counts people's decisions as they come, and starts a training beside the service when the city's
policy says that there are enough. The training is a process of its own; whatever becomes of it, this one goes on."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from services.contracts.city import City
from services.runtime import logs
from services.runtime.delivery import Delivery
from services.runtime.rounds import rounds

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

LOOK = 30.0
"""Seconds between two looks at the counts."""

_BY_PERSON = b'"by":"person"'
_TAUGHT = {"complaint.screened": _BY_PERSON, "complaint.assigned": _BY_PERSON, "complaint.handed_off": b"",
           "complaint.return_refused": b""}  # fmt: skip
"""Type → what the event, as we write it, holds when a person decided. Read without decoding it once more."""

_ADD = (
    "insert into router.learning as l (city, decided) select * from unnest($1::text[], $2::int[]) "
    "on conflict (city) do update set decided = l.decided + excluded.decided"
)
_TAKE = "update router.learning set decided = 0 where city = $1 and decided >= $2 returning city"

_log = logs.get(__name__)

Handler = Callable[[Sequence[Delivery]], Awaitable[None]]
Start = Callable[[str], Awaitable[int]]
"""Learns from a city's log and says how that ended (`router.learn`)."""


class Watching:
    """Repeated events count again: it is a hint, and not worth remembering each."""

    def __init__(self, pool: "Pool", cities: Mapping[str, City], start: Start) -> None:
        self._pool = pool
        self._cities = cities
        self._start = start
        self._new: Counter[str] = Counter()

    def heard(self, handle: Handler) -> Handler:
        """The handler, with a look at what passes by."""

        async def both(batch: Sequence[Delivery]) -> None:
            await handle(batch)
            for delivery in batch:
                sign = _TAUGHT.get(delivery.type)
                if sign is not None and sign in delivery.body:
                    self._new[delivery.subject.split(".", 2)[1]] += 1

        return both

    async def run(self, stop: asyncio.Event, every: float = LOOK) -> None:
        """Look again and again. `every`: seconds."""
        await rounds(self.look, stop, every, waits="learning_waits")

    async def look(self) -> None:
        """Write down what came, and learn where it is enough: one city after the other, each by one process."""
        if self._new:
            came = dict(self._new)
            await self._pool.execute(_ADD, list(came), list(came.values()))
            self._new -= Counter(came)
        for name, city in list(self._cities.items()):
            enough = city.policy.learn_after_decisions
            if enough and await self._pool.fetchval(_TAKE, name, enough):
                _log.info("learning", city=name)
                _log.info("learned", city=name, ended=await self._start(name))


def process(settings: Mapping[str, object]) -> Start:
    """A training as a process with this service's own settings (by name), gently; it ends with the service."""
    given = {f"TUNTAS_{name.upper()}": str(value) for name, value in settings.items() if value is not None}

    async def start(city: str) -> int:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.router.learn", "--from-log", "--gently", "--json", "--city", city,
            env={**os.environ, **given}, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return await child.wait()
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()

    return start
