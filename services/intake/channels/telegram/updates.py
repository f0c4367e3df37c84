"""A bot's updates, asked for where Telegram can't call us. core.telegram.org/bots/api, "getUpdates": `offset` (updates
before it are forgotten there), `timeout` (seconds that the answer waits for news), `allowed_updates`; kept 24 hours;
`error_code` 409 while a webhook is set or somebody else asks too, 429 with `parameters.retry_after`.

The token stands in the address, so no address is ever logged or put into an error.
"""

import json
from typing import Any

import httpx

ALLOWED = ("message", "edited_message", "callback_query")
AT_ONCE = 100
WAIT = 25
"""Seconds that one question waits for news."""


class PollingError(OSError):
    """Ask again after `pause` seconds."""

    def __init__(self, code: int, pause: float) -> None:
        super().__init__(f"getUpdates: {code}")
        self.code = code
        self.pause = pause


class Updates:
    def __init__(self, base: str, token: str, client: httpx.AsyncClient, wait: int = WAIT) -> None:
        """`base`: `https://api.telegram.org`."""
        self._url = f"{base.rstrip('/')}/bot{token}/getUpdates"
        self._client = client
        self._wait = wait

    async def after(self, offset: int) -> list[tuple[int, bytes]]:
        """Number and JSON of each update from `offset` on, the oldest first. Raises OSError."""
        asked = {"offset": offset, "limit": AT_ONCE, "timeout": self._wait, "allowed_updates": list(ALLOWED)}
        try:
            answer = await self._client.post(self._url, json=asked, timeout=self._wait + 15)
        except httpx.HTTPError as error:
            raise OSError(type(error).__name__) from None
        try:
            body: Any = answer.json()
        except ValueError:
            raise PollingError(answer.status_code, 5) from None
        if not isinstance(body, dict) or body.get("ok") is not True or not isinstance(body.get("result"), list):
            raise _refused(answer.status_code, body)
        return [
            (update["update_id"], json.dumps(update).encode())
            for update in body["result"]
            if isinstance(update, dict) and isinstance(update.get("update_id"), int)
        ]

    async def answer_query(self, query: str) -> None:
        """A pressed button stops turning. Not worth a repetition."""
        try:
            url = self._url.removesuffix("getUpdates") + "answerCallbackQuery"
            await self._client.post(url, json={"callback_query_id": query}, timeout=10)
        except httpx.HTTPError:
            return


def _refused(status: int, body: Any) -> PollingError:
    known = body if isinstance(body, dict) else {}
    given = known.get("error_code")
    code = given if isinstance(given, int) else status
    parameters = known.get("parameters")
    after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return PollingError(code, float(after) if isinstance(after, int) else 30.0 if code in (401, 404, 409) else 5.0)
