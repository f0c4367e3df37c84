"""A part of ours asked over HTTP on this machine. By hand: a client library is 4 MB in a process that lives as long as
the services, for a question that is asked at their start."""

import asyncio
from urllib.parse import urlsplit

LARGEST = 1024 * 1024
"""Bytes of an answer that are read."""


class NoAnswer(Exception):
    """Nobody listens, or what came is no HTTP."""


async def get(url: str, within: float = 2.0) -> tuple[int, str]:
    """Status and body (`within` seconds). `NoAnswer`."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    asked = f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {host}:{parts.port}\r\nConnection: close\r\n\r\n"
    try:
        async with asyncio.timeout(within):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            try:
                writer.write(asked.encode())
                # The other side closes behind its answer (RFC 9112 section 9.6).
                answer = await reader.read(LARGEST)
                while len(answer) < LARGEST and (more := await reader.read(LARGEST)):
                    answer += more
            finally:
                writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        if b"transfer-encoding: chunked" in head.lower():
            body = _joined(body)
        return int(head.split(b" ", 2)[1]), body.decode("utf-8", "replace")
    except (OSError, TimeoutError, ValueError, IndexError) as error:
        raise NoAnswer(f"{url}: {error}") from error


def _joined(chunks: bytes) -> bytes:
    """RFC 9112 section 7.1, without extensions and trailers."""
    body = b""
    while chunks:
        size, _, chunks = chunks.partition(b"\r\n")
        length = int(size, 16)
        body, chunks = body + chunks[:length], chunks[length + 2 :]
        if not length:
            break
    return body
