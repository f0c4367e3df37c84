"""A described HTTP surface, called in every operation with whatever schemathesis thinks of."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
]  # fmt: skip
CITY = "bengkulu"


def every_call(description: dict[str, Any], url: str, headers: dict[str, str]) -> int:
    """How many calls were made."""
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=url)
    made = 0

    def calls(cases: Any) -> None:
        @settings(max_examples=2, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(cases)
        def call(case: Any) -> None:
            nonlocal made
            made += 1
            case.path_parameters = _here(case.path_parameters, made)
            case.call_and_validate(checks=CHECKS, headers=headers or None, timeout=30)

        call()

    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # our own description is valid, or this raises
        calls(operation.as_strategy())
    return made


def _here(parameters: Any, count: int) -> Any:
    """Every second call goes to a city that there is: behind the first guard there is more to fail."""
    if parameters and "city" in parameters and count % 2:
        return {**parameters, "city": CITY}
    return parameters
