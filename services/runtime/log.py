"""The append-only log: load a stream of events of one subject, append to it under an expectation.

An append has three ends. It stood (the sequence is returned), somebody else was first (`Conflict`), or nobody knows
(`Unknown`: time-out, connection lost). After the last two the caller loads again and looks for its own events
(`runtime.deciding` does). The server's duplicate window is never relied on: it is stream-wide, and the expectation is
checked before it.
"""

import json
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from nats.aio.client import Client
from nats.aio.msg import Msg

from services.contracts.envelope import SCHEMA_HEADER, TYPE_HEADER
from services.runtime.failures import Away
from services.runtime.replies import NoAnswer, Replies

PAGE = 1000
"""Messages asked for at once when loading."""

_WRONG_LAST_SEQUENCE = frozenset({10071, 10164, 10201})
_MESSAGE_TOO_LARGE = 10054
_BATCH_GIVEN_UP = frozenset({10175, 10176})


class Conflict(Exception):
    """The subject does not stand at the expected sequence any more."""


class Unknown(Away):
    """Sent, but no answer: the events may or may not stand in the log."""


class Unavailable(Away):
    """The log could not be read or written within the caller's patience."""


class Rejected(Exception):
    """The server refuses this message for good: too large, not a subject of the stream."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored message. `sequence` is the stream's; `headers` are ours, without those that the server adds."""

    subject: str
    sequence: int
    type: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def schema(self) -> int:
        return int(self.headers.get(SCHEMA_HEADER, "1"))


@dataclass(frozen=True, slots=True)
class Draft:
    """One event before it stands. `headers` carry trace context; type and schema are added by the log."""

    type: str
    schema: int
    id: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


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
        more = True
        while more:
            entries: list[Entry] = []
            more = await self._page(subject, after + 1, entries)
            if entries:
                after = entries[-1].sequence
                yield entries

    async def _page(self, subject: str, start: int, entries: list[Entry]) -> bool:
        """Append one page to `entries`; True if there is more behind it."""
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
            page.append(_entry(headers, message.data))
            return False

        try:
            await self._replies.ready()
            reply, done = self._replies.expect(take, self._timeout)
            request = json.dumps({"batch": PAGE, "seq": start, "next_by_subj": subject}).encode()
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
        """Append all or none, if the last message of the subject has sequence `expected` (0: there is none).

        Returns the sequence of the last one. `Conflict`, `Unknown`, `Unavailable` (not stored, the server says so)
        or `Rejected`.
        """
        if not drafts:
            raise ValueError("nothing to append")
        limit = self._timeout if timeout is None else timeout
        batch = secrets.token_hex(12) if len(drafts) > 1 else None
        answers: list[bytes | None] = []

        def take(message: Msg) -> bool:
            if message.headers and message.headers.get("Status") == "503":
                answers.append(None)
                return True
            if batch is not None and not message.data:  # the server opened the batch; the commit is answered later
                return False
            answers.append(message.data)
            return True

        try:
            await self._replies.ready()
            reply, done = self._replies.expect(take, limit)
            for number, draft in enumerate(drafts, start=1):
                headers = {**draft.headers, TYPE_HEADER: draft.type, SCHEMA_HEADER: str(draft.schema)}
                if number == 1:
                    headers["Nats-Expected-Last-Subject-Sequence"] = str(expected)
                if batch is not None:
                    headers["Nats-Batch-Id"] = batch
                    headers["Nats-Batch-Sequence"] = str(number)
                    if number == len(drafts):
                        headers["Nats-Batch-Commit"] = "1"
                await self._replies.send(subject, draft.body, reply, headers, done)
            await done
        except NoAnswer as error:
            raise Unknown(f"{self.stream}: {error}") from error
        return self._sequence(answers[0])

    def _sequence(self, answer: bytes | None) -> int:
        if answer is None:
            raise Unavailable(f"{self.stream}: nobody stores this subject now")
        ack = json.loads(answer)
        error = ack.get("error")
        if error is None:
            if ack.get("duplicate"):
                raise Unknown(f"{self.stream}: the server took it for a repetition")
            return int(ack["seq"])
        code, description = error.get("err_code", 0), error.get("description", "")
        if code in _WRONG_LAST_SEQUENCE:
            raise Conflict(description)
        if code in _BATCH_GIVEN_UP:
            raise Unknown(description)
        if code == _MESSAGE_TOO_LARGE:
            raise Rejected(description)
        raise Unavailable(f"{self.stream}: {code} {description}")


def _entry(headers: Mapping[str, str], body: bytes) -> Entry:
    return Entry(
        subject=headers["Nats-Subject"],
        sequence=int(headers["Nats-Sequence"]),
        type=headers.get(TYPE_HEADER, ""),
        headers={name: value for name, value in headers.items() if not name.startswith("Nats-")},
        body=body,
    )
