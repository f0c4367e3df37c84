"""The public pages answer whatever is sent to them as their description says."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
import uvicorn

from services.cli.supervisor.ports import Ports
from services.reporting import surface
from services.web import openapi
from tests.reporting.conftest import House
from tests.surfaces import every_call


@pytest_asyncio.fixture(scope="module")
async def url(house: House, ports: Ports) -> AsyncIterator[str]:
    port = ports.claim()
    server = uvicorn.Server(uvicorn.Config(house.web, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


async def test_schemathesis_finds_no_failure_of_what_anybody_may_open(url: str) -> None:
    async with httpx.AsyncClient() as http:
        description = (await http.get(f"{url}{openapi.ADDRESS}")).json()
    assert {path.removesuffix(".json") for path in description["paths"]} == {path for _, path in surface.TABLE}
    assert await asyncio.to_thread(every_call, description, url, {}) > 15
