"""Stand-in of the Telegram Bot API, a process of its own: `python -m services.cli.standins.telegram --port N`.

Its provider side is what core.telegram.org/bots/api says of `sendMessage`, `getFile`, `setWebhook`,
`answerCallbackQuery`, of posts in a channel (`services.cli.standins.channel`) and of files below `/file/bot<token>/`.
Below `/control` stand the means of tests and stories:

  GET    /control/health
  GET    /control/messages?to=      what really arrived · DELETE forgets it
  GET    /control/behaviour · PATCH · DELETE      faults and limits (`Behaviour`)
  POST   /control/bots      {token}               the API knows this bot from now on
  POST   /control/inbound   {token, update}       an update, sent to the bot's webhook until it is answered 200
  POST   /control/files     raw bytes             a file that an update may name
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import secrets
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx
import uvicorn
from pydantic import BaseModel, ConfigDict, Field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from services.cli.standins.channel import Channel

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
TEXT_LIMIT, DATA_LIMIT = 4096, 64


class Behaviour(BaseModel):
    """How the provider misbehaves. Every field can be set alone by `PATCH /control/behaviour`."""

    model_config = ConfigDict(extra="forbid")
    blocked: list[str] = []
    """Chats whose person has blocked the bot."""
    flood_next: int = 0
    """So many sends are answered 429 with `retry_after`."""
    retry_after: int = 1
    fail_next: int = 0
    """So many sends are answered 500 in Telegram's own form."""
    lose_answers: int = 0
    """So many sends are taken, and their answers never come."""
    hang_seconds: float = 30
    down: bool = False
    error_rate: float = Field(default=0, ge=0, le=1)


@dataclass(frozen=True)
class Sent:
    """One message as it really arrived."""

    id: str
    to: str
    at: float
    text: str
    buttons: tuple[tuple[str, str], ...]


@dataclass
class Bot:
    webhook: str | None = None
    secret: str = ""
    waiting: list[dict[str, Any]] = field(default_factory=list)
    """Updates that nobody has asked for yet, as `getUpdates` hands them out."""


@dataclass
class Telegram:
    """What stands behind the API."""

    bots: dict[str, Bot] = field(default_factory=dict)
    behaviour: Behaviour = field(default_factory=Behaviour)
    arrived: list[Sent] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """Callback queries that were answered."""
    files: dict[str, bytes] = field(default_factory=dict)
    channel: Channel = field(default_factory=Channel)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1000))

    def send(self, request: dict[str, Any]) -> dict[str, Any]:
        """The message as the API describes it. ApiError for what Telegram refuses."""
        text, chat = request.get("text"), str(request.get("chat_id", ""))
        if not chat:
            raise ApiError(400, "Bad Request: chat_id is empty")
        if not isinstance(text, str) or not text.strip():
            raise ApiError(400, "Bad Request: message text is empty")
        if len(text) > TEXT_LIMIT:
            raise ApiError(400, "Bad Request: message is too long")
        keys = [key for row in request.get("reply_markup", {}).get("inline_keyboard", []) for key in row]
        if any(len(key["callback_data"].encode()) > DATA_LIMIT for key in keys):
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        self._misbehave(chat)
        number = next(self._numbers)
        buttons = tuple((key["callback_data"], key["text"]) for key in keys)
        self.arrived.append(Sent(f"{chat}:{number}", chat, time.time(), text, buttons))
        return {"message_id": number, "date": int(time.time()), "chat": {"id": int(chat), "type": "private"}}

    def _misbehave(self, chat: str) -> None:
        rules = self.behaviour
        if chat in rules.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if rules.flood_next > 0:
            rules.flood_next -= 1
            raise ApiError(429, f"Too Many Requests: retry after {rules.retry_after}", rules.retry_after)
        if rules.fail_next > 0:
            rules.fail_next -= 1
            raise ApiError(500, "Internal Server Error")
        if secrets.randbelow(10_000) < rules.error_rate * 10_000:
            raise ApiError(502, "Bad Gateway")

    def loses_answer(self) -> bool:
        if self.behaviour.lose_answers > 0:
            self.behaviour.lose_answers -= 1
            return True
        return False

    def answer_query(self, query: str) -> None:
        self.answered.append(query)

    async def deliver(self, token: str, update: dict[str, Any], patience: float = 30) -> int:
        """Post an update until it is answered 200, at most so many seconds; the last status, 0: none."""
        bot = self.bots[token]
        if bot.webhook is None:
            raise ApiError(400, "Bad Request: no webhook is set")
        ends, pause, status = time.monotonic() + patience, 0.25, 0
        async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
            while time.monotonic() < ends:
                with contextlib.suppress(httpx.HTTPError):
                    answer = await client.post(bot.webhook, json=update, headers={SECRET_HEADER: bot.secret})
                    status = answer.status_code
                    if status == 200:
                        self._called_back(answer.json())
                        break
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5)
        return status

    def _called_back(self, answer: object) -> None:
        """A webhook's answer may carry one call of the API."""
        if isinstance(answer, dict) and answer.get("method") == "answerCallbackQuery":
            self.answer_query(str(answer.get("callback_query_id")))


class ApiError(Exception):
    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after

    def response(self) -> JSONResponse:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return JSONResponse(body, status_code=self.code)


def application(telegram: Telegram) -> Starlette:
    """The stand-in over `telegram`, which a test may also hold."""

    async def api(request: Request) -> Response:
        bot, method = telegram.bots.get(request.path_params["token"]), request.path_params["method"]
        if telegram.behaviour.down:
            return PlainTextResponse("Bad Gateway", status_code=502)
        if bot is None:
            raise ApiError(401, "Unauthorized")
        given = await _given(request)
        if (posted := telegram.channel.call(method, given)) is not None:
            return posted
        match method:
            case "sendMessage":
                result: Any = telegram.send(given)
                if telegram.loses_answer():
                    await asyncio.sleep(telegram.behaviour.hang_seconds)
                    return PlainTextResponse("", status_code=504)
            case "getFile":
                if given.get("file_id") not in telegram.files:
                    raise ApiError(400, "Bad Request: invalid file_id")
                result = {"file_id": given["file_id"], "file_path": f"photos/{given['file_id']}"}
            case "setWebhook":
                bot.webhook, bot.secret = given["url"], given.get("secret_token", "")
                result = True
            case "getUpdates":
                if bot.webhook is not None:
                    raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
                bot.waiting = [one for one in bot.waiting if one["update_id"] >= int(given.get("offset") or 0)]
                if not bot.waiting:
                    await asyncio.sleep(min(float(given.get("timeout") or 0), 0.2))
                result = bot.waiting[: int(given.get("limit") or 100)]
            case "answerCallbackQuery":
                telegram.answer_query(given["callback_query_id"])
                result = True
            case _:
                raise ApiError(404, "Not Found")
        return JSONResponse({"ok": True, "result": result})

    async def download(request: Request) -> Response:
        found = telegram.files.get(request.path_params["path"].removeprefix("photos/"))
        known = request.path_params["token"] in telegram.bots
        return Response(found) if found is not None and known else Response(status_code=404)

    async def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, ApiError)
        return error.response()

    return Starlette(
        routes=[
            *_control(telegram),
            Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
            Route("/bot{token}/{method}", api, methods=["GET", "POST"]),
        ],
        exception_handlers={ApiError: refused},
    )


async def _given(request: Request) -> dict[str, Any]:
    """Parameters, however they come; of a file its bytes."""
    if request.method != "POST":
        return dict(request.query_params)
    if request.headers.get("content-type", "").startswith("multipart/"):
        async with request.form() as form:
            return {name: value if isinstance(value, str) else await value.read() for name, value in form.items()}
    read: dict[str, Any] = await request.json()
    return read


def _control(telegram: Telegram) -> list[Route]:
    async def health(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def messages(request: Request) -> Response:
        if request.method == "DELETE":
            telegram.arrived.clear()
            return Response(status_code=204)
        to = request.query_params.get("to")
        found = [asdict(one) for one in telegram.arrived if to in (None, one.to)]
        return JSONResponse({"messages": found, "answered": telegram.answered})

    async def behaviour(request: Request) -> Response:
        if request.method == "PATCH":
            telegram.behaviour = Behaviour.model_validate(telegram.behaviour.model_dump() | await request.json())
        if request.method == "DELETE":
            telegram.behaviour = Behaviour()
        return JSONResponse(telegram.behaviour.model_dump())

    async def bots(request: Request) -> Response:
        telegram.bots.setdefault((await request.json())["token"], Bot())
        return Response(status_code=204)

    async def inbound(request: Request) -> Response:
        asked = await request.json()
        status = await telegram.deliver(asked["token"], asked["update"])
        return JSONResponse({"webhook_status": status}, status_code=200 if status == 200 else 502)

    async def files(request: Request) -> Response:
        name = f"AgACContoh{secrets.token_hex(8)}"
        telegram.files[name] = await request.body()
        return JSONResponse({"file_id": name})

    table: list[tuple[str, Callable[[Request], Awaitable[Response]], list[str]]] = [
        ("/control/health", health, ["GET"]),
        ("/control/messages", messages, ["GET", "DELETE"]),
        ("/control/behaviour", behaviour, ["GET", "PATCH", "DELETE"]),
        ("/control/bots", bots, ["POST"]),
        ("/control/inbound", inbound, ["POST"]),
        ("/control/files", files, ["POST"]),
    ]
    return [Route(path, endpoint, methods=methods) for path, endpoint, methods in table]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="telegram-standin", description="Local stand-in of the Telegram Bot API.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8092)
    parser.add_argument("--bots", help="JSON list of bot tokens", default="[]")
    options = parser.parse_args(arguments)
    telegram = Telegram(bots={token: Bot() for token in json.loads(options.bots)})
    sys.stderr.write(f"Telegram stand-in on http://{options.host}:{options.port} (pid {os.getpid()})\n")
    uvicorn.run(
        application(telegram), host=options.host, port=options.port, log_level="warning",
        timeout_graceful_shutdown=2,
    )  # fmt: skip


if __name__ == "__main__":
    main()
