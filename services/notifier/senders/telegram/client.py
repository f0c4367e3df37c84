"""Sends one message through `sendMessage` and says what became of it.

core.telegram.org/bots/api, "sendMessage" (4,096 characters after entities, sent without a parse mode, so that nothing
in it is markup), "InlineKeyboardButton" (`callback_data` of 64 bytes at most), "ResponseParameters" (`retry_after`).
Telegram sends no receipts and keeps no id of ours: a message whose answer was lost stays unknown, and is told again
only when the policy's longest wait is over. The token stands in the address, so no address is ever logged.
"""

import json
from typing import Any

import httpx

from services.notifier.senders.telegram import codes
from services.notifier.sending import Accepted, Lost, Outcome, Outgoing, Slow, shortened

TEXT_LIMIT = 4096
DATA_LIMIT = 64


class Telegram:
    """One bot of one city."""

    def __init__(self, client: httpx.AsyncClient, api_url: str, bot_token: str) -> None:
        self._client = client
        self._url = f"{api_url.rstrip('/')}/bot{bot_token}/sendMessage"

    async def send(self, outgoing: Outgoing) -> Outcome:
        """`Lost` for every end that leaves open whether Telegram took it."""
        try:
            answer = await self._client.post(self._url, json=body(outgoing))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return Slow(5, whole=True, code=type(error).__name__, away=True)  # no connection: nothing went out
        except httpx.HTTPError as error:
            return Lost(type(error).__name__)
        return read(answer.status_code, answer.content)


def body(outgoing: Outgoing) -> dict[str, Any]:
    """The request's JSON. Every form is free text: who has begun a chat with the bot may be written to at any time."""
    rendered = outgoing.rendered
    shown = [(payload, label) for payload, label in rendered.buttons if len(payload.encode()) <= DATA_LIMIT]
    said = rendered.text
    if len(shown) < len(rendered.buttons):  # a button that Telegram would not carry: its word can be typed as well
        said = f"{said}\n\n{' / '.join(label for _, label in rendered.buttons)}"
        shown = []
    request: dict[str, Any] = {
        "chat_id": outgoing.to,
        "text": shortened(said, TEXT_LIMIT),
        "link_preview_options": {"is_disabled": True},
    }
    if shown:
        row = [{"text": label, "callback_data": payload} for payload, label in shown]
        request["reply_markup"] = {"inline_keyboard": [row]}
    return request


def read(status: int, content: bytes) -> Outcome:
    """What an answer means. One without Telegram's own body comes from something in between: unknown."""
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        return Slow(10, whole=True, code="http_429") if status == 429 else Lost(f"http_{status}")
    if not answer["ok"]:
        after = (answer.get("parameters") or {}).get("retry_after")
        return codes.outcome(int(answer.get("error_code", status)), str(answer.get("description", "")), after)
    try:
        sent = answer["result"]
        return Accepted(f"{sent['chat']['id']}:{sent['message_id']}")
    except (LookupError, TypeError):
        return Lost("no_message")
