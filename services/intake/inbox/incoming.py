"""What lies at the door, read: a message or a receipt with everything derived from its provider ids, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from services.contracts import ids
from services.contracts.accounts import AccountNotice, Mentioned, PersonMoved
from services.contracts.city import FORMS, City, Door
from services.contracts.intake import (
    NOBODY,
    DeliveryReceipt,
    IntakeMessage,
    IntakeRefusal,
    RefusalReason,
)
from services.intake.clean import clean
from services.runtime.delivery import Delivery

_Body = IntakeMessage | DeliveryReceipt | PersonMoved | AccountNotice | Mentioned
_BODY: TypeAdapter[_Body] = TypeAdapter(Annotated[_Body, Field(discriminator="type")])

_TAGS = frozenset({"message", "receipt", "moved", "notice", "mentioned"})
_ONE_PERSON = frozenset({"whatsapp", "telegram"})
"""Channels on which `address` names the same one person as `person`. Elsewhere it may be a page or a group."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message of a person. `aliases` are keyed hashes of the ids that the person is known by, the surest first."""

    delivery: Delivery
    city: City
    channel: str
    door: Door
    message: IntakeMessage
    key: str
    digest: str
    at: datetime
    aliases: tuple[str, ...]
    reply_key: str | None
    session: str | None = None
    """The LIVE session that it came up in."""
    passed_on_by: str | None = None
    """The chat of the official who forwarded it (`inbox.forwarding`); the sender is then somebody else."""


@dataclass(frozen=True, slots=True)
class Receipt:
    delivery: Delivery
    city: City
    channel: str
    receipt: DeliveryReceipt
    provider_key: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A person's ids changed. `was`, `person`, `address`: the chats' aliases of these ids."""

    delivery: Delivery
    city: City
    channel: str
    moved: PersonMoved
    key: str
    was: tuple[str, ...]
    person: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the provider says of the city's own account."""

    delivery: Delivery
    city: City
    channel: str
    notice: AccountNotice
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pointed:
    """Somebody named the account, and what was said is to be asked for."""

    delivery: Delivery
    city: City
    channel: str
    mention: Mentioned
    key: str


Read = Incoming | Receipt | Moved | Noticed | Pointed


@dataclass(frozen=True, slots=True)
class Refused:
    delivery: Delivery
    refusal: IntakeRefusal


def city_of(delivery: Delivery) -> str:
    """`intake.<city>.<channel>`; the server lets nobody publish another form."""
    return delivery.subject.split(".")[1]


def read(delivery: Delivery, city: City | None, id_key: bytes) -> Read | Refused:
    """Pure. `city` is the one that the subject names, None if we have no such city."""
    channel = delivery.subject.split(".")[2]
    body = _body(delivery.body)
    if isinstance(body, IntakeRefusal):
        return Refused(delivery, body)
    if city is None:
        return Refused(delivery, _refusal(body.id, "wrong_city", None, "This installation serves no such city."))
    doors = city.doors_of(channel)
    wanted = body.door if isinstance(body, IntakeMessage | AccountNotice | Mentioned) else None
    door = next((door for door in doors if wanted in (None, door.id)), None)
    if door is None:
        return Refused(
            delivery, _refusal(body.id, "unknown_door", "door", "The city has no such door on this channel.")
        )
    key = ids.message_key(id_key, city.id, channel, body.id)
    if isinstance(body, DeliveryReceipt):
        return Receipt(delivery, city, channel, body, key)
    if isinstance(body, PersonMoved | AccountNotice | Mentioned):
        if door.external:
            return Refused(delivery, _refusal(body.id, "invalid", "type", "Only messages and receipts are taken."))
        if isinstance(body, PersonMoved):
            return _moved(delivery, city, channel, body, id_key)
        if isinstance(body, Mentioned):
            return Pointed(delivery, city, channel, body, key)
        return Noticed(delivery, city, channel, body, key, datetime.fromtimestamp(delivery.stored_ns / 1e9, UTC))
    nobody = body.sender.person == NOBODY
    if nobody and body.form != "other":
        return Refused(delivery, _refusal(body.id, "invalid", "sender.person", "A message is somebody's."))
    if body.counter is not None and (channel not in FORMS or door.external):
        return Refused(delivery, _refusal(body.id, "invalid", "counter", "Only the city's own pages say this."))
    if body.past is not None and (channel != "import" or door.external):
        return Refused(delivery, _refusal(body.id, "invalid", "past", "Only the city's own import says this."))
    message = _cleaned(body)
    named = [message.sender.person]
    about = message.edits or message.reply_to
    if channel in _ONE_PERSON and message.sender.address:
        named.append(message.sender.address)
    return Incoming(
        delivery=delivery,
        city=city,
        channel=channel,
        door=door,
        message=message,
        key=key,
        digest=_digest(id_key, message),
        at=datetime.fromtimestamp(delivery.stored_ns / 1e9, UTC),
        aliases=() if nobody else tuple(ids.conversation_id(id_key, city.id, channel, name) for name in named),
        reply_key=ids.message_key(id_key, city.id, channel, about) if about else None,
    )


def _moved(delivery: Delivery, city: City, channel: str, body: PersonMoved, id_key: bytes) -> Moved:
    def alias(name: str) -> str:
        return ids.conversation_id(id_key, city.id, channel, name)

    return Moved(
        delivery=delivery,
        city=city,
        channel=channel,
        moved=body,
        key=ids.message_key(id_key, city.id, channel, body.id),
        was=tuple(alias(name) for name in body.was),
        person=alias(body.person) if body.person is not None else None,
        address=alias(body.address) if body.address is not None else None,
    )


def changed(incoming: Incoming) -> Refused:
    """The same id came before with another content; the first one stands."""
    sentence = "A message with this id, but another content, was taken before."
    return Refused(incoming.delivery, _refusal(incoming.message.id, "changed", "id", sentence))


def _body(raw: bytes) -> _Body | IntakeRefusal:
    try:
        return _BODY.validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if first["type"] == "union_tag_not_found":
            return _without_type(raw)
        return _invalid(raw, first["type"], first["loc"], first["msg"])


def _without_type(raw: bytes) -> IntakeMessage | IntakeRefusal:
    """`type` may be left out of a message."""
    try:
        return IntakeMessage.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return _invalid(raw, first["type"], first["loc"], first["msg"])


def _invalid(raw: bytes, kind: str, place: tuple[int | str, ...], sentence: str) -> IntakeRefusal:
    if kind == "json_invalid":
        return _refusal(None, "not_json", None, sentence)
    field = ".".join(str(part) for part in place if part not in _TAGS or len(place) == 1)
    parsed = from_json(raw)
    given = parsed.get("id") if isinstance(parsed, Mapping) else None
    code: RefusalReason = "too_large" if kind in ("string_too_long", "too_long") else "invalid"
    return _refusal(given if isinstance(given, str) else None, code, field or None, sentence)


def _refusal(given: str | None, code: RefusalReason, field: str | None, sentence: str) -> IntakeRefusal:
    return IntakeRefusal(id=given[:300] if given else None, code=code, field=field, message=sentence)


def _cleaned(message: IntakeMessage) -> IntakeMessage:
    """Ids stay as they came: they are only hashed and sealed."""
    text, name, pin = message.text, message.sender.name, message.pin
    label = pin.label if pin is not None else None
    if all(one is None or clean(one) == one for one in (text, name, label)):
        return message
    return IntakeMessage.model_validate(
        {
            **dict(message),
            "text": clean(text) if text else text,
            "sender": {**dict(message.sender), "name": clean(name) or None if name else None},
            "pin": {**dict(pin), "label": clean(pin.label) or None if pin.label else None} if pin is not None else None,
        }
    )


def _digest(id_key: bytes, message: IntakeMessage) -> str:
    """Over what the person said. A provider may repeat a message with a newer profile name or a found number."""
    said = message.model_dump_json(include={"text", "form", "pin", "media", "button", "reply_to", "original"})
    asked = message.model_dump_json(include={"wish", "kind", "ward", "counter", "past"}, exclude_none=True)
    return ids.derive(id_key, "digest", message.id, said, *(() if asked == "{}" else (asked,)))
