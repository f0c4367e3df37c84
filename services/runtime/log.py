"""The append-only log: load a stream of events of one subject, append to it under an expectation.

An append has three ends. It stood (the sequence is returned), somebody else was first (`Conflict`), or nobody knows
(`Unknown`: time-out, connection lost). After the last two the caller loads again and looks for its own events
(`runtime.deciding` does). The server's duplicate window is never relied on: it is stream-wide, and the expectation is
checked before it.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import MaxPayloadError

from services.contracts.envelope import SCHEMA_HEADER, TYPE_HEADER
from services.runtime import bundle
from services.runtime.failures import Away
from services.runtime.replies import NoAnswer, Replies

PAGE = 1000
"""Messages asked for at once when loading."""

_WRONG_LAST_SEQUENCE = frozenset({10071, 10164, 10201})
_MESSAGE_TOO_LARGE = 10054


class Conflict(Exception):
    """The subject does not stand at the expected sequence any more."""


class Unknown(Away):
    """Sent, but no answer: the events may or may not stand in the log."""


class Unavailable(Away):
    """The log could not be read or written within the caller's patience."""


class Rejected(Exception):
    """The server refuses this message for good: too large, not a subject of the stream."""


class Entry(NamedTuple):
    """One stored event. `sequence` is the stream's, the same for all events of one decision; `headers` are ours."""

    subject: str
    sequence: int
    type: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def schema(self) -> int:
        return int(self.headers.get(SCHEMA_HEADER, "1"))


class Draft(NamedTuple):
    """One event before it stands. `headers` carry trace context; type and schema are added by the log."""

    type: str
    schema: int
    id: str
    body: bytes
    headers: Mapping[str, str] = MappingProxyType({})


class Log:
    """Reads and appends to one stream. Any number of appends and loads may be in flight."""

    def __init__(self, connection: Client, stream: str, timeout: float = 5.0) -> None:
        """`timeout`: seconds that one request may take."""
        self._connection = connection
        self._replies = Replies.of(connection)
        self._direct = f"$JS.API.DIRECT.GET.{stream}"
        self._timeout = timeout
        self.stream = stream

    async def load(self, subject: str, after: int = 0) -> list[Entry]:
        """Every event of the subject behind sequence `after`, in order; [] if there is none. `Unavailable` if away."""
        entries: list[Entry] = []
        start = after + 1
        while await self._page(subject, start, entries):
            start = entries[-1].sequence + 1
        return entries

    async def pages(self, subject: str, after: int = 0) -> AsyncIterator[list[Entry]]:
        """As `load`, a page at a time, for reading more than fits in memory; `subject` may have wildcards."""
        more, entries = await self._next(subject, after)
        while entries:
            following = None
            if more:
                # The server reads the next page while the caller works on this one.
                following = asyncio.ensure_future(self._next(subject, entries[-1].sequence))
                await asyncio.sleep(0)  # it asks
                await asyncio.sleep(0)  # what it asks leaves
            try:
                yield entries
            except BaseException:
                if following is not None:
                    following.cancel()
                raise
            more, entries = (False, []) if following is None else await following

    async def _next(self, subject: str, after: int) -> tuple[bool, list[Entry]]:
        entries: list[Entry] = []
        more = await self._page(subject, after + 1, entries)
        return more, entries

    async def some(self, subject: str, after: int, most: int) -> list[Entry]:
        """At most `most` entries behind sequence `after`, in order; `subject` may have wildcards."""
        entries: list[Entry] = []
        await self._get({"batch": most, "seq": after + 1, "next_by_subj": subject}, entries)
        return entries

    async def before(self, subject: str, moment: datetime) -> int | None:
        """The sequence behind which the events stored since `moment` lie; None: there are none.

        A batch get with `start_time` (ADR-31)."""
        entries: list[Entry] = []
        await self._get({"batch": 1, "start_time": moment.isoformat(), "next_by_subj": subject}, entries)
        return entries[0].sequence - 1 if entries else None

    async def last(self) -> int:
        """The sequence of the latest event of all, 0 if there is none. `Unavailable` if away."""
        try:
            answer = await self._replies.ask(f"$JS.API.STREAM.INFO.{self.stream}", b"", self._timeout)
        except NoAnswer as error:
            raise Unavailable(f"{self.stream}: {error}") from error
        info = json.loads(answer.data) if answer.data else {}
        if "state" not in info:
            raise Unavailable(f"{self.stream}: {info.get('error', 'nobody answers')}")
        return int(info["state"]["last_seq"])

    async def _page(self, subject: str, start: int, entries: list[Entry]) -> bool:
        """Append one page to `entries`; True if there is more behind it."""
        return await self._get({"batch": PAGE, "seq": start, "next_by_subj": subject}, entries)

    async def _get(self, wanted: Mapping[str, object], entries: list[Entry]) -> bool:
        """One answer of the server's direct get; True if there is more behind it."""
        page: list[Entry] = []
        more = False

        def take(message: Msg) -> bool:
            nonlocal more
            headers = message.headers or {}
            status = headers.get("Status")
            if status == "404":
                return True
            if status == "204":  # end of batch
                more = int(headers.get("Nats-Num-Pending", "0")) > 0
                return True
            if status is not None:
                raise Unavailable(f"{self.stream}: {status} {headers.get('Description', '')}")
            page.extend(_entries(headers, message.data))
            return False

        try:
            await self._replies.ready()
            reply, done = self._replies.expect(take, self._timeout)
            request = json.dumps(wanted).encode()
            await self._replies.send(self._direct, request, reply, None, done)
            await done
        except NoAnswer as error:
            raise Unavailable(f"{self.stream}: {error}") from error
        entries.extend(page)
        return more and bool(page)

    async def append(
        self,
        subject: str,
        drafts: Sequence[Draft],
        expected: int,
        timeout: float | None = None,  # noqa: ASYNC109 - of the answer
    ) -> int:
        """Append all or none, as one message, if the subject stands at sequence `expected` (0: it has none).

        Returns their sequence. `Conflict`, `Unknown`, `Unavailable` (not stored, the server says so)
        or `Rejected`.
        """
        if not drafts:
            raise ValueError("nothing to append")
        answers: list[Msg] = []

        def take(message: Msg) -> bool:
            answers.append(message)
            return True

        headers, body = bundle.join(
            [({**one.headers, TYPE_HEADER: one.type, SCHEMA_HEADER: str(one.schema)}, one.body) for one in drafts]
        )
        headers["Nats-Expected-Last-Subject-Sequence"] = str(expected)
        try:
            await self._replies.ready()
            reply, done = self._replies.expect(take, self._timeout if timeout is None else timeout)
            await self._replies.send(subject, body, reply, headers, done)
            await done
        except NoAnswer as error:
            raise Unknown(f"{self.stream}: {error}") from error
        except MaxPayloadError as error:
            raise Rejected(f"{len(body)} bytes in one decision") from error
        return self._sequence(answers[0])

    def _sequence(self, answer: Msg) -> int:
        if answer.headers and answer.headers.get("Status") == "503":
            raise Unavailable(f"{self.stream}: nobody stores this subject now")
        ack = json.loads(answer.data)
        error = ack.get("error")
        if error is None:
            if ack.get("duplicate"):
                raise Unknown(f"{self.stream}: the server took it for a repetition")
            return int(ack["seq"])
        code, description = error.get("err_code", 0), error.get("description", "")
        if code in _WRONG_LAST_SEQUENCE:
            raise Conflict(description)
        if code == _MESSAGE_TOO_LARGE:
            raise Rejected(description)
        raise Unavailable(f"{self.stream}: {code} {description}")


def _entries(headers: Mapping[str, str], body: bytes) -> Iterator[Entry]:
    ours = {name: value for name, value in headers.items() if not name.startswith("Nats-")}
    subject, sequence = headers["Nats-Subject"], int(headers["Nats-Sequence"])
    for part in bundle.split(ours, body):
        yield Entry(subject, sequence, part.type, part.headers, part.body)
