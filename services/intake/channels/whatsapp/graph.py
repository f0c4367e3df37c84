"""Files of WhatsApp messages: Graph API, "Cloud API › Media": `GET /<media-id>` names a url, good for five minutes,
which is fetched with the same bearer token.

The url is followed only to hosts that we know, so that a forged answer can't make us call somebody else.
"""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from services.intake.fetching import FileGoneError, body_of

PROVIDER_HOSTS = ("fbsbx.com", "facebook.com", "fbcdn.net", "whatsapp.net")
"""Where Meta keeps files: these and their subdomains."""


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
        return await body_of(self._client, url, most, {"authorization": f"Bearer {self._tokens[city]}"})
