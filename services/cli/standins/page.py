"""Stand-in of the Graph API for a Facebook page or an Instagram account, as tests hold it.

What it knows of Meta's rules: a chat may be written to within 24 hours of the person's last message (10/2018278); a
comment has one private reply (10900), within 7 days (100/2018300); a comment that is gone can't be answered (100/33).
"""

import asyncio
import itertools
import re
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

DAY = 86_400.0


@dataclass(frozen=True)
class Sent:
    """One message as it really arrived: `way` is `chat`, `private` or `public`."""

    id: str
    way: str
    to: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()


class ApiError(Exception):
    def __init__(self, code: int, subcode: int = 0, message: str = "") -> None:
        super().__init__(message)
        self.body = {"error": {"message": message, "type": "OAuthException", "code": code, "error_subcode": subcode}}
        self.status = {190: 401, 10: 403, 200: 403, 613: 429}.get(code, 400)


@dataclass
class Graph:
    """`chats`: person → when last heard; `comments`: id → when written. Both in seconds since 1970."""

    token: str
    chats: dict[str, float] = field(default_factory=dict)
    comments: dict[str, float] = field(default_factory=dict)
    arrived: list[Sent] = field(default_factory=list)
    fail_next: list[tuple[int, int]] = field(default_factory=list)
    lose_answers: int = 0
    hang_seconds: float = 30
    down: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    """What a webhook's address below `/files/` leads to, without a token, as at Meta's hosts."""
    mentions: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By id of the comment or the media in which somebody named the account: the fields that may be asked for."""
    _answered: set[str] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def take(self, path: str, method: str, body: dict[str, Any]) -> dict[str, str]:
        if self.fail_next:
            raise ApiError(*self.fail_next.pop(0))
        if method == "messages":
            return self._message(body)
        if method == "mentions":
            named = body.get("comment_id") or body["media_id"]
            if named not in self.mentions:
                raise ApiError(100, 33, "Object does not exist")
            return {"id": self._keep("mention", named, body["message"]).id}
        if path not in self.comments:
            raise ApiError(100, 33, "Object does not exist")
        return {"id": self._keep("public", path, body["message"]).id}

    def mentioned(self, fields: str) -> dict[str, Any]:
        """`mentioned_comment.comment_id(<id>){…}` or `mentioned_media.media_id(<id>){…}`."""
        if self.fail_next:
            raise ApiError(*self.fail_next.pop(0))
        asked = re.fullmatch(r"(mentioned_(?:comment\.comment|media\.media)_id)\((\d+)\)\{([a-z_,]+)\}", fields)
        if asked is None:
            raise ApiError(100, 0, "Syntax error in fields")
        found = self.mentions.get(asked[2])
        if found is None:
            raise ApiError(100, 33, "Object does not exist")
        wanted = asked[3].split(",")
        return {asked[1].partition(".")[0]: {name: found[name] for name in wanted if name in found}, "id": "1"}

    def _message(self, body: dict[str, Any]) -> dict[str, str]:
        recipient, message = body["recipient"], body["message"]
        buttons = tuple((one["payload"], one["title"]) for one in message.get("quick_replies", []))
        if person := recipient.get("id"):
            if person not in self.chats:
                raise ApiError(100, 2018001, "No matching user found")
            if time.time() - self.chats[person] > DAY:
                raise ApiError(10, 2018278, "This message is sent outside of allowed window.")
            return {"recipient_id": person, "message_id": self._keep("chat", person, message["text"], buttons).id}
        comment = recipient.get("comment_id") or recipient.get("post_id") or ""
        if comment not in self.comments:
            raise ApiError(100, 33, "Object does not exist")
        if comment in self._answered:
            raise ApiError(10900, 0, "Activity already replied to.")
        if time.time() - self.comments[comment] > 7 * DAY:
            raise ApiError(100, 2018300, "Comment is too old")
        self._answered.add(comment)
        return {"message_id": self._keep("private", comment, message["text"], buttons).id}

    def _keep(self, way: str, to: str, text: str, buttons: tuple[tuple[str, str], ...] = ()) -> Sent:
        sent = Sent(f"m_contoh{next(self._numbers)}", way, to, text, buttons)
        self.arrived.append(sent)
        return sent


def application(graph: Graph) -> Starlette:
    async def call(request: Request) -> Response:
        if graph.down:
            return PlainTextResponse("Service Unavailable", status_code=503)
        if request.headers.get("authorization") != f"Bearer {graph.token}":
            raise ApiError(190, 463, "Error validating access token")
        answer = graph.take(request.path_params["object"], request.path_params["edge"], await request.json())
        if graph.lose_answers > 0:
            graph.lose_answers -= 1
            await asyncio.sleep(graph.hang_seconds)
        return JSONResponse(answer)

    async def look(request: Request) -> Response:
        if graph.down:
            return PlainTextResponse("Service Unavailable", status_code=503)
        if request.headers.get("authorization") != f"Bearer {graph.token}":
            raise ApiError(190, 463, "Error validating access token")
        return JSONResponse(graph.mentioned(request.query_params.get("fields", "")))

    async def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, ApiError)
        return JSONResponse(error.body, status_code=error.status)

    async def file(request: Request) -> Response:
        found = graph.files.get(request.path_params["name"])
        return Response(found) if found is not None else PlainTextResponse("URL signature expired", status_code=403)

    routes = [
        Route("/files/{name}", file),
        Route("/{account}", look),
        Route("/{object}/{edge}", call, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={ApiError: refused})
