"""What a city must have before its first message: a key for ids, and its policy in force as a fact."""

from collections.abc import Callable, Iterable
from datetime import datetime

from nats.aio.client import Client
from pydantic import TypeAdapter

from services.cli.provision.streams import Changes
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.contracts.facts import PolicyPutInForce
from services.contracts.ids import derive, event_id
from services.runtime import postgres
from services.runtime.log import Draft, Log
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault

_TYPE, _SCHEMA = "city.policy_put_in_force", 1
_SUBJECT_ID = "policy"
_FACT: TypeAdapter[Recorded[PolicyPutInForce]] = TypeAdapter(Recorded[PolicyPutInForce])


async def id_keys(vault_url: str, master: MasterKey, cities: Iterable[City]) -> dict[str, bytes]:
    """The cities' id keys, made where there are none. Never rotated."""
    pool = await postgres.pool(vault_url, size=1, service="tuntas-provision")
    try:
        vault = Vault(pool, master)
        return {city.id: await vault.make_id_key(city.id) for city in cities}
    finally:
        await pool.close()


async def policies(
    client: Client, keys: dict[str, bytes], cities: Iterable[City], clock: Callable[[], datetime]
) -> Changes:
    """Appends the policy of each city file whose version is newer than the one in force."""
    log = Log(client, subjects.CITY)
    changes = Changes()
    for city in cities:
        subject = subjects.city_fact(city.id, "policy", _SUBJECT_ID)
        entries = await log.load(subject)
        facts = [_FACT.validate_json(entry.body) for entry in entries if entry.type == _TYPE]
        in_force = max((fact.data.version for fact in facts), default=0)
        if city.policy.version <= in_force:
            continue
        key = keys[city.id]
        cause = derive(key, "policy", city.id, str(city.policy.version))
        identity = event_id(key, _SUBJECT_ID, cause, _TYPE, 0)
        fact = Recorded[PolicyPutInForce](
            id=identity,
            complaint=_SUBJECT_ID,
            n=len(entries) + 1,
            type=_TYPE,
            schema=_SCHEMA,
            city=city.id,
            at=clock(),
            actor="service:provision",
            causation=cause,
            data=PolicyPutInForce(version=city.policy.version, policy=city.policy.model_dump(mode="json")),
        )
        body = _FACT.dump_json(fact, by_alias=True)
        last = entries[-1].sequence if entries else 0
        await log.append(subject, [Draft(type=_TYPE, schema=_SCHEMA, id=identity, body=body)], last)
        changes.made.append(f"policy version {city.policy.version} of {city.id}")
    return changes
