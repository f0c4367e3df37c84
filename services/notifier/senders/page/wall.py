"""A Facebook page as a wall. "Graph API › Page › Feed", "› Page › Photos", "› Post" (Meta, v23): a picture is uploaded
with `published=false` and named in `attached_media`; `DELETE /<post>` takes a post away, `POST /<post>` changes it.
"""

from typing import Any

import httpx

from services.notifier.asking import Answer, ask, number, read_json
from services.notifier.posting import LostError, NotNowError, NotPosted, Post, Posted
from services.notifier.sending import Lost

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
        answer = await ask(self._client, method, f"{self._api}/{path}", headers=self._headers, **given)
        if not isinstance(answer, Answer):
            raise (LostError if isinstance(answer, Lost) else NotNowError)(answer.code)
        body = read_json(answer.content)
        if not isinstance(body, dict) or ("error" in body and not isinstance(body["error"], dict)):
            raise (NotNowError if answer.status in (429, 503) else LostError)(f"http_{answer.status}")
        if "error" in body and code_of(body)[0] in _PASSING | _STOPPED:
            raise NotNowError(str(code_of(body)[0]))
        return body


class PageWall:
    def __init__(self, client: httpx.AsyncClient, api_url: str, account_id: str, access_token: str) -> None:
        self._graph = Graph(client, api_url, access_token)
        self._account = account_id

    async def post(self, post: Post) -> Posted | NotPosted:
        media = []
        for place, picture in enumerate(post.pictures):
            answer = await self._graph.ask(
                "POST", f"{self._account}/photos", data={"published": "false"},
                files={"source": (f"{place}.jpg", picture, "image/jpeg")},
            )  # fmt: skip
            if "error" in answer:
                return NotPosted("picture_refused")
            media.append({"media_fbid": id_of(answer)})
        body: dict[str, Any] = {"message": post.text}
        if media:
            body["attached_media"] = media
        answer = await self._graph.ask("POST", f"{self._account}/feed", json=body)
        return NotPosted("refused") if "error" in answer else _posted(id_of(answer))

    async def find(self, post: Post) -> Posted | None:
        answer = await self._graph.ask(
            "GET", f"{self._account}/feed", params={"fields": "id,message", "limit": LOOK_BACK}
        )
        found = (one for one in listed(answer) if one.get("message") == post.text)
        return next((_posted(id_of(one)) for one in found), None)

    async def withdraw(self, post: str, text: str) -> str:
        answer = await self._graph.ask("DELETE", post)
        if "error" not in answer or code_of(answer) == GONE:
            return "deleted"
        answer = await self._graph.ask("POST", post, json={"message": text})
        return "by_hand" if "error" in answer else "marked"


def code_of(body: dict[str, Any]) -> tuple[int, int]:
    error = body["error"]
    return number(error.get("code"), -1), number(error.get("error_subcode"), 0)


def id_of(body: dict[str, Any]) -> str:
    """Raises LostError: something may stand, and nobody said what."""
    found = body.get("id")
    if not isinstance(found, str | int) or not found:
        raise LostError("no_id")
    return str(found)


def listed(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = body.get("data")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _posted(name: object) -> Posted:
    return Posted(str(name), f"https://www.facebook.com/{name}")
