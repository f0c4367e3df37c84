"""What the Cloud API posts to a webhook: inbound messages of a person and statuses of ours, and how it signs them.

Shapes follow developers.facebook.com/docs/whatsapp/cloud-api/webhooks (messages, status). A person may come with a
phone number (`wa_id`), with a business-scoped id (`user_id`) alone, or with both.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SIGNATURE_HEADER = "X-Hub-Signature-256"


@dataclass(frozen=True)
class Number:
    """One business number of a city, as the provider knows it."""

    phone_number_id: str
    access_token: str
    app_secret: str
    webhook_url: str
    display_phone_number: str = "620000000000"
    account_id: str = "100000000000001"


@dataclass(frozen=True)
class Citizen:
    """Who writes. `user_id` alone is a person who hides the number behind a username."""

    wa_id: str | None
    name: str | None = None
    user_id: str | None = None

    @property
    def address(self) -> str:
        known = self.wa_id or self.user_id
        if known is None:
            raise ValueError("a citizen needs a number or a business-scoped id")
        return known


def message_id(address: str) -> str:
    """A `wamid` as the provider makes them: base64 that holds the person's number, which is why it is secret."""
    raw = b"\x1d\x03" + bytes([len(address)]) + address.encode() + b"\x15\x02\x00\x11\x18\x12" + secrets.token_bytes(10)
    return "wamid." + base64.b64encode(raw).decode()


def text(body: str) -> dict[str, object]:
    return {"type": "text", "text": {"body": body}}


def image(media_id: str, caption: str | None = None, mime_type: str = "image/jpeg") -> dict[str, object]:
    return {"type": "image", "image": _media(media_id, mime_type, caption)}


def document(media_id: str, file_name: str, mime_type: str, caption: str | None = None) -> dict[str, object]:
    return {"type": "document", "document": {**_media(media_id, mime_type, caption), "filename": file_name}}


def voice(media_id: str) -> dict[str, object]:
    return {"type": "audio", "audio": {**_media(media_id, "audio/ogg; codecs=opus", None), "voice": True}}


def location(latitude: float, longitude: float, name: str | None = None) -> dict[str, object]:
    place: dict[str, object] = {"latitude": latitude, "longitude": longitude}
    return {"type": "location", "location": {**place, "name": name} if name else place}


def button_reply(payload: str, title: str) -> dict[str, object]:
    """A reply button of an interactive message of ours."""
    reply = {"type": "button_reply", "button_reply": {"id": payload, "title": title}}
    return {"type": "interactive", "interactive": reply}


def template_button(payload: str, title: str) -> dict[str, object]:
    """A quick-reply button of a template of ours, which comes in a shape of its own."""
    return {"type": "button", "button": {"payload": payload, "text": title}}


def _media(media_id: str, mime_type: str, caption: str | None) -> dict[str, object]:
    found: dict[str, object] = {"id": media_id, "mime_type": mime_type, "sha256": ""}
    return {**found, "caption": caption} if caption else found


def inbound(
    number: Number,
    who: Citizen,
    content: Mapping[str, object],
    *,
    message: str | None = None,
    at: float | None = None,
    reply_to: str | None = None,
    forwarded: bool = False,
) -> tuple[str, dict[str, object]]:
    """The message's id and the webhook's body. `content` comes from one of the functions above, or is of your own."""
    wamid = message or message_id(who.address)
    body: dict[str, object] = {"id": wamid, "timestamp": str(int(at or time.time())), **content}
    contact: dict[str, object] = {"profile": {"name": who.name} if who.name else {}}
    if who.wa_id is not None:
        body["from"] = who.wa_id
        contact["wa_id"] = who.wa_id
    if who.user_id is not None:
        body["from_user_id"] = who.user_id
        contact["user_id"] = who.user_id
    context: dict[str, object] = {}
    if reply_to is not None:
        context |= {"from": number.display_phone_number, "id": reply_to}
    if forwarded:
        context["forwarded"] = True
    if context:
        body["context"] = context
    return wamid, _envelope(number, {"contacts": [contact], "messages": [body]})


def statuses(number: Number, entries: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return _envelope(number, {"statuses": [dict(entry) for entry in entries]})


def _envelope(number: Number, value: Mapping[str, object]) -> dict[str, object]:
    metadata = {"display_phone_number": number.display_phone_number, "phone_number_id": number.phone_number_id}
    whole = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    changes = [{"value": whole, "field": "messages"}]
    return {"object": "whatsapp_business_account", "entry": [{"id": number.account_id, "changes": changes}]}


def sign(app_secret: str, raw: bytes) -> str:
    """Value of `X-Hub-Signature-256`: HMAC-SHA-256 of the raw bytes under the app's secret, in hexadecimal."""
    return "sha256=" + hmac.new(app_secret.encode(), raw, hashlib.sha256).hexdigest()


def signed(number: Number, body: Mapping[str, object]) -> tuple[bytes, dict[str, str]]:
    """Raw bytes and headers to post to the number's webhook."""
    raw = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    return raw, {"content-type": "application/json", SIGNATURE_HEADER: sign(number.app_secret, raw)}
