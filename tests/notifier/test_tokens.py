"""Tokens that end are said in time, and never shown."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts.secrets import CitySecrets, PageSecrets, TelegramSecrets, WhatsAppSecrets
from services.notifier.tokens import Tokens, read
from tests.notifier.conftest import served

NOW = datetime(2026, 3, 3, tzinfo=UTC)


def at(**span: float) -> int:
    return int((NOW + timedelta(**span)).timestamp())


ANSWERS: list[tuple[dict[str, Any] | None, str]] = [
    ({"data": {"is_valid": True, "expires_at": 0, "data_access_expires_at": 0}}, "good"),
    ({"data": {"is_valid": True, "expires_at": 0, "data_access_expires_at": at(days=60)}}, "good"),
    ({"data": {"is_valid": True, "expires_at": at(days=60), "data_access_expires_at": at(days=13)}}, "soon"),
    ({"data": {"is_valid": True, "expires_at": at(days=3)}}, "soon"),
    ({"data": {"is_valid": True, "expires_at": at(days=-1)}}, "bad"),
    ({"data": {"is_valid": False, "error": {"code": 190}}}, "bad"),
    ({"data": {}}, "bad"),
    ({"error": {"code": 190, "message": "Error validating access token"}}, "bad"),
    ({"error": {"code": 4, "message": "Application request limit reached"}}, "unknown"),
    ({"data": {"is_valid": True, "expires_at": True, "data_access_expires_at": "x"}}, "good"),
    ({"data": {"is_valid": True, "expires_at": 10**18}}, "good"),
    ({}, "unknown"), (None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "state"), ANSWERS)
def test_what_meta_says_of_a_token(body: dict[str, Any] | None, state: str) -> None:
    assert read("kupang", "page", body, NOW).state == state


async def test_every_token_is_looked_at_and_none_is_shown() -> None:
    asked: list[str] = []

    async def debug(request: Request) -> Response:
        asked.append(request.query_params["input_token"])
        assert request.headers["authorization"] == f"Bearer {asked[-1]}"
        return JSONResponse({"data": {"is_valid": True, "expires_at": at(days=5) if asked[-1] == "halaman" else 0}})

    async def me(request: Request) -> Response:
        return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, status_code=401)

    held = CitySecrets(
        whatsapp=WhatsAppSecrets(access_token="wa"), page=PageSecrets(access_token="halaman"),
        telegram=TelegramSecrets(bot_token="1:bot"),
    )  # fmt: skip
    routes = [Route("/debug_token", debug), Route("/bot1:bot/getMe", me)]
    async with served(Starlette(routes=routes)) as url, httpx.AsyncClient() as client:
        tokens = Tokens(client, url, url, {"kupang": held, "bengkulu": CitySecrets()}, lambda: NOW)
        found = await tokens.look()
        assert [(one.token, one.state) for one in found] == [
            ("whatsapp", "good"),
            ("page", "soon"),
            ("telegram", "bad"),
        ]
        assert asked == ["wa", "halaman"]
        stop = asyncio.Event()
        task = asyncio.create_task(tokens.run(stop))
        for _ in range(200):
            if tokens.check().detail:
                break
            await asyncio.sleep(0.02)
        stop.set()
        await asyncio.wait_for(task, 5)
        assert tokens.check().ok
        assert tokens.check().detail == {"kupang.page": "soon", "kupang.telegram": "bad"}
        assert "halaman" not in json.dumps(tokens.check().detail)
    async with httpx.AsyncClient() as client:
        away = Tokens(client, "http://127.0.0.1:9", "http://127.0.0.1:9", {"kupang": held}, lambda: NOW)
        assert {one.state for one in await away.look()} == {"unknown"}
