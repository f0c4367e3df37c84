"""Intake's pages under the one address of all pages: passed on as they are, and a page of our own when it is away."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.reporting.pages.doors import Doors
from services.web.frame import Frame


async def _echo(request: Request) -> Response:
    body = await request.body()
    seen = {
        "path": request.scope["raw_path"].decode(), "query": request.url.query, "size": len(body),
        "cookie": request.headers.get("cookie"), "from": request.headers.get("x-forwarded-for"),
        "kind": request.headers.get("content-type"),
    }  # fmt: skip
    if "pergi" in request.url.query:
        return RedirectResponse("/lapor/bengkulu/terima/x", status_code=303)
    response = JSONResponse(seen, 422 if request.method == "POST" else 200)
    response.set_cookie("satu", "1")
    response.set_cookie("dua", "2")
    return response


def _site(intake: httpx.AsyncClient) -> httpx.AsyncClient:
    web = Starlette(routes=Doors(intake, "http://intake.test", Frame()).routes())
    return httpx.AsyncClient(transport=httpx.ASGITransport(web, client=("203.0.113.9", 1)), base_url="http://kota.test")


@pytest_asyncio.fixture(scope="module")
async def site() -> AsyncIterator[httpx.AsyncClient]:
    inside = Starlette(routes=[Route("/{rest:path}", _echo, methods=["GET", "POST"])])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(inside)) as intake, _site(intake) as client:
        yield client


async def test_path_query_cookies_and_status_go_through(site: httpx.AsyncClient) -> None:
    answer = await site.get("/lapor/bengkulu/a%2Fb?tempat=021001", headers={"cookie": "tuntas_session=x"})
    seen = answer.json()
    assert (seen["path"], seen["query"]) == ("/lapor/bengkulu/a%2Fb", "tempat=021001")
    assert (seen["cookie"], seen["from"]) == ("tuntas_session=x", "203.0.113.9")
    assert answer.headers.get_list("set-cookie") == ["satu=1; Path=/; SameSite=lax", "dua=2; Path=/; SameSite=lax"]
    moved = await site.get("/meja?pergi=1")
    assert (moved.status_code, moved.headers["location"]) == (303, "/lapor/bengkulu/terima/x")


async def test_a_form_with_files_goes_through_whole(site: httpx.AsyncClient) -> None:
    files = [("files", ("a.jpg", b"x" * 3_000_000, "image/jpeg"))]
    answer = await site.post("/lapor/bengkulu", data={"text": "Lampu mati"}, files=files)
    assert answer.status_code == 422
    assert answer.json()["size"] > 3_000_000
    assert answer.json()["kind"].startswith("multipart/form-data; boundary=")


async def test_nothing_else_is_passed_on(site: httpx.AsyncClient) -> None:
    for path in ("/media", "/webhooks/bengkulu/whatsapp", "/lapor-lain", "/health/ready"):
        assert (await site.get(path)).status_code == 404


async def test_when_intake_is_away_the_page_says_that_nothing_is_stored() -> None:
    async with httpx.AsyncClient(timeout=1, trust_env=False) as nobody:
        web = Starlette(routes=Doors(nobody, "http://127.0.0.1:9", Frame()).routes())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://kota.test") as client:
            answer = await asyncio.wait_for(client.post("/lapor/bengkulu", data={"text": "x"}), 5)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert "BELUM tersimpan" in answer.text
