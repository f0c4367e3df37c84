"""Instagram accounts in a stand-in of the Graph API of their own: `POST /<account>/media` and `/media_publish`,
`GET /<account>/media`, `GET /<container or media>`, `DELETE /<media>`. Pictures are fetched from their address.
"""

import io
import itertools
from dataclasses import dataclass, field
from typing import Any

import httpx
from PIL import Image
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass
class Container:
    """Of one picture, or of several. It takes a look until it is ready."""

    account: str
    caption: str
    pictures: int
    status: str = "IN_PROGRESS"
    looks: int = 0


@dataclass
class Media:
    id: str
    account: str
    caption: str
    pictures: int
    gone: bool = False

    @property
    def link(self) -> str:
        return f"https://www.instagram.com/p/{self.id}/"


@dataclass
class Instagram:
    """`tokens`: account → its token. `manages`: it has `instagram_manage_contents`, posts may be deleted."""

    tokens: dict[str, str] = field(default_factory=dict)
    posts: list[Media] = field(default_factory=list)
    containers: dict[str, Container] = field(default_factory=dict)
    manages: bool = True
    lose_answers: int = 0
    """So many posts are taken, and their answers never come."""
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def routes(self) -> list[Route]:
        return [
            Route("/{version}/{account}/media", self._media, methods=["GET", "POST"]),
            Route("/{version}/{account}/media_publish", self._publish, methods=["POST"]),
            Route("/{version}/{name}", self._one, methods=["GET", "DELETE"]),
        ]

    def _refused(self, request: Request, account: str) -> Response | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if account not in self.tokens:
            return _error(100, 33, "Unsupported request: object does not exist")
        return None if token == self.tokens[account] else _error(190, 463, "Error validating access token")

    async def _media(self, request: Request) -> Response:
        account = request.path_params["account"]
        if (refused := self._refused(request, account)) is not None:
            return refused
        if request.method == "GET":
            found = [one for one in reversed(self.posts) if one.account == account and not one.gone]
            data = [{"id": one.id, "caption": one.caption, "permalink": one.link} for one in found[:25]]
            return JSONResponse({"data": data})
        body: dict[str, Any] = await request.json()
        made: Container | None
        if body.get("media_type") == "CAROUSEL":
            made = self._carousel(account, body)
        else:
            async with httpx.AsyncClient(trust_env=False) as client:
                picture = await client.get(body.get("image_url", ""))
            fits = picture.status_code == 200 and _fits(picture.content)
            made = Container(account, body.get("caption", ""), 1, "IN_PROGRESS" if fits else "ERROR")
        if made is None:
            return _error(100, 2207028, "children are not fit")
        name = f"container{next(self._numbers)}"
        self.containers[name] = made
        return JSONResponse({"id": name})

    def _carousel(self, account: str, body: dict[str, Any]) -> Container | None:
        children = [self.containers.get(one) for one in body.get("children", ())]
        if not 2 <= len(children) <= 10 or any(one is None or one.status != "FINISHED" for one in children):
            return None
        return Container(account, body.get("caption", ""), len(children))

    async def _publish(self, request: Request) -> Response:
        account = request.path_params["account"]
        if (refused := self._refused(request, account)) is not None:
            return refused
        container = self.containers.get((await request.json()).get("creation_id"))
        if container is None or container.status != "FINISHED":
            return _error(9007, 2207027, "Media ID is not available")
        container.status = "PUBLISHED"
        made = Media(f"179{next(self._numbers)}", account, container.caption, container.pictures)
        self.posts.append(made)
        if self.lose_answers > 0:
            self.lose_answers -= 1
            return Response("", status_code=504)
        return JSONResponse({"id": made.id})

    async def _one(self, request: Request) -> Response:
        name = request.path_params["name"]
        if (container := self.containers.get(name)) is not None:
            container.looks += 1
            if container.status == "IN_PROGRESS" and container.looks > 1:
                container.status = "FINISHED"
            return JSONResponse({"id": name, "status_code": container.status})
        found = next((one for one in self.posts if one.id == name and not one.gone), None)
        if found is None:
            return _error(100, 33, "Unsupported request: object does not exist")
        if (refused := self._refused(request, found.account)) is not None:
            return refused
        if request.method == "GET":
            return JSONResponse({"id": name, "permalink": found.link})
        if not self.manages:
            return _error(10, 0, "(#10) needs instagram_manage_contents")
        found.gone = True
        return JSONResponse({"success": True})


def _fits(content: bytes) -> bool:
    """JPEG, its sides between 4:5 and 1.91:1."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            return 0.795 <= picture.width / picture.height <= 1.92
    except (OSError, ValueError):
        return False


def _error(code: int, subcode: int, message: str) -> Response:
    body = {"message": message, "type": "OAuthException", "code": code, "error_subcode": subcode}
    return JSONResponse({"error": body}, status_code={190: 401}.get(code, 400))
