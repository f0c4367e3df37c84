"""What a city must have before its first message: a key for ids, and its policy and rules in force as a fact."""

from collections.abc import Callable, Iterable
from datetime import datetime

from nats.aio.client import Client
from pydantic import TypeAdapter

from services.cli.provision.streams import Changes
from services.contracts import subjects
from services.contracts.city import City
from services.contracts.city.in_force import fact_of
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
    """Puts policy, rules and offices of each city in force where its files have a newer version.

    What can't be put in force stands in `kept`, with what to do; what was in force stays.
    """
    log = Log(client, subjects.CITY)
    changes = Changes()
    for city in cities:
        subject = subjects.city_fact(city.id, "policy", _SUBJECT_ID)
        entries = await log.load(subject)
        facts = [_FACT.validate_json(entry.body) for entry in entries if entry.type == _TYPE]
        wanted = fact_of(city)
        last = max(facts, key=lambda fact: (fact.data.version, fact.n), default=None)
        why_not = _why_not(city, wanted, last)
        if why_not is not None:
            changes.kept.append(why_not)
        stands = last is not None and (last.data.version, last.data.digest) == (wanted.version, wanted.digest)
        if stands or why_not is not None:
            continue
        key = keys[city.id]
        # The digest tells a version of an earlier release from the same one completed with its rules.
        cause = derive(key, "policy", city.id, str(wanted.version), wanted.digest or "")
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
            data=wanted,
        )
        body = _FACT.dump_json(fact, by_alias=True)
        stands_at = entries[-1].sequence if entries else 0
        await log.append(subject, [Draft(type=_TYPE, schema=_SCHEMA, id=identity, body=body)], stands_at)
        changes.made.append(f"policy version {city.policy.version} of {city.id}")
    return changes


def _why_not(city: City, wanted: PolicyPutInForce, last: Recorded[PolicyPutInForce] | None) -> str | None:
    """In a sentence, why the files of this city can't be put in force; None where they can, or are already."""
    if last is None or wanted.version > last.data.version:
        return None
    if wanted.version == last.data.version and last.data.digest in (None, wanted.digest):
        return None  # None: put in force by a release without rules; completed now
    since = last.at.astimezone(city.zone).strftime("%d.%m.%Y %H:%M")
    if wanted.version < last.data.version:
        return (
            f"{city.id}: the files say policy version {wanted.version}, but version {last.data.version} is in force "
            f"since {since} and stays; write a version above {last.data.version}"
        )
    return (
        f"{city.id}: policy, rules or offices were changed, but version {wanted.version} is in force with other "
        f"content since {since} and stays; raise policy.version in {city.id}.yaml to {wanted.version + 1}"
    )
