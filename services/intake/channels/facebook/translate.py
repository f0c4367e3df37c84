"""A webhook of a Facebook page as our messages and receipts. Pure.

Fields read, by page of "Graph API › Webhooks › Reference › Page" (Meta, v23): `object` (`page`), `entry[].id` (the
page), `entry[].messaging[]` (see `services.intake.meta.messaging`), `entry[].standby[]` (the same, while another app
answers), `entry[].changes[].field` and `.value`:

- `feed`, `item: comment`: `verb` (`add`, `edited`, `hide`, `unhide`, `remove`), `comment_id`, `parent_id`, `post_id`,
  `message`, `photo`, `video`, `from.id`, `from.name`, `created_time` (seconds)
- `feed`, `item: status | post | photo | video | share | album | note` by somebody else than the page: `post_id`,
  `message`, `link` (of a `photo` or `video` the file itself, of a `share` what was shared), `photos[]`
- `ratings`, `item: rating` (a recommendation): `verb`, `open_graph_story_id`, `review_text`, `reviewer_id`,
  `reviewer_name`
- `mention`: `item`, `comment_id` or `post_id`, `message`, `sender_id` or `from.id`, `sender_name`

Where an answer goes stands in the sender's address: `comment:<id>` or `post:<id>` in public, a bare page-scoped id in
Messenger. Likes, and what the page itself hides or writes, are nobody's; whoever removes a comment takes it back.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from services.contracts.intake import IntakeMessage, Media, Sender
from services.intake.doors.provider_json import Translated, fingerprint, inner, items, kept, moment, opened, words
from services.intake.meta import messaging

_NOBODYS = ("like", "reaction")
_VERBS = {"edit": "edited", "update": "edited", "delete": "remove"}
"""Verbs of the reference's list that mean what others of it mean."""
_POSTS = ("status", "post", "photo", "video", "share", "album", "note")


def translate(raw: bytes, doors: Mapping[str, str]) -> list[Translated]:
    """Everything in one webhook, in its order. `doors` by page id. Raises NotJsonError."""
    return opened(raw, lambda body: list(_entries(body, doors)) if items(body, "entry") else None)


def _entries(body: Any, doors: Mapping[str, str]) -> Iterator[Translated]:
    for entry in items(body, "entry"):
        page = words(entry, "id") or ""
        door = doors.get(page)
        events, changes = [*items(entry, "messaging"), *items(entry, "standby")], items(entry, "changes")
        if not events and not changes:
            yield kept(entry, door=door)
        for event in events:
            yield from messaging.read(event, door)
        for change in changes:
            yield from _change(change, page, door)


def _change(change: Any, page: str, door: str | None) -> list[Translated]:
    value = inner(change, "value")
    sender = words(inner(value, "from"), "id") or words(value, "sender_id") or words(value, "reviewer_id")
    if sender == page or words(value, "item") in _NOBODYS or words(value, "verb") in ("hide", "unhide"):
        return []
    try:
        return [_said(words(change, "field") or "", value, sender, door)]
    except (ValidationError, LookupError, TypeError, ValueError):
        return [kept(change, door=door)]


def _said(field: str, value: dict[str, Any], sender: str | None, door: str | None) -> IntakeMessage:
    verb, item = words(value, "verb") or "", words(value, "item")
    verb = _VERBS.get(verb, verb)
    if sender is None or verb not in ("add", "edited", "remove"):
        raise LookupError(verb)
    if item == "comment" and field in ("feed", "mention"):
        given, address = value["comment_id"], f"comment:{value['comment_id']}"
    elif field == "ratings" and item == "rating":
        given, address = value["open_graph_story_id"], f"post:{value['open_graph_story_id']}"
    elif (field == "feed" and item in _POSTS) or field == "mention":
        given, address = value["post_id"], f"post:{value['post_id']}"
    else:
        raise LookupError(item)
    at = value.get("created_time")
    if verb == "remove":
        whose = Sender(person=sender, address=address)
        return IntakeMessage(id=f"{given}:removed", edits=given, door=door, sender=whose, form="removed")
    name = words(inner(value, "from"), "name") or words(value, "sender_name") or words(value, "reviewer_name")
    pictures = [url for url in (words(value, "photo"), words(value, "link") if item == "photo" else None) if url]
    pictures += [url for url in items(value, "photos") if isinstance(url, str)]
    film = words(value, "video") or (words(value, "link") if item == "video" else None)
    text, edited = words(value, "message") or words(value, "review_text"), verb == "edited"
    if not text and item == "share":
        text = words(value, "link")
    files = [*pictures, film] if film else pictures
    if not text and not files:
        raise LookupError("nothing said")
    parent = words(value, "parent_id")
    return IntakeMessage(
        id=fingerprint(f"{given}:{text}:{files}".encode()) if edited else given,
        edits=given if edited else None,
        door=door,
        sender=Sender(person=sender, address=address, name=name[:300] if name else None),
        sent_at=moment(at),
        form="image" if pictures else "video" if film else "text",
        text=text,
        media=tuple(Media(handle=url) for url in files),
        reply_to=parent if parent != words(value, "post_id") else None,
    )
