"""Public pages in the stand-in of the Graph API: `POST /<page>/photos` and `/feed`, `GET /<page>/feed`, `DELETE` and
`POST /<post>`. `/control/pages`: which pages it knows (`PUT`, with their tokens), and what stands on them (`GET`).
"""

import itertools
from dataclasses import asdict, dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass
class Standing:
    """One post as anybody sees it now. `gone`: it was deleted."""

    id: str
    page: str
    message: str
    pictures: int
    gone: bool = False


@dataclass
class Pages:
    """`tokens`: page → its token. `undeletable`: as if a rule of the page forbade it."""

    tokens: dict[str, str] = field(default_factory=dict)
    posts: list[Standing] = field(default_factory=list)
    unpublished: set[str] = field(default_factory=set)
    undeletable: bool = False
    lose_answers: int = 0
    """So many posts are taken, and their answers never come."""
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def routes(self) -> list[Route]:
        return [
            Route("/control/pages", self._control, methods=["GET", "PUT", "PATCH"]),
            Route("/{version}/{page}/photos", self._photo, methods=["POST"]),
            Route("/{version}/{page}/feed", self._feed, methods=["GET", "POST"]),
            Route("/{version}/{post}", self._post, methods=["POST", "DELETE"]),
        ]

    async def _control(self, request: Request) -> Response:
        if request.method == "PUT":
            for one in await request.json():
                self.tokens[one["page"]] = one["token"]
        if request.method == "PATCH":
            wanted = await request.json()
            self.undeletable = bool(wanted.get("undeletable", self.undeletable))
            self.lose_answers = int(wanted.get("lose_answers", self.lose_answers))
        return JSONResponse({"posts": [asdict(one) for one in self.posts]})

    def _refused(self, request: Request, page: str) -> Response | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if page not in self.tokens:
            return _error(100, 33, "Unsupported request: object does not exist")
        return None if token == self.tokens[page] else _error(190, 463, "Error validating access token")

    async def _photo(self, request: Request) -> Response:
        page = request.path_params["page"]
        if (refused := self._refused(request, page)) is not None:
            return refused
        async with request.form() as form:
            source = form.get("source")
            if source is None or isinstance(source, str) or not await source.read():
                return _error(100, 0, "(#100) source is required")
            if form.get("published") != "false":
                return _error(100, 0, "the stand-in takes unpublished pictures only")
        name = f"picture{next(self._numbers)}"
        self.unpublished.add(name)
        return JSONResponse({"id": name})

    async def _feed(self, request: Request) -> Response:
        page = request.path_params["page"]
        if (refused := self._refused(request, page)) is not None:
            return refused
        if request.method == "GET":
            found = [one for one in reversed(self.posts) if one.page == page and not one.gone]
            limit = int(request.query_params.get("limit", "25"))
            return JSONResponse({"data": [{"id": one.id, "message": one.message} for one in found[:limit]]})
        body: dict[str, Any] = await request.json()
        media = [one.get("media_fbid") for one in body.get("attached_media", ())]
        if not set(media) <= self.unpublished:
            return _error(100, 0, "(#100) media_fbid is unknown")
        if not body.get("message") and not media:
            return _error(100, 0, "(#100) message is required")
        made = Standing(f"{page}_{next(self._numbers)}", page, body.get("message", ""), len(media))
        self.posts.append(made)
        if self.lose_answers > 0:
            self.lose_answers -= 1
            return Response("", status_code=504)
        return JSONResponse({"id": made.id})

    async def _post(self, request: Request) -> Response:
        name = request.path_params["post"]
        found = next((one for one in self.posts if one.id == name and not one.gone), None)
        if found is None:
            return _error(100, 33, "Unsupported request: object does not exist")
        if (refused := self._refused(request, found.page)) is not None:
            return refused
        if request.method == "DELETE":
            if self.undeletable:
                return _error(100, 1705, "Can not be deleted")
            found.gone = True
        else:
            found.message = (await request.json())["message"]
        return JSONResponse({"success": True})


def _error(code: int, subcode: int, message: str) -> Response:
    status = {190: 401}.get(code, 400)
    body = {"message": message, "type": "OAuthException", "code": code, "error_subcode": subcode}
    return JSONResponse({"error": body}, status_code=status)
