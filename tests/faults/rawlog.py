"""Reads a stream message by message, by sequence, with nothing of the product in between."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nats.aio.client import Client
from nats.js.errors import NotFoundError

AT_ONCE = 200


@dataclass(frozen=True)
class Raw:
    """One message, or one event of a message that holds the several events of one decision."""

    stream: str
    sequence: int
    subject: str
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def json(self) -> dict[str, Any]:
        read = json.loads(self.body)
        assert isinstance(read, dict)
        return read


async def last_sequence(connection: Client, stream: str) -> int:
    return int((await connection.jetstream().stream_info(stream)).state.last_seq)


async def read(connection: Client, stream: str, after: int = 0) -> list[Raw]:
    """Everything the stream holds behind `after`, in order. Sequences that are gone are left out."""
    state = (await connection.jetstream().stream_info(stream)).state
    context = connection.jetstream(timeout=30)

    async def one(sequence: int) -> Raw | None:
        try:
            found = await context.get_msg(stream, sequence, direct=True)
        except NotFoundError:
            return None
        return Raw(stream, sequence, found.subject or "", dict(found.headers or {}), found.data or b"")

    messages: list[Raw] = []
    first = max(after + 1, state.first_seq)
    for start in range(first, state.last_seq + 1, AT_ONCE):
        page = await asyncio.gather(*(one(n) for n in range(start, min(start + AT_ONCE, state.last_seq + 1))))
        messages += [message for message in page if message is not None]
    return messages


def events(messages: list[Raw]) -> list[Raw]:
    """One for each event, in order: a decision that led to several is one message, a JSON array of them."""
    found: list[Raw] = []
    for message in messages:
        read = json.loads(message.body)
        if not isinstance(read, list):
            found.append(message)
            continue
        types = message.headers["Tuntas-Type"].split(",")
        assert len(types) == len(read), f"{len(read)} events under {types}"
        found += [
            Raw(message.stream, message.sequence, message.subject, {**message.headers, "Tuntas-Type": type_},
                json.dumps(event).encode())
            for type_, event in zip(types, read, strict=True)
        ]  # fmt: skip
    return found


def complaints_of(events: list[Raw]) -> dict[str, list[Raw]]:
    """Events by complaint id, each in the log's order."""
    found: dict[str, list[Raw]] = {}
    for event in events:
        found.setdefault(event.subject.rsplit(".", 1)[-1], []).append(event)
    return found


def of_type(events: list[Raw], *types: str) -> Iterator[Raw]:
    for event in events:
        if event.json["type"] in types:
            yield event
