"""Sends one message of a page or an Instagram account and says what became of it.

"Messenger Platform › Send API" and "› Private Replies", "Instagram Platform › Messaging" and "› Private Replies" (Meta,
v23): `POST /<account>/messages` to `recipient.id` within 24 hours of the person's last message, or to
`recipient.comment_id` (`post_id`) once, within 7 days of the comment. "Graph API › Comment › Comments" and "IG Comment
› Replies": a public reply, which carries ticket and step only, because everybody reads it. Who named the account under
media of their own can be answered there alone ("IG User › Mentions": `POST /<account>/mentions`).

Rungs: `free` in a chat, `private` and `public` for a comment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from services.notifier.asking import Answer, ask, number, read_json
from services.notifier.senders.page import codes
from services.notifier.sending import (
    Accepted,
    Lost,
    Outcome,
    Outgoing,
    Rendered,
    Slow,
    WindowClosed,
    octets,
    shortened,
    slowed,
)

Kind = Literal["facebook", "instagram"]

TEXT_LIMIT: dict[Kind, int] = {"facebook": 2000, "instagram": 1000}
"""Characters on Messenger ("Send API › message.text"), octets of UTF-8 on Instagram ("Instagram Platform › Send
Messages": "UTF-8 and be 1000 bytes or less"). In a private reply the same."""
SIZE: dict[Kind, Callable[[str], int]] = {"facebook": len, "instagram": octets}
BUTTON_LIMIT = 20
"""Characters of a quick reply's title."""


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask of the Graph API."""

    path: str
    body: dict[str, Any]


class Page:
    """One account of one city."""

    def __init__(self, client: httpx.AsyncClient, api_url: str, kind: Kind, account_id: str, access_token: str) -> None:
        self._client = client
        self._api = api_url.rstrip("/")
        self._kind = kind
        self._account = account_id
        self._headers = {"authorization": f"Bearer {access_token}"}

    async def send(self, outgoing: Outgoing) -> Outcome:
        """`Lost` for every end that leaves open whether Meta took it."""
        asked = call(self._kind, self._account, outgoing)
        if asked is None:
            return WindowClosed(code="no_rung")
        answer = await ask(self._client, "POST", f"{self._api}/{asked.path}", json=asked.body, headers=self._headers)
        return read(answer.status, answer.content, answer.after) if isinstance(answer, Answer) else answer


def call(kind: Kind, account: str, outgoing: Outgoing) -> Call | None:
    """None: there is no such rung for this person."""
    where, _, what = outgoing.to.rpartition(":")
    if where == "mention" and outgoing.form != "public":
        return None
    if outgoing.form in ("free", "private"):
        recipient = {f"{where}_id": what} if where else {"id": outgoing.to}
        message = _message(kind, outgoing.rendered, chat=not where)
        body: dict[str, Any] = {"recipient": recipient, "message": message}
        return Call(f"{account}/messages", body if where else {**body, "messaging_type": "RESPONSE"})
    if not where or outgoing.form != "public":
        return None
    if where == "mention":
        media, _, comment = what.partition("/")
        there = {"media_id": media, **({"comment_id": comment} if comment else {})}
        return Call(f"{account}/mentions", {**there, "message": in_public(outgoing)})
    return Call(f"{what}/{'replies' if kind == 'instagram' else 'comments'}", {"message": in_public(outgoing)})


def in_public(outgoing: Outgoing) -> str:
    """Ticket and step: nothing that says who wrote or what."""
    words = " / ".join(label for _, label in outgoing.rendered.buttons)
    return f"Laporan {outgoing.ticket}: {outgoing.rendered.line.rstrip('.')}." + (f" Balas {words}." if words else "")


def _message(kind: Kind, rendered: Rendered, *, chat: bool) -> dict[str, Any]:
    """A private reply to a comment takes words only, so the buttons' words stand in the text."""
    limit = TEXT_LIMIT[kind]
    fits = chat and all(len(label) <= BUTTON_LIMIT for _, label in rendered.buttons)
    if not rendered.buttons or fits:
        replies = [{"content_type": "text", "title": label, "payload": sent} for sent, label in rendered.buttons]
        return {"text": shortened(rendered.text, limit, SIZE[kind]), **({"quick_replies": replies} if replies else {})}
    typed = f"\n\n{' / '.join(label for _, label in rendered.buttons)}"
    return {"text": shortened(rendered.text, limit - octets(typed), SIZE[kind]) + typed}


def read(status: int, content: bytes, after: float | None = None) -> Outcome:
    """What an answer means. One without Meta's own body comes from something in between: unknown."""
    answer = read_json(content)
    if isinstance(answer, dict) and isinstance(error := answer.get("error"), dict):
        return slowed(
            codes.outcome(number(error.get("code"), -1), number(error.get("error_subcode"), 0)), status, after
        )
    if status == 429:
        return Slow(after or 10, whole=True, code="http_429")
    sent = (answer.get("message_id") or answer.get("id")) if isinstance(answer, dict) else None
    named = isinstance(sent, str | int) and bool(sent) and status == 200
    return Accepted(str(sent)) if named else Lost("no_message" if status == 200 else f"http_{status}")
