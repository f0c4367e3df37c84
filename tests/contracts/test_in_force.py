"""What is put in force as one fact: whole, told apart by its digest, readable when it was written long ago."""

from services.contracts.city import Agency
from services.contracts.city.in_force import agencies_of, digest, fact_of, rules_of
from services.contracts.city.policy import Policy
from services.contracts.city.rules import Rules
from services.contracts.facts import PolicyPutInForce
from services.runtime import cities
from tests.router.cities import read

OLD = '{"version": 1, "policy": {"version": 1, "first_response_hours": 24}}'


def test_a_fact_of_before_there_were_rules_still_reads_and_leaves_the_files_rules() -> None:
    old = PolicyPutInForce.model_validate_json(OLD)
    city = read("bengkulu")
    assert rules_of(old) is None
    assert agencies_of(city, old) == city.agencies
    assert old.digest is None


def test_what_was_put_in_force_comes_back_whole() -> None:
    city = read("pekanbaru")
    stored = PolicyPutInForce.model_validate_json(fact_of(city).model_dump_json())
    assert rules_of(stored) == city.rules
    assert agencies_of(city, stored) == city.agencies
    assert Policy.model_validate(stored.policy) == city.policy
    assert cities.remade(city, rules=rules_of(stored), agencies=agencies_of(city, stored)) == city


def test_offices_serve_what_the_fact_says_whatever_the_file_says_today() -> None:
    city = read("kupang")
    moved = tuple(
        Agency.model_validate({**a.model_dump(), "functions": ("tourism_sport", "communication")})
        if a.id == "dispora"
        else a
        for a in city.agencies
    )
    stored = fact_of(cities.remade(city, agencies=moved))
    assert agencies_of(city, stored) == moved


def test_the_digest_follows_content_and_neither_version_nor_spelled_out_defaults() -> None:
    city = read("kupang")
    policy = city.policy.model_dump()
    spelled_out = cities.remade(city, policy=Policy.model_validate({**policy, "version": 9}))
    assert digest(spelled_out) == digest(city)
    others = [
        cities.remade(city, rules=Rules()),
        cities.remade(city, policy=Policy.model_validate({**policy, "first_response_hours": 12})),
        cities.remade(city, rules=Rules(rules=tuple(reversed(city.rules.rules)))),
    ]
    assert len({digest(city), *(digest(other) for other in others)}) == 4
