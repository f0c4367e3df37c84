"""A Facebook page as a wall. "Graph API › Page › Feed", "› Page › Photos", "› Post" (Meta, v23): a picture is uploaded
with `published=false` and named in `attached_media`; `DELETE /<post>` takes a post away, `POST /<post>` changes it.
"""

import json
from typing import Any

import httpx

from services.notifier.posting import LostError, NotNowError, NotPosted, Post, Posted

LOOK_BACK = 25
_PASSING = frozenset({1, 2, 4, 17, 32, 341, 368, 613, 1200, 80001})
"""Limits and troubles that pass; 368: blocked for a while."""
_STOPPED = frozenset({3, 10, 102, 190, 200})
"""Token or permission: an operator must look, and then it goes on."""
GONE = (100, 33)


class Graph:
    """Calls of the Graph API with one account's token."""

    def __init__(self, client: httpx.AsyncClient, api_url: str, access_token: str) -> None:
        self._client = client
        self._api = api_url.rstrip("/")
        self._headers = {"authorization": f"Bearer {access_token}"}

    async def ask(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        """The answer, also when it is an error for good."""
        try:
            answer = await self._client.request(method, f"{self._api}/{path}", headers=self._headers, **given)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotNowError(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise LostError(type(error).__name__) from error
        try:
            body = json.loads(answer.content)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise (NotNowError if answer.status_code in (429, 503) else LostError)(f"http_{answer.status_code}")
        if "error" in body and code_of(body)[0] in _PASSING | _STOPPED:
            raise NotNowError(str(code_of(body)[0]))
        return body


class PageWall:
    def __init__(self, client: httpx.AsyncClient, api_url: str, account_id: str, access_token: str) -> None:
        self._graph = Graph(client, api_url, access_token)
        self._account = account_id

    async def post(self, post: Post) -> Posted | NotPosted:
        media = []
        for number, picture in enumerate(post.pictures):
            answer = await self._graph.ask(
                "POST", f"{self._account}/photos", data={"published": "false"},
                files={"source": (f"{number}.jpg", picture, "image/jpeg")},
            )  # fmt: skip
            if "error" in answer:
                return NotPosted("picture_refused")
            media.append({"media_fbid": str(answer["id"])})
        body: dict[str, Any] = {"message": post.text}
        if media:
            body["attached_media"] = media
        answer = await self._graph.ask("POST", f"{self._account}/feed", json=body)
        return NotPosted("refused") if "error" in answer else _posted(answer["id"])

    async def find(self, post: Post) -> Posted | None:
        answer = await self._graph.ask(
            "GET", f"{self._account}/feed", params={"fields": "id,message", "limit": LOOK_BACK}
        )
        found = (one for one in answer.get("data", ()) if one.get("message") == post.text)
        return next((_posted(one["id"]) for one in found), None)

    async def withdraw(self, post: str, text: str) -> str:
        answer = await self._graph.ask("DELETE", post)
        if "error" not in answer or code_of(answer) == GONE:
            return "deleted"
        answer = await self._graph.ask("POST", post, json={"message": text})
        return "by_hand" if "error" in answer else "marked"


def code_of(body: dict[str, Any]) -> tuple[int, int]:
    error = body["error"]
    return int(error.get("code", -1)), int(error.get("error_subcode") or 0)


def _posted(name: object) -> Posted:
    return Posted(str(name), f"https://www.facebook.com/{name}")
