"""POSTs over kept connections, spoken by hand: HTTP/1.1 (RFC 9112), answers with a Content-Length.

Who plays thousands of people or a provider shares the machine with what is watched. A client library took three times
the processor time of the door that it called.
"""

import asyncio
import contextlib
from collections import defaultdict
from urllib.parse import urlsplit

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NotAnsweredError(Exception):
    """No connection, no answer in time, or none that can be read; the other side may have taken it."""


class Knocker:
    """Any number of posts at once; as many connections as there were posts at the same time, kept for the next."""

    def __init__(self, patience: float = 20.0) -> None:
        """`patience`: seconds until an answer must be there."""
        self._patience = patience
        self._idle: dict[tuple[str, int, bool], list[Stream]] = defaultdict(list)

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """The answer's status; what it says is read and thrown away. Raises NotAnsweredError."""
        parts = urlsplit(url)
        tls = parts.scheme == "https"
        there = (parts.hostname or "", parts.port or (443 if tls else 80), tls)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        lines = [f"POST {path} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        try:
            async with asyncio.timeout(self._patience):
                return await self._exchange(there, "\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError, ValueError, IndexError) as error:
            raise NotAnsweredError(type(error).__name__) from error

    def close(self) -> None:
        for streams in self._idle.values():
            for _, writer in streams:
                writer.close()
        self._idle.clear()

    async def _exchange(self, there: tuple[str, int, bool], request: bytes) -> int:
        kept = self._idle[there]
        while kept and kept[-1][0].at_eof():  # the other side closed it meanwhile
            kept.pop()[1].close()
        reader, writer = kept.pop() if kept else await asyncio.open_connection(there[0], there[1], ssl=there[2] or None)
        whole = False
        try:
            writer.write(request)
            status, whole = await _answer(reader)
        finally:
            if whole:
                kept.append((reader, writer))
            else:
                with contextlib.suppress(OSError):
                    writer.close()
        return status


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Status, and whether the connection can be used again."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    named = {name.lower(): value.strip() for name, _, value in (field.partition(b":") for field in fields)}
    length, stays = named.get(b"content-length"), named.get(b"connection", b"").lower() != b"close"
    if length is not None:
        await reader.readexactly(int(length))
    return int(first.split(b" ", 2)[1]), stays and length is not None
