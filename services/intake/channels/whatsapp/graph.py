"""Files of WhatsApp messages: Graph API, "Cloud API › Media": `GET /<media-id>` names a url, good for five minutes,
which is fetched with the same bearer token.

The url is followed only to hosts that we know, so that a forged answer can't make us call somebody else.
"""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

PROVIDER_HOSTS = ("fbsbx.com", "facebook.com", "fbcdn.net", "whatsapp.net")
"""Where Meta keeps files: these and their subdomains."""


class FileGoneError(Exception):
    """The file can't be had any more: deleted, expired, not ours."""


class FileTooLargeError(Exception):
    """More bytes than we take."""


class Graph:
    """One client for all cities. Other errors of the provider come as OSError: try again later."""

    def __init__(self, base: str, tokens: Mapping[str, str], most_bytes: int, client: httpx.AsyncClient) -> None:
        """`base`: `https://graph.facebook.com/v23.0`; `tokens`: access token by city."""
        self._base = base.rstrip("/")
        self._tokens = tokens
        self._most = most_bytes
        self._client = client

    async def download(self, city: str, media_id: str) -> bytes:
        if not media_id.isascii() or not media_id.isalnum() or city not in self._tokens:
            raise FileGoneError(media_id)
        described = json.loads(await self._get(f"{self._base}/{media_id}", city, 100_000))
        url = described.get("url") if isinstance(described, dict) else None
        if not isinstance(url, str) or not self._allowed(url):
            raise FileGoneError("no url that we may follow")
        return await self._get(url, city, self._most)

    def _allowed(self, url: str) -> bool:
        wanted, base = urlsplit(url), urlsplit(self._base)
        if (wanted.scheme, wanted.netloc) == (base.scheme, base.netloc):
            return True
        host = wanted.hostname or ""
        return wanted.scheme == "https" and any(host == one or host.endswith(f".{one}") for one in PROVIDER_HOSTS)

    async def _get(self, url: str, city: str, most: int) -> bytes:
        headers = {"authorization": f"Bearer {self._tokens[city]}"}
        try:
            async with self._client.stream("GET", url, headers=headers, follow_redirects=False) as response:
                if response.status_code in (400, 403, 404, 410):
                    raise FileGoneError(str(response.status_code))
                if response.status_code != 200:
                    raise OSError(f"provider answers {response.status_code}")
                parts, size = [], 0
                async for part in response.aiter_bytes():
                    size += len(part)
                    if size > most:
                        raise FileTooLargeError(url)
                    parts.append(part)
                return b"".join(parts)
        except httpx.HTTPError as error:
            raise OSError(type(error).__name__) from error
