"""Stand-in of the WhatsApp Cloud API, a process of its own: `python -m services.cli.standins.whatsapp --help`.

Its provider side is what the real one offers (Graph version in the path is any):
`POST /<version>/<phone-number-id>/messages`, `POST /<version>/<phone-number-id>/media`, `GET /<version>/<media-id>` and
the download url it names. Below `/control` stand the means of tests and stories:

  GET    /control/health
  GET    /control/numbers · PUT /control/numbers          business numbers: token, app secret, webhook url
  GET    /control/messages?to=&phone_number_id=           what really arrived · DELETE forgets it
  GET    /control/arrivals?after=                         to whom, when and for which notice of ours, from a count on
  GET    /control/behaviour · PATCH · DELETE              faults and limits (`provider.Behaviour`)
  POST   /control/window    {phone_number_id, person, open}
  POST   /control/inbound   {phone_number_id, citizen, content, …}   a signed webhook of a person
  POST   /control/status    {id, status, code?}           one more status of a message that arrived
  POST   /control/media     raw bytes                     a file that a person's message may name
  `/control/pages`, `/control/accounts`, `/control/comments`: public pages (`posts`) and Instagram accounts (`comments`)
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from services.cli.standins.comments import Comments
from services.cli.standins.control import Control
from services.cli.standins.errors import ERRORS, ApiError
from services.cli.standins.payloads import Number
from services.cli.standins.posts import Pages
from services.cli.standins.provider import Behaviour, Provider, new_message
from services.cli.standins.requests import recipient, visible


def application(provider: Provider) -> Starlette:
    """The stand-in over `provider`, which a test may also hold."""
    comments = Comments()
    routes = [
        *Control(provider).routes(),
        *comments.routes(),
        *Pages().routes(),
        *_graph(provider, comments),
    ]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        comments.close()
        await provider.close()

    errors = {
        ClientDisconnect: _gone,
        ApiError: _api_error,
        ValidationError: _control_error,
        json.JSONDecodeError: _no_json,
    }
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers=errors)  # type: ignore[arg-type]


def _api_error(_: Request, error: ApiError) -> JSONResponse:
    return JSONResponse(error.body(), status_code=error.status)


def _control_error(_: Request, error: ValidationError) -> JSONResponse:
    return JSONResponse({"errors": json.loads(error.json(include_url=False))}, status_code=422)


def _gone(_: Request, __: ClientDisconnect) -> Response:
    """The caller went away in the middle of its request: nothing was taken, nobody is there to be told."""
    return Response(status_code=499)


def _no_json(_: Request, error: json.JSONDecodeError) -> JSONResponse:
    return _api_error(_, ERRORS[100].because(f"The body is no JSON: {error.msg}"))


def _graph(provider: Provider, comments: Comments) -> list[Route]:
    async def messages(request: Request) -> Response:
        if comments.knows(account := request.path_params["number"]):
            return await comments.messaged(request, account)
        provider.attempts += 1
        if (refused := await _gateway(provider)) is not None:
            return refused
        number = provider.number(request.path_params["number"], request.headers.get("authorization"))
        body = await request.json()
        to = recipient(body)
        text, buttons = visible(body, provider.behaviour.templates)
        message = new_message(number, to, body, text, buttons)
        provider.send(number, to, message)
        if provider.loses_answer():
            await asyncio.sleep(provider.behaviour.hang_seconds)
            return PlainTextResponse("", status_code=504)
        who = {"input": to, "wa_id": to} if body.get("to") else {"input": to, "user_id": to}
        return JSONResponse({"messaging_product": "whatsapp", "contacts": [who], "messages": [{"id": message.id}]})

    async def upload(request: Request) -> Response:
        provider.number(request.path_params["number"], request.headers.get("authorization"))
        async with request.form() as form:
            file = form.get("file")
            if file is None or isinstance(file, str):
                raise ERRORS[131008].because("The parameter file is required.")
            kind = str(form.get("type") or file.content_type or "application/octet-stream")
            return JSONResponse({"id": provider.keep_media(await file.read(), kind)})

    async def media(request: Request) -> Response:
        if (refused := await _gateway(provider)) is not None:
            return refused
        _any_token(provider, request)
        base = str(request.base_url).rstrip("/")
        return JSONResponse(provider.describe_media(request.path_params["media"], base))

    async def download(request: Request) -> Response:
        _any_token(provider, request)
        found = provider.media.get(request.query_params.get("mid", ""))
        return Response(status_code=404) if found is None else Response(found[0], media_type=found[1])

    return [
        Route("/whatsapp_business/attachments/", download, methods=["GET"]),
        Route("/{version}/{number}/messages", messages, methods=["POST"]),
        Route("/{version}/{number}/media", upload, methods=["POST"]),
        Route("/{version}/{media}", media, methods=["GET"]),
    ]


async def _gateway(provider: Provider) -> Response | None:
    if provider.behaviour.down:
        return PlainTextResponse("Service Unavailable", status_code=503)
    if provider.behaviour.latency_ms:
        await asyncio.sleep(provider.behaviour.latency_ms / 1000)
    return None


def _any_token(provider: Provider, request: Request) -> None:
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if all(token != number.access_token for number in provider.numbers.values()):
        raise ERRORS[190]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="whatsapp-standin", description="Local stand-in of the WhatsApp Cloud API.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--numbers", type=Path, help="JSON list of numbers (payloads.Number), mode 0600")
    parser.add_argument("--behaviour", type=Path, help="JSON object of provider.Behaviour")
    options = parser.parse_args(arguments)
    provider = Provider()
    if options.numbers is not None:
        for entry in json.loads(options.numbers.read_text()):
            provider.numbers[entry["phone_number_id"]] = Number(**entry)
    if options.behaviour is not None:
        provider.behaviour = Behaviour.model_validate_json(options.behaviour.read_text())
    sys.stderr.write(f"WhatsApp stand-in on http://{options.host}:{options.port} (pid {os.getpid()})\n")
    uvicorn.run(
        application(provider), host=options.host, port=options.port, log_level="warning",
        timeout_graceful_shutdown=2,
    )  # fmt: skip


if __name__ == "__main__":
    main()
