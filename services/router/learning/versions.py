"""The models of a city: put in force by a fact, found again by it. Their files lie sealed where photos do.

A version is in force once its fact stands in CITY, not before: whatever ends a training halfway, the one before stays.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from services.contracts import ids, subjects
from services.contracts.envelope import Recorded
from services.contracts.facts import ModelPutInForce
from services.router.screening import model as models
from services.router.screening.model import BadModel, Model
from services.runtime.blobs import Blobs
from services.runtime.log import Conflict, Draft, Entry, Log
from services.runtime.vault import Vault

TYPE, SCHEMA = "city.model_put_in_force", 1
FACT = "model"
"""The id of the stream: one per city."""
PARTY = "handling"

_READ: TypeAdapter[Recorded[ModelPutInForce]] = TypeAdapter(Recorded[ModelPutInForce])


class Overtaken(Exception):
    """Another version was put in force since this one was compared."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a training made, before it is in force."""

    model: Model
    root: Model | None
    """The model of the city's past, if it is not the common one."""
    told: ModelPutInForce
    """Without version and places: those come when it is put in force."""


def read(entry: Entry) -> Recorded[ModelPutInForce]:
    return _READ.validate_json(entry.body)


class Versions:
    def __init__(self, log: Log, vault: Vault, blobs: Blobs) -> None:
        """`log`: CITY."""
        self._log = log
        self._vault = vault
        self._blobs = blobs

    async def facts(self, city: str) -> list[Recorded[ModelPutInForce]]:
        """All versions that were ever in force, the oldest first."""
        entries = await self._log.load(_subject(city))
        return [read(entry) for entry in entries if entry.type == TYPE]

    async def load(self, city: str, blob: str, digest: str | None = None) -> Model:
        """`BadModel` if it is gone or not what the fact says; `Away` if the store can't be reached."""
        owner = _owner(city)
        key = (await self._vault.keys([(owner, PARTY)])).get((owner, PARTY))
        content = None if key is None else await self._blobs.get(key, blob)
        if content is None:
            raise BadModel(f"{city}: the file of the model is gone")
        if digest is not None and hashlib.sha256(content).hexdigest() != digest:
            raise BadModel(f"{city}: the file of the model is another one")
        return models.loads(content, city)

    async def put_in_force(self, city: str, made: Made, after: int, at: datetime) -> ModelPutInForce:
        """`after`: number of versions when it was compared. `Overtaken` if there is another since; nothing is changed
        then, and nothing before the fact stands."""
        entries = await self._log.load(_subject(city))
        if len(entries) != after:
            raise Overtaken(city)
        number = after + 1
        version = f"{city}-{number}"
        model = models.named(made.model, version)
        blob, digest = await self._store(city, model)
        root_blob = None if made.root is None else (await self._store(city, made.root))[0]
        told = made.told.model_copy(update={"version": version, "blob": blob, "digest": digest, "root_blob": root_blob})
        await self._append(city, told, entries, at)
        return told

    async def back_to_common(self, city: str, common: str, at: datetime) -> ModelPutInForce:
        """From here on the common model proposes again."""
        entries = await self._log.load(_subject(city))
        told = ModelPutInForce(version=common, root=common)
        await self._append(city, told, entries, at)
        return told

    async def _store(self, city: str, model: Model) -> tuple[str, str]:
        owner = _owner(city)
        key = (await self._vault.make_keys([(owner, PARTY)]))[owner, PARTY]
        blob = await self._blobs.put(key, await self._vault.id_key(city), models.dumps(model))
        return blob.name, blob.sha256

    async def _append(self, city: str, told: ModelPutInForce, before: list[Entry], at: datetime) -> None:
        key = await self._vault.id_key(city)
        number = len(before) + 1
        cause = ids.derive(key, "model", city, str(number), told.digest or told.version)
        identity = ids.event_id(key, FACT, cause, TYPE, 0)
        fact = Recorded[ModelPutInForce](
            id=identity,
            complaint=FACT,
            n=number,
            type=TYPE,
            schema=SCHEMA,
            city=city,
            at=at,
            actor="service:router",
            causation=cause,
            data=told,
        )
        draft = Draft(type=TYPE, schema=SCHEMA, id=identity, body=_READ.dump_json(fact, by_alias=True))
        try:
            await self._log.append(_subject(city), [draft], before[-1].sequence if before else 0)
        except Conflict as error:
            raise Overtaken(city) from error


def _subject(city: str) -> str:
    return subjects.city_fact(city, "model", FACT)


def _owner(city: str) -> str:
    return f"{city}-model"
