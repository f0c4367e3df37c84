"""Sends one message through `sendMessage` and says what became of it.

core.telegram.org/bots/api, "sendMessage" (4,096 characters after entities, sent without a parse mode, so that nothing
in it is markup), "InlineKeyboardButton" (`callback_data` of 64 bytes at most), "ResponseParameters" (`retry_after`).
Telegram sends no receipts and keeps no id of ours: a message whose answer was lost stays unknown, and is told again
only when the policy's longest wait is over. The token stands in the address, so no address is ever logged.
"""

from typing import Any

import httpx

from services.notifier.asking import Answer, ask, number, read_json, rest
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
        answer = await ask(self._client, "POST", self._url, json=body(outgoing))
        if isinstance(answer, Answer) and (moved := moved_to(answer.content)) is not None:
            answer = await ask(self._client, "POST", self._url, json={**body(outgoing), "chat_id": moved})
        return read(answer.status, answer.content, answer.after) if isinstance(answer, Answer) else answer


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


def moved_to(content: bytes) -> int | None:
    """Where a group went that became a supergroup ("ResponseParameters › migrate_to_chat_id"); nothing was sent."""
    found = _parameters(read_json(content)).get("migrate_to_chat_id")
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _parameters(answer: object) -> dict[str, Any]:
    found = answer.get("parameters") if isinstance(answer, dict) and answer.get("ok") is False else None
    return found if isinstance(found, dict) else {}


def read(status: int, content: bytes, after: float | None = None) -> Outcome:
    """What an answer means. One without Telegram's own body comes from something in between: unknown."""
    answer = read_json(content)
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        return Slow(after or 10, whole=True, code="http_429") if status == 429 else Lost(f"http_{status}")
    if not answer["ok"]:
        after = rest(_parameters(answer).get("retry_after")) or after
        return codes.outcome(number(answer.get("error_code"), status), str(answer.get("description", "")), after)
    try:
        sent = answer["result"]
        return Accepted(f"{sent['chat']['id']}:{sent['message_id']}")
    except (LookupError, TypeError):
        return Lost("no_message")
