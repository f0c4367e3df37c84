"""An update of the Telegram Bot API as our messages. Pure.

Fields read, by type of core.telegram.org/bots/api (Bot API 9):

- `Update`: `message`, `edited_message`, `callback_query`
- `Message`: `message_id`, `date` and `edit_date` (seconds), `from` (`User`), `chat.id`, `chat.type`, `text`, `caption`,
  `photo[]` (`PhotoSize.file_id`, `.width`, `.height`), `document | video | animation | voice | audio | video_note`
  (`.file_id`, `.mime_type`, `.file_name`), `sticker.emoji`, `location.latitude | longitude`, `venue.location`,
  `venue.title | address`, `contact.phone_number | first_name | last_name`, `reply_to_message.message_id`,
  `forward_origin`
- `User`: `id`, `is_bot`, `first_name`, `last_name`, `username`
- `CallbackQuery`: `id`, `from`, `data`, `message.message_id`, `message.chat.id`

`message_id` counts within a chat, so our id is `<chat>:<message>`. An album is as many messages as it has pictures, the
caption with the first. Nobody's, and so nothing, are the city's own channels (`channel_post`), who starts or blocks the
bot (`my_chat_member`), what Telegram itself notes in a chat (a message that was pinned, the term of messages that
vanish, a changed background) and the steps of a shared live position, of which the first is the place. Everything else
(groups, polls, payments, what Telegram adds next) is kept whole.
"""

import contextlib
from collections.abc import Callable
from typing import Any, Literal

from pydantic import ValidationError

from services.contracts.intake import IntakeMessage, Media, Pin, Sender
from services.intake.doors.provider_json import Translated, inner, items, kept, moment, opened, words

_Form = Literal["image", "video", "document", "voice", "sticker"]

_FILES: dict[str, _Form] = {
    "video": "video",
    "video_note": "video",
    "animation": "video",  # also carries `document`, for old clients: the first that is found counts
    "voice": "voice",
    "audio": "voice",
    "document": "document",
}


_OF_BOTS = ("channel_post", "edited_channel_post", "my_chat_member")
_NOTES = (
    "pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed",
    "boost_added", "connected_website", "proximity_alert_triggered",
)  # fmt: skip


def translate(raw: bytes, door: str | None) -> list[Translated]:
    """What is in one update; empty only for what is nobody's. Raises NotJsonError."""
    return opened(raw, lambda body: _update(body, door))


def _update(update: Any, door: str | None) -> list[Translated] | None:
    if pressed := inner(update, "callback_query"):
        return [_pressed(pressed, door)]
    for name in ("message", "edited_message"):
        if message := inner(update, name):
            moves = name == "edited_message" and bool(inner(message, "location"))
            noted = moves or any(message.get(note) for note in _NOTES)
            return [] if noted and _private(message) else [_message(message, door)]
    return [] if any(inner(inner(update, name), "chat") for name in _OF_BOTS) else None


def _private(message: dict[str, Any]) -> bool:
    return inner(message, "chat").get("type") == "private"


def _message(message: dict[str, Any], door: str | None) -> IntakeMessage:
    chat, number = inner(message, "chat"), message.get("message_id")
    sender = None
    with contextlib.suppress(ValidationError):  # an id of thousands of digits is nobody's
        sender = _sender(inner(message, "from"), chat.get("id")) if chat.get("type") == "private" else None
    given = f"{chat.get('id')}:{number}" if isinstance(number, int) else None
    if sender is not None and given is not None:
        with contextlib.suppress(ValidationError, LookupError, TypeError, ValueError):
            return _understood(message, given, sender, door)
    return kept(message, door=door, sender=sender, given=given, sent_at=moment(message.get("date")))


def _understood(message: dict[str, Any], given: str, sender: Sender, door: str | None) -> IntakeMessage:
    """An edited message carries `edit_date`, and stands for the one whose words it replaces."""
    edited = moment(message.get("edit_date"))
    replied = inner(message, "reply_to_message").get("message_id")
    return IntakeMessage.model_validate(
        {
            "id": f"{given}:{message['edit_date']}" if edited else given,
            "edits": given if edited else None,
            "door": door,
            "sender": sender,
            "sent_at": edited or moment(message.get("date")),
            "reply_to": f"{message['chat']['id']}:{replied}" if isinstance(replied, int) else None,
            "forwarded": bool(inner(message, "forward_origin")),
            **_content(message),
        }
    )


def _sender(user: dict[str, Any], chat: Any) -> Sender | None:
    """In a private chat the chat's id is the person's; a bot is nobody's complaint."""
    if not isinstance(user.get("id"), int) or user.get("is_bot") or not isinstance(chat, int):
        return None
    name = " ".join(part for part in (words(user, "first_name"), words(user, "last_name")) if part)
    return Sender(person=str(user["id"]), address=str(chat), name=name[:300] or words(user, "username"))


def _content(message: dict[str, Any]) -> dict[str, Any]:
    for field, read in _READERS.items():
        if message.get(field):
            return read(message)
    for field, form in _FILES.items():
        if file := inner(message, field):
            name = words(file, "file_name")
            media = Media(handle=file["file_id"], content_type=words(file, "mime_type"), file_name=_short(name))
            return {"form": form, "text": words(message, "caption"), "media": (media,)}
    raise LookupError("a form that we don't know")


def _short(name: str | None) -> str | None:
    return name[:300] if name else None


def _pixels(size: dict[str, Any]) -> int:
    """None of what is no number: a product of text takes all the memory there is."""
    wide, high = size["width"], size["height"]
    return wide * high if isinstance(wide, int) and isinstance(high, int) else 0


def _photo(message: dict[str, Any]) -> dict[str, Any]:
    """The largest of the sizes that Telegram made; it strips what the camera wrote into the file."""
    sizes = [size for size in items(message, "photo") if isinstance(size, dict)]
    largest = max(sizes, key=_pixels)
    media = Media(handle=largest["file_id"], content_type="image/jpeg")
    return {"form": "image", "text": words(message, "caption"), "media": (media,)}


def _text(message: dict[str, Any]) -> dict[str, Any]:
    """`/start` is how a chat with a bot begins: a greeting, with what the link carried left out."""
    said = words(message, "text") or ""
    return {"form": "text", "text": "halo" if said.split(maxsplit=1)[:1] == ["/start"] else said}


def _venue(message: dict[str, Any]) -> dict[str, Any]:
    venue = inner(message, "venue")
    label = ", ".join(part for part in (words(venue, "title"), words(venue, "address")) if part)
    return {"form": "location", "pin": _pin(inner(venue, "location"), label)}


def _location(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "location", "pin": _pin(inner(message, "location"), "")}


def _pin(place: dict[str, Any], label: str) -> Pin:
    return Pin(latitude=place["latitude"], longitude=place["longitude"], label=label[:500] or None)


def _contact(message: dict[str, Any]) -> dict[str, Any]:
    card = inner(message, "contact")
    name = " ".join(part for part in (words(card, "first_name"), words(card, "last_name")) if part)
    return {"form": "contact", "text": f"Kontak: {name or 'tanpa nama'} {words(card, 'phone_number') or ''}".strip()}


def _sticker(message: dict[str, Any]) -> dict[str, Any]:
    return {"form": "sticker", "text": words(inner(message, "sticker"), "emoji")}


_READERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "text": _text,
    "photo": _photo,
    "venue": _venue,  # carries `location` too
    "location": _location,
    "contact": _contact,
    "sticker": _sticker,
}


def _pressed(pressed: dict[str, Any], door: str | None) -> IntakeMessage:
    """A button under a message of ours. Its id is the query's: pressed twice, it is two wishes."""
    message, query = inner(pressed, "message"), words(pressed, "id")
    chat = inner(message, "chat").get("id")
    sender = _sender(inner(pressed, "from"), chat)
    data = words(pressed, "data")
    if sender is None or query is None or data is None:
        return kept(pressed, door=door, sender=sender, given=query)
    return IntakeMessage(
        id=f"callback:{query}"[:300],
        door=door,
        sender=sender,
        form="button",
        button=data[:300],
        reply_to=f"{chat}:{message.get('message_id')}",
    )
