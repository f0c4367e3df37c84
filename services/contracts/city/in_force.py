"""What of a city decides where complaints go and by when, as one fact: policy, rules, what each office serves,
and who hears what.

They have one version, the policy's. Two contents under one version would make old decisions unreadable, so a content is
told from another by its digest, and putting in force refuses to change one without raising the version.
"""

import hashlib
import json
from collections.abc import Mapping

from services.contracts.city import Agency, City
from services.contracts.city.rules import Rules
from services.contracts.facts import PolicyPutInForce
from services.contracts.hearing.rules import Hearing

_SERVES = {"functions", "areas", "units"}


def fact_of(city: City) -> PolicyPutInForce:
    """The whole content as the city's files say it (durations unscaled)."""
    return PolicyPutInForce(
        version=city.policy.version,
        policy=city.policy.model_dump(mode="json"),
        rules=city.rules.model_dump(mode="json", by_alias=True, exclude_none=True),
        offices={agency.id: agency.model_dump(mode="json", include=_SERVES) for agency in city.agencies},
        hearing=city.hearing.model_dump(mode="json"),
        digest=digest(city),
    )


def digest(city: City) -> str:
    """Of what the files say, not of defaults: a release that adds a setting changes no city's content."""
    said: dict[str, object] = {
        "policy": city.policy.model_dump(mode="json", exclude_defaults=True, exclude={"version"}),
        "rules": city.rules.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "offices": {a.id: a.model_dump(mode="json", include=_SERVES, exclude_defaults=True) for a in city.agencies},
    }
    if heard := city.hearing.model_dump(mode="json", exclude_defaults=True):
        said["hearing"] = heard  # said nowhere: the digest of before there was such a file
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def rules_of(fact: PolicyPutInForce) -> Rules | None:
    """None: put in force before rules were part of it."""
    return None if fact.rules is None else Rules.model_validate(fact.rules)


def hearing_of(fact: PolicyPutInForce) -> Hearing | None:
    """None: put in force before who hears what was part of it. What only another release knows is left alone."""
    if fact.hearing is None:
        return None
    known = {name: value for name, value in fact.hearing.items() if name in Hearing.model_fields}
    return Hearing.model_validate(known)


def agencies_of(city: City, fact: PolicyPutInForce) -> tuple[Agency, ...]:
    """The city's offices, each serving what the fact says; one that the fact does not know stays as its file says."""
    return tuple(_serving(agency, (fact.offices or {}).get(agency.id)) for agency in city.agencies)


def _serving(agency: Agency, said: Mapping[str, object] | None) -> Agency:
    if said is None:
        return agency
    known = {name: value for name, value in said.items() if name in _SERVES}
    return Agency.model_validate({**agency.model_dump(), **known})
