"""The stand-in's `/control` routes: what tests and stories tell the provider to do, and what they ask of it."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.cli.standins.errors import ERRORS
from services.cli.standins.payloads import Citizen, Number, inbound, statuses
from services.cli.standins.provider import Behaviour, Provider


class Inbound(BaseModel):
    """`content` is one of `payloads`' (`{"type": "text", "text": {"body": "…"}}`), or any other of yours."""

    model_config = ConfigDict(extra="forbid")
    phone_number_id: str
    citizen: Citizen
    content: dict[str, object]
    message: str | None = None
    at: float | None = None
    reply_to: str | None = None
    forwarded: bool = False
    patience: float = 30


class Window(BaseModel):
    phone_number_id: str
    person: str
    open: bool


class MoreStatus(BaseModel):
    id: str
    status: str
    code: int | None = None


class Control:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def routes(self) -> list[Route]:
        table: list[tuple[str, Callable[[Request], Awaitable[Response]], list[str]]] = [
            ("/control/health", self.health, ["GET"]),
            ("/control/numbers", self.numbers, ["GET", "PUT"]),
            ("/control/messages", self.messages, ["GET", "DELETE"]),
            ("/control/arrivals", self.arrivals, ["GET"]),
            ("/control/behaviour", self.behaviour, ["GET", "PATCH", "DELETE"]),
            ("/control/window", self.window, ["POST"]),
            ("/control/inbound", self.inbound, ["POST"]),
            ("/control/status", self.status, ["POST"]),
            ("/control/media", self.media, ["POST"]),
        ]
        return [Route(path, endpoint, methods=methods) for path, endpoint, methods in table]

    async def health(self, _: Request) -> Response:
        return JSONResponse({"ok": True})

    async def numbers(self, request: Request) -> Response:
        if request.method == "PUT":
            for entry in await request.json():
                number = Number(**entry)
                self._provider.numbers[number.phone_number_id] = number
        known = [asdict(n) | {"access_token": "…", "app_secret": "…"} for n in self._provider.numbers.values()]
        return JSONResponse({"numbers": known})

    async def messages(self, request: Request) -> Response:
        if request.method == "DELETE":
            self._provider.arrived.clear()
            return Response(status_code=204)
        query = request.query_params
        wanted = {key: query[key] for key in ("to", "phone_number_id") if key in query}
        found = [asdict(m) for m in self._provider.arrived if all(getattr(m, k) == v for k, v in wanted.items())]
        return JSONResponse({"messages": found, "attempts": self._provider.attempts})

    async def arrivals(self, request: Request) -> Response:
        new = self._provider.arrived[int(request.query_params.get("after", "0")) :]
        return JSONResponse({"arrivals": [[m.to, m.at, m.callback] for m in new]})

    async def behaviour(self, request: Request) -> Response:
        if request.method == "PATCH":
            merged = self._provider.behaviour.model_dump() | await request.json()
            self._provider.behaviour = Behaviour.model_validate(merged)
            self._provider.forget_limits()
        if request.method == "DELETE":
            self._provider.behaviour = Behaviour()
            self._provider.forget_limits()
        return JSONResponse(self._provider.behaviour.model_dump())

    async def window(self, request: Request) -> Response:
        asked = Window.model_validate_json(await request.body())
        self._provider.set_window(asked.phone_number_id, asked.person, asked.open)
        return Response(status_code=204)

    async def inbound(self, request: Request) -> Response:
        asked = Inbound.model_validate_json(await request.body())
        number = self._provider.numbers.get(asked.phone_number_id)
        if number is None:
            return JSONResponse({"error": "unknown phone_number_id"}, status_code=404)
        wamid, body = inbound(
            number, asked.citizen, asked.content, message=asked.message, at=asked.at,
            reply_to=asked.reply_to, forwarded=asked.forwarded,
        )  # fmt: skip
        self._provider.heard(number.phone_number_id, asked.citizen.address)
        status = await self._provider.deliver(number, body, asked.patience)
        return JSONResponse({"id": wamid, "webhook_status": status}, status_code=200 if status == 200 else 502)

    async def status(self, request: Request) -> Response:
        asked = MoreStatus.model_validate_json(await request.body())
        message = next((m for m in self._provider.arrived if m.id == asked.id), None)
        if message is None:
            return JSONResponse({"error": "unknown message"}, status_code=404)
        number = self._provider.numbers[message.phone_number_id]
        error = ERRORS[asked.code] if asked.code is not None else None
        entry = self._provider.status(message, asked.status, error)
        return JSONResponse({"webhook_status": await self._provider.deliver(number, statuses(number, [entry]))})

    async def media(self, request: Request) -> Response:
        kind = request.headers.get("content-type", "application/octet-stream")
        return JSONResponse({"id": self._provider.keep_media(await request.body(), kind)})
