"""A report by program all the way: form, key, door, complaint, ticket; and keys that an operator makes and ends."""

import asyncio
import contextlib
import io
import json
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest_asyncio
from starlette.applications import Starlette

from services.complaint.events import ComplaintReceived
from services.intake.doors.open311 import Open311Door
from services.intake.doors.uploads import uploaders
from services.intake.tools.open311 import arguments_of, run
from services.reporting.desk import Desk
from services.reporting.open311.routes import Open311
from services.runtime.publishing import Publisher
from services.runtime.settings import Settings
from tests.conftest import Stack
from tests.intake.conftest import CITY, Behind, Process
from tests.notifier.conftest import served

NAME = f"aplikasi-{secrets.token_hex(4)}"


async def operator(stack: Stack, *arguments: str) -> tuple[int, Any]:
    """`tuntas open311 …`"""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        settings = Settings(vault_url=stack.installation.vault_url("tuntas_intake"))
        code = await run(arguments_of(list(arguments)), settings)
    return code, json.loads(said.getvalue())


@pytest_asyncio.fixture(scope="module")
async def api(behind: Behind, intake: Process) -> AsyncIterator[httpx.AsyncClient]:
    """The public side in front of the real door."""
    tokens = {city: held.console_media for city, held in behind.stack.installation.secrets.cities.items()}
    async with httpx.AsyncClient(timeout=20) as client:
        uploads = SimpleNamespace(client=client, url=intake.url, tokens=tokens)
        desk = SimpleNamespace(
            cities=behind.stack.cities, clock=lambda: datetime.now(UTC), uploads=uploads, public=None
        )
        pages = Open311(cast("Desk", desk), "https://tuntas.example")
        async with (
            served(Starlette(routes=pages.routes())) as url,
            httpx.AsyncClient(base_url=f"{url}/open311/v2", timeout=20) as program,
        ):
            yield program


def form(key: str, **change: str) -> dict[str, str]:
    return {"api_key": key, "jurisdiction_id": CITY, "service_code": "street_light", "lat": "-3.8", "long": "102.26",
            "address_string": "Jl. Contoh 5", "description": f"Lampu mati {secrets.token_hex(4)}",
            "email": "ibu.contoh@warga.example", "first_name": "Ibu", "last_name": "Contoh",
            "attribute[confidentiality]": "anonymous", **change}  # fmt: skip


async def test_a_report_is_a_complaint_and_its_ticket_comes_at_once(api: httpx.AsyncClient, behind: Behind) -> None:
    code, made = await operator(behind.stack, "make", CITY, NAME)
    assert code == 0
    sent = form(made["api_key"])
    taken = (await api.post("/requests.json", data=sent)).json()[0]
    ticket = taken["service_request_id"]
    assert (await api.post("/requests.json", data=sent)).json()[0]["service_request_id"] == ticket, "a repeat is one"
    row = await behind.pool.fetchrow("select complaint from intake.complaint where ticket = $1", ticket)
    assert row is not None
    [received] = await behind.events(row["complaint"])
    assert isinstance(received.data, ComplaintReceived)
    assert (received.data.message.channel, received.data.confidentiality) == ("open311", "anonymous")
    text = await behind.opened(received, "text", received.data.message.text)
    assert text == f"{sent['description']}\nJenis laporan: Lampu jalan mati\nLokasi: Jl. Contoh 5"
    assert await behind.opened(received, "place", received.data.message.place) is not None


async def test_the_same_report_repeated_after_midnight_is_one(intake: Process, behind: Behind) -> None:
    """`intake`, which runs, gives the ticket; the door here stands beside it and reads another clock."""
    cities = behind.stack.installation.secrets.cities
    now = datetime(2026, 3, 2, 23, 59, 50, tzinfo=UTC)
    door = Open311Door(
        uploaders(cities), behind.vault, behind.pool, Publisher(behind.connection), lambda: now, within=20
    )
    _, made = await operator(behind.stack, "make", CITY, f"{NAME}-malam")
    said = {"api_key": made["api_key"], "service": "Lampu jalan mati", "description": secrets.token_hex(4)}
    async with httpx.AsyncClient(
        base_url="http://door",
        transport=httpx.ASGITransport(Starlette(routes=door.routes())),
        headers={"authorization": f"Bearer {cities[CITY].console_media}"},
    ) as console:
        tickets = []
        for later in (timedelta(), timedelta(minutes=1), timedelta(days=1), timedelta(days=1, minutes=1)):
            now = datetime(2026, 3, 2, 23, 59, 50, tzinfo=UTC) + later
            tickets.append((await console.post("/open311", json=said)).json()["ticket"])
    first, repeated, next_day, repeated_again = tickets
    assert first == repeated
    assert first != next_day, "a day later the lamp is out again"
    assert next_day == repeated_again


async def test_keys_are_rotated_and_withdrawn_while_everything_runs(api: httpx.AsyncClient, behind: Behind) -> None:
    name = f"{NAME}-lain"
    _, first = await operator(behind.stack, "make", CITY, name)
    _, second = await operator(behind.stack, "rotate", CITY, name, "--hours", "1")
    for made in (first, second):
        assert (await api.post("/requests.json", data=form(made["api_key"]))).status_code == 200
    elsewhere = await api.post("/requests.json", data=form(second["api_key"], jurisdiction_id="kupang"))
    assert elsewhere.status_code == 403, "a key is one city's"
    code, told = await operator(behind.stack, "revoke", CITY, name)
    assert (code, told) == (0, {"revoked": 2})
    for made in (first, second):
        assert (await api.post("/requests.json", data=form(made["api_key"]))).status_code == 403
    _, listed = await operator(behind.stack, "ls")
    assert first["api_key"] not in str(listed)
    assert len([one for one in listed if one["name"] == name]) == 2


async def test_a_key_that_floods_is_slowed_and_others_are_not(api: httpx.AsyncClient, behind: Behind) -> None:
    _, busy = await operator(behind.stack, "make", CITY, f"{NAME}-ramai")
    _, calm = await operator(behind.stack, "make", CITY, f"{NAME}-tenang")
    same = form(busy["api_key"])
    answers = [
        answer.status_code
        for answer in await asyncio.gather(*(api.post("/requests.json", data=same) for _ in range(45)))
    ]
    assert set(answers) == {200, 429}
    assert answers.count(200) >= 30
    assert (await api.post("/requests.json", data=form(calm["api_key"]))).status_code == 200


async def test_only_the_citys_own_pages_reach_the_door(intake: Process, behind: Behind) -> None:
    async with httpx.AsyncClient() as http:
        agency = behind.stack.installation.secrets.cities[CITY].agencies["dlh"]
        for token in ("", "wrong", agency):
            answer = await http.post(
                f"{intake.url}/open311", json={}, headers={"authorization": f"Bearer {token}".strip()}
            )
            assert answer.status_code == 401
