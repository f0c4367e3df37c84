"""The HTTP door of channels that call us: `GET|POST /webhooks/<city>/<channel>`.

200 means: every message of the webhook is stored in JetStream. 503 (within two seconds) means: not known to be stored,
send it again; providers do so for hours or days, and what was stored already is recognised. What comes from the
provider is always stored, whatever it says.
"""

import asyncio
import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from services.contracts import subjects
from services.contracts.intake import IntakeMessage
from services.intake.doors.answers import Problem, unavailable
from services.intake.doors.bodies import read_body
from services.intake.doors.pressure import Pressure
from services.intake.doors.provider_json import NotJsonError, Translated
from services.intake.doors.webhook import Webhook
from services.runtime import figures
from services.runtime.publishing import Publisher

MAX_BODY = 3 * 1024 * 1024
"""Bytes; Meta names 3 MB as the most that a webhook may have, others send less."""
MAX_MESSAGE = 900_000
"""Bytes of one message in the queue, below the broker's limit of 1 MiB."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
"""As Starlette writes JSON, which makes such an encoder for each answer."""
PATIENCE = 1.7
"""Seconds until a missing PubAck is a 503; with the rest it stays below two."""


class WebhookDoor:
    """`webhooks`: by city and channel. `pressure`: who gives way while many call."""

    def __init__(
        self, webhooks: Mapping[tuple[str, str], Webhook], publisher: Publisher, pressure: Pressure | None = None
    ) -> None:
        self._webhooks = webhooks
        self._cities = {city for city, _ in webhooks}
        self._publisher = publisher
        self._pressure = pressure or Pressure()

    def routes(self) -> list[Route]:
        path = "/webhooks/{city}/{channel}"
        # What is called a thousand times as often stands first: each route before it would be held against its path.
        return [Route(path, self._webhook, methods=["POST"]), Route(path, self._handshake, methods=["GET"])]

    def _called(self, request: Request) -> Webhook:
        city, channel = request.path_params["city"], request.path_params["channel"]
        found = self._webhooks.get((city, channel))
        if found is not None:
            return found
        if city in self._cities:
            raise Problem(404, "unknown_channel", "The city has no such channel that is called by webhook.")
        raise Problem(404, "unknown_city", "This installation serves no such city.")

    async def _handshake(self, request: Request) -> Response:
        try:
            answer = self._called(request).challenge(request.query_params)
        except Problem as problem:
            return problem.response()
        if answer is None:
            return Problem(403, "wrong_token", "The handshake's mode or token is not what was agreed.").response()
        return PlainTextResponse(answer)

    async def _webhook(self, request: Request) -> Response:
        try:
            webhook = self._called(request)
            raw = await read_body(request, MAX_BODY)
            with self._pressure:
                messages = _opened(webhook, request, raw)
                params = request.path_params
                await self._store(subjects.intake(params["city"], params["channel"]), messages)
        except Problem as problem:
            return problem.response()
        return Response(_ENCODER.encode(webhook.answer(messages)), media_type="application/json")

    async def _store(self, subject: str, messages: list[Translated]) -> None:
        sending = [self._publisher.publish(subject, fitting(message), within=PATIENCE) for message in messages]
        try:
            if len(sending) == 1:
                await sending[0]
            else:
                await asyncio.gather(*sending)
        except Exception as error:
            raise unavailable(error) from error


def _opened(webhook: Webhook, request: Request, raw: bytes) -> list[Translated]:
    refused = webhook.unproven(request.headers, raw)
    if refused is not None:
        figures.record_call(request.path_params["city"], request.path_params["channel"], refused.code)
        raise Problem(401, refused.code, refused.sentence)
    try:
        return webhook.translate(raw)
    except NotJsonError:
        raise Problem(400, "not_json", "The body is no JSON.") from None


def fitting(message: Translated) -> bytes:
    """Far beyond what providers let people write, the end of a text is cut rather than the message lost."""
    body = message.model_dump_json(exclude_none=True).encode()
    if len(body) <= MAX_MESSAGE or not isinstance(message, IntakeMessage):
        return body
    cut = MAX_MESSAGE // 8
    shorter = IntakeMessage.model_validate(
        {
            **dict(message),
            "text": message.text[:cut] if message.text else None,
            "original": message.original[:cut] if message.original else None,
        }
    )
    return shorter.model_dump_json(exclude_none=True).encode()
