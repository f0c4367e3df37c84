"""An adapter's sample messages held against the contract, line by line, before any city hears of them. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from services.contracts.intake import MAX_TEXT, NOBODY, DeliveryReceipt, IntakeBody, IntakeMessage

MAX_BYTES = 900_000
"""Of one message; the broker takes 1 MiB with its headers."""

_BODY: TypeAdapter[IntakeMessage | DeliveryReceipt] = TypeAdapter(IntakeBody)


@dataclass(frozen=True, slots=True)
class Finding:
    """`error`: it would be refused. `warning`: it would be taken, and is probably not meant so."""

    line: int
    level: Literal["error", "warning"]
    code: str
    field: str | None
    sentence: str


def check(lines: Iterable[bytes], doors: frozenset[str] | None = None) -> Iterator[Finding]:
    """`lines` are JSON, one message or receipt each; empty ones are passed over. `doors`: the city's, if known."""
    seen: dict[str, tuple[int, str]] = {}
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        body = _read(raw)
        if isinstance(body, Finding):
            yield _at(number, body)
            continue
        yield from (_at(number, found) for found in _one(body, raw, doors))
        if isinstance(body, IntakeMessage):
            content = body.model_dump_json(exclude={"sent_at"})
            before = seen.setdefault(body.id, (number, content))
            if before[1] != content:
                sentence = f"This id came on line {before[0]} with other words; the first one stands."
                yield Finding(number, "error", "changed", "id", sentence)


def _read(raw: bytes) -> IntakeMessage | DeliveryReceipt | Finding:
    try:
        given: Any = json.loads(raw)
    except ValueError as error:
        return Finding(0, "error", "not_json", None, f"No JSON: {error}")
    if not isinstance(given, dict):
        return Finding(0, "error", "invalid", None, "A message is a JSON object.")
    try:
        return _BODY.validate_python({"type": "message", **given})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"] if part not in ("message", "receipt")) or None
        code = "too_large" if first["type"] == "string_too_long" else "invalid"
        return Finding(0, "error", code, field, str(first["msg"]))


def _one(body: IntakeMessage | DeliveryReceipt, raw: bytes, doors: frozenset[str] | None) -> Iterator[Finding]:
    if len(raw) > MAX_BYTES:
        yield Finding(0, "error", "too_large", None, f"{len(raw)} bytes; a message may have {MAX_BYTES}.")
    if isinstance(body, DeliveryReceipt):
        if body.notice is None:
            yield _doubt("notice", "Without the notice it is matched by the platform's id alone.")
        return
    if body.door is not None and doors is not None and body.door not in doors:
        yield Finding(
            0, "error", "unknown_door", "door", f"The city has no such door; it has {', '.join(sorted(doors))}."
        )
    if body.sender.person == NOBODY and body.form != "other":
        yield Finding(0, "error", "invalid", "sender.person", "A message is somebody's.")
    if any(media.reference is None for media in body.media):
        yield Finding(
            0, "error", "invalid", "media", "Only a built-in channel can fetch by handle: upload by POST /media."
        )
    if not (body.text or body.media or body.pin or body.button or body.form in ("sticker", "reaction", "removed")):
        yield _doubt("text", "It says nothing: no text, file, place or button.")
    if body.text and len(body.text) > MAX_TEXT:
        yield _doubt("text", f"Longer than {MAX_TEXT} characters: kept whole, read to there.")
    if body.form == "removed" and body.edits is None:
        yield _doubt("edits", "What was taken back is named here; without it nothing happens.")
    if body.sent_at is None:
        yield _doubt("sent_at", "People will not see when it was written.")


def _doubt(field: str, sentence: str) -> Finding:
    return Finding(0, "warning", "doubtful", field, sentence)


def _at(line: int, found: Finding) -> Finding:
    return Finding(line, found.level, found.code, found.field, found.sentence)
