"""The HTTP door of WhatsApp: `GET|POST /webhooks/<city>/whatsapp`.

200 means: every message of the webhook is stored in JetStream. 503 (within two seconds) means: not known to be stored,
send it again; the provider does so for days, and what was stored already is recognised. What is signed is always
stored, whatever it says.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.intake import IntakeMessage
from services.contracts.secrets import WhatsAppSecrets
from services.intake.answers import Problem, unavailable
from services.intake.bodies import read_body
from services.intake.channels.whatsapp import signature
from services.intake.channels.whatsapp.translate import NotJsonError, Translated, translate
from services.runtime.publishing import Publisher

CHANNEL = "whatsapp"
MAX_BODY = 3 * 1024 * 1024
"""Bytes; Meta names 3 MB as the most that a webhook may have."""
MAX_MESSAGE = 900_000
"""Bytes of one message in the queue, below the broker's limit of 1 MiB."""
PATIENCE = 1.7
"""Seconds until a missing PubAck is a 503; with the rest it stays below two."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """One city's WhatsApp: secrets of its app, doors by `phone_number_id`."""

    secrets: WhatsAppSecrets
    doors: Mapping[str, str]
    subject: str


def doorways(cities: Mapping[str, City], secrets: Mapping[str, WhatsAppSecrets]) -> dict[str, Doorway]:
    return {
        city.id: Doorway(
            secrets=secrets.get(city.id, WhatsAppSecrets()),
            doors={d.phone_number_id: d.id for d in city.doors if d.channel == CHANNEL and d.phone_number_id},
            subject=subjects.intake(city.id, CHANNEL),
        )
        for city in cities.values()
    }


class WhatsAppDoor:
    def __init__(self, doorways: Mapping[str, Doorway], publisher: Publisher) -> None:
        self._doorways = doorways
        self._publisher = publisher

    def routes(self) -> list[Route]:
        path = f"/webhooks/{{city}}/{CHANNEL}"
        return [Route(path, self._handshake, methods=["GET"]), Route(path, self._webhook, methods=["POST"])]

    def _doorway(self, request: Request) -> Doorway:
        found = self._doorways.get(request.path_params["city"])
        if found is None:
            raise Problem(404, "unknown_city", "This installation serves no such city.")
        return found

    async def _handshake(self, request: Request) -> Response:
        try:
            asked = request.query_params
            answer = signature.challenge(
                self._doorway(request).secrets.verify_token,
                asked.get("hub.mode"),
                asked.get("hub.verify_token"),
                asked.get("hub.challenge"),
            )
        except Problem as problem:
            return problem.response()
        if answer is None:
            return Problem(403, "wrong_token", "hub.mode or hub.verify_token is not what was agreed.").response()
        return PlainTextResponse(answer)

    async def _webhook(self, request: Request) -> Response:
        try:
            doorway = self._doorway(request)
            raw = await read_body(request, MAX_BODY)
            messages = self._opened(doorway, raw, request.headers.get(signature.HEADER))
            await self._store(doorway, messages)
        except Problem as problem:
            return problem.response()
        return JSONResponse({"stored": len(messages)})

    @staticmethod
    def _opened(doorway: Doorway, raw: bytes, header: str | None) -> list[Translated]:
        if header is None:
            raise Problem(401, "not_signed", "The header X-Hub-Signature-256 is missing.")
        if not signature.is_signed(doorway.secrets.app_secret, raw, header):
            raise Problem(401, "wrong_signature", "X-Hub-Signature-256 does not fit the body and the app's secret.")
        try:
            return translate(raw, doorway.doors)
        except NotJsonError:
            raise Problem(400, "not_json", "The body is no JSON.") from None

    async def _store(self, doorway: Doorway, messages: list[Translated]) -> None:
        sending = [self._publisher.publish(doorway.subject, _fitting(message), within=PATIENCE) for message in messages]
        try:
            if len(sending) == 1:
                await sending[0]
            else:
                await asyncio.gather(*sending)
        except Exception as error:
            raise unavailable(error) from error


def _fitting(message: Translated) -> bytes:
    """Far beyond what WhatsApp lets people write, the end of a text is cut rather than the message lost."""
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
