"""A Telegram channel as a wall. core.telegram.org/bots/api, "sendMessage", "sendPhoto" (caption of 1,024 characters),
"deleteMessage" (within 48 hours), "editMessageText" and "editMessageCaption". A bot can't read its channel, so a lost
answer stays unknown.
"""

from typing import Any

import httpx

from services.notifier.asking import Answer, ask, read_json
from services.notifier.posting import LostError, NotNowError, NotPosted, Post, Posted
from services.notifier.sending import Lost

CAPTION_LIMIT = 1024


class ChannelWall:
    def __init__(self, client: httpx.AsyncClient, api_url: str, bot_token: str, chat: str) -> None:
        self._client = client
        self._url = f"{api_url.rstrip('/')}/bot{bot_token}"
        self._chat = chat

    async def post(self, post: Post) -> Posted | NotPosted:
        """Of several pictures the first."""
        if post.pictures:
            given = {"chat_id": self._chat, "caption": post.text[:CAPTION_LIMIT]}
            files = {"photo": ("1.jpg", post.pictures[0], "image/jpeg")}
            answer = await self._ask("sendPhoto", data=given, files=files)
        else:
            answer = await self._ask("sendMessage", json={"chat_id": self._chat, "text": post.text})
        if not answer["ok"]:
            return NotPosted("refused")
        result = answer.get("result")
        number = result.get("message_id") if isinstance(result, dict) else None
        if not isinstance(number, int):
            raise LostError("no_message")
        kind = "p" if post.pictures else "t"
        return Posted(f"{kind}{number}", f"https://t.me/{self._chat.removeprefix('@')}/{number}")

    async def find(self, post: Post) -> Posted | None:
        del post
        return None

    async def withdraw(self, post: str, text: str) -> str:
        which = {"chat_id": self._chat, "message_id": int(post[1:])}
        answer = await self._ask("deleteMessage", json=which)
        if answer["ok"] or "not found" in str(answer.get("description", "")):
            return "deleted"
        if post.startswith("p"):
            answer = await self._ask("editMessageCaption", json={**which, "caption": text})
        else:
            answer = await self._ask("editMessageText", json={**which, "text": text})
        return "marked" if answer["ok"] else "by_hand"

    async def _ask(self, method: str, **given: Any) -> dict[str, Any]:
        answer = await ask(self._client, "POST", f"{self._url}/{method}", **given)
        if not isinstance(answer, Answer):
            raise (LostError if isinstance(answer, Lost) else NotNowError)(answer.code)
        body = read_json(answer.content)
        if not isinstance(body, dict) or not isinstance(body.get("ok"), bool):
            raise (NotNowError if answer.status in (429, 503) else LostError)(f"http_{answer.status}")
        if body.get("error_code") in (401, 403, 429):
            raise NotNowError(str(body["error_code"]))
        return body
