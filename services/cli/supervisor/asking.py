"""A part of ours asked over HTTP on this machine. With the standard library: a client library would be megabytes in a
process that lives as long as the services, for a question that is asked at their start."""

import asyncio
import http.client
from urllib.parse import urlsplit

LARGEST = 1024 * 1024
"""Bytes of an answer that are read."""


class NoAnswer(Exception):
    """Nobody listens, or what came is no HTTP."""


async def get(url: str, within: float = 2.0) -> tuple[int, str]:
    """Status and body (`within` seconds for each step). `NoAnswer`."""
    try:
        return await asyncio.to_thread(_get, url, within)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NoAnswer(f"{url}: {error}") from error


def _get(url: str, within: float) -> tuple[int, str]:
    parts = urlsplit(url)
    asked = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=within)
    try:
        asked.request("GET", parts.path or "/", headers={"Connection": "close"})
        answer = asked.getresponse()
        return answer.status, answer.read(LARGEST).decode("utf-8", "replace")
    finally:
        asked.close()
