"""The door's HTTP surface is described as it is, and answers whatever is sent to it as it says."""

import asyncio
from typing import Any

import httpx

from services.intake import surface
from services.web import openapi
from services.web.frame import SESSION_COOKIE
from tests.intake.conftest import Behind, Process
from tests.intake.logins import login
from tests.surfaces import every_call


async def described(intake: Process) -> dict[str, Any]:
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"{intake.url}{openapi.ADDRESS}")
    found: dict[str, Any] = answer.json()
    return found


async def test_every_route_is_described_and_nothing_else(intake: Process) -> None:
    description = await described(intake)
    found = {
        (method.upper(), path.removesuffix(".json")): operation["summary"]
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    }
    assert [route for route, summary in found.items() if summary == openapi.UNDESCRIBED] == []
    assert set(found) == set(surface.TABLE)


async def test_schemathesis_finds_no_failure_of_what_anybody_may_send(intake: Process) -> None:
    tried = await asyncio.to_thread(every_call, await described(intake), intake.url, {})
    assert tried > 60


async def test_schemathesis_finds_no_failure_of_a_clerk(intake: Process, behind: Behind) -> None:
    cookie, csrf = await login(behind, "desk")
    description = await described(intake)
    description["paths"] = {path: one for path, one in description["paths"].items() if path.startswith("/meja")}
    headers = {"cookie": f"{SESSION_COOKIE}={cookie}", "x-csrf-token": csrf}
    assert await asyncio.to_thread(every_call, description, intake.url, headers) > 20
