"""Files of WhatsApp messages: Graph API, "Cloud API › Media": `GET /<media-id>` names a url, good for five minutes,
which is fetched with the same bearer token.

The url is followed only to hosts that we know, so that a forged answer can't make us call somebody else.
"""

import json
from collections.abc import Mapping

import httpx

from services.intake.evidence.fetching import FileGoneError, body_of
from services.intake.meta.files import allowed


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
        if not isinstance(url, str) or not allowed(url, self._base):
            raise FileGoneError("no url that we may follow")
        return await self._get(url, city, self._most)

    async def _get(self, url: str, city: str, most: int) -> bytes:
        return await body_of(self._client, url, most, {"authorization": f"Bearer {self._tokens[city]}"})
