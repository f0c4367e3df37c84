"""The HTTP surface of this service as OpenAPI 3.1, made from its routes: `GET /openapi.json`.

What a route is called and takes in its path is read off it; what it answers stands in the table below. A route without
a row, or a row without a route, is an error that a test finds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

HTML, JSON, SVG = "text/html", "application/json", "image/svg+xml"
FORM, JSON_BODY, BYTES = "multipart/form-data", "application/json", "application/octet-stream"
ADDRESS = "/openapi.json"


@dataclass(frozen=True)
class Answers:
    """`by`: status → media types, () for an answer without a body. `takes`: the body's media type, and its fields."""

    summary: str
    by: Mapping[int, tuple[str, ...]]
    takes: str | None = None
    fields: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    token: bool = False


_PAGE = (HTML, JSON)
_REPORT = (
    "key", "text", "ward", "place", "latitude", "longitude", "contact", "kind", "confidentiality", "files",
    "files_kept",
)  # fmt: skip
_SAID = ("say", "text", "once", "files", "files_kept")
_LOGIN: dict[int, tuple[str, ...]] = {303: (), 401: (JSON,), 403: _PAGE}
_AWAY: dict[int, tuple[str, ...]] = {503: _PAGE}
_BROKEN: dict[int, tuple[str, ...]] = {400: ("text/plain", HTML, JSON)}
_SENT: dict[int, tuple[str, ...]] = {303: (), 403: _PAGE, 404: _PAGE, 413: _PAGE, 422: _PAGE, **_AWAY, **_BROKEN}
_PROBLEMS: dict[int, tuple[str, ...]] = {401: (JSON,), 413: (JSON,), 503: (JSON,)}


def _page(summary: str, *statuses: int, query: tuple[str, ...] = ()) -> Answers:
    return Answers(summary, {**dict.fromkeys((200, *statuses), _PAGE), **_AWAY}, query=query)


def _staff(summary: str, *statuses: int, query: tuple[str, ...] = ()) -> Answers:
    return Answers(summary, {**dict.fromkeys((200, *statuses), _PAGE), **_LOGIN, **_AWAY}, query=query)


TABLE: Mapping[tuple[str, str], Answers] = {
    ("GET", "/webhooks/{city}/{channel}"): Answers(
        "A provider's handshake", {200: ("text/plain",), 403: (JSON,), 404: (JSON,)}
    ),
    ("POST", "/webhooks/{city}/{channel}"): Answers(
        "What a provider calls us with; signed", {200: (JSON,), 400: (JSON,), 404: (JSON,), **_PROBLEMS}, JSON_BODY
    ),
    ("POST", "/media"): Answers(
        "A file of an adapter, an agency or the console",
        {201: (JSON,), 400: (JSON,), 415: (JSON,), 422: (JSON,), **_PROBLEMS}, BYTES, token=True,
    ),
    ("GET", "/media/{reference}"): Answers(
        "A picture of a task, for the agency that holds it",
        {200: ("image/*", "application/pdf", "video/*", "audio/*"), 401: (JSON,), 404: (JSON,), 503: (JSON,)},
        token=True,
    ),
    ("POST", "/entries"): Answers(
        "What a moderator takes down on air", {201: (JSON,), 400: (JSON,), 422: (JSON,), **_PROBLEMS}, JSON_BODY,
        token=True,
    ),
    ("POST", "/links"): Answers(
        "A post of elsewhere that staff paste", {200: (JSON,), 201: (JSON,), 400: (JSON,), 422: (JSON,), **_PROBLEMS},
        JSON_BODY, token=True,
    ),
    ("POST", "/mail/{city}"): Answers(
        "A letter that a mail server hands in", {200: (JSON,), 400: (JSON,), **_PROBLEMS}, BYTES, token=True
    ),
    ("POST", "/open311"): Answers(
        "A report of an Open311 client, handed in by the pages",
        {201: (JSON,), 400: (JSON,), 403: (JSON,), 422: (JSON,), 429: (JSON,), **_PROBLEMS}, JSON_BODY, token=True,
    ),
    ("GET", "/open311/tokens/{token}"): Answers(
        "Whether such a report has its ticket", {200: (JSON,), 401: (JSON,), 404: (JSON,), 503: (JSON,)}, token=True
    ),
    ("GET", "/lapor"): Answers("To which city", {200: _PAGE, 303: (), **_AWAY}),
    ("GET", "/lapor/{city}"): _page("The form", 404, query=("tempat",)),
    ("POST", "/lapor/{city}"): Answers("A report", {200: _PAGE, **_SENT}, FORM, _REPORT),
    ("GET", "/lapor/{city}/peta.svg"): Answers(
        "Map of the kelurahan", {200: (SVG,), 404: _PAGE, **_AWAY}, query=("lat", "lon")
    ),
    ("GET", "/lapor/{city}/terima/{key}"): _page("Its ticket; 202 while it is made", 202, 404, query=("ditolak",)),
    ("GET", "/lapor/{city}/saya/{key}"): _page("The reporter's own page", 404),
    ("POST", "/lapor/{city}/saya/{key}"): Answers("SUDAH, BELUM, more words, files", _SENT, FORM, _SAID),
    ("GET", "/lapor/{city}/poster"): _page("A poster for every kelurahan", 404),
    ("GET", "/lapor/{city}/poster/semua"): _page("All of them", 404),
    ("GET", "/lapor/{city}/poster/{ward}"): _page("One of them", 404),
    ("GET", "/meja"): _staff("The desk"),
    ("POST", "/meja"): Answers(
        "An entry for somebody", {201: (JSON,), 202: (JSON,), **_SENT, 401: _PAGE}, FORM,
        (*_REPORT, "name", "concerned_name", "concerned_place", "forwarder", "csrf"),
    ),
    ("GET", "/meja/siap"): Answers("Who is logged in", {200: (JSON,), **_LOGIN, **_AWAY}),
    ("GET", "/meja/petugas"): _staff("An officer reports himself"),
    ("POST", "/meja/petugas"): Answers(
        "Such a report", {201: (JSON,), 202: (JSON,), **_SENT, 401: _PAGE}, FORM,
        (*_REPORT, "concerned_name", "concerned_place", "csrf"),
    ),
    ("GET", "/meja/slip/{key}"): _staff("The slip", 202, 404, query=("kertas", "ditolak")),
    ("GET", "/meja/cari"): _staff("A code, typed or scanned", 422, query=("tiket",)),
    ("GET", "/meja/laporan/{ticket}"): _staff("Where it stands", 404),
    ("POST", "/meja/laporan/{ticket}"): Answers(
        "What the person says at the counter", {**_SENT, 401: _PAGE}, FORM, (*_SAID, "csrf")
    ),
    ("GET", "/meja/tautan"): _staff("The form for a link"),
    ("POST", "/meja/tautan"): Answers("A link", {200: _PAGE, **_SENT, 401: _PAGE}, FORM, ("csrf",)),
}  # fmt: skip


def endpoint(routes: Iterable[BaseRoute]) -> Route:
    found = description(routes)

    async def show(_: Request) -> Response:
        return JSONResponse(found)

    return Route(ADDRESS, show, methods=["GET"])


def description(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """Raises KeyError for a route without a row."""
    paths: dict[str, dict[str, Any]] = {}
    for route in flat(routes):
        path, beside = route.path.removesuffix(".json"), route.path.endswith(".json")
        for method in sorted((route.methods or set()) - {"HEAD"}):
            operation = _operation(TABLE[method, path], path, as_json=beside)
            paths.setdefault(route.path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tuntas: doors", "version": "1"},
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def flat(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    """Also those that are mounted; static files apart."""
    for route in routes:
        if isinstance(route, Route):
            yield route
        elif isinstance(route, Mount) and route.path == "":
            yield from flat(route.routes)


def _operation(answers: Answers, path: str, *, as_json: bool) -> dict[str, Any]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    found: dict[str, Any] = {
        "summary": answers.summary,
        "parameters": [
            *({"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names),
            *({"name": name, "in": "query", "schema": {"type": "string"}} for name in answers.query),
        ],
        "responses": {str(status): _answer(kinds, as_json=as_json) for status, kinds in _all(answers, names).items()},
    }
    if answers.takes is not None:
        schema = {"type": "object", "properties": {name: {"type": "string"} for name in answers.fields}}
        found["requestBody"] = {"content": {answers.takes: {"schema": schema if answers.fields else {}}}}
    if answers.token:
        found["security"] = [{"token": []}]
    return found


def _all(answers: Answers, names: list[str]) -> dict[int, tuple[str, ...]]:
    """With what the router says itself of a name that can stand in no path."""
    return {**answers.by, **({404: (*answers.by.get(404, ()), "text/plain")} if names else {})}


def _answer(kinds: tuple[str, ...], *, as_json: bool) -> dict[str, Any]:
    shown = [kind for kind in kinds if kind != HTML] if as_json else kinds
    return {"description": "", **({"content": {kind: {} for kind in shown}} if shown else {})}
