"""Direct messages of Messenger and Instagram: `entry[].messaging[]`, which are alike. Pure.

Fields read, by page of "Messenger Platform › Webhooks › Reference" and "Instagram Platform › Webhooks" (Meta, 2026):

- every page: `sender.id` (page-scoped or Instagram-scoped id), `recipient.id`, `timestamp` (milliseconds)
- "messages": `message.mid`, `.text`, `.quick_reply.payload`, `.reply_to.mid`, `.is_echo` (what the page itself wrote),
  `.is_deleted`, `.attachments[].type` (`image`, `video`, `audio`, `file`, `location`, `fallback`, `share`,
  `story_mention`: its picture, which is gone after a day, `ig_reel`, `like_heart`), `.attachments[].payload.url`,
  `.payload.sticker_id` (a thumb or a sticker, which comes as an `image`), `.url` (of a `fallback`, whose payload is
  empty), `.payload.coordinates.lat | long`, `.payload.title`
- "message_edit(s)": `message_edit.mid`, `.text`, `.num_edit`
- "messaging_postbacks": `postback.mid`, `.title`, `.payload`
- "message_reactions": `reaction.mid`, `.emoji`, `.action`
- "messaging_referrals" (an old chat opened by an `m.me` link or an advertisement, nothing written yet): `referral.type`
- "messaging_policy_enforcement": `policy_enforcement.action` (`warning`, `block`, `unblock`), `.reason`
- "messaging_handovers" (`pass_thread_control`, `take_thread_control`, `request_thread_control`, `app_roles`),
  "messaging_optins" and "messaging_account_linking": what apps and buttons say to each other is nobody's
- "message_reads" and "message_deliveries": `read.watermark`, `read.mid`, `delivery.mids[]`
"""

import contextlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError

from services.contracts.accounts import AccountNotice, Level
from services.contracts.intake import DeliveryReceipt, IntakeMessage, Media, Pin, Sender
from services.intake.doors.provider_json import Translated, fingerprint, inner, items, kept, moment, words

_Form = Literal["image", "video", "document", "voice"]

_FILES: dict[str, _Form] = {
    "image": "image",
    "video": "video",
    "audio": "voice",
    "file": "document",
    "story_mention": "image",
}
_NOBODYS = (
    "pass_thread_control", "take_thread_control", "request_thread_control", "app_roles", "optin", "account_linking",
)  # fmt: skip


def read(event: Any, door: str | None) -> list[Translated]:
    """One element of `messaging`. Echoes of the page's own words are nobody's and lead to nothing."""
    if isinstance(event, dict):
        said = inner(event, "message") or inner(event, "postback")
        if said.get("is_echo") or (not said and any(inner(event, name) for name in _NOBODYS)):
            return []
        with contextlib.suppress(ValidationError, LookupError, TypeError, ValueError, AttributeError):
            for name, reader in _READERS.items():
                if inner(event, name):
                    return reader(event, door)
    given = words(inner(event, "message"), "mid")
    return [kept(event, door=door, sender=_sender(event), given=given, sent_at=_at(event))]


def _sender(event: Any) -> Sender | None:
    person = words(inner(event, "sender"), "id")
    return Sender(person=person) if person and len(person) <= 300 else None


def _at(event: Any) -> datetime | None:
    stamp = event.get("timestamp") if isinstance(event, dict) else None
    return moment(stamp // 1000) if isinstance(stamp, int) else None


def _made(event: dict[str, Any], door: str | None, **content: Any) -> list[Translated]:
    sender = _sender(event)
    if sender is None:
        raise LookupError("sender")
    whole = {"door": door, "sender": sender, "sent_at": _at(event), **content}
    return [IntakeMessage.model_validate(whole)]


def _message(event: dict[str, Any], door: str | None) -> list[Translated]:
    message = event["message"]
    if message.get("is_deleted"):
        return _made(event, door, id=f"{message['mid']}:removed", edits=message["mid"], form="removed")
    pressed = words(inner(message, "quick_reply"), "payload")
    shared = {
        "id": message["mid"],
        "reply_to": words(inner(message, "reply_to"), "mid"),
        "text": words(message, "text"),
    }
    if pressed is not None:
        return _made(event, door, **{**shared, "form": "button", "button": pressed})
    return _made(event, door, **{**shared, **_attached(items(message, "attachments"), shared["text"])})


def _attached(attachments: list[Any], text: str | None) -> dict[str, Any]:
    """Files first; a pin; else what was shared, as the words that stand with it. A thumb is no evidence."""
    stuck = [one for one in attachments if words(one, "type") == "like_heart" or "sticker_id" in inner(one, "payload")]
    if attachments and len(stuck) == len(attachments):
        return {"form": "text" if text else "sticker"}
    files = [
        (a["type"], words(inner(a, "payload"), "url"))
        for a in attachments
        if words(a, "type") in _FILES and "sticker_id" not in inner(a, "payload")
    ]
    media = tuple(Media(handle=url) for _, url in files if url)
    if media:
        return {"form": _FILES[files[0][0]], "media": media}
    for one in attachments:
        payload = inner(one, "payload")
        if place := inner(payload, "coordinates"):
            return {"form": "location", "pin": Pin(latitude=place["lat"], longitude=place["long"], label=_title(one))}
    shared = [part for one in attachments for part in (_title(one), _address(one)) if part]
    if not text and not shared:
        raise LookupError("nothing said")
    return {"form": "text", "text": "\n".join([text or "", *shared]).strip()}


def _title(attachment: Any) -> str | None:
    found = words(attachment, "title") or words(inner(attachment, "payload"), "title")
    return found[:500] if found else None


def _address(attachment: Any) -> str | None:
    return words(inner(attachment, "payload"), "url") or words(attachment, "url")


def _edited(event: dict[str, Any], door: str | None) -> list[Translated]:
    edit = event["message_edit"]
    given = f"{edit['mid']}:{edit.get('num_edit', 1)}"
    return _made(event, door, id=given, edits=edit["mid"], text=words(edit, "text"))


def _postback(event: dict[str, Any], door: str | None) -> list[Translated]:
    """A pressed button, or GET_STARTED, which is how a chat with a page begins."""
    postback = event["postback"]
    given = words(postback, "mid") or _unnamed(event)
    if postback.get("payload") == "GET_STARTED":
        return _made(event, door, id=given, text="halo")
    pressed, title = words(postback, "payload"), words(postback, "title")
    if pressed is None:  # while another app answers only the button's own words come
        return _made(event, door, id=given, text=postback["title"])
    return _made(event, door, id=given, form="button", button=pressed, text=title)


def _opened(event: dict[str, Any], door: str | None) -> list[Translated]:
    return _made(event, door, id=_unnamed(event), text="halo")


def _policy(event: dict[str, Any], door: str | None) -> list[Translated]:
    """The page may not write any more, or may again: for whoever runs the installation."""
    ruled = event["policy_enforcement"]
    action, reason = words(ruled, "action") or "", words(ruled, "reason")
    level: Level = "critical" if action == "block" else "info" if action == "unblock" else "warning"
    return [
        AccountNotice(
            type="notice",
            id=_unnamed(event),
            door=door,
            topic="account",
            level=level,
            code=f"policy_enforcement:{action}"[:100],
            sentence=reason[:1_000] if reason else None,
            at=_at(event),
        )
    ]


def _unnamed(event: dict[str, Any]) -> str:
    return fingerprint(json.dumps(event, sort_keys=True).encode())


def _reaction(event: dict[str, Any], door: str | None) -> list[Translated]:
    reaction = event["reaction"]
    given = f"{reaction['mid']}:{reaction.get('action')}:{event.get('timestamp')}"
    return _made(event, door, id=given, form="reaction", text=words(reaction, "emoji"), reply_to=reaction["mid"])


def _delivered(event: dict[str, Any], _: str | None) -> list[Translated]:
    mids = [mid for mid in items(event["delivery"], "mids") if isinstance(mid, str)]
    return [
        DeliveryReceipt(type="receipt", id=mid, status="delivered", at=_at(event)) for mid in mids if len(mid) <= 300
    ]


def _seen(event: dict[str, Any], _: str | None) -> list[Translated]:
    """Messenger names only a time up to which everything was read; Instagram the message."""
    mid = words(event["read"], "mid")
    return [DeliveryReceipt(type="receipt", id=mid, status="read", at=_at(event))] if mid and len(mid) <= 300 else []


_READERS: dict[str, Callable[[dict[str, Any], str | None], list[Translated]]] = {
    "message": _message,
    "message_edit": _edited,
    "postback": _postback,
    "reaction": _reaction,
    "referral": _opened,
    "policy_enforcement": _policy,
    "delivery": _delivered,
    "read": _seen,
}
