"""A webhook of an Instagram professional account as our messages and receipts. Pure.

Fields read, by page of "Instagram Platform › Webhooks › Examples" (Meta, v23): `object` (`instagram`), `entry[].id`
(the account), `entry[].time`, `entry[].messaging[]` (see `services.intake.meta.messaging`), `entry[].changes[]`:

- `comments` and `live_comments`: `value.id`, `.text`, `.from.id`, `.from.username`, `.parent_id`, `.media.id`
- `mentions` (somebody named the account under their own media): `value.comment_id`, `.media_id`; the words are asked
  for (`mentions`)

Where an answer goes stands in the sender's address: `comment:<id>` in public, a bare Instagram-scoped id in a chat.
"""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from services.contracts.accounts import Mentioned
from services.contracts.intake import IntakeMessage, Sender
from services.intake.doors.provider_json import Translated, inner, items, kept, moment, opened, words
from services.intake.meta import messaging

_COMMENTS = ("comments", "live_comments")


def translate(raw: bytes, doors: Mapping[str, str]) -> list[Translated]:
    """Everything in one webhook, in its order. `doors` by account id. Raises NotJsonError."""
    return opened(raw, lambda body: list(_entries(body, doors)) if items(body, "entry") else None)


def _entries(body: Any, doors: Mapping[str, str]) -> Iterator[Translated]:
    for entry in items(body, "entry"):
        account = words(entry, "id") or ""
        door = doors.get(account)
        events, changes = [*items(entry, "messaging"), *items(entry, "standby")], items(entry, "changes")
        if not events and not changes:
            yield kept(entry, door=door)
        for event in events:
            yield from messaging.read(event, door)
        for change in changes:
            yield from _change(change, entry, account, door)


def _change(change: Any, entry: Any, account: str, door: str | None) -> list[Translated]:
    value = inner(change, "value")
    author = inner(value, "from")
    if words(author, "id") == account:
        return []  # what the account itself answers comes back too
    if words(change, "field") in _COMMENTS:
        with contextlib.suppress(ValidationError, LookupError, TypeError, ValueError):
            return [_comment(value, author, entry, door, live=words(change, "field") == "live_comments")]
    if words(change, "field") == "mentions":
        with contextlib.suppress(ValidationError):
            return [_mention(value, entry, account, door)]
    return [kept(change, door=door)]


def _mention(value: dict[str, Any], entry: Any, account: str, door: str | None) -> Mentioned:
    """Ids are numbers, in JSON with or without quotes."""
    media, comment = (str(value[name]) if value.get(name) else None for name in ("media_id", "comment_id"))
    return Mentioned.model_validate({
        "type": "mentioned", "id": f"mention:{comment or media}", "door": door, "account": account, "media": media,
        "comment": comment, "at": moment(entry.get("time") if isinstance(entry, dict) else None),
    })  # fmt: skip


def _number(given: Any) -> str:
    """Ids are numbers, in JSON with or without quotes."""
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise TypeError("no id")
    return str(given)


def _comment(
    value: dict[str, Any], author: dict[str, Any], entry: Any, door: str | None, *, live: bool
) -> IntakeMessage:
    name, text = words(author, "username"), words(value, "text")
    given, person = _number(value["id"]), _number(author["id"])
    if not text:
        raise LookupError("nothing said")
    return IntakeMessage(
        id=given,
        door=door,
        sender=Sender(person=person, address=f"comment:{given}", name=name[:300] if name else None),
        sent_at=moment(entry.get("time") if isinstance(entry, dict) else None),
        text=text,
        reply_to=words(value, "parent_id"),
        live=live,
    )
