"""Channels in the stand-in of the Bot API: what a bot that is an administrator there posts, changes and deletes.

core.telegram.org/bots/api: `sendMessage` and `sendPhoto` with `chat_id` `@name`, `deleteMessage` (within 48 hours),
`editMessageText`, `editMessageCaption`.
"""

import itertools
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse, Response

CAPTION_LIMIT, TEXT_LIMIT = 1024, 4096


@dataclass
class Posted:
    """As anybody sees it now. `gone`: it was deleted."""

    id: int
    chat: str
    text: str
    pictures: int = 0
    gone: bool = False


@dataclass
class Channel:
    """`names`: channels that the bot may post in. `old`: their posts are older than 48 hours."""

    names: set[str] = field(default_factory=set)
    posts: list[Posted] = field(default_factory=list)
    old: bool = False
    lose_answers: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def call(self, method: str, given: dict[str, Any]) -> Response | None:
        """None: it is no channel's."""
        chat = str(given.get("chat_id", ""))
        if not chat.startswith("@"):
            return None
        if chat not in self.names:
            return _refused("Bad Request: chat not found")
        match method:
            case "sendMessage":
                return self._post(chat, given.get("text", ""), 0, TEXT_LIMIT)
            case "sendPhoto" if isinstance(given.get("photo"), bytes) and given["photo"]:
                return self._post(chat, given.get("caption", ""), 1, CAPTION_LIMIT)
            case "deleteMessage" | "editMessageText" | "editMessageCaption":
                return self._change(method, chat, given)
            case _:
                return _refused("Bad Request: nothing to post")

    def _post(self, chat: str, text: str, pictures: int, limit: int) -> Response:
        if len(text) > limit or not (text or pictures):
            return _refused("Bad Request: message is too long" if text else "Bad Request: message text is empty")
        made = Posted(next(self._numbers), chat, text, pictures)
        self.posts.append(made)
        if self.lose_answers > 0:
            self.lose_answers -= 1
            return Response("", status_code=504)
        return JSONResponse({"ok": True, "result": {"message_id": made.id, "chat": {"id": -1, "type": "channel"}}})

    def _change(self, method: str, chat: str, given: dict[str, Any]) -> Response:
        number = int(given.get("message_id", 0))
        found = next((one for one in self.posts if (one.chat, one.id) == (chat, number) and not one.gone), None)
        if found is None:
            return _refused(f"Bad Request: message to {'delete' if method == 'deleteMessage' else 'edit'} not found")
        if method == "deleteMessage":
            if self.old:
                return _refused("Bad Request: message can't be deleted for everyone")
            found.gone = True
        elif (method == "editMessageCaption") is not bool(found.pictures):
            return _refused("Bad Request: there is no text in the message to edit")
        else:
            found.text = given["caption" if found.pictures else "text"]
        return JSONResponse({"ok": True, "result": True})


def _refused(description: str) -> Response:
    return JSONResponse({"ok": False, "error_code": 400, "description": description}, status_code=400)
