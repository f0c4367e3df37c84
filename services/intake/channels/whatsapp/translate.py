"""A webhook of the WhatsApp Cloud API as our messages and receipts. Pure.

Fields read, by page of "WhatsApp Business Platform › Webhooks › Reference" (Meta, as of 2026):

- every page: `entry[].changes[].field`, `.value.metadata.phone_number_id`, `.value.contacts[].profile.name`,
  `.contacts[].wa_id`, `.value.messages[].from`, `.id`, `.timestamp` (seconds, as text), `.type`
- "Business-scoped user IDs": `messages[].from_user_id`, `contacts[].user_id`. `from` and `wa_id` are absent for people
  who hide their number behind a username; the scoped id stands beside the number for all others
- "messages › context": `context.id`, `context.forwarded`, `context.frequently_forwarded`
- "messages › text": `text.body`
- "messages › image | video | audio | document | sticker": `<type>.id`, `.mime_type`, `.caption`, `document.filename`
- "messages › location": `location.latitude`, `.longitude`, `.name`, `.address`
- "messages › contacts": `contacts[].name.formatted_name`, `.phones[].phone`, `.phones[].wa_id`
- "messages › interactive": `interactive.type`, `.button_reply.id | title`, `.list_reply.id | title | description`
- "messages › button" (quick reply of a template): `button.payload`, `button.text`
- "messages › reaction": `reaction.message_id`, `reaction.emoji` (absent when it is taken back)
- "messages › status": `statuses[].id`, `.status`, `.timestamp`, `.biz_opaque_callback_data`, `.errors[].code`, `.title`

Everything else (`order`, `system`, `unsupported`, flows, other webhook fields, shapes that nobody has documented) is
kept whole in `original`.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import ValidationError

from services.contracts.intake import NOBODY, DeliveryReceipt, IntakeMessage, Media, Pin, Sender
from services.intake.clean import clean

MAX_ORIGINAL = 200_000

Translated = IntakeMessage | DeliveryReceipt
_Form = Literal["image", "video", "document", "voice", "sticker"]

_MEDIA: dict[str, _Form] = {
    "image": "image",
    "video": "video",
    "audio": "voice",
    "document": "document",
    "sticker": "sticker",
}
_STATUSES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
}


class NotJsonError(ValueError):
    """The body is no JSON at all."""


def translate(raw: bytes, doors: Mapping[str, str]) -> list[Translated]:
    """Everything in one webhook, in its order; never empty. `doors` are the city's, by `phone_number_id`.

    A number that the city file does not name yet is taken for the channel's first door. Raises NotJsonError.
    """
    try:
        body = json.loads(raw)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise NotJsonError(str(error)) from None
    except (RecursionError, ValueError):  # nested beyond reading, or a number beyond counting: JSON all the same
        return [_whole(raw)]
    try:
        found = [item for change in _changes(body) for item in _change(change, doors)]
    except RecursionError:
        return [_whole(raw)]
    return found or [_kept(body, None, None)]


def _changes(body: Any) -> Iterator[dict[str, Any]]:
    for entry in _list(body, "entry"):
        for change in _list(entry, "changes"):
            if isinstance(change, dict):
                yield change


def _change(change: dict[str, Any], doors: Mapping[str, str]) -> Iterator[Translated]:
    value = _dict(change, "value")
    door = doors.get(_text(_dict(value, "metadata"), "phone_number_id") or "")
    messages, statuses = _list(value, "messages"), _list(value, "statuses")
    if change.get("field") != "messages" or not (messages or statuses):
        yield _kept(change, door, None)
        return
    for message in messages:
        yield _message(message, door, _list(value, "contacts"))
    for status in statuses:
        yield _status(status, door)


def _message(message: Any, door: str | None, contacts: list[Any]) -> IntakeMessage:
    sender = _sender(message, contacts)
    read = _READERS.get(_text(message, "type") or "") if isinstance(message, dict) else None
    if read is None or sender is None:
        return _kept(message, door, sender)
    try:
        content = read(message)
        context = _dict(message, "context")
        return IntakeMessage.model_validate(
            {
                "id": _text(message, "id"),
                "door": door,
                "sender": sender,
                "sent_at": _moment(message.get("timestamp")),
                "reply_to": _text(context, "id"),
                "forwarded": bool(context.get("forwarded") or context.get("frequently_forwarded")),
                **content,
            }
        )
    except (ValidationError, LookupError, TypeError, AttributeError):
        return _kept(message, door, sender)


def _sender(message: Any, contacts: list[Any]) -> Sender | None:
    """The scoped id where there is one, since it stays when the number is hidden; the number is then the address."""
    number, scoped = _text(message, "from"), _text(message, "from_user_id")
    card = _card(contacts, number, scoped)
    number = number or _text(card, "wa_id")
    scoped = scoped or _text(card, "user_id")
    person = scoped or number
    if person is None or len(person) > 300:
        return None
    name = _text(_dict(card, "profile"), "name")
    address = number if scoped and number and len(number) <= 300 else None
    return Sender(person=person, address=address, name=name[:300] if name else None)


def _card(contacts: list[Any], number: str | None, scoped: str | None) -> dict[str, Any]:
    cards = [card for card in contacts if isinstance(card, dict)]
    for card in cards:
        if (number and card.get("wa_id") == number) or (scoped and card.get("user_id") == scoped):
            return card
    # Without a sender in the message itself, a single card can only be the sender's.
    return cards[0] if len(cards) == 1 and number is None and scoped is None else {}


def _read_text(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "text", "text": clean(message["text"]["body"])}


def _read_media(message: dict[str, Any]) -> dict[str, Any]:
    file = message[message["type"]]
    name = _text(file, "filename")
    media = Media(handle=file["id"], content_type=_text(file, "mime_type"), file_name=name[:300] if name else None)
    return {"form": _MEDIA[message["type"]], "text": _text(file, "caption"), "media": (media,)}


def _read_location(message: dict[str, Any]) -> dict[str, Any]:
    place = message["location"]
    label = ", ".join(part for part in (_text(place, "name"), _text(place, "address")) if part)
    pin = Pin(latitude=place["latitude"], longitude=place["longitude"], label=label[:500] or None)
    return {"form": "location", "pin": pin}


def _read_contacts(message: dict[str, Any]) -> dict[str, Any]:
    lines = []
    for card in message["contacts"]:
        numbers = [_text(phone, "phone") or _text(phone, "wa_id") or "" for phone in _list(card, "phones")]
        name = _text(_dict(card, "name"), "formatted_name") or "tanpa nama"
        lines.append(f"Kontak: {name} {' '.join(filter(None, numbers))}".strip())
    return {"form": "contact", "text": "\n".join(lines)}


def _read_interactive(message: dict[str, Any]) -> dict[str, Any]:
    kind = message["interactive"]["type"]
    if kind not in ("button_reply", "list_reply"):  # nfm_reply and whatever comes next
        raise KeyError(kind)
    reply = message["interactive"][kind]
    return {"form": "button", "button": reply["id"], "text": _text(reply, "title")}


def _read_button(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "button", "button": message["button"].get("payload"), "text": _text(message["button"], "text")}


def _read_reaction(message: dict[str, Any]) -> dict[str, Any]:
    reaction = message["reaction"]
    return {"form": "reaction", "text": _text(reaction, "emoji"), "reply_to": reaction["message_id"]}


_READERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "text": _read_text,
    **dict.fromkeys(_MEDIA, _read_media),
    "location": _read_location,
    "contacts": _read_contacts,
    "interactive": _read_interactive,
    "button": _read_button,
    "reaction": _read_reaction,
}


def _status(status: Any, door: str | None) -> Translated:
    known = _STATUSES.get(_text(status, "status") or "")
    errors = _list(status, "errors")
    try:
        if known is None:
            return _kept(status, door, None)
        return DeliveryReceipt.model_validate(
            {
                "type": "receipt",
                "id": _text(status, "id"),
                "notice": _text(status, "biz_opaque_callback_data"),
                "status": known,
                "at": _moment(status.get("timestamp")),
                "code": _code(errors),
                "reason": (_text(errors[0], "title") or "")[:1000] or None if errors else None,
            }
        )
    except ValidationError:
        return _kept(status, door, None)


def _code(errors: list[Any]) -> str | None:
    code = errors[0].get("code") if errors and isinstance(errors[0], dict) else None
    return str(code)[:100] if isinstance(code, int | str) else None


def _kept(shape: Any, door: str | None, sender: Sender | None) -> IntakeMessage:
    """What we have no form for. WhatsApp's own notices (`system`) are answered to nobody."""
    original = json.dumps(shape, sort_keys=True)
    if _text(shape, "type") == "system":
        sender = None
    given = _text(shape, "id") if sender is not None else None
    return IntakeMessage(
        id=given if given and len(given) <= 300 else _fingerprint(original.encode()),
        door=door,
        sender=sender or Sender(person=NOBODY),
        sent_at=_moment(shape.get("timestamp")) if isinstance(shape, dict) else None,
        form="other",
        original=original[:MAX_ORIGINAL],
    )


def _whole(raw: bytes) -> IntakeMessage:
    return IntakeMessage(
        id=_fingerprint(raw),
        sender=Sender(person=NOBODY),
        form="other",
        original=clean(raw[:MAX_ORIGINAL].decode("utf-8", "replace")),
    )


def _fingerprint(shape: bytes) -> str:
    """An id for what has none: the provider repeats a webhook byte for byte."""
    return f"shape:{hashlib.sha256(shape).hexdigest()}"


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _dict(value: Any, name: str) -> dict[str, Any]:
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _list(value: Any, name: str) -> list[Any]:
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, list) else []


def _text(value: Any, name: str) -> str | None:
    inner = value.get(name) if isinstance(value, dict) else None
    return clean(inner) or None if isinstance(inner, str) else None
