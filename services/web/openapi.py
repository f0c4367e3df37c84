"""The HTTP surface of a service as OpenAPI 3.1, made from its routes: `GET /openapi.json`.

What a route is called and takes in its path is read off it; what it answers stands in the service's table. A route
without a row says so (`UNDESCRIBED`): a test finds it, nobody's start fails over it.
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
UNDESCRIBED = "Not described yet"


@dataclass(frozen=True)
class Answers:
    """`by`: status → media types, () for an answer without a body. `takes`: the body's media type, and its fields."""

    summary: str
    by: Mapping[int, tuple[str, ...]]
    takes: str | None = None
    fields: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    token: bool = False


Table = Mapping[tuple[str, str], Answers]
"""By method and path, without `.json`."""


_NOTHING = Answers(UNDESCRIBED, {})


def endpoint(title: str, table: Table, routes: Iterable[BaseRoute]) -> Route:
    found = description(title, table, routes)

    async def show(_: Request) -> Response:
        return JSONResponse(found)

    return Route(ADDRESS, show, methods=["GET"])


def description(title: str, table: Table, routes: Iterable[BaseRoute]) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for route in flat(routes):
        path, beside = route.path.removesuffix(".json"), route.path.endswith(".json")
        for method in sorted((route.methods or set()) - {"HEAD"}):
            operation = _operation(table.get((method, path), _NOTHING), path, as_json=beside)
            paths.setdefault(route.path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
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
