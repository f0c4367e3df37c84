"""The city's kelurahan as drawn in its facts, for the map on the form; read again after some minutes."""

import json
import time
from collections.abc import Callable
from typing import Any

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.facts.places import BoundariesPutInForce, WardBoundaryDrawn, boundary_id
from services.runtime.log import Entry, Log

Ring = tuple[tuple[float, float], ...]
Drawn = dict[str, tuple[Ring, ...]]
"""Outer rings and holes by the kelurahan's code: longitude, latitude."""

KEEP = 300.0
"""Seconds."""


class Borders:
    def __init__(self, log: Log, clock: Callable[[], float] = time.monotonic) -> None:
        """`log`: of CITY."""
        self._log = log
        self._clock = clock
        self._known: dict[str, tuple[float, Drawn]] = {}

    async def of(self, city: City) -> Drawn:
        """{} where no polygons are in force. Raises what the log raises."""
        until, drawn = self._known.get(city.id, (0.0, {}))
        if until > self._clock():
            return drawn
        drawn = await self._read(city)
        self._known[city.id] = (self._clock() + KEEP, drawn)
        return drawn

    async def _read(self, city: City) -> Drawn:
        entries = await self._log.load(subjects.city_fact(city.id, "boundaries", "boundaries"))
        if not entries:
            return {}
        force = BoundariesPutInForce.model_validate(_data(entries[-1]))
        found: Drawn = {}
        for code in force.wards:
            if code not in city.wards:
                continue
            for entry in await self._log.load(subjects.city_fact(city.id, "boundary", boundary_id(code))):
                drawn = WardBoundaryDrawn.model_validate(_data(entry))
                if drawn.drawing == force.drawing:
                    found[code] = tuple(ring for polygon in drawn.polygons for ring in polygon)
        return found


def _data(entry: Entry) -> Any:
    return json.loads(entry.body)["data"]
