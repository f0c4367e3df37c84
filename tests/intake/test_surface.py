"""The door's HTTP surface is described as it is, and answers whatever is sent to it as it says."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from services.intake import surface
from services.runtime import postgres
from services.web import accounts
from services.web.frame import SESSION_COOKIE
from services.web.sessions import Sessions
from tests.intake.conftest import CITY, Behind, Process

CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
]  # fmt: skip


async def described(intake: Process) -> dict[str, Any]:
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"{intake.url}{surface.ADDRESS}")
    found: dict[str, Any] = answer.json()
    return found


async def test_every_route_is_described_and_nothing_else(intake: Process) -> None:
    description = await described(intake)
    found = {
        (method.upper(), path.removesuffix(".json"))
        for path, operations in description["paths"].items()
        for method in operations
    }
    assert found == set(surface.TABLE)


async def test_schemathesis_finds_no_failure_of_what_anybody_may_send(intake: Process) -> None:
    tried = await asyncio.to_thread(_all, await described(intake), intake.url, {})
    assert tried > 60


async def test_schemathesis_finds_no_failure_of_a_clerk(intake: Process, behind: Behind) -> None:
    pool = await postgres.pool(behind.stack.installation.vault_url("tuntas_reporting"), size=1)
    await accounts.begin(pool, CITY, "desk", "-")
    cookie, csrf = await Sessions(pool, behind.stack.cities).open(CITY, "desk", None, datetime.now(UTC))
    await pool.close()
    description = await described(intake)
    description["paths"] = {path: one for path, one in description["paths"].items() if path.startswith("/meja")}
    headers = {"cookie": f"{SESSION_COOKIE}={cookie}", "x-csrf-token": csrf}
    assert await asyncio.to_thread(_all, description, intake.url, headers) > 20


def _all(description: dict[str, Any], url: str, headers: dict[str, str]) -> int:
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
