"""Set aside what can't be handled, and everything of the same line behind it, until a person has looked.

`parked.<service>` is a small log of its own: put, asked (for a retry), claimed, failed, done, dropped. Every record is
appended under the expectation that nothing came in between, so two replicas never disagree on what is parked: the one
that was slower reads on and decides again. A line is what keeps its order: one key (a complaint) of one consumer.
"""

import asyncio
import math
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.base import Moment, Stored
from services.contracts.ids import derive
from services.runtime import figures
from services.runtime.delivery import Delivery
from services.runtime.log import Conflict, Draft, Log, Unavailable, Unknown
from services.runtime.sealing import DataKey

BEHIND = "behind"
"""Reason of what waits only for the order's sake."""


class Parked(Exception):
    """Raised by a handler: set this message aside at once. `reason` is a code, `sentence` says it to an operator."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sentence = sentence


class NotParked(Exception):
    """There is no such parked message (any more)."""


class _Put(Stored):
    kind: Literal["put"] = "put"
    stream: str
    consumer: str
    sequence: int
    part: int = 0
    line: str
    reason: str
    sentence: str
    at: Moment
    deliveries: int


class _Mark(Stored):
    """What happened to a line (`asked`, `claimed`) or to one item of it."""

    kind: Literal["asked", "claimed", "failed", "done", "dropped"]
    line: str
    item: int | None = None
    by: str = ""
    reason: str = ""
    sentence: str = ""
    at: Moment


@dataclass(frozen=True, slots=True)
class Item:
    """One parked message. `id` is its place in PARKED; `line` a keyed hash that tells which ones keep order."""

    id: int
    stream: str
    consumer: str
    sequence: int
    line: str
    reason: str
    sentence: str
    at: datetime
    deliveries: int
    sealed: bytes
    part: int = 0
    retried: int = 0

    @property
    def behind(self) -> bool:
        return self.reason == BEHIND


class Parking:
    """What one service has parked. Shared by its followers; the `tuntas parked` command uses the same class."""

    def __init__(
        self,
        connection: Client,
        service: str,
        sealer: DataKey,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`sealer`: `MasterKey.derived("parked")`."""
        self._log = Log(connection, subjects.PARKED)
        self._subject = subjects.parked(service)
        self._service = service
        self._sealer = sealer
        self._clock = clock
        self._last = 0
        self._items: dict[int, Item] = {}
        self._asked: set[str] = set()
        self._claimed: dict[str, str] = {}
        self._known: set[tuple[str, str, int, int]] = set()
        self._me = secrets.token_hex(6)
        self._lines: dict[str, int] = {}
        self._lock = asyncio.Lock()
        self._read_at = -math.inf

    def line(self, stream: str, consumer: str, key: str) -> str:
        return derive(self._sealer.secret, "line", stream, consumer, key)

    def waiting(self, line: str) -> bool:
        """Is something of this line parked, as far as we have read?"""
        return line in self._lines

    @property
    def empty(self) -> bool:
        return not self._lines

    @property
    def count(self) -> int:
        return len(self._items)

    async def refresh(self, within: float = 0.0) -> None:
        """Read what was recorded since. `within`: what was read so many seconds ago is new enough."""
        async with self._lock:
            if within <= 0.0 or time.monotonic() - self._read_at >= within:
                await self._refresh()

    async def _refresh(self) -> None:
        for entry in await self._log.load(self._subject, after=self._last):
            if entry.type == "parked.put":
                about, _, sealed = entry.body.partition(b"\n")
                put = _Put.model_validate_json(about)
                self._items[entry.sequence] = Item(
                    id=entry.sequence,
                    stream=put.stream,
                    consumer=put.consumer,
                    sequence=put.sequence,
                    line=put.line,
                    reason=put.reason,
                    sentence=put.sentence,
                    at=put.at,
                    deliveries=put.deliveries,
                    sealed=sealed,
                    part=put.part,
                )
                self._known.add((put.stream, put.consumer, put.sequence, put.part))
                self._lines[put.line] = self._lines.get(put.line, 0) + 1
            else:
                self._mark(_Mark.model_validate_json(entry.body))
            self._last = entry.sequence
        self._read_at = time.monotonic()

    def _mark(self, mark: _Mark) -> None:
        match mark.kind:
            case "asked":
                self._asked.add(mark.line)
            case "claimed":
                self._asked.discard(mark.line)
                self._claimed[mark.line] = mark.by
            case "failed":
                found = None if mark.item is None else self._items.get(mark.item)
                if found is not None:
                    self._items[found.id] = replace(
                        found, reason=mark.reason, sentence=mark.sentence, retried=found.retried + 1
                    )
            case "done" | "dropped":
                gone = None if mark.item is None else self._items.pop(mark.item, None)
                if gone is not None:
                    self._known.discard((gone.stream, gone.consumer, gone.sequence, gone.part))
                    self._lines[mark.line] -= 1
                    if not self._lines[mark.line]:
                        del self._lines[mark.line]
                        self._asked.discard(mark.line)

    async def put(
        self, delivery: Delivery, consumer: str, key: str, reason: str, sentence: str, *, behind: bool = False
    ) -> bool:
        """Set a message aside, durably when this returns. With `behind`: only if its line is still waiting, else False.

        Repeating it for the same message parks nothing twice.
        """
        line = self.line(delivery.stream, consumer, key)
        sealed = self._sealer.encrypt(delivery.pack(), line.encode())
        record = _Put(
            stream=delivery.stream,
            consumer=consumer,
            sequence=delivery.sequence,
            part=delivery.part,
            line=line,
            reason=reason,
            sentence=sentence,
            at=self._clock(),
            deliveries=delivery.deliveries,
        )

        def wanted() -> bool:
            there = (delivery.stream, consumer, delivery.sequence, delivery.part) in self._known
            return not there and (not behind or self.waiting(line))

        if await self._append("parked.put", record.model_dump_json().encode() + b"\n" + sealed, wanted):
            figures.record_parked(self._service, reason)
        return not behind or self.waiting(line)

    async def _append(self, type_: str, body: bytes, wanted: Callable[[], bool]) -> bool:
        """Append unless, after all that was recorded before it, it is not wanted. True: it was appended.

        After an unknown end the records are read again: if ours stands, it is not wanted any more.
        """
        async with self._lock:
            for _ in range(20):
                if not wanted():
                    return False
                try:
                    await self._log.append(self._subject, [Draft(type_, 1, "", body)], self._last)
                except (Conflict, Unknown):
                    await asyncio.sleep(0.02)
                    await self._refresh()
                else:
                    await self._refresh()
                    return True
            raise Unavailable("others keep writing here")

    async def ls(self) -> list[Item]:
        """Everything parked, the oldest first."""
        await self.refresh()
        return list(self._items.values())

    async def show(self, item_id: int) -> tuple[Item, Delivery]:
        """One item with its content in clear: for a person who may see it."""
        await self.refresh()
        item = self._items.get(item_id)
        if item is None:
            raise NotParked(str(item_id))
        return item, self.open(item)

    def open(self, item: Item) -> Delivery:
        return Delivery.unpack(self._sealer.decrypt(item.sealed, item.line.encode()))

    async def retry(self, item_id: int | None = None, by: str = "operator") -> int:
        """Ask the running service to try again: the line of one item, or all. Returns the number of lines asked for.

        A line is tried from its first item on, in order; it works while the service runs, and after its next start.
        """
        await self.refresh()
        if item_id is not None and item_id not in self._items:
            raise NotParked(str(item_id))
        lines = {item.line for item in self._items.values() if item_id in (None, item.id)}
        for line in sorted(lines):
            await self._ask_for(line, by)
        return len(lines)

    async def _ask_for(self, line: str, by: str) -> None:
        mark = _Mark(kind="asked", line=line, by=by, at=self._clock())
        await self._append("parked.asked", _bytes(mark), lambda: line in self._lines and line not in self._asked)

    async def drop(self, item_id: int, by: str = "operator") -> None:
        """Give one message up for good. What waits behind it stays until a retry."""
        await self.refresh()
        item = self._items.get(item_id)
        if item is None:
            raise NotParked(str(item_id))
        await self.settle(item, "dropped", by=by)

    def asked(self, stream: str, consumer: str) -> Sequence[str]:
        """Lines of one consumer that somebody asked to try again."""
        if not self._asked:
            return ()
        mine = {item.line for item in self._items.values() if item.stream == stream and item.consumer == consumer}
        return sorted(self._asked & mine)

    async def claim(self, line: str) -> bool:
        """Take a retry on: of several replicas exactly one gets True."""
        self._claimed.pop(line, None)
        mark = _Mark(kind="claimed", line=line, by=self._me, at=self._clock())
        await self._append("parked.claimed", _bytes(mark), lambda: line in self._asked)
        return self._claimed.get(line) == self._me

    def first(self, line: str) -> Item | None:
        """The next of a line, None when it is empty."""
        return next((item for item in self._items.values() if item.line == line), None)

    async def settle(
        self,
        item: Item,
        kind: Literal["done", "dropped", "failed"],
        *,
        by: str = "",
        reason: str = "",
        sentence: str = "",
    ) -> None:
        """Record how a retry of one item ended."""
        mark = _Mark(kind=kind, line=item.line, item=item.id, by=by, reason=reason, sentence=sentence, at=self._clock())
        await self._append(f"parked.{kind}", _bytes(mark), lambda: item.id in self._items)


def _bytes(mark: _Mark) -> bytes:
    return mark.model_dump_json().encode()
