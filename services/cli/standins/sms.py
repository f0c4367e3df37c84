"""Stand-in of an SMS gateway in the generic form (`contracts.city.gateways.SmsGateway`), as tests and stories hold it.

`POST /send` with a bearer token takes `{to, text, reference, from}`; a reference that came before is not sent again and
gets the first answer, as the better gateways do. It counts what really arrived at telephones.
"""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route


@dataclass(frozen=True)
class Sent:
    id: str
    to: str
    text: str
    reference: str
    sender: str
    at: float


@dataclass
class Gateway:
    token: str
    arrived: list[Sent] = field(default_factory=list)
    refuse: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Number → HTTP status and the gateway's own code."""
    busy: int = 0
    """So many are answered 429 with `Retry-After`."""
    lose_answers: int = 0
    hang_seconds: float = 5
    down: bool = False
    per_second: float = 1000
    limited: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def take(self, given: dict[str, str]) -> Sent:
        known = next((one for one in self.arrived if one.reference == given["reference"]), None)
        if known is None:
            known = Sent(
                f"sms-{next(self._numbers)}", given["to"], given["text"], given["reference"], given["from"], time.time()
            )
            self.arrived.append(known)
        return known


def application(gateway: Gateway) -> Starlette:
    async def send(request: Request) -> Response:
        if gateway.down:
            return PlainTextResponse("Bad Gateway", status_code=502)
        if request.headers.get("authorization") != f"Bearer {gateway.token}":
            return JSONResponse({"error": {"code": "unauthorized"}}, status_code=401)
        given = {name: str(value) for name, value in (await request.json()).items()}
        recent = sum(one.at > time.time() - 1 for one in gateway.arrived[-int(gateway.per_second) - 1 :])
        if gateway.busy > 0 or recent >= gateway.per_second:
            gateway.busy = max(0, gateway.busy - 1)
            gateway.limited += 1
            return JSONResponse({"error": {"code": "rate"}}, status_code=429, headers={"retry-after": "1"})
        if given["to"] in gateway.refuse:
            status, code = gateway.refuse[given["to"]]
            return JSONResponse({"error": {"code": code}}, status_code=status)
        sent = gateway.take(given)
        if gateway.lose_answers > 0:
            gateway.lose_answers -= 1
            await asyncio.sleep(gateway.hang_seconds)
        return JSONResponse({"id": sent.id}, status_code=202)

    return Starlette(routes=[Route("/send", send, methods=["POST"])])
