"""What one message of the WhatsApp Cloud API says, by its type. Pure.

Fields read, by page of "WhatsApp Business Platform › Webhooks › Reference › Messages" (Meta, as of 2026):

- "text": `text.body`
- "image | video | audio | document | sticker": `<type>.id`, `.mime_type`, `.caption`, `document.filename`,
  `audio.voice` (true: spoken into the phone; false: a sound file)
- "location": `location.latitude`, `.longitude`, `.name`, `.address`
- "contacts": `contacts[].name.formatted_name`, `.phones[].phone`, `.phones[].wa_id`
- "interactive": `interactive.type`; `.button_reply.id | title`, `.list_reply.id | title | description`; for a Flow
  `.nfm_reply.body`, `.nfm_reply.response_json` (an object as text; `flow_token` in it is ours)
- "button" (quick reply of a template): `button.payload`, `button.text`
- "reaction": `reaction.message_id`, `reaction.emoji` (absent when it is taken back)
- "order": `order.text`, what was written with a cart; the cart itself is nothing to a city
- "edit": `edit.original_message_id`, `edit.message.type`, `edit.message.<type>.body | caption`; within 15 minutes
- "revoke": `revoke.original_message_id`; within two days
- `request_welcome`: somebody opened the chat and has not written yet

`unsupported` (a picture to be seen once, a poll, a pinned message: `unsupported.type`, `errors[].code` 131051),
`ephemeral` and what comes next have no content that could be read: they are kept and their sender is told so.
`referral` (the advertisement or post that the chat was begun from) is not read: those words are ours, not theirs.
"""

import json
from collections.abc import Callable
from typing import Any, Literal

from services.contracts.intake import Media, Pin
from services.intake.clean import clean
from services.intake.doors.provider_json import inner, items, words

_Form = Literal["image", "video", "document", "voice", "sticker"]

_MEDIA: dict[str, _Form] = {
    "image": "image",
    "video": "video",
    "audio": "voice",
    "document": "document",
    "sticker": "sticker",
}


def read(message: dict[str, Any]) -> dict[str, Any] | None:
    """Fields of our message; None for a type that we have no form for. LookupError, TypeError, AttributeError for a
    shape that does not fit its type."""
    reader = _READERS.get(words(message, "type") or "")
    return None if reader is None else reader(message)


def _text(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "text", "text": clean(message["text"]["body"])}


def _media(message: dict[str, Any]) -> dict[str, Any]:
    kind = message["type"]
    file = message[kind]
    name = words(file, "filename")
    media = Media(handle=file["id"], content_type=words(file, "mime_type"), file_name=name[:300] if name else None)
    form = "document" if kind == "audio" and file.get("voice") is False else _MEDIA[kind]
    return {"form": form, "text": words(file, "caption"), "media": (media,)}


def _location(message: dict[str, Any]) -> dict[str, Any]:
    place = message["location"]
    label = ", ".join(part for part in (words(place, "name"), words(place, "address")) if part)
    pin = Pin(latitude=place["latitude"], longitude=place["longitude"], label=label[:500] or None)
    return {"form": "location", "pin": pin}


def _contacts(message: dict[str, Any]) -> dict[str, Any]:
    lines = []
    for card in message["contacts"]:
        numbers = [words(phone, "phone") or words(phone, "wa_id") or "" for phone in items(card, "phones")]
        name = words(inner(card, "name"), "formatted_name") or "tanpa nama"
        lines.append(f"Kontak: {name} {' '.join(filter(None, numbers))}".strip())
    return {"form": "contact", "text": "\n".join(lines)}


def _interactive(message: dict[str, Any]) -> dict[str, Any]:
    kind = message["interactive"]["type"]
    if kind == "nfm_reply":
        return {"form": "text", "text": _filled_in(message["interactive"][kind])}
    if kind not in ("button_reply", "list_reply"):  # whatever comes next
        raise KeyError(kind)
    reply = message["interactive"][kind]
    return {"form": "button", "button": reply["id"], "text": words(reply, "title")}


def _filled_in(reply: dict[str, Any]) -> str:
    """A form that was filled in inside the chat, as lines `field: value`."""
    try:
        answers = json.loads(reply["response_json"])
    except ValueError:
        raise KeyError("response_json") from None
    lines = [
        f"{name.replace('_', ' ')}: {said}"
        for name, value in answers.items()
        if name != "flow_token" and (said := _answer(value))
    ]
    if not lines:
        raise KeyError("nothing filled in")
    return clean("\n".join(lines))


def _answer(value: Any) -> str:
    """Several boxes may be ticked."""
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(one).strip() for one in chosen if isinstance(one, str | int | float) and str(one).strip())


def _button(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "button", "button": message["button"].get("payload"), "text": words(message["button"], "text")}


def _reaction(message: dict[str, Any]) -> dict[str, Any]:
    reaction = message["reaction"]
    return {"form": "reaction", "text": words(reaction, "emoji"), "reply_to": reaction["message_id"]}


def _order(message: dict[str, Any]) -> dict[str, Any]:
    text = words(message["order"], "text")
    if text is None:
        raise KeyError("text")
    return {"form": "text", "text": text}


def _edit(message: dict[str, Any]) -> dict[str, Any]:
    """The new words alone: a file that they stand under was taken with the first message."""
    edit = message["edit"]
    said = edit["message"]
    kind = words(said, "type") or ""
    text = words(inner(said, kind), "body" if kind == "text" else "caption")
    if text is None:
        raise KeyError("text")
    return {"form": "text", "text": text, "edits": edit["original_message_id"]}


def _revoke(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "removed", "edits": message["revoke"]["original_message_id"]}


def _welcome(_: dict[str, Any]) -> dict[str, Any]:
    return {"form": "text", "text": "halo"}


_READERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "text": _text,
    **dict.fromkeys(_MEDIA, _media),
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "order": _order,
    "edit": _edit,
    "revoke": _revoke,
    "request_welcome": _welcome,
}
