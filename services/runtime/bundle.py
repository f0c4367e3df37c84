"""Several events of one decision as one stored message, and back (`contracts.envelope.LENGTHS_HEADER`).

One message is whole or absent by nature. JetStream's atomic batch keeps that promise too, but opens a store of its own
on disk for each batch: 20 to 35 ms, 50 in flight at most, against 0.2 ms for a message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.envelope import LENGTHS_HEADER, SCHEMA_HEADER, TYPE_HEADER


@dataclass(frozen=True, slots=True)
class Part:
    """One event of a message. `headers` are the message's own, with the type and schema of this event."""

    type: str
    headers: Mapping[str, str]
    body: bytes


def join(parts: Sequence[tuple[str, int, bytes]]) -> tuple[dict[str, str], bytes]:
    """Headers and body for (type, schema, body) of each event."""
    headers = {
        TYPE_HEADER: ",".join(type_ for type_, _, _ in parts),
        SCHEMA_HEADER: ",".join(str(schema) for _, schema, _ in parts),
    }
    if len(parts) == 1:
        return headers, parts[0][2]
    headers[LENGTHS_HEADER] = ",".join(str(len(body)) for _, _, body in parts)
    return headers, b"[" + b",".join(body for _, _, body in parts) + b"]"


def split(headers: Mapping[str, str], body: bytes) -> Iterator[Part]:
    """The events of a message, in order; a message of one event, or of no event at all, is its own only part."""
    lengths = headers.get(LENGTHS_HEADER)
    if lengths is None:
        yield Part(headers.get(TYPE_HEADER, ""), headers, body)
        return
    plain = {name: value for name, value in headers.items() if name != LENGTHS_HEADER}
    types, schemas = headers[TYPE_HEADER].split(","), headers[SCHEMA_HEADER].split(",")
    at = 1
    for type_, schema, length in zip(types, schemas, map(int, lengths.split(",")), strict=True):
        yield Part(type_, {**plain, TYPE_HEADER: type_, SCHEMA_HEADER: schema}, body[at : at + length])
        at += length + 1
