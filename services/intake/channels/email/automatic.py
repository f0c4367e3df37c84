"""What machines send: bounces, absences, newsletters, our own mail coming back. None of it opens anything. Pure.

RFC 3834 (automatic responses: section 2 whom not to answer, section 5 `Auto-Submitted`), RFC 3464 (delivery status
notifications), RFC 8098 (notifications that a letter was opened), RFC 6522 (`multipart/report`), RFC 5321 section 4.5.5
(empty return path), RFC 2369 and 2919 (lists).
`Precedence`, `X-Auto-Response-Suppress`, `X-Autoreply` and the like are older customs that are still in use.
"""

import re
from email.message import EmailMessage
from typing import Literal

from services.contracts.email_ids import notice_of
from services.contracts.intake import DeliveryReceipt

Why = Literal["bounce", "auto_reply", "list", "loop", "no_reply"]

MOST_HOPS = 40
"""Servers that a message may have passed; one that goes round passes more."""

_NO_REPLY = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|noreply|do-?not-?reply|bounces?|daemon|majordomo|listserv)(?:[+-].*)?@",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"^\s*(?:(?:re|bls)\s*:\s*)?(?:auto(?:matic|mated)?[ -]?(?:reply|response)|out of (?:the )?office|balasan otomatis"
    r"|jawaban otomatis|sedang tidak di kantor|di luar kantor|sedang cuti)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


def why(message: EmailMessage, sender: str, ours: frozenset[str]) -> Why | None:
    """Why a message is a machine's; None: a person's. `sender` and `ours` (the city's addresses) in lower case."""
    kind = message.get_content_type()
    if kind == "multipart/report" or header(message, "return-path").strip() == "<>":
        return "bounce"
    if sender in ours or len(message.get_all("received", [])) > MOST_HOPS or notice_of(header(message, "message-id")):
        return "loop"
    submitted = header(message, "auto-submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no", "auto-forwarded"):  # a mailbox that passes on what a person wrote
        return "auto_reply"
    if any(message[name] is not None for name in ("x-autoreply", "x-autorespond", "x-auto-reply-from")):
        return "auto_reply"
    if _ABSENCE.match(header(message, "subject")):
        return "auto_reply"
    if any(message[name] is not None for name in ("list-id", "list-unsubscribe", "list-post")):
        return "list"
    if header(message, "precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return "list"
    return "no_reply" if _NO_REPLY.match(sender) else None


def bounced(message: EmailMessage) -> list[DeliveryReceipt]:
    """What a notification says of mail of ours: that it was opened, or did not arrive. Only a final failure counts: a
    delay is none yet."""
    if message.get_content_type() != "multipart/report":
        return []
    notice, failed = None, None
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for fields in _blocks(part):
                notice = notice or notice_of(fields.get("original-envelope-id", "")) or _envelope(fields)
                if fields.get("action", "").strip().lower() == "failed":
                    failed = failed or _status(fields.get("status", ""))
        elif kind == "message/disposition-notification":
            return _opened(part)
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            notice = notice or _original(part)
    if notice is None or failed is None:
        return []
    return [DeliveryReceipt(type="receipt", id=f"bounce:{notice}", notice=notice, status="failed", code=failed)]


def _opened(part: EmailMessage) -> list[DeliveryReceipt]:
    """RFC 8098 section 3.2.6: only `displayed` says that somebody saw it; deleted or denied says nothing."""
    for fields in _blocks(part):
        answered = fields.get("original-message-id", "").strip()
        notice, shown = notice_of(answered), fields.get("disposition", "").rpartition(";")[2]
        if notice is not None and shown.partition("/")[0].strip().lower() == "displayed":
            return [DeliveryReceipt(type="receipt", id=answered[:300], notice=notice, status="read")]
    return []


def _blocks(part: EmailMessage) -> list[dict[str, str]]:
    """The groups of fields of RFC 3464 section 2: the message's, then one for each recipient."""
    payload = part.get_payload()
    groups = payload if isinstance(payload, list) else [part]
    return [{name.lower(): str(value) for name, value in one.items()} for one in groups if hasattr(one, "items")]


def _envelope(fields: dict[str, str]) -> str | None:
    """We give the notice itself as ENVID."""
    given = fields.get("original-envelope-id", "").strip()
    return given if re.fullmatch(r"[a-z2-7]{26}", given) else None


def _original(part: EmailMessage) -> str | None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, EmailMessage):
        return notice_of(header(inner, "message-id"))
    found = re.search(r"^message-id:\s*(\S+)", str(payload)[:50_000], re.IGNORECASE | re.MULTILINE)
    return notice_of(found[1]) if found else None


def _status(value: str) -> str:
    found = _STATUS.search(value)
    return found[0] if found else "5.0.0"


def header(message: EmailMessage, name: str) -> str:
    """In full; empty where it is missing. The library's own parsers of odd headers raise what they like."""
    try:
        return str(message[name] or "")
    except Exception:  # noqa: BLE001 - a header that can't be read says nothing
        return ""
