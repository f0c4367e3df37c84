"""One message as a handler gets it."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from nats.aio.msg import Msg

from services.contracts.envelope import LENGTHS_HEADER, SCHEMA_HEADER, TYPE_HEADER
from services.runtime import bundle


@dataclass(slots=True)
class Delivery:
    """Nobody changes one; frozen, it would take three times as long to make, for each message of each service.

    `sequence` is the stream's; `deliveries` counts from 1; `stored_ns` is the server's clock, ns since 1970."""

    stream: str
    subject: str
    sequence: int
    type: str
    headers: Mapping[str, str]
    body: bytes
    deliveries: int = 1
    stored_ns: int = 0
    part: int = 0
    """1, 2, … for a piece of a queued message that is handled apart from the others; 0 for a whole message."""

    @property
    def place(self) -> str:
        """What tells it from every other delivery of the stream: `17`, or `17.2`."""
        return f"{self.sequence}.{self.part}" if self.part else str(self.sequence)

    @property
    def schema(self) -> int:
        return int(self.headers.get(SCHEMA_HEADER, "1"))

    def events(self) -> "list[Delivery]":
        """One for each event of the message: several where a decision led to several."""
        if LENGTHS_HEADER not in self.headers:
            return [self]
        return [
            Delivery(
                self.stream, self.subject, self.sequence, part.type, part.headers, part.body, self.deliveries,
                self.stored_ns, self.part,
            )
            for part in bundle.split(self.headers, self.body)
        ]  # fmt: skip

    def apart(self) -> "list[Delivery]":
        """One for each piece of a queued message, each with a place of its own."""
        pieces = self.events()
        return pieces if len(pieces) == 1 else [replace(one, part=at) for at, one in enumerate(pieces, start=1)]

    def pack(self) -> bytes:
        """Everything in few bytes: compressed, one line of JSON and the body as it came."""
        about = {
            "stream": self.stream,
            "subject": self.subject,
            "sequence": self.sequence,
            "type": self.type,
            "headers": dict(self.headers),
            "deliveries": self.deliveries,
            "stored_ns": self.stored_ns,
            "part": self.part,
        }
        return zlib.compress(json.dumps(about).encode() + b"\n" + self.body)

    @classmethod
    def unpack(cls, packed: bytes) -> "Delivery":
        about, _, body = zlib.decompress(packed).partition(b"\n")
        return cls(**json.loads(about), body=body)


class Arrived(NamedTuple):
    """A delivery with what is needed to answer for it. `pending`: how many more the consumer has waiting."""

    delivery: Delivery
    reply: str
    pending: int


def arrived(message: Msg) -> Arrived:
    """Reads the ack subject: `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`,
    or with domain and account behind `ACK` and one more token at the end (ADR-15)."""
    tokens = message.reply.split(".")
    at = 2 if len(tokens) == 9 else 4
    headers = message.headers or {}
    return Arrived(
        delivery=Delivery(
            stream=tokens[at],
            subject=message.subject,
            sequence=int(tokens[at + 3]),
            type=headers.get(TYPE_HEADER, ""),
            headers=headers,
            body=message.data,
            deliveries=int(tokens[at + 2]),
            stored_ns=int(tokens[at + 5]),
        ),
        reply=message.reply,
        pending=int(tokens[at + 6]),
    )
