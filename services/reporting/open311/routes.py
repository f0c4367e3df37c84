"""`/open311/v2/…`: GeoReport v2's six methods and the service discovery, in XML and JSON, for every city here."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts.city import City
from services.reporting.desk import Desk
from services.reporting.open311 import description, reading
from services.reporting.open311.catalogue import SERVICES, definition
from services.reporting.open311.description import BASE
from services.reporting.open311.forms import Bad, answer, error
from services.reporting.open311.posting import Door, report
from services.runtime.failures import is_infrastructure
from services.web import bodies
from services.web.guessing import address_of

PUBLIC = frozenset(
    f"{BASE}/{path}"
    for path in (
        "discovery.{form}", "services.{form}", "services/{code}.{form}", "requests.{form}", "requests/{id}.{form}",
        "tokens/{token}.{form}", "openapi",
    )
)  # fmt: skip
"""Anyone may ask; whoever reports shows a key."""

CHANGED = "2026-11-26 00:00"
"""When the list of services last changed."""
MOST_BODY = 64 * 1024
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"

Handler = Callable[[Request], Awaitable[tuple[str, Any]]]


class Open311:
    def __init__(self, desk: Desk, public_url: str) -> None:
        self._desk = desk
        self._url = public_url.rstrip("/")
        self._door = Door(desk.uploads.client, desk.uploads.url, desk.uploads.tokens)

    def routes(self) -> list[Route]:
        table: list[tuple[str, Handler]] = [
            ("discovery.{form}", self._discovery),
            ("services.{form}", self._services),
            ("services/{code}.{form}", self._definition),
            ("requests.{form}", self._requests),
            ("requests/{id}.{form}", self._request),
            ("tokens/{token}.{form}", self._token),
        ]
        posts = [
            Route(f"{BASE}/requests.{form}", _endpoint(self._post, form), methods=["POST"]) for form in ("json", "xml")
        ]
        return [
            Route(f"{BASE}/openapi.json", self._openapi, methods=["GET"]),
            *posts,
            *(Route(f"{BASE}/{path}", _endpoint(handler), methods=["GET"]) for path, handler in table),
        ]

    def _city(self, given: Mapping[str, str]) -> City:
        """`jurisdiction_id` is a city's id; where there is one city it may be left out."""
        wanted = given.get("jurisdiction_id", "").strip()
        if not wanted and len(self._desk.cities) == 1:
            return next(iter(self._desk.cities.values()))
        if not wanted:
            raise Bad(400, "jurisdiction_id was not provided.")
        if wanted not in self._desk.cities:
            raise Bad(404, "jurisdiction_id was not found.")
        return self._desk.cities[wanted]

    async def _openapi(self, _: Request) -> Response:
        return JSONResponse(description.document(self._url, sorted(self._desk.cities)))

    async def _discovery(self, _: Request) -> tuple[str, Any]:
        endpoint = {
            "specification": SPECIFICATION,
            "url": f"{self._url}{BASE}",
            "changeset": CHANGED,
            "type": "production",
            "formats": ["text/xml", "application/json"],
        }
        cities = ", ".join(f"{city.id} ({city.name})" for city in self._desk.cities.values())
        return "discovery", {
            "changeset": CHANGED,
            "contact": f"Dinas Komunikasi dan Informatika kota; jurisdiction_id: {cities}",
            "key_service": "Minta api_key kepada pengelola sistem pengaduan kota.",
            "endpoints": [endpoint],
        }

    async def _services(self, request: Request) -> tuple[str, Any]:
        self._city(request.query_params)
        return "services", list(SERVICES.values())

    async def _definition(self, request: Request) -> tuple[str, Any]:
        self._city(request.query_params)
        code = request.path_params["code"]
        if code not in SERVICES:
            raise Bad(404, "service_code was not found.")
        return "service_definition", definition(code)

    async def _requests(self, request: Request) -> tuple[str, Any]:
        city = self._city(request.query_params)
        what = reading.asked(request.query_params, self._desk.clock())
        return "service_requests", await reading.some(self._desk.public, city, what, self._by_ticket(request, city))

    async def _request(self, request: Request) -> tuple[str, Any]:
        city = self._city(request.query_params)
        wanted = request.path_params["id"]
        found = await reading.one(self._desk.public, city, wanted, self._by_ticket(request, city))
        if found is None:
            raise Bad(404, "service_request_id was not found.")
        return "service_requests", [found]

    def _by_ticket(self, request: Request, city: City) -> Callable[[str], Awaitable[dict[str, Any] | None]]:
        """As the tracking page does: who asks for many codes that do not exist waits."""
        address, guesses = address_of(request), self._desk.guesses

        async def by_ticket(ticket: str) -> dict[str, Any] | None:
            if guesses.wait(address):
                raise Bad(429, "Too many service_request_id that do not exist. Ask again later.")
            found = await reading.of_ticket(self._desk.public, city, ticket)
            if found is None:
                guesses.missed(address)
            return found

        return by_ticket

    async def _token(self, request: Request) -> tuple[str, Any]:
        city, token = self._city(request.query_params), request.path_params["token"]
        if not (token.isascii() and token.replace("-", "").isalnum() and len(token) <= 100):
            raise Bad(404, "token was not found.")
        ticket = await self._door.ticket(city, token)
        return "service_requests", [{"service_request_id": ticket, "token": token}]

    async def _post(self, request: Request) -> tuple[str, Any]:
        try:
            sent = await _sent(Request(request.scope, bodies.capped(request.receive, MOST_BODY)))
        except bodies.TooLargeError:
            raise Bad(413, f"The request may have {MOST_BODY} bytes.") from None
        except ClientDisconnect:
            raise Bad(400, "The request ended before its end.") from None
        except Exception as broken:
            if is_infrastructure(broken):
                raise
            raise Bad(400, "The request is no form.") from None
        given = dict(request.query_params) | sent
        body, notice = report(given)
        city = self._city(given)
        taken = await self._door.hand_in(city, body)
        named = {"service_request_id": taken["ticket"]} if "ticket" in taken else {"token": taken["token"]}
        return "service_requests", [named | {"service_notice": notice, "account_id": None}]


async def _sent(request: Request) -> dict[str, str]:
    """A form, as the specification has it; or the same names in a JSON object, which many clients send instead."""
    if not request.headers.get("content-type", "").lower().startswith("application/json"):
        form = await request.form(max_files=5)
        return {name: value for name, value in form.items() if isinstance(value, str)}
    body = json.loads(await request.body())
    attributes = body.get("attribute")
    named = {f"attribute[{name}]": one for name, one in attributes.items()} if isinstance(attributes, dict) else {}
    return {
        name: str(value)
        for name, value in (body | named).items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }


def _endpoint(handler: Handler, form: str | None = None) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        wanted = form or request.path_params["form"]
        if wanted not in ("json", "xml"):
            return error(Bad(404, "There are .xml and .json."), "json")
        try:
            root, value = await handler(request)
        except Bad as bad:
            return error(bad, wanted)
        except Exception as broken:
            if not is_infrastructure(broken):
                raise
            return error(Bad(503, "The city does not answer now. Ask again."), wanted)
        return answer(root, value, wanted)

    return endpoint
