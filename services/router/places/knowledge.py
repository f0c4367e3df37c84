"""What a city's facts say of its places, in the gazetteers that the router uses: swapped and grown while it runs.

Every process of the router looks for itself, so that one that stands by knows them too when it takes over. Nothing is
kept beside the log: a start reads all facts of the cities again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from services.contracts import ids
from services.contracts.city import City
from services.contracts.facts.places import PLACE_FACTS, BoundariesPutInForce, LandmarkConfirmed, WardBoundaryDrawn
from services.router.places.facts import PLACE_FACT, decider
from services.router.places.names import Gazetteer
from services.router.places.place import Pin
from services.router.places.shapes import Polygons, WardShapes
from services.runtime import logs
from services.runtime.log import Entry, Log
from services.runtime.rounds import rounds
from services.runtime.vault import IdKeys

LOOK = 1.0
"""Seconds between two looks."""
_ACTOR = "service:router"
_EVERYTHING = "city.*.*.*"

_log = logs.get(__name__)


class Knowledge:
    """`gazetteers` is the one mapping that everything in the router holds."""

    def __init__(self, cities: Mapping[str, City], log: Log, keys: IdKeys, clock: Callable[[], datetime]) -> None:
        """`log`: CITY."""
        self.gazetteers = {name: Gazetteer(city) for name, city in cities.items()}
        self._wards = {name: frozenset(city.wards) for name, city in cities.items()}
        self._log = log
        self._keys = keys
        self._landmarks = decider("landmark", log, keys, clock)
        self._drawn: defaultdict[tuple[str, str], dict[str, Polygons]] = defaultdict(dict)
        self._seen = 0

    async def look(self) -> None:
        """Take up what has come. `log.Unavailable` if the facts can't be read now."""
        async for entries in self._log.pages(_EVERYTHING, after=self._seen):
            for entry in entries:
                if entry.type in PLACE_FACTS:
                    self._take(entry)
                self._seen = entry.sequence

    async def unlock(self) -> None:
        """Landmarks are recognised from here on. Raises while the vault is away."""
        for name, gazetteer in self.gazetteers.items():
            if gazetteer.learned.locked:
                gazetteer.learned.unlock(await self._keys.id_key(name))

    async def run(self, stop: asyncio.Event, every: float = LOOK) -> None:
        """Look again and again. `every`: seconds."""
        await rounds(self._look_unlocked, stop, every, waits="places_wait")

    async def _look_unlocked(self) -> None:
        await self.unlock()
        await self.look()

    async def screened(self, city: str, texts: Sequence[str], ward_code: str | None, *, event: str) -> None:
        """A person says where a matter is: so stand the landmarks that its reporter spoke of. `event` says it."""
        if ward_code is not None:
            await self._confirm(city, texts, LandmarkConfirmed(ward_code=ward_code, by="person"), event)

    async def pinned(
        self, city: str, texts: Sequence[str], pins: Sequence[Pin], ward_code: str | None, *, event: str
    ) -> None:
        """A pin came with the words. Without polygons the nearest kelurahan is too often the neighbour."""
        gazetteer = self.gazetteers[city]
        if ward_code is not None and gazetteer.shapes is not None and gazetteer.pinned(pins) == ward_code:
            await self._confirm(city, texts, LandmarkConfirmed(ward_code=ward_code, by="pin"), event)

    async def _confirm(self, city: str, texts: Sequence[str], fact: LandmarkConfirmed, event: str) -> None:
        """A fact for each landmark, once."""
        await self.unlock()
        gazetteer = self.gazetteers[city]
        key = await self._keys.id_key(city)
        for hashed in gazetteer.landmarks(texts):
            if not gazetteer.learned.has(hashed, fact):
                cause = ids.wake_key(key, event, f"landmark:{hashed}")
                await self._landmarks.execute(city, hashed, fact, cause=cause, actor=_ACTOR)
                gazetteer.learned.take(hashed, fact)

    def _take(self, entry: Entry) -> None:
        fact = PLACE_FACT.decode(entry.type, entry.schema, entry.body)
        if fact.city not in self.gazetteers:
            return
        match fact.data:
            case WardBoundaryDrawn() as drawn:
                self._drawn[fact.city, drawn.drawing][drawn.ward_code] = drawn.polygons
            case BoundariesPutInForce() as in_force:
                self._put_in_force(fact.city, in_force)
            case LandmarkConfirmed() as confirmed:
                self.gazetteers[fact.city].learned.take(fact.complaint, confirmed)

    def _put_in_force(self, city: str, in_force: BoundariesPutInForce) -> None:
        polygons = self._drawn.get((city, in_force.drawing), {})
        missing = [code for code in in_force.wards if code not in polygons]
        if missing:
            _log.error("boundaries_incomplete", city=city, version=in_force.version, missing=len(missing))
            return
        wards = self._wards[city]
        self.gazetteers[city].shapes = WardShapes({code: one for code, one in polygons.items() if code in wards})
        for key in [key for key in self._drawn if key[0] == city]:
            del self._drawn[key]
        _log.info("boundaries_in_force", city=city, version=in_force.version)
