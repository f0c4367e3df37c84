"""What a person reads where we failed: a page of ours in their language, with every header of the others."""

from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.web import unknown
from services.web.frame import Frame
from services.web.headers import CONTENT_SECURITY_POLICY, security_headers


def broken(*, secure: bool) -> httpx.AsyncClient:
    async def fall(_: Request) -> Response:
        raise RuntimeError("kata rahasia 0812")

    frame = Frame(secure=secure, clock=lambda: datetime(2026, 11, 27, tzinfo=UTC))
    web = Starlette(
        routes=[Route("/jatuh", fall)], middleware=[security_headers(secure=secure)],
        exception_handlers=unknown.handlers(frame),
    )  # fmt: skip
    # The error goes on to the server, which logs it; the answer is what counts here.
    transport = httpx.ASGITransport(web, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://tuntas.test")


@pytest.mark.parametrize("secure", [True, False])
async def test_who_meets_a_fault_of_ours_reads_a_page_and_nothing_of_the_fault(secure: bool) -> None:
    async with broken(secure=secure) as client:
        page = await client.get("/jatuh", headers={"accept": "text/html"})
        english = await client.get("/jatuh?lang=en", headers={"accept": "text/html"})
    assert (page.status_code, english.status_code) == (500, 500)
    assert "Ada yang rusak di pihak kami" in page.text
    assert "Something broke on our side" in english.text
    assert "rahasia" not in page.text
    assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert page.headers["cache-control"] == "no-store"
    assert ("strict-transport-security" in page.headers) is secure


async def test_a_program_gets_the_short_answer() -> None:
    async with broken(secure=False) as client:
        answer = await client.get("/jatuh", headers={"accept": "application/json"})
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


async def test_a_page_that_is_none_is_told_as_before() -> None:
    async with broken(secure=False) as client:
        answer = await client.get("/tidak-ada", headers={"accept": "text/html"})
    assert (answer.status_code, "Halaman ini tidak ada" in answer.text) == (404, True)
