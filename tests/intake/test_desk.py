"""The desk through its real door: who may enter, on whose behalf, what the slip says, what is said at the counter."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg
import httpx
import pytest
import pytest_asyncio

from services.complaint.events import (
    ComplaintReceived,
    ComplaintWithdrawn,
    ConcernedRecorded,
    EvidenceAttached,
    MessageAdded,
)
from services.runtime import postgres
from services.web import keys
from services.web.frame import SESSION_COOKIE
from tests.intake.conftest import CITY, Behind, Phone, Process, a_person
from tests.intake.logins import login
from tests.intake.pictures import as_jpeg, street

JSON = {"accept": "application/json"}
Seat = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest_asyncio.fixture(scope="module")
async def staff(behind: Behind) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    """As the login has it: intake itself could make no session."""
    pool = await postgres.pool(behind.stack.installation.vault_url("tuntas_reporting"), size=2)
    yield pool
    await pool.close()


@pytest.fixture
def seat(intake: Process, behind: Behind) -> Seat:
    @asynccontextmanager
    async def open_(name: str, city: str = CITY) -> AsyncIterator[httpx.AsyncClient]:
        cookie, csrf = await login(behind, name, city)
        async with httpx.AsyncClient(base_url=intake.url, timeout=20, cookies={SESSION_COOKIE: cookie}) as client:
            client.headers["x-csrf-token"] = csrf
            yield client

    return open_


async def test_the_desk_is_closed_without_a_login_and_to_offices(intake: Process, seat: Seat) -> None:
    async with httpx.AsyncClient(base_url=intake.url) as nobody:
        asked = await nobody.get("/meja")
        assert (asked.status_code, asked.headers["location"]) == (303, "http://127.0.0.1:8080/login?next=/meja")
        for path in ("/meja/petugas", "/meja/cari", f"/meja/slip/{keys.fresh()}", "/meja/laporan/BKL-4K7QT9M2-X"):
            assert (await nobody.get(path, headers=JSON)).status_code == 401
        for path in ("/meja", "/meja/petugas", "/meja/laporan/BKL-4K7QT9M2-X"):
            assert (await nobody.post(path, data={"text": "x"}, headers=JSON)).status_code == 401
    async with seat("dlh") as office:
        assert (await office.get("/meja")).status_code == 403
        assert (await office.get("/meja/petugas")).status_code == 200
        assert (
            await office.post("/meja/petugas", data={"text": "x"}, headers={"x-csrf-token": "guess"})
        ).status_code == 403


async def test_a_clerk_enters_for_somebody_about_somebody_and_hands_out_a_slip(seat: Seat, behind: Behind) -> None:
    key = keys.fresh()
    async with seat("desk") as clerk:
        fields = {
            "key": key, "text": "Nenek di sebelah tidak punya air", "name": "Tetangga Contoh", "contact": "08110000001",
            "concerned_name": "Nenek Contoh", "concerned_place": "Gang Contoh, pagar hijau", "forwarder": "walikota",
        }  # fmt: skip
        scan = [("files", ("surat.jpg", as_jpeg(street(311)), "image/jpeg"))]
        for _ in range(2):  # the connection broke before the answer; the browser sends the same again
            answer = await clerk.post("/meja", data=fields, files=scan, headers=JSON)
            assert answer.status_code in (201, 202), answer.text
        ticket = (await clerk.get(f"/meja/slip/{key}", headers=JSON)).json()["ticket"]
        slip = await clerk.get(f"/meja/slip/{key}")
    complaint = await behind.pool.fetchval("select complaint from intake.complaint where ticket = $1", ticket)
    events = await behind.events(complaint, 3)
    kinds = sorted(type(event.data).__name__ for event in events)
    assert kinds == ["ComplaintReceived", "ConcernedRecorded", "EvidenceAttached"]
    received = events[0].data
    assert isinstance(received, ComplaintReceived)
    assert (events[0].actor, received.forwarder, received.message.channel) == ("seat:desk", "walikota", "desk")
    concerned = next(event for event in events if isinstance(event.data, ConcernedRecorded))
    assert isinstance(concerned.data, ConcernedRecorded)
    assert await behind.opened(concerned, "name", concerned.data.name) == "Nenek Contoh"
    assert concerned.data.name is not None
    assert "/concerned." in concerned.data.name
    assert ticket in slip.text
    for canary in ("Nenek", "air", "Tetangga", "08110000001"):
        assert canary not in re.sub(r"<header.*?</header>", "", slip.text.split("<section")[1], flags=re.DOTALL)


async def test_what_is_said_at_the_counter_counts_for_the_reporter_and_the_clerk_is_named(
    seat: Seat, phone: Phone, behind: Behind
) -> None:
    person = a_person()
    sent = await phone.says(person, "Lampu jalan mati di Padang Harapan")
    complaint = (await behind.decided(sent))["complaint"]
    await behind.events(complaint)
    ticket = await behind.pool.fetchval("select ticket from intake.complaint where complaint = $1", complaint)
    contact = await behind.pool.fetchrow("select * from vault.contact where owner = $1", complaint)
    async with seat("desk") as clerk:
        for typed in (ticket.lower(), f"http://127.0.0.1:8080/lacak/{ticket}?kunci={keys.fresh()}", f" {ticket} "):
            found = await clerk.get("/meja/cari", params={"tiket": typed})
            assert found.headers["location"] == f"/meja/laporan/{ticket}", typed
        mistyped = ticket[:-1] + ("0" if ticket[-1] != "0" else "1")
        assert (await clerk.get("/meja/cari", params={"tiket": mistyped})).status_code == 422
        path, once = f"/meja/laporan/{ticket}", keys.fresh()
        assert "diperiksa" in (await clerk.get(path)).text
        photo = [("files", ("d.jpg", as_jpeg(street(312)), "image/jpeg"))]
        for _ in range(2):
            said = await clerk.post(path, data={"say": "add", "text": "Tiangnya miring", "once": once}, files=photo)
            assert said.status_code == 303
        events = await behind.events(complaint, 3)
        assert [type(event.data) for event in events] == [ComplaintReceived, MessageAdded, EvidenceAttached]
        added = events[1].data
        assert isinstance(added, MessageAdded)
        assert (events[1].actor, added.party, added.message.channel) == ("seat:desk", "reporter:1", "desk")
        assert await behind.opened(events[1], "text", added.message.text) == "Tiangnya miring"
        assert (await clerk.post(path, data={"say": "withdraw", "once": keys.fresh()})).status_code == 303
        assert isinstance((await behind.events(complaint, 4))[-1].data, ComplaintWithdrawn)
    assert await behind.pool.fetchrow("select * from vault.contact where owner = $1", complaint) == contact
    async with seat("desk", "kupang") as elsewhere:
        assert (await elsewhere.get(f"/meja/laporan/{ticket}")).status_code == 404


async def test_an_office_reports_to_the_city_itself(seat: Seat, behind: Behind) -> None:
    async with seat("dlh") as office:
        answer = await office.post("/meja/petugas", data={"text": "TPS liar di Jalan Contoh"}, headers=JSON)
        assert answer.status_code in (201, 202)
        page = await office.get(answer.json()["slip"])
        found = re.search(r"BKL-[0-9A-Z]{8}-[0-9A-Z]", page.text)
        assert found is not None
        ticket = found[0]
        assert (await office.post("/meja/petugas", data={"text": " "}, headers=JSON)).json()["errors"][0][
            "field"
        ] == "text"
    complaint = await behind.pool.fetchval("select complaint from intake.complaint where ticket = $1", ticket)
    [received] = await behind.events(complaint)
    assert isinstance(received.data, ComplaintReceived)
    assert (received.actor, received.data.message.channel, received.data.forwarder) == ("seat:dlh", "staff", None)
