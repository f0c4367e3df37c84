"""A file from a provider's host, streamed with a cap."""

from collections.abc import Mapping
from typing import Protocol

import httpx

GONE = (400, 401, 403, 404, 410)


class FileGoneError(Exception):
    """The file can't be had any more: deleted, expired, not ours."""


class FileTooLargeError(Exception):
    """More bytes than we take."""


class Files(Protocol):
    """A channel's files by the handle that its messages name."""

    async def download(self, city: str, handle: str) -> bytes:
        """Raises FileGoneError or FileTooLargeError; OSError when it is worth trying again."""
        ...


async def body_of(client: httpx.AsyncClient, url: str, most: int, headers: Mapping[str, str] | None = None) -> bytes:
    """At most `most` bytes. No error names the address: it may hold a token."""
    try:
        async with client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            if response.status_code in GONE:
                raise FileGoneError(str(response.status_code))
            if response.status_code != 200:
                raise OSError(f"provider answers {response.status_code}")
            parts, size = [], 0
            async for part in response.aiter_bytes():
                size += len(part)
                if size > most:
                    raise FileTooLargeError(f"more than {most} bytes")
                parts.append(part)
            return b"".join(parts)
    except httpx.HTTPError as error:
        raise OSError(type(error).__name__) from None
