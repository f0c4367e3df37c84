"""Reading the JSON that providers send: nothing in it can be relied on, and nothing of it may be lost. Pure."""

import contextlib
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pydantic_core import from_json

from services.contracts.accounts import AccountNotice, Mentioned, PersonMoved
from services.contracts.intake import NOBODY, DeliveryReceipt, IntakeMessage, Sender
from services.intake.clean import clean

MAX_ORIGINAL = 200_000
"""Characters of a message that we have no form for."""

Translated = IntakeMessage | DeliveryReceipt | PersonMoved | AccountNotice | Mentioned


class NotJsonError(ValueError):
    """The body is no JSON at all."""


def opened(raw: bytes, read: Callable[[Any], list[Translated] | None]) -> list[Translated]:
    """What `read` makes of the parsed body; None: it knows no such shape, so the body is kept. Raises NotJsonError."""
    try:
        body = _parsed(raw)
    except json.JSONDecodeError as error:
        raise NotJsonError(str(error)) from None
    except (RecursionError, ValueError):  # nested beyond reading, or a number beyond counting: JSON all the same
        return [whole(raw)]
    try:
        found = read(body)
        return [kept(body)] if found is None else found
    except RecursionError:
        return [whole(raw)]


def _parsed(raw: bytes) -> Any:
    """A byte that is no UTF-8 becomes U+FFFD: one broken letter must not keep a provider sending for days."""
    with contextlib.suppress(ValueError):
        return from_json(raw)  # a third of the time; what it does not take, the library may
    try:
        return json.loads(raw)
    except UnicodeDecodeError:
        return json.loads(raw.decode("utf-8", "replace"))


def kept(
    shape: Any,
    *,
    door: str | None = None,
    sender: Sender | None = None,
    given: str | None = None,
    sent_at: datetime | None = None,
) -> IntakeMessage:
    """What we have no form for. `given`: the provider's id of the message, where it has one; else one of the shape."""
    original = json.dumps(shape, sort_keys=True)
    return IntakeMessage(
        id=given if sender is not None and given and len(given) <= 300 else fingerprint(original.encode()),
        door=door,
        sender=sender or Sender(person=NOBODY),
        sent_at=sent_at,
        form="other",
        original=original[:MAX_ORIGINAL],
    )


def whole(raw: bytes) -> IntakeMessage:
    return IntakeMessage(
        id=fingerprint(raw),
        sender=Sender(person=NOBODY),
        form="other",
        original=clean(raw[:MAX_ORIGINAL].decode("utf-8", "replace")),
    )


def fingerprint(shape: bytes) -> str:
    """An id for what has none: the provider repeats a webhook byte for byte."""
    return f"shape:{hashlib.sha256(shape).hexdigest()}"


def moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def inner(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def words(value: Any, name: str) -> str | None:
    found = value.get(name) if isinstance(value, dict) else None
    return clean(found) or None if isinstance(found, str) else None
