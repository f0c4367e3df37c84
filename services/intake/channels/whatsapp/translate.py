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

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from pydantic import ValidationError

from services.contracts.intake import DeliveryReceipt, IntakeMessage, Media, Pin, Sender
from services.intake.clean import clean
from services.intake.provider_json import Translated, inner, items, kept, moment, opened, words

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


def translate(raw: bytes, doors: Mapping[str, str]) -> list[Translated]:
    """Everything in one webhook, in its order; never empty. `doors` are the city's, by `phone_number_id`.

    A number that the city file does not name yet is taken for the channel's first door. Raises NotJsonError.
    """
    return opened(raw, lambda body: [item for change in _changes(body) for item in _change(change, doors)] or None)


def _changes(body: Any) -> Iterator[dict[str, Any]]:
    for entry in items(body, "entry"):
        for change in items(entry, "changes"):
            if isinstance(change, dict):
                yield change


def _change(change: dict[str, Any], doors: Mapping[str, str]) -> Iterator[Translated]:
    value = inner(change, "value")
    door = doors.get(words(inner(value, "metadata"), "phone_number_id") or "")
    messages, statuses = items(value, "messages"), items(value, "statuses")
    if change.get("field") != "messages" or not (messages or statuses):
        yield _kept(change, door, None)
        return
    for message in messages:
        yield _message(message, door, items(value, "contacts"))
    for status in statuses:
        yield _status(status, door)


def _message(message: Any, door: str | None, contacts: list[Any]) -> IntakeMessage:
    sender = _sender(message, contacts)
    read = _READERS.get(words(message, "type") or "") if isinstance(message, dict) else None
    if read is None or sender is None:
        return _kept(message, door, sender)
    try:
        content = read(message)
        context = inner(message, "context")
        return IntakeMessage.model_validate(
            {
                "id": words(message, "id"),
                "door": door,
                "sender": sender,
                "sent_at": moment(message.get("timestamp")),
                "reply_to": words(context, "id"),
                "forwarded": bool(context.get("forwarded") or context.get("frequently_forwarded")),
                **content,
            }
        )
    except (ValidationError, LookupError, TypeError, AttributeError):
        return _kept(message, door, sender)


def _sender(message: Any, contacts: list[Any]) -> Sender | None:
    """The scoped id where there is one, since it stays when the number is hidden; the number is then the address."""
    number, scoped = words(message, "from"), words(message, "from_user_id")
    card = _card(contacts, number, scoped)
    number = number or words(card, "wa_id")
    scoped = scoped or words(card, "user_id")
    person = scoped or number
    if person is None or len(person) > 300:
        return None
    name = words(inner(card, "profile"), "name")
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
    name = words(file, "filename")
    media = Media(handle=file["id"], content_type=words(file, "mime_type"), file_name=name[:300] if name else None)
    return {"form": _MEDIA[message["type"]], "text": words(file, "caption"), "media": (media,)}


def _read_location(message: dict[str, Any]) -> dict[str, Any]:
    place = message["location"]
    label = ", ".join(part for part in (words(place, "name"), words(place, "address")) if part)
    pin = Pin(latitude=place["latitude"], longitude=place["longitude"], label=label[:500] or None)
    return {"form": "location", "pin": pin}


def _read_contacts(message: dict[str, Any]) -> dict[str, Any]:
    lines = []
    for card in message["contacts"]:
        numbers = [words(phone, "phone") or words(phone, "wa_id") or "" for phone in items(card, "phones")]
        name = words(inner(card, "name"), "formatted_name") or "tanpa nama"
        lines.append(f"Kontak: {name} {' '.join(filter(None, numbers))}".strip())
    return {"form": "contact", "text": "\n".join(lines)}


def _read_interactive(message: dict[str, Any]) -> dict[str, Any]:
    kind = message["interactive"]["type"]
    if kind not in ("button_reply", "list_reply"):  # nfm_reply and whatever comes next
        raise KeyError(kind)
    reply = message["interactive"][kind]
    return {"form": "button", "button": reply["id"], "text": words(reply, "title")}


def _read_button(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "button", "button": message["button"].get("payload"), "text": words(message["button"], "text")}


def _read_reaction(message: dict[str, Any]) -> dict[str, Any]:
    reaction = message["reaction"]
    return {"form": "reaction", "text": words(reaction, "emoji"), "reply_to": reaction["message_id"]}


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
    known = _STATUSES.get(words(status, "status") or "")
    errors = items(status, "errors")
    try:
        if known is None:
            return _kept(status, door, None)
        return DeliveryReceipt.model_validate(
            {
                "type": "receipt",
                "id": words(status, "id"),
                "notice": words(status, "biz_opaque_callback_data"),
                "status": known,
                "at": moment(status.get("timestamp")),
                "code": _code(errors),
                "reason": (words(errors[0], "title") or "")[:1000] or None if errors else None,
            }
        )
    except ValidationError:
        return _kept(status, door, None)


def _code(errors: list[Any]) -> str | None:
    code = errors[0].get("code") if errors and isinstance(errors[0], dict) else None
    return str(code)[:100] if isinstance(code, int | str) else None


def _kept(shape: Any, door: str | None, sender: Sender | None) -> IntakeMessage:
    """What we have no form for. WhatsApp's own notices (`system`) are answered to nobody."""
    if words(shape, "type") == "system":
        sender = None
    sent_at = moment(shape.get("timestamp")) if isinstance(shape, dict) else None
    return kept(shape, door=door, sender=sender, given=words(shape, "id"), sent_at=sent_at)
