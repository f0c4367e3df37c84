"""A webhook of the WhatsApp Cloud API as our messages and receipts. Pure.

Fields read, by page of "WhatsApp Business Platform › Webhooks › Reference" (Meta, as of 2026); contents, people and
notices of the account have their own modules beside this one:

- every page: `entry[].time`, `entry[].changes[].field`, `.value.metadata.phone_number_id | display_phone_number`
- "messages": `.value.messages[].id`, `.timestamp` (seconds, as text), `.type`, `.group_id` (a group's words are kept
  and answered to nobody), `.value.errors[]`
- "messages › context": `context.id`, `context.forwarded`, `context.frequently_forwarded`
- "messages › status": `statuses[].id`, `.status`, `.timestamp`, `.biz_opaque_callback_data`, `.errors[].code`,
  `.title`; `played` (a voice message was heard) counts as read
- "calls" ("Calling › User-initiated calls"): `.value.calls[].id`, `.event` (`connect`, `terminate`), `.direction`
  (`USER_INITIATED`, `BUSINESS_INITIATED`), `.from`, `.timestamp`; nobody takes the call, so who rang is told to write,
  once for each call: that it ended is nobody's

Of the other webhook fields, `smb_message_echoes` (what the city's staff write on the phone), `history` and
`smb_app_state_sync` (chats and address book from before the number came to us) and `user_preferences` (advertising,
which is never sent) lead to nothing and are not kept. Shapes that nobody has documented are kept whole in `original`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import ValidationError

from services.contracts.intake import DeliveryReceipt, IntakeMessage, Sender
from services.intake.channels.whatsapp import account, contents, people
from services.intake.doors.provider_json import Translated, inner, items, kept, moment, opened, words

_NOBODYS = frozenset({"smb_message_echoes", "history", "smb_app_state_sync", "user_preferences"})
_STATUSES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


def translate(raw: bytes, doors: Mapping[str, str]) -> list[Translated]:
    """Everything in one webhook, in its order; empty only for what is nobody's. `doors` by `phone_number_id`.

    A number that the city file does not name yet is taken for the channel's first door. Raises NotJsonError.
    """
    return opened(raw, lambda body: _entries(body, doors))


def _entries(body: Any, doors: Mapping[str, str]) -> list[Translated] | None:
    changes = [
        (change, entry.get("time"))
        for entry in items(body, "entry")
        if isinstance(entry, dict)
        for change in items(entry, "changes")
        if isinstance(change, dict)
    ]
    if not changes:
        return None
    return [item for change, at in changes for item in _change(change, at, doors)]


def _change(change: dict[str, Any], at: Any, doors: Mapping[str, str]) -> Iterator[Translated]:
    value, field = inner(change, "value"), words(change, "field") or ""
    door = doors.get(words(inner(value, "metadata"), "phone_number_id") or "")
    if field in _NOBODYS:
        return
    if field in account.FIELDS:
        yield account.notice(field, value, door, at)
        return
    if field == "user_id_update":
        for update in items(value, "user_id_update") or [None]:
            yield people.moved_by_update(update) or kept(change, door=door)
        return
    if field == "calls" and items(value, "calls"):
        for call in items(value, "calls"):
            yield from _call(call, door, items(value, "contacts"))
        return
    messages, statuses, errors = items(value, "messages"), items(value, "statuses"), items(value, "errors")
    if field != "messages" or not (messages or statuses or errors):
        yield _kept(change, door, None)
        return
    for message in messages:
        yield _message(message, door, items(value, "contacts"))
    for status in statuses:
        yield _status(status, door)
    yield from account.trouble(errors, door)


def _message(message: Any, door: str | None, contacts: list[Any]) -> Translated:
    if not isinstance(message, dict):
        return _kept(message, door, None)
    if words(message, "type") == "system":  # WhatsApp's own notices are answered to nobody
        return people.moved_by_system(message) or _kept(message, door, None)
    sender = None if message.get("group_id") else people.sender(message, contacts)
    if sender is None:
        return _kept(message, door, None)
    try:
        content = contents.read(message)
        if content is None:
            return _kept(message, door, sender)
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


def _call(call: Any, door: str | None, contacts: list[Any]) -> Iterator[Translated]:
    if words(call, "event") == "terminate":
        return
    rings = words(call, "event") == "connect" and words(call, "direction") != "BUSINESS_INITIATED"
    yield _kept(call, door, people.sender(call, contacts) if rings else None)


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
    """What we have no form for."""
    sent_at = moment(shape.get("timestamp")) if isinstance(shape, dict) else None
    return kept(shape, door=door, sender=sender, given=words(shape, "id"), sent_at=sent_at)
