"""The model that proposes in each city now: followed from the cities' facts and swapped while complaints go on."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from services.contracts.facts import ModelPutInForce
from services.router.learning.versions import TYPE, Versions, read
from services.router.screening.model import BadModel, Model
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.log import Log

LOOK = 1.0
"""Seconds between two looks; every process of the router looks for itself, whoever of them is served."""

_FACTS = "city.*.model.*"

_log = logs.get(__name__)


class ModelsInForce:
    """`of(city)` is one lookup: the hot path pays nothing for it."""

    def __init__(self, common: Model, cities: Iterable[str], log: Log, versions: Versions) -> None:
        """`common`: proposes where no fact says otherwise. `log`: CITY."""
        self._common = common
        self._models: dict[str, Model] = dict.fromkeys(cities, common)
        self._log = log
        self._versions = versions
        self._seen = 0
        self._wanted: dict[str, ModelPutInForce] = {}

    def of(self, city: str) -> Model:
        return self._models[city]

    async def look(self) -> None:
        """Take up what has come. A model that can't be used leaves the one before in place, and the log says so."""
        async for entries in self._log.pages(_FACTS, after=self._seen):
            for entry in entries:
                if entry.type == TYPE:
                    fact = read(entry)
                    self._wanted[fact.city] = fact.data
            self._seen = entries[-1].sequence
        for city, told in list(self._wanted.items()):
            await self._take(city, told)
            if self._wanted.get(city) is told:
                del self._wanted[city]

    async def begin(self) -> None:
        """A first look; what can't be reached yet is looked for again by `run`, and the common model goes ahead."""
        try:
            await self.look()
        except Exception as error:
            if not is_infrastructure(error):
                raise
            _log.warning("models_wait", error=error)

    async def run(self, stop: asyncio.Event, every: float = LOOK) -> None:
        """Look again and again. `every`: seconds."""
        while not stop.is_set():
            await self.begin()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)

    async def _take(self, city: str, told: ModelPutInForce) -> None:
        before = self._models.get(city)
        if before is None or before.version == told.version:
            return
        try:
            model = self._common if told.blob is None else await self._versions.load(city, told.blob, told.digest)
        except BadModel as error:
            _log.error("model_unusable", city=city, version=told.version, still=before.version, error=error)
            return
        self._models[city] = model
        _log.info("model_in_force", city=city, version=model.version, before=before.version)
