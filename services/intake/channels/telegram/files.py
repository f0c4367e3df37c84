"""Files of Telegram messages. core.telegram.org/bots/api, "getFile": a path, good for an hour, below
`https://api.telegram.org/file/bot<token>/`; files of at most 20 MB.

The token stands in the address, so no address is ever logged or put into an error.
"""

import json
from collections.abc import Mapping
from urllib.parse import quote

import httpx

from services.intake.evidence.fetching import FileGoneError, body_of


class TelegramFiles:
    """One client for all cities. Errors of the provider other than "gone" come as OSError: try again later."""

    def __init__(self, base: str, tokens: Mapping[str, str], most_bytes: int, client: httpx.AsyncClient) -> None:
        """`base`: `https://api.telegram.org`; `tokens`: the bot's by city."""
        self._base = base.rstrip("/")
        self._tokens = tokens
        self._most = most_bytes
        self._client = client

    async def download(self, city: str, file_id: str) -> bytes:
        token = self._tokens.get(city)
        if not token:
            raise FileGoneError("no bot")
        asked = f"{self._base}/bot{token}/getFile?file_id={quote(file_id, safe='')}"
        described = json.loads(await body_of(self._client, asked, 100_000))
        path = described.get("result", {}).get("file_path") if isinstance(described, dict) else None
        if not isinstance(path, str) or ".." in path:
            raise FileGoneError("no path that we may follow")
        return await body_of(self._client, f"{self._base}/file/bot{token}/{quote(path)}", self._most)
